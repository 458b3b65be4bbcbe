package secrets

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEveryRuleFindsWhatItsExpressionMeans holds that trying rules at their keywords
// alone loses nothing: from each expression a secret is made that its rule does not
// except, and it is found between other text, in a window's middle and across its
// end.
func TestEveryRuleFindsWhatItsExpressionMeans(t *testing.T) {
	s := scanner(t)
	const width = 2*overlap + 1000
	s.limits.window = width
	filler := strings.Repeat("All is well. ", width/10)
	if len(s.rules.list) < 200 {
		t.Fatalf("there are only %d rules", len(s.rules.list))
	}
	for i := range s.rules.list {
		one := &s.rules.list[i]
		name := "a.txt"
		if one.Path != nil {
			name = pathFor(one.RuleID)
			if !one.Path.MatchString(name) {
				t.Errorf("%s: %s is not its kind of file", one.RuleID, name)
			}
		}
		text, secret, ok := made(s.rules, one, name)
		if !ok {
			t.Errorf("%s: no example could be made", one.RuleID)
			continue
		}
		// Rules want their keyword somewhere near, which the expression may lack.
		word := one.Keywords[0]
		for _, at := range []int{10, width - overlap - len(text)/2, width - len(text)/2} {
			whole := filler[:at] + " " + word + "\n" + text + "\n" + filler[:overlap+len(text)]
			if !covers(scan(t, s, name, []byte(whole)), one.RuleID, secret) {
				t.Errorf("%s at %d: not found: %q", one.RuleID, at, text)
			}
		}
	}
}

// covers tells whether the rule, or one that found the same, is among the findings.
func covers(r Report, rule, secret string) bool {
	for _, f := range r.Findings {
		if f.Rule == rule || f.Excerpt == mask(secret) {
			return true
		}
	}
	return false
}

func pathFor(rule string) string {
	switch rule {
	case "kubernetes-secret-yaml":
		return "a.yaml"
	case "freemius-secret-key":
		return "a.php"
	case "hashicorp-tf-password":
		return "a.tf"
	case "nuget-config-password":
		return "nuget.config"
	}
	return "a.txt"
}

// made makes a text that a rule matches and does not except.
func made(r *rules, one *rule, name string) (text, secret string, ok bool) {
	tree, err := syntax.Parse(one.Regex.String(), syntax.Perl)
	if err != nil {
		return "", "", false
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		write(&b, tree, dice)
		text := b.String()
		groups := one.Regex.FindSubmatchIndex([]byte(text + "\n\n"))
		if groups == nil || !utf8.ValidString(text) {
			continue
		}
		text += "\n\n"
		secret, _ := one.secret([]byte(text), groups)
		if secret != "" && !r.excepted(one, name, secret, text[groups[0]:groups[1]], text) {
			return text, secret, true
		}
	}
	return "", "", false
}

// write writes a text that the expression matches.
func write(b *strings.Builder, tree *syntax.Regexp, dice *rand.Rand) {
	switch tree.Op {
	case syntax.OpLiteral:
		b.WriteString(string(tree.Rune))
	case syntax.OpCharClass:
		var all []rune
		for i := 0; i < len(tree.Rune); i += 2 {
			for c := max(tree.Rune[i], ' '); c <= min(tree.Rune[i+1], '~'); c++ {
				all = append(all, c)
			}
		}
		if len(all) == 0 {
			all = tree.Rune[:1]
		}
		b.WriteRune(all[dice.IntN(len(all))])
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte(byte('a' + dice.IntN(26)))
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range tree.Sub {
			write(b, sub, dice)
		}
	case syntax.OpAlternate:
		write(b, tree.Sub[dice.IntN(len(tree.Sub))], dice)
	case syntax.OpStar, syntax.OpQuest, syntax.OpPlus, syntax.OpRepeat:
		low, high := 0, 3
		switch tree.Op {
		case syntax.OpQuest:
			high = 1
		case syntax.OpPlus:
			low = 1
		case syntax.OpRepeat:
			low, high = tree.Min, tree.Max
			if high < 0 || high > low+40 {
				high = low + 40
			}
		}
		for range low + dice.IntN(high-low+1) {
			write(b, tree.Sub[0], dice)
		}
	}
}
