package markdown

import (
	"fmt"
	"go/token"
	"strings"
	"testing"
	"time"

	"annex/generator/plain"
)

// untestable returns the words of a text that nobody can test, with their places.
func untestable(c *Compiler, l *plain.Lexicon, text string) []string {
	_, words, _ := c.CompileDocument([]byte(text), "Title", token.Position{Filename: "d.md", Line: 5, Column: 1}, l)
	var list []string
	for _, w := range words {
		list = append(list, fmt.Sprintf("%d:%d %s", w.Line, w.Column, w.Word))
	}
	return list
}

// TestWhereUntestableWordsStand pins the lines, counted from 5, and the columns,
// counted in characters.
func TestWhereUntestableWordsStand(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a paragraph", "We act\nas appropriate.\n", "6:1 as appropriate"},
		{"behind other scripts", "Prüfung – „é“ 検証: *robust*.\n", "5:20 robust"},
		{"a heading", "# Reviews as needed\n\nText.\n\nWhat is robust\n---\n", "5:11 as needed, 9:9 robust"},
		{"a heading that repeats the title", "# Title\n\nRobust.\n", "7:1 robust"},
		{"a list", "1. One\n   - two regularly\n\n     robust\n2. three\n   promptly\n", "6:10 regularly, 8:6 robust, 10:4 promptly"},
		{"an item is a sentence", "- Tested regularly\n- Every month\n", "5:10 regularly"},
		{"a table", "| A | As needed |\n|---|---|\n| etc | robust |\n", "5:7 as needed, 7:3 etc, 7:9 robust"},
		{"a row is a sentence", "| What | When |\n|---|---|\n| reviewed regularly | every 6 months |\n| tested regularly | |\n", "8:10 regularly"},
		{"cells are not one phrase", "| as | needed |\n|---|---|\n| as | needed |\n", ""},
		{"emphasis", "It is **as needed**, as *needed*, _robust_ and ~~etc~~.\n", "5:9 as needed, 5:22 as needed, 5:36 robust, 5:50 etc"},
		{"a link", "See [robust tools](as-needed.md \"as needed\") and <https://robust.example/etc>.\n", "5:6 robust"},
		{"a reference", "See [[robust]] and [[a|as needed]], [b][etc].\n\n[etc]: robust.md\n", ""},
		{"a footnote", "Text[^1], robust.\n\n[^1]: Kept as\n    needed.\n\nAnd etc.\n", "5:11 robust, 7:12 as needed, 10:5 etc"},
		{"a definition", "Review\n: Held regularly\n", "6:8 regularly"},
		{"over a line", "Kept as\nneeded, where  \npossible.\n", "5:6 as needed, 6:9 where possible"},
		{"over a line of a list", "- Kept as\n  needed\n- as\n- needed\n", "5:8 as needed"},
		{"over a line of an alert", "> [!NOTE]\n> Kept as\n> needed.\n", "6:8 as needed"},
		{"an item of a list that an alert holds", "> [!NOTE]\n> - robust\n", "6:5 robust"},
		{"a quote", "> Kept as needed.\n>\n> > robust\n\nrobust\n", "9:1 robust"},
		{"a quote in an alert", "> [!NOTE]\n> robust\n>\n> > etc\n", "6:3 robust"},
		{"half in a quote", "as\n> needed\n", ""},
		{"code", "Write `as needed`.\n\n    robust\n\n```\netc\n```\n", ""},
		{"half in code", "as `needed`\n", ""},
		{"raw HTML", "<b title=\"robust\">etc</b>\n\n<div>\nrobust\n</div>\n", "5:19 etc"},
		{"quotation marks", "The word \"appropriate\"\nand “as\nneeded”.\n", ""},
		{"escapes", "robust\\*, \\[etc\\]\n", "5:1 robust, 5:13 etc"},
		{"a tab", "-\trobust\n", "5:3 robust"},
		{"carriage returns", "Kept as\r\nneeded.\r\n\r\nrobust\r\n", "5:6 as needed, 8:1 robust"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(untestable(New(), plain.New(), c.text), ", "); got != c.want {
				t.Errorf("%q: got %q, want %q", c.text, got, c.want)
			}
		})
	}
	if got := untestable(New(), nil, "robust\n"); got != nil {
		t.Errorf("without a lexicon: %q", got)
	}
}

// TestManyUntestableWordsEndSoon looks through a large document of nothing
// but such words. The time is no measure.
func TestManyUntestableWordsEndSoon(t *testing.T) {
	for _, word := range []string{"etc, ", "etc. ", "robust ", "'as needed' "} {
		text := strings.Repeat(strings.Repeat(word, (maxBlock-10)/len(word))+"\n\n", 8)
		start := time.Now()
		untestable(New(), plain.New(), text)
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("%q took %s", word, d)
		}
	}
}

// FuzzUntestable holds that each place shows the first word of what was found.
func FuzzUntestable(f *testing.F) {
	for _, s := range []string{
		"> [!TIP]\n> as\n> needed", "| robust |\n|-|\n| as \\| needed |", "x[^1]\n\n[^1]: etc", "- a\n\n\trobust", "é *robust*", "a\n: etc",
		"<b>robust</b>", "[robust][a]\n\n[a]: etc", "# robust #", "robust\n===", "![robust](a.png)", "&amp; etc", "\\\nrobust", "as\r\nneeded",
	} {
		f.Add(s)
	}
	c, l := New(), plain.New()
	f.Fuzz(func(t *testing.T, s string) {
		lines := strings.Split(s, "\n")
		_, words, _ := c.CompileDocument([]byte(s), "", token.Position{Filename: "d.md", Line: 1, Column: 1}, l)
		for _, w := range words {
			first, _, _ := strings.Cut(strings.ReplaceAll(w.Word, "-", " "), " ")
			line, at := []rune(lines[w.Line-1]), int(w.Column)-1
			if at+len(first) > len(line) || !strings.EqualFold(string(line[at:at+len(first)]), first) {
				t.Errorf("%q: %+v is not there", s, w)
			}
		}
	})
}

// BenchmarkDocument compiles a document that says in every fifth sentence what
// nobody can test, with and without looking for it.
func BenchmarkDocument(b *testing.B) {
	text := []byte(strings.Repeat("## Rules\n\n"+strings.Repeat("The data steward reviews the **impact assessment** before each release, in line with `R-0421`. ", 4)+
		"Access permissions are reviewed periodically.\n\n", 16))
	for name, l := range map[string]*plain.Lexicon{"look": plain.New(), "none": nil} {
		b.Run(name, func(b *testing.B) {
			c := New()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				c.CompileDocument(text, "Title", token.Position{Filename: "d.md", Line: 1, Column: 1}, l)
			}
		})
	}
}
