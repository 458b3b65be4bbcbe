package oscal

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/yuin/goldmark"
	nethtml "golang.org/x/net/html"

	"annex/generator/aims"
	"annex/generator/sample"
)

// shows returns the text that a reader of Markdown sees.
func shows(t testing.TB, markdown string) string {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := nethtml.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(*nethtml.Node)
	walk = func(n *nethtml.Node) {
		switch {
		case n.Type == nethtml.TextNode:
			text.WriteString(n.Data)
		case n.Type == nethtml.ElementNode && n.Data != "p" && n.Data != "html" && n.Data != "head" && n.Data != "body":
			text.WriteString("<" + n.Data + ">") // markup where there was none
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return strings.TrimSpace(text.String())
}

func naughty() []string {
	return []string{
		"plain", "", " ", "# heading", "- item", "+ item", "* item", "1. item", "12) item", "> quote", "=", "---", "***", "===", "| a | b |",
		"*a*", "_a_", "**a**", "a_b_c", "2 * 3", "a*b*c", "`code`", "``", "[a](b)", "![a](b)", "[a]: b", "<b>a</b>", "<!-- a -->", "<a@b.example>",
		"&amp;", "&#65;", "A&B", "A & B", "a\\b", "\\*", "a^b^c", "a~b~c", "~~a~~", "{{ insert: param, x }}", "{{{a}}}", "A.6.2.4", "Art. 5(1)(a)",
		"https://example.org/a_b_c", "100 %", "\"quoted\"", "it's", "日本語", "עברית", "😀", "\u0000\u0007", "a\u202eb", "a\ufeffb", "\xff", "a\r\nb", "a\tb", "a\u2028b",
	}
}

// TestTextsMeanThemselves holds that a text without markup is read as that text.
func TestTextsMeanThemselves(t *testing.T) {
	for _, text := range naughty() {
		one := line(text, "none")
		if strings.ContainsAny(one, "\n\r\t") || one == "" {
			t.Errorf("%q becomes the line %q", text, one)
		}
		want := plain(text)
		if want == "" {
			want = "none"
		}
		if got := shows(t, one); got != want {
			t.Errorf("%q is written %q and read %q", text, one, got)
		}
		if got := strings.Join(strings.Fields(shows(t, paragraphs(text))), " "); got != plain(text) {
			t.Errorf("the paragraph %q is read %q", text, got)
		}
	}
}

func FuzzTextsMeanThemselves(f *testing.F) {
	for _, text := range naughty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if want, got := plain(text), shows(t, line(text, "x")); want != "" && strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%q is written %q and read %q", text, line(text, "x"), got)
		}
	})
}

// TestWhatOSCALReadsAsMarkupIsEscaped covers what CommonMark does not know.
func TestWhatOSCALReadsAsMarkupIsEscaped(t *testing.T) {
	for text, want := range map[string]string{
		"m^2^": `m\^2\^`, "H~2~O": `H\~2\~O`, "{{ insert: param, x }}": `\{\{ insert: param, x }}`, "{a}": "{a}",
	} {
		if got := line(text, ""); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// TestProse turns compiled texts into Markdown.
func TestProse(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"emphasis and lists", "A *fine* text.\n\n- one\n- two", "A *fine* text.\n\n- one\n- two"},
		{"a reference", "See [[other]] and [[mini:A.1]].", `See The \*other* one and A.1 First control.`},
		{"a reference with words", "See [[other|that one]].", "See that one."},
		{"a link out", "See [there](https://example.org/x).", "See [there](https://example.org/x)."},
		{"a link within", "See [there](#here).", "See there."},
		{"a footnote", "Said[^1].\n\n[^1]: By me.", ""},
		{"what OSCAL reads", "m^2^ and a ~ b {{ insert: param, x }}", `m\^2\^ and a \~ b \{\{ insert: param, x }}`},
		{"code as it is", "`a^b`", "`a^b`"},
		{"a table", "| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"},
	} {
		text := "[[control]]\nid = \"it\"\ntitle = \"It\"\nstatus = \"planned\"\ndescription = '''\n" + c.source + "\n'''\n\n[[control]]\nid = \"other\"\ntitle = \"The *other* one\"\nstatus = \"planned\"\n"
		w := sample.Load(t, text)
		got := newTexts(w).prose(&w.Controls[0].Description)
		if c.want != "" && got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
		if strings.Contains(got, "](#") || strings.Contains(got, "<") {
			t.Errorf("%s: %q leads nowhere", c.name, got)
		}
	}
	if got := newTexts(nil).prose(&aims.Prose{}); got != "" {
		t.Errorf("no text becomes %q", got)
	}
}

func TestSentencesOfChecks(t *testing.T) {
	for text, want := range map[string]string{
		"the control": "The control", "iso-42001:A.2 is open": "iso-42001:A.2 is open", "": "", "épreuve": "Épreuve",
	} {
		if got := capital(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	for text, want := range map[string]string{"run `annex check`": "run `annex check`", "one ` alone": "one \\` alone"} {
		if got := commands(paragraphs(text)); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"iso-42001": "iso-42001", "Head of AI": "head-of-ai", "Art.5(1)(a)": "art.5-1-a", "27001": "_27001", "": "_", "é-1": "é-1", "a:b": "a-b", "-x-": "x",
	} {
		if got := token(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
	w := sample.Load(t, odd())
	n := newNames(w, w.Organizations()[0])
	for ref, want := range map[string]string{"Q 1(a)": "own_q-1-a", "Q_2.a": "own_q-2.a", "1_smt": "own_1-smt"} {
		if got := n.tokens[w.Framework("own").Find(ref)]; got != want {
			t.Errorf("%s becomes %s, not %s", ref, got, want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		day  aims.Date
		want string
	}{
		{aims.Date{}, ""},
		{aims.NewDate(2026, 11, 24), "2026-11-24T00:00:00Z"},
		{aims.NewDate(2024, 2, 29), "2024-02-29T00:00:00Z"},
		{aims.NewDate(1996, 2, 29), ""},
		{aims.NewDate(1996, 2, 28), "1996-02-28T00:00:00Z"},
		{aims.NewDate(1899, 12, 31), ""},
		{aims.NewDate(3000, 1, 1), ""},
	} {
		if got := day(c.day); got != c.want {
			t.Errorf("%s becomes %q, not %q", c.day, got, c.want)
		}
	}
}

// TestFilesCanBeWrittenAtOnce writes all files side by side.
func TestFilesCanBeWrittenAtOnce(t *testing.T) {
	w := sample.Load(t, whole)
	in := input(w, w.Organizations()[0], sample.Day())
	want := exported(t, in)
	files := Files(in)
	var group sync.WaitGroup
	for range 4 {
		for _, f := range files {
			group.Go(func() {
				var b bytes.Buffer
				if err := f.Write(&b); err != nil || !bytes.Equal(b.Bytes(), want.bytes[f.Name]) {
					t.Errorf("%s is another one: %v", f.Name, err)
				}
			})
		}
	}
	group.Wait()
}
