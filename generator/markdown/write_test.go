package markdown

import (
	"fmt"
	"go/token"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"annex/generator/aims"
	"annex/generator/diag"
)

// asWritten leaves addresses as the text has them.
func asWritten(h aims.Hole) (string, string) { return h.Target, h.Fragment }

// again writes a prose and compiles what was written. It returns both as they
// are compared, and what was written.
func again(p aims.Prose) (want, got, text string) {
	text = Write(&p, asWritten)
	q, _ := Packed().Compile([]byte(text), token.Position{Filename: "t.md", Line: 1, Column: 1})
	for _, x := range []struct {
		p  *aims.Prose
		to *string
	}{{&p, &want}, {&q, &got}} {
		*x.to = unlinked.ReplaceAllString(x.p.Canonical(), "$1")
		for _, h := range x.p.Headings {
			*x.to += fmt.Sprintf("%d %s\n", h.Level, h.ID)
		}
	}
	return want, got, text
}

// refused reports whether a text holds what no prose shows.
func refused(diags []diag.Diagnostic) bool {
	return slices.ContainsFunc(diags, func(d diag.Diagnostic) bool {
		return d.Code == diag.RawHTML || d.Code == diag.UnsafeURL || d.Code == diag.TooDeep || d.Code == diag.BlockTooLarge
	})
}

// TestWhatIsWrittenSaysTheSame compiles the examples of CommonMark, writes what
// came of it, and compiles that.
func TestWhatIsWrittenSaysTheSame(t *testing.T) {
	written := 0
	for _, e := range examples(t) {
		p, diags := New().Compile([]byte(e.Markdown), token.Position{Filename: "t.md", Line: 1, Column: 1})
		if refused(diags) {
			continue
		}
		written++
		if want, got, text := again(p); want != got {
			t.Errorf("example %d (%s):\n%s\nis written\n%s\nwas\n%s\nis\n%s", e.Example, e.Section, e.Markdown, text, want, got)
		}
	}
	if written < 450 {
		t.Errorf("only %d examples were written", written)
	}
}

// TestOurOwnLanguageIsWritten does the same for what CommonMark does not have.
func TestOurOwnLanguageIsWritten(t *testing.T) {
	for name, text := range map[string]string{
		"references":              "See [[ai-policy]], [[role:lead]], [[ai-policy#scope|the *scope*]] and [[iso-42001:A.6.2.4]]: all.\n",
		"files":                   "[a](../x/y.md#z \"The \\\"title\\\" &amp;lt;\") ![an *alt* text](p%20q/(r).png 'a')\n",
		"an alert":                "> [!NOTE]\n> Mind *this*.\n>\n> - a\n> - b\n",
		"an alert with a list":    "> [!WARNING]\n> - a\n",
		"an alert with nothing":   "> [!TIP]\n",
		"what is no alert":        "> \\[!NOTE]\n> text\n",
		"a table":                 "| a | `b|c` | |\n|:-:|--:|---|\n| **x** \\| y | [[r\\|label]] | `a\\|b` |\n| - | + | # |\n",
		"a table in a list":       "- one\n\n  | a |\n  |---|\n  | b |\n\n- two\n",
		"what is no table":        "a | b\n\\--- | ---\n",
		"footnotes":               "One[^a], two[^b] and one again[^a]: so.\n\n[^b]: Second *note*.\n\n    With more.\n[^a]: First.\n[^c]: Nobody leads here.\n",
		"a footnote with a list":  "One[^a].\n\n[^a]:\n    - x\n    - y\n",
		"definitions":             "Term *a*\nTerm b\n:   Means this.\n:   Or that.\n\nOther\n\n:   Loose.\n\n    - list\n",
		"what is no definition":   "Term\n\\: text\n",
		"strikethrough":           "~~gone~~ about ~5 and \\~~not~~\n",
		"a heading and its link":  "## See [this](x.md#y) & that\n\n## Twice\n\n## Twice\n\n[back](#twice-2)\n",
		"a heading with braces":   "## Use {x} {#y}\n\n### {#z}\n\n## `{a}`\n",
		"levels":                  "# One\n\n## Two\n\n###### Six\n",
		"signs at the beginning":  "\\- a\n\\+ b\n\\# c\n\\> d\n1\\. e\n\\=== f\n\\`\\`\\` g\n",
		"signs that may stand":    "snake_case a-b 1.5 x * y a & b 3 < 4 > 2 + 2 = 4 #1 e.g. (a) 5) C: \\\\ {z}\n",
		"entities in words":       "&amp;amp; &copy; &#10; &nbsp;x&nbsp; &lt;b&gt;\n",
		"blanks":                  "&#32; a &#9;\nb&#32;\nc\\\nd\n",
		"lists in lists":          "1. a\n   - b\n     1. c\n\n        d\n2. e\n\n- f\n\n* g\n* h\n",
		"two lists":               "- a\n\n+ b\n\n3) c\n\n4. d\n",
		"code in lists":           "- a\n  ```go\n  b\n\n  ````c\n  ```\n- d\n",
		"one loose item":          "- a\n\n  [x]: /y\n",
		"emphasis in emphasis":    "***a** b* **c *d*** *e **f*** **_g_** *_h_* *i*_j_ **k**__l__ ~~*m*~~\n",
		"an address by itself":    "<https://example.org/?a=b&c=d> <mailto:x@example.org> <y@example.org> https://example.org\n",
		"a picture in a link":     "[![a](b.png)](c.md)\n",
		"quotes":                  "> a\n>\n> > b\n\n> c\n",
		"a colon behind brackets": "[[a]]: b\n\nx[^1]: y\n\n[^1]: n\n",
		"exclamations":            "Stop![a](b.md) and\\![c] and!\n",
		"windows":                 "a\r\nb\r\n\r\n- c\r\n",
	} {
		p, diags := New().Compile([]byte(text), token.Position{Filename: "t.md", Line: 1, Column: 1})
		if refused(diags) {
			t.Errorf("%s: %v", name, diags)
		}
		if want, got, written := again(p); want != got {
			t.Errorf("%s:\n%s\nis written\n%s\nwas\n%s\nis\n%s", name, text, written, want, got)
		}
	}
}

// TestWritingIsTheSameAgain holds that what was written once is written as it is.
func TestWritingIsTheSameAgain(t *testing.T) {
	const text = "## Scope {#withheld-heading-1}\n\nWe *review* `a|b`, see [[ai-policy]].\n\n- one\n- two\n"
	p, _ := Packed().Compile([]byte(text), token.Position{Filename: "t.md", Line: 1, Column: 1})
	if got := Write(&p, asWritten); got != text {
		t.Errorf("%s\nis written\n%s", text, got)
	}
	if len(p.Headings) != 1 || p.Headings[0].ID != "withheld-heading-1" || p.Headings[0].Text != "Scope" {
		t.Errorf("headings are %v", p.Headings)
	}
	q, _ := New().Compile([]byte(text), token.Position{Filename: "t.md", Line: 1, Column: 1})
	if q.Headings[0].Text != "Scope {#withheld-heading-1}" {
		t.Errorf("in a text of people the heading is %q", q.Headings[0].Text)
	}
}

// TestRandomTextsAreWritten puts pieces of Markdown together at random. Two things
// are left out that only a text of chance has: a footnote that nothing but
// another footnote leads to, and a heading of several lines.
func TestRandomTextsAreWritten(t *testing.T) {
	words := strings.Split("a|bc|word| |  |\n|\n|\n\n|\n\n|*|**|_|__|`|~~|[[x]]|[[x#y|z]]|[l](m.md)|![i](j.png)|<https://a.example/>|\\|&amp;|&#32;|- |+ |1. |2) |  |    |> |# |## |---\n|===\n|```\n|| a | b |\n|---|---|\n|: |[^1]|!|(|)|{#q}|.|:|#|<|é|“|[!NOTE]\n", "|")
	words = append(words, "|", "| a | b |\n|---|:-:|\n| c | d |\n", "\n- a\n- b\n", "\nT\n: d\n")
	r := rand.New(rand.NewPCG(1, 2))
	for range 8000 {
		var b strings.Builder
		for range 1 + r.IntN(14) {
			b.WriteString(words[r.IntN(len(words))])
		}
		b.WriteString("\n\n[^1]: n\n")
		p, diags := New().Compile([]byte(b.String()), token.Position{Filename: "t.md", Line: 1, Column: 1})
		if refused(diags) {
			continue
		}
		if want, got, text := again(p); want != got {
			t.Fatalf("%q\nis written\n%q\nwas\n%s\nis\n%s", b.String(), text, want, got)
		}
	}
}

// TestALongParagraphIsReadAgain holds that a paragraph just below the limit is not
// above it once each of its signs has a backslash.
func TestALongParagraphIsReadAgain(t *testing.T) {
	p, diags := New().Compile([]byte("a"+strings.Repeat(" *", maxBlock/2-8)), token.Position{Filename: "t.md", Line: 1, Column: 1})
	if refused(diags) {
		t.Fatal(diags)
	}
	want, got, text := again(p)
	if want != got || len(text) <= maxBlock {
		t.Errorf("%d bytes are not read again", len(text))
	}
}

// FuzzWrite holds the same for all that comes to a fuzzer's mind.
func FuzzWrite(f *testing.F) {
	f.Add("*a* **b** `c` [[d]]\n\n- e\n- f\n")
	f.Add("> [!NOTE]\n> a\n\n| b |\n|---|\n| c |\n")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\ufffd") {
			return // is refused before
		}
		p, diags := New().Compile([]byte(text), token.Position{Filename: "t.md", Line: 1, Column: 1})
		if refused(diags) {
			return
		}
		if want, got, written := again(p); want != got {
			t.Errorf("%q\nis written\n%q\nwas\n%s\nis\n%s", text, written, want, got)
		}
	})
}
