package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/diag"
)

func TestFrontMatterIsSplitWithItsLines(t *testing.T) {
	for _, test := range []struct {
		text, front, body string
		line              int
		code              diag.Code
	}{
		{"+++\nid = 1\n+++\nHello\n", "id = 1\n", "Hello\n", 4, ""},
		{"+++\r\nid = 1\r\n+++\r\nHello", "id = 1\r\n", "Hello", 4, ""},
		{"+++\n+++", "", "", 3, ""},
		{"+++\nid = 1\n", "", "", 0, diag.FrontMatterOpen},
		{"+++", "", "", 0, diag.FrontMatterOpen},
		{"# Title\n", "", "", 0, diag.FrontMatterMissing},
		{"", "", "", 0, diag.FrontMatterMissing},
	} {
		front, _, body, line, diags := SplitFrontMatter("d.md", []byte(test.text))
		if test.code != "" {
			if len(diags) != 1 || diags[0].Code != test.code {
				t.Errorf("%q: %v, want %s", test.text, diags, test.code)
			}
			continue
		}
		if string(front) != test.front || string(body) != test.body || line != test.line || len(diags) > 0 {
			t.Errorf("%q: %q %q line %d %v", test.text, front, body, line, diags)
		}
	}
}

func FuzzSplitFrontMatter(f *testing.F) {
	f.Add("+++\na=1\n+++\nbody")
	f.Add("+++\n\n\n+++")
	f.Fuzz(func(t *testing.T, s string) {
		front, _, body, line, diags := SplitFrontMatter("d.md", []byte(s))
		if len(diags) > 0 {
			return
		}
		if !strings.Contains(s, string(front)) || !strings.HasSuffix(s, string(body)) {
			t.Fatalf("%q: %q %q", s, front, body)
		}
		if want := strings.Count(strings.TrimSuffix(s, string(body)), "\n") + 1; len(body) > 0 && line != want {
			t.Fatalf("%q: the body begins on line %d, not %d", s, want, line)
		}
	})
}

func TestTextFilesAreRefusedForAReason(t *testing.T) {
	fsys := fstest.MapFS{
		"big.md":  {Data: []byte(strings.Repeat("x", MaxTextSize+1))},
		"bad.md":  {Data: []byte("a\nb\xffc")},
		"bidi.md": {Data: []byte("a\u202eb")},
		"bom.md":  {Data: []byte("\ufeffa")},
	}
	for name, code := range map[string]diag.Code{"big.md": diag.FileTooLarge, "bad.md": diag.NotUTF8, "bidi.md": diag.BidiControl, "bom.md": ""} {
		text, diags, err := ReadText(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		if code == "" {
			if string(text) != "a" || len(diags) > 0 {
				t.Errorf("%s: %q %v", name, text, diags)
			}
			continue
		}
		if len(diags) != 1 || diags[0].Code != code {
			t.Errorf("%s: %v, want %s", name, diags, code)
		}
	}
	_, diags, _ := ReadText(fsys, "bad.md")
	if p := diags[0].Pos; p.Line != 2 || p.Column != 2 {
		t.Errorf("the bad byte is at %v", p)
	}
}

func read(t *testing.T, text string) (*Reader, *[]diag.Diagnostic) {
	t.Helper()
	table, diags := ParseTOML("f.toml", []byte(text), 1)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return NewReader(table, "control", &diags), &diags
}

func TestReaderReportsWhatDoesNotFit(t *testing.T) {
	for _, test := range []struct {
		text string
		read func(*Reader)
		want string
	}{
		{`on = "2026-05-12"`, func(r *Reader) { r.Date("on") }, `1:6 AX0207 on is the text "2026-05-12", not a date (take the quotes away: on = 2026-05-12)`},
		{`on = 3`, func(r *Reader) { r.Date("on") }, `1:6 AX0207 on must be a date, not a number`},
		{`c = "often"`, func(r *Reader) { r.Period("c") }, `1:5 AX0208 c is "often", not a period`},
		{`n = 7`, func(r *Reader) { r.Int("n", 1, 5) }, `1:5 AX0210 n is 7 (give a number from 1 to 5)`},
		{`n = "3"`, func(r *Reader) { r.Int("n", 1, 5) }, `1:5 AX0203 n must be a whole number, not a text`},
		{`id = "A Title"`, func(r *Reader) { r.ID("id") }, `1:6 AX0205 "A Title" is not an id (write id = "a-title")`},
		{`x = 1`, func(r *Reader) { r.RequiredText("title"); r.Has("x") }, `1:1 AX0204 the control has no title`},
		{`l = ["a", 2]`, func(r *Reader) { r.Refs("l") }, `1:11 AX0203 l is a list of texts, and this is a number`},
		{`x = 1`, func(r *Reader) { RequiredWord(r, "s", []string{"yes", "no", "maybe"}); r.Has("x") }, `1:1 AX0204 the control has no "s" (add s = "yes", "no" or "maybe")`},
		{`s = ""`, func(r *Reader) { RequiredWord(r, "s", []string{"yes", "no"}) }, `1:5 AX0204 "s" of the control is empty (write "yes" or "no")`},
		{`s = 1`, func(r *Reader) { RequiredWord(r, "s", []string{"yes"}) }, `1:5 AX0203 s must be a text, not a number (write s = "..." with quotes)`},
		{`s = "implementd"`, func(r *Reader) { Word(r, "s", aims.Statuses()) }, `1:5 AX0206 s cannot be "implementd" (did you mean implemented?`},
		{`onwer = "x"`, func(r *Reader) { r.Text("owner") }, `1:1 AX0201 annex does not know the key "onwer" in a control (did you mean owner?)`},
	} {
		r, diags := read(t, test.text)
		test.read(r)
		r.Done()
		if len(*diags) != 1 {
			t.Errorf("%s: %v", test.text, *diags)
			continue
		}
		d := (*diags)[0]
		got := d.Pos.String()[len("f.toml:"):] + " " + string(d.Code) + " " + d.Message + " (" + d.Help + ")"
		if !strings.HasPrefix(got, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestReaderReadsEachType(t *testing.T) {
	r, diags := read(t, "t = \"x\"\nd = 2026-05-12\np = \"6 months\"\nb = true\ni = 3\nf = 1.5\nl = [\"a\", \"b\"]\n[[e]]\nk = 1\n[[e]]\n")
	if r.Text("t") != "x" || r.Date("d").String() != "2026-05-12" || r.Period("p").String() != "6 months" || r.Int("i", 1, 5) != 3 {
		t.Error("a scalar came out wrong")
	}
	if v, ok := r.Bool("b"); !v || !ok {
		t.Error("b is not true")
	}
	if v, ok := r.Number("f"); v != 1.5 || !ok {
		t.Error("f is not 1.5")
	}
	if l := r.Refs("l"); len(l) != 2 || l[1].Text != "b" || l[1].Pos.Column != 11 {
		t.Errorf("l = %v", l)
	}
	if e := r.Tables("e"); len(e) != 2 || e[0].Int("k", 0, 9) != 1 {
		t.Error("e is not two tables")
	}
	r.Done()
	if len(*diags) > 0 {
		t.Error(*diags)
	}
}

func TestNearestFindsWhatWasMeant(t *testing.T) {
	for _, test := range []struct {
		word, want string
		candidates []string
	}{
		{"onwer", "owner", []string{"owner", "other"}},
		{"A.6.2.9", "A.6.2.2", []string{"A.6.2.2", "A.6.2.8", "6.1.2"}},
		{"completely-else", "", []string{"owner", "risk"}},
		{"", "", []string{"owner"}},
	} {
		if got := Nearest(test.word, test.candidates); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
}
