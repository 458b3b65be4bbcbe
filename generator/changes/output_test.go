package changes

import (
	"encoding/json"
	"errors"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"

	"annex/generator/sample"
)

// history is a pair of states with something of everything.
func history(t testing.TB) *Changes {
	after := with("[[risk]]\nid = \"drift\"\ntitle = \"Drift\"\n[[control]]\nid = \"test\"\ntitle = \"Test\"\nstatus = \"planned\"\n")
	after = strings.NewReplacer(
		`id = "internal"`, `id = "spring"`, "6 months", "3 months", "The plan is to watch.", "The plan is to watch and learn.",
		"We do no such thing.", "We do no such thing today, and if we begin to do so then the head of machine learning brings the matter before the committee, which decides again.",
	).Replace(after)
	return Compare(state(t, "v1.0", "2026-09-01", base), state(t, "v1.1", "2027-01-15", after))
}

func TestTextForATerminal(t *testing.T) {
	const want = `Changes from v1.0 (2026-09-01) to v1.1 (2027-01-15)

Sample Ltd
----------

What passed and now fails (3)
  ! mini:A.1 (First control) fell from verified to implemented.
      The control "Watch" was due by 1 Nov 2026; it was last performed on 1 Aug
      2026.
      The evidence "Log" expired on 31 Dec 2026.
  ! The control "Watch" no longer operates.
      The control "Watch" was due by 1 Nov 2026; it was last performed on 1 Aug
      2026.
      The evidence "Log" expired on 31 Dec 2026.
  ! The evidence "Log" expired on 31 Dec 2026.
      It shows the control "Watch", which is implemented.

Documents: 1 changed
  ~ plan Plan (sample)
      text changed: 2 words added

Controls: 1 added, 1 changed
  + test Test (sample)
  ~ watch Watch (sample)
      cadence: 6 months → 3 months

Applicability decisions: 1 changed
  ~ mini:A.2 Second control (sample)
      justification:
        was: We do no such thing.
        now: We do no such thing today, and if we begin to do so then the head
             of machine learning brings the matter before the committee, which
             decides again.

Risks: 1 added
  + drift Drift (sample)

Audits: 1 added, 1 removed
  + spring Internal audit (sample)
  - internal Internal audit (sample)

A record whose id changed stands under removed and under added.

Counts                               before  after
mini: requirements gap                    1      1
mini: requirements documented             1      1
mini: requirements implemented            0      1
mini: requirements verified               1      0
mini: requirements not assessed           1      1
mini: requirements not applicable         1      1
mini: reference controls applicable       1      1
mini: reference controls excluded         1      1
mini: reference controls undecided        1      1
evidence in force                         1      0
`
	var b strings.Builder
	if err := Text(&b, history(t), 80); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("text is\n%s", b.String())
	}
}

func TestTextWraps(t *testing.T) {
	for _, width := range []int{40, 60, 100} {
		var b strings.Builder
		if err := Text(&b, history(t), width); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			// The table of counts has the width of its names.
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > max(width, 52) {
				t.Errorf("at %d a line has %d characters: %s", width, n, line)
			}
			if strings.TrimRight(line, " \n")+"\n" != line {
				t.Errorf("blanks end the line %q", line)
			}
		}
	}
}

func TestNothingChanged(t *testing.T) {
	c := compared(t, base, base)
	var text, markdown strings.Builder
	if err := errors.Join(Text(&text, c, 0), Markdown(&markdown, c)); err != nil {
		t.Fatal(err)
	}
	if want := "Changes from before (2026-09-01) to after (2026-09-01)\nNothing changed.\n"; text.String() != want {
		t.Errorf("text is %q", text.String())
	}
	if want := "# Changes from before (2026-09-01) to after (2026-09-01)\n\nNothing changed.\n"; markdown.String() != want {
		t.Errorf("Markdown is %q", markdown.String())
	}
}

func TestMarkdownForAMergeRequest(t *testing.T) {
	var b strings.Builder
	if err := Markdown(&b, history(t)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# Changes from v1.0 (2026-09-01) to v1.1 (2027-01-15)\n\n## Sample Ltd\n\n### What passed and now fails (3)\n\n- mini:A.1 (First control) fell from verified to implemented.\n  - The control \"Watch\" was due",
		"\n### Controls: 1 added, 1 changed\n\n| Change | Record | Field | Before | After |\n| --- | --- | --- | --- | --- |\n| added | test Test (sample) |  |  |  |\n| changed | watch Watch (sample) | cadence | 6 months | 3 months |\n",
		"| changed | plan Plan (sample) | text |  | changed: 2 words added |\n",
		"\n### Counts\n\n| What | Before | After |\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("Markdown lacks\n%s\nit is\n%s", want, b.String())
		}
	}
}

// hostile are texts that try to be more than a text.
func hostile() []string {
	return []string{
		"a | b | c", `a \| b`, `back\`, "`code` ``` fence", "*bold* _it_ ~~gone~~", "# heading", "- item", "+ item", "1. item", "1) item", "> quote", "---", "===",
		"<script>alert(1)</script>", "<!-- comment", "&lt;b&gt; &#64;", "[link](https://evil.example)", "![img](https://evil.example/x.png)",
		"[ref]: https://evil.example", "[^1]", "https://evil.example", "http://evil.example/a?b", "www.evil.example", "mail me@evil.example", "@everyone", "#123", "!45", "$x$", "ftp://evil.example",
		"| --- | --- |", "{+ added +}", "[[wiki]]", "    indented", "javascript:alert(1)", "<https://evil.example>", "a<br>b", "$$\\href{x}$$", ":smile:", "[ ] task",
	}
}

func TestMarkdownShowsHostileTextsAsTexts(t *testing.T) {
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser()
	for _, h := range hostile() {
		// The text stands in a title, in a value, in a sentence and in a label.
		quoted, _ := json.Marshal(h)
		before := change(t, `title = "Watch"`, "title = \"x\"")
		after := change(t, `title = "Watch"`, "title = "+string(quoted)+"\nlevel = \"organization\"")
		after = strings.Replace(after, `"We do no such thing."`, string(quoted), 1)
		after = strings.Replace(after, "6 months", "2 weeks", 1)
		a, z := state(t, h, "2026-09-01", before), state(t, h, "2026-09-01", after)
		var b strings.Builder
		if err := Markdown(&b, Compare(a, z)); err != nil {
			t.Fatal(err)
		}
		source := []byte(b.String())
		shown := 0
		err := ast.Walk(parser.Parse(gmtext.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering {
				return ast.WalkContinue, nil
			}
			switch n.Kind() {
			case ast.KindDocument, ast.KindHeading, ast.KindParagraph, ast.KindText, ast.KindTextBlock, ast.KindList, ast.KindListItem,
				extast.KindTable, extast.KindTableHeader, extast.KindTableRow, extast.KindTableCell:
			default:
				t.Errorf("%q becomes a %s", h, n.Kind())
			}
			if n.Kind() == extast.KindTableRow && n.ChildCount() != len(n.Parent().(*extast.Table).Alignments) {
				t.Errorf("%q makes a row of %d cells", h, n.ChildCount())
			}
			if n.Kind() == extast.KindTableCell || n.Kind() == ast.KindTextBlock || n.Kind() == ast.KindHeading {
				if strings.Contains(shownText(n, source), strings.Join(strings.Fields(h), " ")) {
					shown++
				}
			}
			if l, ok := n.(*ast.List); ok && l.IsOrdered() {
				t.Errorf("%q begins a list", h)
			}
			return ast.WalkContinue, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if shown < 5 {
			t.Errorf("%q is shown %d times, in\n%s", h, shown, b.String())
		}
		if regexp.MustCompile(`(?i)(://|www\.|[@#!$]\w)`).MatchString(plain(b.String())) {
			t.Errorf("%q would be linked in\n%s", h, b.String())
		}
	}
}

// shownText returns the text of a node as readers see it.
func shownText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(source))
		} else {
			b.WriteString(shownText(c, source))
		}
	}
	return strings.ReplaceAll(plain(b.String()), "\u200b", "")
}

// plain returns a text with its character references resolved.
func plain(s string) string {
	return regexp.MustCompile(`&#\d+;`).ReplaceAllStringFunc(s, html.UnescapeString)
}

func TestTextCannotSteerTheTerminal(t *testing.T) {
	const evil = "a\u001b[2Jb\u0007\r\u202ec\u0085\u009bd"
	quoted := `"a\u001b[2Jb\u0007\r\u202ec\u0085\u009bd"`
	w := change(t, `title = "Watch"`, "title = "+quoted)
	w = strings.Replace(w, "We do no such thing.", strings.Trim(quoted, `"`)+`\nx`, 1)
	c := Compare(state(t, evil, "2026-09-01", base), state(t, evil, "2027-01-15", w))
	for _, write := range []func(*strings.Builder) error{
		func(b *strings.Builder) error { return Text(b, c, 0) },
		func(b *strings.Builder) error { return Markdown(b, c) },
	} {
		var b strings.Builder
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexFunc(b.String(), func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || r == 0x202e) }); i >= 0 {
			t.Errorf("a control sign in %q", b.String()[i:])
		}
	}
}

func TestJSONHasStableNames(t *testing.T) {
	var b strings.Builder
	if err := JSON(&b, history(t)); err != nil {
		t.Fatal(err)
	}
	var x any
	if err := json.Unmarshal([]byte(b.String()), &x); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	collect(x, names)
	for _, want := range strings.Fields(`before after label day organizations settings catalogs id title fails passes records counts
		kind gone classification topic sentence state_before state_after because change project fields tables name text words_added
		frameworks states state applicable excluded undecided findings grade evidence`) {
		if !names[want] {
			t.Errorf("JSON has no %s", want)
		}
	}
	if strings.Contains(b.String(), "null") {
		t.Errorf("JSON has a null where a list is empty:\n%s", b.String())
	}
	empty := Compare(State{Workspace: sample.Load(t, "")}, State{Workspace: sample.Load(t, "")})
	b.Reset()
	if err := JSON(&b, empty); err != nil || strings.Contains(b.String(), "null") {
		t.Errorf("JSON of nothing is %s, %v", b.String(), err)
	}
}

func collect(x any, names map[string]bool) {
	switch x := x.(type) {
	case map[string]any:
		for name, v := range x {
			names[name] = true
			collect(v, names)
		}
	case []any:
		for _, v := range x {
			collect(v, names)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWritingFails(t *testing.T) {
	c := history(t)
	for i, err := range []error{Text(brokenPipe{}, c, 0), Markdown(brokenPipe{}, c), JSON(brokenPipe{}, c)} {
		if err == nil || !strings.Contains(err.Error(), "broken pipe") {
			t.Errorf("writer %d says %v", i, err)
		}
	}
}
