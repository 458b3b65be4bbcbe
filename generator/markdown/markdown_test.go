package markdown

import (
	"fmt"
	"go/token"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"annex/generator/diag"
)

// differs names the examples of CommonMark that come out otherwise on purpose,
// without a diagnostic.
func differs() map[int]string {
	return map[int]string{
		34:  "the class of a language keeps the letters a to z, digits, plus and hyphen",
		144: "the class of a language keeps the letters a to z, digits, plus and hyphen",
	}
}

func compile(text string) (string, []diag.Diagnostic) {
	p, diags := New().Compile([]byte(text), token.Position{Filename: "d.md", Line: 5, Column: 1})
	return filled(p), diags
}

func TestReferencesBecomeHoles(t *testing.T) {
	p, diags := New().Compile([]byte("a\n\n> - é [[x#y|z]] and [p](../q%20r.md#s)\n"), token.Position{Filename: "d.md", Line: 5, Column: 1})
	if len(diags) > 0 || len(p.Holes) != 2 {
		t.Fatalf("%v %+v", diags, p)
	}
	r, l := p.Holes[0], p.Holes[1]
	if r.Target != "x" || r.Fragment != "y" || r.Label != "z" || r.Pos.Line != 7 || r.Pos.Column != 7 {
		t.Errorf("reference = %+v", r)
	}
	if l.Target != "../q r.md" || l.Fragment != "s" || l.Pos.Column != 21 {
		t.Errorf("link = %+v", l)
	}
}

func TestAHeadingThatRepeatsTheTitleIsLeftOut(t *testing.T) {
	at := token.Position{Filename: "d.md", Line: 1, Column: 1}
	for text, want := range map[string]string{
		"# The *plan*\n\n## Aim\n": "<h2 id=\"aim\">Aim</h2>\n",
		"# Another\n\n## Aim\n":    "<h2 id=\"another\">Another</h2>\n<h3 id=\"aim\">Aim</h3>\n",
		"## The plan\n\n## Aim\n":  "<h2 id=\"the-plan\">The plan</h2>\n<h2 id=\"aim\">Aim</h2>\n",
		"Text.\n\n# The plan\n":    "<p>Text.</p>\n<h2 id=\"the-plan\">The plan</h2>\n",
	} {
		if got, _, diags := New().CompileDocument([]byte(text), "The plan", at, nil); got.HTML != want || len(diags) > 0 {
			t.Errorf("%q: got %q, %v", text, got.HTML, diags)
		}
	}
}

func TestAlertsTablesAndFootnotes(t *testing.T) {
	got, diags := compile("> [!WARNING]\n> Take **care**.\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\nx[^1]\n\n[^1]: note\n")
	for _, want := range []string{
		`<div class="alert alert-warning" role="note">`, `<p class="alert-title">Warning</p>`, `<p>Take <strong>care</strong>.</p>`,
		`<th scope="col" class="al-center">a</th>`, `<td class="al-right">2</td>`, `footnote`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if len(diags) > 0 || strings.Contains(got, "style=") {
		t.Errorf("%v\n%s", diags, got)
	}
}

func TestHeadingsAreLowered(t *testing.T) {
	got, _ := compile("# Über uns\n\n## Main\n\n## Über uns\n")
	if !strings.Contains(got, "<h2>Über uns</h2>") || !strings.Contains(got, "<h3>Main</h3>") {
		t.Error(got)
	}
	p, _ := New().Compile([]byte("# Über uns\n\n## Main\n\n## Über uns\n"), token.Position{})
	if p.Headings[0].ID != "über-uns" || p.Headings[1].ID != "main-2" || p.Headings[2].ID != "über-uns-2" {
		t.Errorf("%+v", p.Headings)
	}
}

func TestUnsafeAddressesAreRefused(t *testing.T) {
	for _, address := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "javascript&colon;alert(1)", "data:text/html,x",
		"vbscript:x", "//evil.example/x", "/etc/passwd", "file:///etc/passwd", `\\evil\share`, "x?y=z", "&#1;javascript:x",
	} {
		for _, text := range []string{"[a](<" + address + ">)", "![a](<" + address + ">)", "[a][r]\n\n[r]: <" + address + ">"} {
			got, diags := compile(text)
			if len(diags) == 0 || strings.Contains(got, "href") || strings.Contains(got, "src") {
				t.Errorf("%q: %v\n%s", text, diags, got)
			}
		}
	}
}

// TestHostileTextsEndSoon gives goldmark what it must not choke on. The time is
// no measure, only far from the minutes that these took elsewhere.
func TestHostileTextsEndSoon(t *testing.T) {
	var deep strings.Builder
	for i := range 300 {
		deep.WriteString(strings.Repeat(" ", 2*i) + "- x\n\n")
	}
	for name, text := range map[string]string{
		"deep lists":  deep.String(),
		"quotes":      strings.Repeat(">", 90000),
		"list marks":  strings.Repeat("- ", 45000),
		"brackets":    strings.Repeat("[", 200000),
		"images":      strings.Repeat("![", 100000),
		"emphasis":    strings.Repeat("*a_", 100000),
		"backquotes":  strings.Repeat("`a``", 50000),
		"entities":    strings.Repeat("&a", 100000),
		"columns":     strings.Repeat("|a", 8000) + "\n" + strings.Repeat("|-", 8000) + "\n" + strings.Repeat("|b", 8000) + "\n",
		"definitions": strings.Repeat("[a]: b\n\n", 40000),
		"footnotes":   strings.Repeat("[^a]\n\n", 40000) + "[^a]: x\n",
		"references":  strings.Repeat("[[", 100000),
		"lines":       strings.Repeat("[a](\n\n", 50000),
	} {
		start := time.Now()
		compile(text)
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%s took %s", name, d)
		}
	}
}

// safe fails unless HTML holds only what our set-up can make.
func safe(t *testing.T, text, out string) {
	elements := map[string]bool{}
	for _, name := range strings.Fields("p h2 h3 h4 h5 h6 ul ol li a em strong del code pre blockquote div section table thead tbody tr th td br hr img dl dt dd sup") {
		elements[name] = true
	}
	attributes := regexp.MustCompile(`^(href|src|alt|title|id|class|rel|role|tabindex|aria-label|scope|start)$`)
	tokens := html.NewTokenizer(strings.NewReader(out))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := tokens.Token()
			if !elements[tag.Data] {
				t.Fatalf("%q: element %s in %s", text, tag.Data, out)
			}
			for _, a := range tag.Attr {
				if !attributes.MatchString(a.Key) {
					t.Fatalf("%q: attribute %s in %s", text, a.Key, out)
				}
				if v := strings.ToLower(a.Val); a.Key == "href" && (strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "data:")) {
					t.Fatalf("%q: address %s", text, a.Val)
				}
			}
		case html.CommentToken, html.DoctypeToken:
			t.Fatalf("%q: comment in %s", text, out)
		}
	}
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{
		"[a](javascript:x)", "<script>x</script>", "> [!NOTE]\n> x", "[[a|b]]", "| a |\n|-|\n| <b> |", "```js\"x\n</code>", "![x](y \"t\")",
		"<http://a>", "# [[x]]", "[^1]\n\n[^1]: x", "a\n: b", "~~x~~", "[!NOTE]", "> [!TIP]", "\x00[[a]]\x00",
	} {
		f.Add(s)
	}
	c := New()
	f.Fuzz(func(t *testing.T, s string) {
		p, diags := c.Compile([]byte(s), token.Position{Filename: "d.md", Line: 1, Column: 1})
		safe(t, s, filled(p))
		for _, h := range p.Holes {
			if h.Offset > len(p.HTML) || !h.Pos.IsValid() {
				t.Fatalf("%q: hole %+v", s, h)
			}
		}
		for _, d := range diags {
			if !d.Pos.IsValid() {
				t.Fatal(fmt.Sprint(s, d))
			}
		}
	})
}

// TestWhatOnceUsedUpAllMemoryOrTime holds the texts with which a reader broke
// the compiler.
func TestWhatOnceUsedUpAllMemoryOrTime(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want diag.Code
	}{
		"a table of thousands of columns":      {strings.Repeat("|a", 4000) + "\n" + strings.Repeat("|-", 4000) + "\n" + strings.Repeat("|b\n", 6000), diag.BlockTooLarge},
		"a table of short rows":                {strings.Repeat("|a", 90) + "\n" + strings.Repeat("|-", 90) + "\n" + strings.Repeat("|b\n", 100000), diag.BlockTooLarge},
		"a paragraph behind an indented fence": {"a\n    ```\n" + strings.Repeat("*a_ ", 100000), diag.BlockTooLarge},
		"thousands of like headings":           {strings.Repeat("# a\n\n", 20000), ""},
	} {
		_, diags := New().Compile([]byte(c.text), token.Position{Filename: "d.md", Line: 1, Column: 1})
		got := diag.Code("")
		if len(diags) > 0 {
			got = diags[0].Code
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestALabelledReferenceInATable(t *testing.T) {
	p, diags := New().Compile([]byte("| a | b |\n|---|---|\n| [[x\\|our words]] | c |\n"), token.Position{})
	if len(diags) > 0 || len(p.Holes) != 1 || p.Holes[0].Label != "our words" || p.Holes[0].Target != "x" {
		t.Errorf("%v %+v", diags, p)
	}
}
