package markdown

import (
	"encoding/json"
	"fmt"
	"go/token"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/diag"
)

type example struct {
	Markdown string
	HTML     string
	Example  int
	Section  string
}

// examples reads the 652 examples of CommonMark 0.31.2 from goldmark's module.
func examples(t *testing.T) []example {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []example
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 652 {
		t.Fatalf("%d examples, want 652", len(list))
	}
	return list
}

// filled returns HTML with the addresses that the text wrote in the holes, and
// without what we add: ids of headings and rel of links.
func filled(p aims.Prose) string {
	var b strings.Builder
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		address := h.Target
		if h.Fragment != "" {
			address += "#" + h.Fragment
		}
		if h.Kind == aims.Reference {
			address = "[[" + address + "]]"
		}
		b.WriteString(html.EscapeString(address))
	}
	b.WriteString(p.HTML[last:])
	s := regexp.MustCompile(`<h([1-6]) id="[^"]*">`).ReplaceAllString(b.String(), "<h$1>")
	return strings.ReplaceAll(s, ` rel="noopener noreferrer"`, "")
}

// lowered returns the expected HTML with headings one level lower, as they are
// shown under the title of a page.
func lowered(s string) string {
	if !strings.Contains(s, "<h1>") {
		return s
	}
	for level := 5; level >= 1; level-- {
		s = strings.ReplaceAll(s, fmt.Sprintf("<h%d>", level), fmt.Sprintf("<h%d>", level+1))
		s = strings.ReplaceAll(s, fmt.Sprintf("</h%d>", level), fmt.Sprintf("</h%d>", level+1))
	}
	return s
}

// decoded makes addresses comparable: the specification percent-encodes them,
// our holes hold the path itself.
func decoded(s string) string {
	return regexp.MustCompile(`(href|src)="[^"]*"`).ReplaceAllStringFunc(s, func(a string) string {
		return html.UnescapeString(regexp.MustCompile(`%[0-9A-F]{2}`).ReplaceAllStringFunc(a, func(x string) string {
			var c byte
			_, _ = fmt.Sscanf(x, "%%%02X", &c)
			return string([]byte{c})
		}))
	})
}

// relative turns the addresses of the examples into relative ones: those that
// begin with a slash lead out of the workspace, and we refuse them.
func relative(s string) string {
	return regexp.MustCompile(`/(ur[li]|path|my|%20|train|moon|bar)`).ReplaceAllString(s, "$1")
}

// TestCommonMark holds that all examples come out as specified, but for those
// that differ for one of our reasons: each such example has a diagnostic.
func TestCommonMark(t *testing.T) {
	compiler := New()
	same, refused := 0, map[diag.Code]int{}
	for _, e := range examples(t) {
		prose, diags := compiler.Compile([]byte(relative(e.Markdown)), token.Position{Filename: "spec", Line: 1, Column: 1})
		switch {
		case decoded(filled(prose)) == decoded(lowered(relative(e.HTML))):
			same++
		case len(diags) > 0:
			if c := diags[0].Code; c != diag.RawHTML && c != diag.UnsafeURL && c != diag.BrokenAnchor {
				t.Errorf("example %d: %v", e.Example, diags)
			}
			refused[diags[0].Code]++
		default:
			if reason, ok := differs()[e.Example]; ok {
				t.Logf("example %d differs: %s", e.Example, reason)
				continue
			}
			t.Errorf("example %d (%s)\n%q\n got %q\nwant %q", e.Example, e.Section, e.Markdown, filled(prose), e.HTML)
		}
	}
	t.Logf("%d of 652 as specified, %v refused with a diagnostic, %d differ by design", same, refused, len(differs()))
	if same < 560 {
		t.Errorf("only %d examples come out as specified", same)
	}
}
