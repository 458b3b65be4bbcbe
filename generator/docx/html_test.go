package docx

import (
	"fmt"
	"go/token"
	"strings"
	"testing"

	"annex/generator/markdown"
)

// outline says blocks in one line: what they are and what stands in them.
func outline(blocks []Block) string {
	var list []string
	for _, x := range blocks {
		switch x := x.(type) {
		case Heading:
			list = append(list, fmt.Sprintf("h%d#%s(%s)", x.Level, x.ID, runLine(x.Runs)))
		case Paragraph:
			name := [...]string{"p", "term", "small"}[x.Style]
			list = append(list, name+"("+runLine(x.Runs)+")")
		case List:
			var items []string
			for _, item := range x.Items {
				items = append(items, outline(item))
			}
			name := "ul"
			if x.Ordered {
				name = fmt.Sprintf("ol%d", x.Start)
			}
			list = append(list, name+"["+strings.Join(items, ", ")+"]")
		case Container:
			name := [...]string{"quote", "definition", "note", "tip", "important", "warning", "caution"}[x.Kind]
			list = append(list, name+"{"+runLine(x.Title)+": "+outline(x.Blocks)+"}")
		case Code:
			list = append(list, fmt.Sprintf("code(%q)", x.Text))
		case Rule:
			list = append(list, "rule")
		case Table:
			var rows []string
			for _, row := range x.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, [...]string{"", "c:", "r:"}[c.Align]+outline(c.Blocks))
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
			list = append(list, fmt.Sprintf("table%d %q[%s]", x.Heads, x.Caption, strings.Join(rows, "; ")))
		}
	}
	return strings.Join(list, " ")
}

func runLine(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		s := r.Text
		for _, x := range []struct {
			on   bool
			mark string
		}{{r.Bold, "*"}, {r.Italic, "_"}, {r.Strike, "~"}, {r.Code, "`"}, {r.Raised, "^"}} {
			if x.on {
				s = x.mark + s + x.mark
			}
		}
		switch {
		case r.Break:
			s = "⏎"
		case r.Note != nil:
			s = "‹" + outline(r.Note) + "›"
		case r.Image != nil:
			s = fmt.Sprintf("img(%s, %d bytes)", r.Image.Alt, len(r.Image.Bytes))
		}
		if r.Link != "" {
			s += "→" + r.Link
		}
		if r.Anchor != "" {
			s += "→#" + r.Anchor
		}
		b.WriteString(s)
	}
	return b.String()
}

// read compiles Markdown and reads it, its references filled with their targets
// and addresses of files left empty but for pictures.
func read(t testing.TB, text string) []Block {
	t.Helper()
	p, _ := markdown.New().Compile([]byte(text), token.Position{Filename: "d.md", Line: 1, Column: 1})
	var b strings.Builder
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		b.WriteString(h.Target)
	}
	b.WriteString(p.HTML[last:])
	return ParseHTML(b.String(), func(address string) []byte { return []byte(address) })
}

func TestMarkdownBecomesBlocks(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"paragraphs", "One\ntwo  \nthree\\\nfour.\n\nNext.", "p(One two⏎three⏎four.) p(Next.)"},
		{"looks", "**b** *i* ***bi*** ~~s~~ `c  d` a*b*c", "p(*b* _i_ _*bi*_ ~s~ `c  d` a_b_c)"},
		{"headings", "# Über uns\n\n## B `c`\n\n###### F", "h1#über-uns(Über uns) h2#b-c(B `c`) h5#f(F)"},
		{"low headings", "## A\n\n### B", "h1#a(A) h2#b(B)"},
		{"lists", "- a\n- b\n  1. c\n  2. d\n\n     e\n- f", "ul[p(a), p(b) ol1[p(c), p(d) p(e)], p(f)]"},
		{"a list from 7", "7. a\n8. b", "ol7[p(a), p(b)]"},
		{"a list from 0", "0. a", "ol0[p(a)]"},
		{"a list in a list", "- - a\n  - b", "ul[ul[p(a), p(b)]]"},
		{"an empty item", "-\n- a", "ul[, p(a)]"},
		{"code", "```go\na\n  b <c> & \"d\"\n```\n\n    indented\n", "code(\"a\\n  b <c> & \\\"d\\\"\\n\") code(\"indented\\n\")"},
		{"a quote", "> a\n>\n> > b", "quote{: p(a) quote{: p(b)}}"},
		{"alerts", "> [!NOTE]\n> a\n>\n> - b\n\n> [!CAUTION]\n> c", "note{Note: p(a) ul[p(b)]} caution{Caution: p(c)}"},
		{"all alerts", "> [!TIP]\n> a\n\n> [!IMPORTANT]\n> b\n\n> [!WARNING]\n> c", "tip{Tip: p(a)} important{Important: p(b)} warning{Warning: p(c)}"},
		{"a rule", "a\n\n---\n\nb", "p(a) rule p(b)"},
		{"a table", "| a | b | c |\n|---|:-:|--:|\n| 1 | **2** |  |", `table1 "Table 1"[p(a)|c:p(b)|r:p(c); p(1)|c:p(*2*)|r:]`},
		{"a table with an empty corner", "|  | b |\n|---|---|\n| 1 | 2 |", `table1 "Table 1"[|p(b); p(1)|p(2)]`},
		{"definitions", "Term *x*\n: means\n: or\n\n  so", "term(Term _x_) definition{: p(means)} definition{: p(or) p(so)}"},
		{"links", "[a **b**](https://a.example/?x=1&y=2 \"t\") <https://c.example> <d@e.example> [f](mailto:g@h.example)", "p(a →https://a.example/?x=1&y=2*b*→https://a.example/?x=1&y=2 https://c.example→https://c.example d@e.example→mailto:d@e.example f→mailto:g@h.example)"},
		{"links that are none", "[a](javascript:x) [file](../x.md) [[ref]] [[ref#h|own words]]", "p(a file ref ref)"},
		{"a link within", "## A\n\n[up](#a)", "h1#a(A) p(up→#a)"},
		{"pictures", "![An *image*](a/b.png \"t\") and ![web](https://x.example/y.png)", "p(img(An image, 7 bytes) and web)"},
		{"a picture as a link", "[![alt](p.png)](https://a.example)", "p(img(alt, 5 bytes)→https://a.example)"},
		{"a footnote", "a[^x], b.\n\n[^x]: Note *x*.\n\n    More.", "p(a‹p(Note _x_.) p(More.)›, b.)"},
		{"one footnote twice", "a[^x] b[^y] c[^x]\n\n[^x]: X\n[^y]: Y", "p(a‹p(X)› b‹p(Y)› c^1^)"},
		{"a footnote in a footnote", "a[^x]\n\n[^x]: X[^y]\n[^y]: Y[^x]", "p(a‹p(X^a^)›) small(^a^ Y^b^) small(^b^ X^a^)"},
		{"a footnote in the head of a table", "| a[^x] |\n|---|\n| b[^y] |\n\n[^x]: X\n[^y]: Y", `table1 "Table 1"[p(a^a^); p(b‹p(Y)›)] small(^a^ X)`},
		{"a footnote with a list", "a[^x]\n\n[^x]:\n    - l", "p(a‹ul[p(l)]›)"},
		{"raw HTML", "a <b>c</b>\n\n<div>d</div>", "p(a c)"},
		{"entities", "&lt;b&gt; &amp;amp; &copy; &#8202;x", "p(<b> &amp; © \u200ax)"},
		{"no breaks", "a\u00a0b", "p(a\u00a0b)"},
		{"nothing", "", ""},
	} {
		if got := outline(read(t, c.text)); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.text, got, c.want)
		}
	}
}

func TestWithoutPicturesTheirWordsStand(t *testing.T) {
	if got := outline(ParseHTML(`<p><img src="x" alt="a &amp; b" /></p>`, nil)); got != "p(img(a & b, 0 bytes))" {
		t.Error(got)
	}
}

// TestWhatIsNotOursIsReadAllTheSame holds that HTML that is not closed or not
// known loses no words.
func TestWhatIsNotOursIsReadAllTheSame(t *testing.T) {
	for in, want := range map[string]string{
		"loose <em>text":                     "p(loose _text_)",
		"<p>a</p></div><p>b</p>":             "p(a) p(b)",
		"<article><p>a</p>b</article>":       "p(a) p(b)",
		"<ul>a<li>b</li></ul>":               "ul[p(b)]",
		"<table><tr><td>a</td></tr></table>": "p(a)",
		"<!-- c --><p>a<!-- d -->b</p>":      "p(ab)",
	} {
		if got := outline(ParseHTML(in, nil)); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// FuzzMarkdown compiles any text and wants a well-formed file of what comes out.
func FuzzMarkdown(f *testing.F) {
	for _, s := range []string{
		"# a\n\n- b\n  1. c\n\n> [!NOTE]\n> d", "| a[^1] |\n|-|\n| b |\n\n[^1]: x[^1]", "[a](https://\x00)", "![x](y)", "a\n: b\n: - c", strings.Repeat("*a **b ", 2000),
		strings.Repeat("> ", 90) + "x", "```\n\x01\n```", "<http://[::1>", "~~a~~ `b`", "[x](#y)\n\n# y",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { parts(t, Document{Blocks: read(t, s)}) })
}
