package cli

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/source"
)

// starter lays out the starter with two more frameworks in use.
func starter(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "workspace")
	if err := os.CopyFS(dir, content.Starter()); err != nil {
		t.Fatal(err)
	}
	change(t, filepath.Join(dir, load.ConfigFile), func(text string) string {
		return strings.Replace(text, `["iso-42001"]`, `["iso-42001", "iso-27701", "eu-ai-act"]`, 1)
	})
	return dir
}

func change(t *testing.T, file string, edit func(string) string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, []byte(edit(string(text))), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func loaded(t *testing.T, dir string) []diag.Diagnostic {
	t.Helper()
	_, diags, err := load.Load(os.DirFS(dir), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	return diags
}

// written has new write a record of a kind, and returns the workspace and the
// name of the new file in it.
func written(t *testing.T, kind string) (dir, name string) {
	t.Helper()
	dir = starter(t)
	args := map[string][]string{
		"execution": {"ai-policy"}, "decision": {"iso-27701:A.1.2.2"}, "decisions": {"iso-27701"},
		"crosswalk": {"iso-42001", "iso-27701"}, "impact": {"first-system"},
	}[kind]
	if args == nil {
		args = []string{"my-" + kind}
	}
	if kind == "impact" {
		if err := os.Remove(filepath.Join(dir, "systems/first-system/documents/impact-first-system.md")); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var stdout, stderr bytes.Buffer
	if code := Main(append([]string{"new", "--as-of", "2026-11-24", kind}, args...), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	line, _, _ := strings.Cut(stdout.String(), "\n")
	rel, err := filepath.Rel(dir, strings.TrimPrefix(line, "wrote "))
	if err != nil {
		t.Fatal(err)
	}
	return dir, filepath.ToSlash(rel)
}

// uncommented takes the number signs away from keys and tables.
func uncommented(text string) string {
	lines := strings.Split(text, "\n")
	key, inText := regexp.MustCompile(`^(# )+([a-z_0-9]+ = |\[)`), false
	for i, line := range lines {
		if inText || key.MatchString(line) {
			lines[i] = strings.TrimLeft(line, "# ")
			inText = inText != (strings.Count(line, `"""`) == 1)
		}
	}
	return strings.Join(lines, "\n")
}

// table is the part of a file from one header to the next.
type table struct {
	name  string // control.execution; "" for what stands before the first header
	first int    // index of its first line
	lines []string
}

// tables parts the TOML of a file.
func tables(text string) []table {
	lines := strings.Split(text, "\n")
	list := []table{{}}
	start := 0
	if lines[0] == "+++" { // front matter
		start = 1
		lines = lines[:1+slices.Index(lines[1:], "+++")]
		list[0].first = 1
	}
	for i, line := range lines[start:] {
		if m := regexp.MustCompile(`^\[+([a-z_.]+)\]+$`).FindStringSubmatch(line); m != nil {
			list = append(list, table{name: m[1], first: start + i + 1})
			continue
		}
		last := &list[len(list)-1]
		last.lines = append(last.lines, line)
	}
	return list
}

// keysOf returns the keys of all tables of one name, tables below it included.
func keysOf(list []table, name string) []string {
	var keys []string
	for _, t := range list {
		parent, key := "", t.name
		if i := strings.LastIndexByte(t.name, '.'); i >= 0 {
			parent, key = t.name[:i], t.name[i+1:]
		}
		if parent == name {
			keys = append(keys, key)
		}
		if t.name != name {
			continue
		}
		for _, line := range t.lines {
			if key, _, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// each runs a test for the template of every kind but that of decisions, which
// has of each only what it cannot do without.
func each(t *testing.T, test func(t *testing.T, kind, dir, name, text string)) {
	for _, kind := range kinds() {
		if kind == "decisions" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			dir, name := written(t, kind)
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			test(t, kind, dir, name, string(text))
		})
	}
}

const nonsense = "zzzzzzzzzzzzzzzzzzzzzzzz"

// TestTemplatesHaveEveryKey puts a key that nobody knows into every table of a
// template, and holds the template to the keys that the loader then lists.
func TestTemplatesHaveEveryKey(t *testing.T) {
	each(t, func(t *testing.T, kind, dir, name, text string) {
		text = uncommented(text)
		list := tables(text)
		lines, heard := strings.Split(text, "\n"), map[string]bool{}
		for i, part := range slices.Backward(list) {
			lines = slices.Insert(lines, part.first, nonsense+" = 1")
			list[i].first += i + 1 // the line that the key then stands on
		}
		change(t, filepath.Join(dir, name), func(string) string { return strings.Join(lines, "\n") })
		for _, d := range loaded(t, dir) {
			if d.Pos.Filename != name || d.Code != diag.UnknownKey {
				continue
			}
			i := slices.IndexFunc(list, func(part table) bool { return part.first == d.Pos.Line })
			known, ok := strings.CutPrefix(d.Help, "keys are ")
			if i < 0 || !ok || !strings.Contains(d.Message, nonsense) {
				t.Errorf("%s: %s (%s)", d.Pos, d.Message, d.Help)
				continue
			}
			part := list[i].name
			heard[part] = true
			has := keysOf(list, part)
			for key := range strings.SplitSeq(known, ", ") {
				if !slices.Contains(has, key) && (kind != "document" || key != "impact") {
					t.Errorf("the table %q of the template has no key %q", part, key)
				}
			}
		}
		for _, part := range list {
			free := part.name == "signoff.digest" || part.name == "" && len(keysOf([]table{part}, "")) == 1
			if !free && !heard[part.name] {
				t.Errorf("the loader did not look at the table %q", part.name)
			}
		}
	})
}

// TestTemplatesNameEveryWord puts a word that nobody knows into every value, and
// holds the template to the words that the loader then lists.
func TestTemplatesNameEveryWord(t *testing.T) {
	each(t, func(t *testing.T, kind, dir, name, text string) {
		whole := []string{"id", "from", "to"} // without which a table is not read
		if slices.Contains([]string{"system", "organization", "crosswalk"}, kind) {
			whole = append(whole, "kind")
		}
		value := regexp.MustCompile(`(?m)^([a-z_]+) = (\[.*?\]|"[^"\n]*")`)
		changed := value.ReplaceAllStringFunc(uncommented(text), func(line string) string {
			switch key, old, _ := strings.Cut(line, " = "); {
			case slices.Contains(whole, key):
				return line
			case old[0] == '[':
				return key + ` = ["` + nonsense + `"]`
			default:
				return key + ` = "` + nonsense + `"`
			}
		})
		change(t, filepath.Join(dir, name), func(string) string { return changed })
		for _, d := range loaded(t, dir) {
			list, ok := strings.CutPrefix(d.Help, "it is one of ")
			if d.Pos.Filename != name || d.Code != diag.UnknownValue || !ok {
				continue
			}
			for word := range strings.SplitSeq(list, ", ") {
				if !regexp.MustCompile(`(^|[^a-z-])` + word + `([^a-z-]|$)`).MatchString(text) {
					t.Errorf("%s, but the template does not name %s", d.Message, word)
				}
			}
		}
	})
}

// TestTemplatesHaveNoErrorsOfForm takes all number signs away: what stands
// behind them has the right type too.
func TestTemplatesHaveNoErrorsOfForm(t *testing.T) {
	each(t, func(t *testing.T, kind, dir, name, text string) {
		change(t, filepath.Join(dir, name), uncommented)
		for _, d := range loaded(t, dir) {
			switch {
			case d.Pos.Filename != name || d.Severity != diag.Error:
			case kind == "evidence" && (d.Code == diag.Conflict || d.Code == diag.MissingFile): // file or url or note
			case kind == "signoff" && d.Code == diag.MissingKey: // its subject
			default:
				t.Errorf("%s: %s: %s", d.Pos, d.Code, d.Message)
			}
		}
	})
}

func TestEveryRecordCanBeMade(t *testing.T) {
	dir := starter(t)
	if err := os.WriteFile(filepath.Join(dir, "organization", "unknown.toml"), []byte("[["+nonsense+"]]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	list := loaded(t, dir)
	i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Code == diag.UnknownTable })
	if i < 0 {
		t.Fatal("an unknown table is not reported")
	}
	tables, _ := strings.CutPrefix(list[i].Help, "kinds are ")
	for kind := range strings.SplitSeq(tables, ", ") {
		if !slices.Contains(kinds(), kind) {
			t.Errorf("new cannot make a record of the kind %q", kind)
		}
	}
	for _, kind := range aims.ProjectKinds() {
		if !slices.Contains(kinds(), string(kind)) {
			t.Errorf("new cannot make a project of the kind %q", kind)
		}
	}
}

// TestStarterPatternsHaveNoErrors takes all number signs away from the records
// of the starter.
func TestStarterPatternsHaveNoErrors(t *testing.T) {
	dir := starter(t)
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".toml" && filepath.Base(name) != load.ConfigFile {
			change(t, name, uncommented)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	records := 0
	for _, d := range loaded(t, dir) {
		if d.Severity == diag.Error {
			t.Errorf("%s: %s: %s", d.Pos, d.Code, d.Message)
		}
	}
	w, _, err := load.Load(os.DirFS(dir), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{len(w.Risks), len(w.Objectives), len(w.Parties), len(w.Audits), len(w.Findings), len(w.Reviews), len(w.Evidence)} {
		records += min(n, 1)
	}
	if records != 7 {
		t.Errorf("the starter has patterns of %d kinds, not of 7", records)
	}
}

func TestTextsAreWrittenAsTOML(t *testing.T) {
	for _, text := range []string{`A "policy" \ rule`, "two\nlines\tand\x01\x7f", "Ünïcode – ☂", "", "a  # b", "{{.ID}}"} {
		table, diags := source.ParseTOML("a.toml", []byte("a = "+tomlText(text)+"\n"), 1)
		if len(diags) > 0 {
			t.Errorf("%q: %v", text, diags)
			continue
		}
		if got := source.NewReader(table, "record", &diags).Text("a"); got != text {
			t.Errorf("got %q, want %q", got, text)
		}
	}
	if got := tomlValue([]string{"a", `b"`}); got != `["a", "b\""]` {
		t.Error(got)
	}
}
