package secrets

import (
	"math"

	"github.com/zricethezav/gitleaks/v8/config"
)

// A rule may look at allowance bytes in a file, and at effort times those that the
// file has. Texts that people write need a small part of one; a rule that a text
// keeps busy, as it was made to, is given up, which is told.
const (
	allowance = 4 << 20
	effort    = 4
)

// margin is what is given to an expression beyond a match, for its conditions on
// what stands around.
const (
	margin = 8
	lead   = 128 // what the expressions of gitleaks let stand before a keyword is at most 50 letters
)

// area is a part of a window.
type area struct{ from, to int }

// secrets looks for secrets in a window.
func (f *file) secrets(w *window) {
	r := f.job.scanner.rules
	for i := range r.list {
		w.waiting[i] = false
	}
	for _, i := range r.always {
		f.try(w, i, area{0, len(w.text)})
	}
	r.keywords.Walk(w.lower(), func(end, n, pattern int64) bool {
		at := int(end-n) + 1
		for _, i := range r.by[pattern] {
			one := &r.list[i]
			switch {
			case at < w.done[i] || one.Path != nil && !one.Path.MatchString(f.name):
			case one.form.quick == nil:
				w.waiting[i] = true
			default:
				f.quick(w, i, at)
			}
		}
		return true
	})
	for i, yes := range w.waiting {
		if yes {
			f.try(w, i, area{0, len(w.text)})
		}
	}
}

// quick tries a rule at the place of a keyword.
func (f *file) quick(w *window, i, at int) {
	one := &f.job.scanner.rules.list[i]
	rest := w.text[at:min(len(w.text), at+one.span+margin)]
	if f.job.spent[i] > allowance+effort*f.job.seen {
		f.busy()
		return
	}
	if one.first != nil && !one.first.Match(rest) {
		return
	}
	if hit := one.form.quick.FindIndex(rest); hit != nil {
		f.try(w, i, area{max(0, at-lead), min(len(w.text), at+hit[1]+margin)})
	} else if one.first != nil {
		f.job.spent[i] += int64(len(rest))
	} else {
		f.job.spent[i] += int64(len(rest) / 4) // most of these end early
	}
}

// busy tells, once for a file, that a part of it was made to keep us busy.
func (f *file) busy() {
	if !f.gaveUp {
		f.gaveUp = true
		f.unread("A part of it is made so that looking for secrets would take very long. Look through it yourself.")
	}
}

// try runs a rule over an area and keeps what it finds.
func (f *file) try(w *window, i int, a area) {
	one := &f.job.scanner.rules.list[i]
	f.job.spent[i] += int64(a.to - a.from)
	for at := max(a.from, w.done[i]); at < a.to; {
		// One byte more before, for conditions on what stands there.
		open := max(0, at-1)
		groups := one.Regex.FindSubmatchIndex(w.text[open:a.to])
		if groups == nil {
			return
		}
		start, end := open+groups[0], open+groups[1]
		if end <= at {
			at++
			continue
		}
		if at = max(end, at+1); start < w.from || start >= w.to {
			continue
		}
		w.done[i] = end
		secret, from := one.secret(w.text[open:a.to], groups)
		if secret == "" || f.job.scanner.rules.excepted(one, f.name, secret, string(w.text[start:end]), w.around(start, end)) {
			continue
		}
		f.found.add(match{rule: one.RuleID, secret: secret, place: func() string { return w.place(open + from) }})
	}
}

// secret returns the part of a match that is the secret: the group that the rule
// names, or the first one that is not empty, or the whole, and where it begins.
func (r *rule) secret(text []byte, groups []int) (string, int) {
	pair := func(n int) (string, int) {
		if groups[2*n] < 0 {
			return "", 0
		}
		return string(text[groups[2*n]:groups[2*n+1]]), groups[2*n]
	}
	if r.SecretGroup > 0 {
		return pair(r.SecretGroup)
	}
	for n := 1; n < len(groups)/2; n++ {
		if s, at := pair(n); s != "" {
			return s, at
		}
	}
	return pair(0)
}

// around returns the line of a match, or as much of it as is near.
func (w *window) around(start, end int) string {
	low, high := max(0, start-256), min(len(w.text), end+256)
	for i := start; i > low; i-- {
		if w.text[i-1] == '\n' {
			low = i
		}
	}
	for i := end; i < high; i++ {
		if w.text[i] == '\n' {
			high = i
		}
	}
	return string(w.text[low:high])
}

// excepted tells whether a match is no secret after all: too regular, or named by
// the exceptions of its rule or of all rules. Exceptions for paths, such as those of
// pictures and of Word's files, are for folders of programs and do not count here,
// nor does a comment gitleaks:allow: what is accepted is accepted by name.
func (r *rules) excepted(one *rule, name, secret, whole, line string) bool {
	if one.Entropy > 0 && entropy(secret) <= one.Entropy || one.sound != nil && !one.sound(secret) || one.RuleID == generic && harmless(secret, whole) {
		return true
	}
	for _, list := range [][]*config.Allowlist{r.general, one.Allowlists} {
		for _, a := range list {
			target := secret
			switch a.RegexTarget {
			case "match":
				target = whole
			case "line":
				target = line
			}
			inRegexes := len(a.Regexes) > 0 && a.RegexAllowed(target)
			inWords, _ := a.ContainsStopWord(secret)
			if a.MatchCondition != config.AllowlistMatchAnd {
				if inRegexes || inWords {
					return true
				}
			} else if (len(a.Regexes) == 0 || inRegexes) && (len(a.StopWords) == 0 || inWords) && len(a.Commits) == 0 && (len(a.Paths) == 0 || a.PathAllowed(name)) {
				return true
			}
		}
	}
	return false
}

// entropy is Shannon's, in bits a letter, as the rules of gitleaks mean it.
func entropy(s string) (bits float64) {
	counts := map[rune]int{}
	for _, c := range s {
		counts[c]++
	}
	for _, n := range counts {
		part := float64(n) / float64(len(s))
		bits -= part * math.Log2(part)
	}
	return bits
}
