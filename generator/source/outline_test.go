package source

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// list tells what is in parts, as "kind text".
func list(text string, parts []Part, indent string) []string {
	var lines []string
	for _, p := range parts {
		line := fmt.Sprintf("%s%d %s", indent, p.Kind, text[p.Start:p.End])
		if p.Name != "" {
			line += " named " + p.Name
		}
		if p.Scalar != nil {
			line += fmt.Sprintf(" says %T %v", p.Scalar, p.Scalar)
		}
		lines = append(lines, fmt.Sprintf("%s at %d:%d", line, p.Pos.Line, p.Pos.Column))
		lines = append(lines, list(text, p.Parts, indent+" ")...)
	}
	return lines
}

func TestAnOutlineKnowsWherePartsEnd(t *testing.T) {
	text := "on = 2026-05-12 \t # a day\n[[ a . \"b c\" ]] # d\n'k' . l = [ 1 , { m = 'n', } , # o\n  \"ü\\\"\" ]\n"
	want := `2 on = 2026-05-12 at 1:1
 3 on named on at 1:1
 4 2026-05-12 says aims.Date 2026-05-12 at 1:6
1 [[ a . "b c" ]] at 2:1
 3 a named a at 2:4
 3 "b c" named b c at 2:8
2 'k' . l = [ 1 , { m = 'n', } , # o
  "ü\"" ] at 3:1
 3 'k' named k at 3:1
 3 l named l at 3:7
 5 [ 1 , { m = 'n', } , # o
  "ü\"" ] at 3:11
  4 1 says int64 1 at 3:13
  6 { m = 'n', } at 3:17
   2 m = 'n' at 3:19
    3 m named m at 3:19
    4 'n' says string n at 3:23
  4 "ü\"" says string ü" at 4:3`
	outline, diags := ReadOutline("f.toml", []byte(text))
	if diags != nil {
		t.Fatal(diags)
	}
	if got := strings.Join(list(text, outline.Parts, ""), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(outline.Values) != 2 {
		t.Errorf("values %v", outline.Values)
	}
}

func TestAnOutlineOfWhatIsNoTOMLIsADiagnostic(t *testing.T) {
	for _, text := range []string{"a = ", "a", "[[a]", "a = 1\na = 2", "a = " + strings.Repeat("[", 200)} {
		outline, diags := ReadOutline("f.toml", []byte(text))
		_, want := ParseTOML("f.toml", []byte(text), 1)
		if outline != nil || fmt.Sprint(diags) != fmt.Sprint(want) || len(diags) == 0 {
			t.Errorf("%q: %v, %v, want %v", text, outline, diags, want)
		}
	}
}

// TestNothingIsOutsideOfAnOutline holds that keys and values cover all of a text
// but its punctuation and comments, and that each value alone says the same.
func TestNothingIsOutsideOfAnOutline(t *testing.T) {
	texts := corpus(t)
	if len(texts) < 200 {
		t.Fatalf("only %d texts", len(texts))
	}
	for name, text := range texts {
		outline, diags := ReadOutline(name, []byte(text))
		if diags != nil {
			t.Fatal(diags)
		}
		var rest strings.Builder
		at := 0
		var visit func(parts []Part)
		visit = func(parts []Part) {
			for _, p := range parts {
				visit(p.Parts)
				if p.Kind == KeyPart || p.Kind == ScalarPart {
					rest.WriteString(text[at:p.Start])
					at = p.End
				}
				if p.Kind != ScalarPart {
					continue
				}
				alone, diags := ReadOutline(name, []byte("x = "+text[p.Start:p.End]))
				if diags != nil || fmt.Sprint(alone.Parts[0].Parts[1].Scalar) != fmt.Sprint(p.Scalar) {
					t.Errorf("%s: %q is not %v %v", name, text[p.Start:p.End], p.Scalar, diags)
				}
			}
		}
		visit(outline.Parts)
		rest.WriteString(text[at:])
		for line := range strings.Lines(rest.String()) {
			line, _, _ = strings.Cut(line, "#")
			if left := strings.Trim(line, "[]{}=., \t\r\n"); left != "" {
				t.Errorf("%s: %q is in no part", name, left)
			}
		}
	}
}

// corpus returns the records of the example, and the valid texts that the TOML
// library is tested with.
func corpus(t *testing.T) map[string]string {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/BurntSushi/toml").Output()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, folder := range []string{"../../content/example", "../../content/starter", filepath.Join(strings.TrimSpace(string(dir)), "internal", "toml-test", "tests", "valid")} {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".toml") {
				return err
			}
			text, err := os.ReadFile(path)
			texts[path] = strings.TrimPrefix(string(text), "\ufeff")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}
