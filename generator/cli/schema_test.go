package cli

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"annex/generator/schema"
)

// taplo returns a function that has taplo, the program behind Even Better TOML,
// look at the TOML files of a workspace. It answers with what it says, and whether
// it has anything against them.
func taplo(t *testing.T) func(dir string, args ...string) (said string, fine bool) {
	t.Helper()
	program, err := filepath.Abs("../../themes/node_modules/@taplo/cli/dist/cli.js")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		if os.Getenv("ANNEX_TEST_BROWSER") == "required" {
			t.Fatal("taplo is not there; run: go generate ./themes")
		}
		t.Skip("taplo is not there; run: go generate ./themes")
	}
	return func(dir string, args ...string) (string, bool) {
		c := exec.Command("node", append([]string{program, "lint", "--colors", "never"}, args...)...)
		c.Dir = dir
		out, err := c.CombinedOutput()
		if !strings.Contains(string(out), "found files") {
			t.Fatalf("taplo: %v: %s", err, out)
		}
		return string(out), err == nil
	}
}

// made returns a new workspace of a template.
func made(t *testing.T, template ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "workspace")
	var out bytes.Buffer
	if code := Main(append([]string{"init", dir}, template...), &out, &out); code != exitDone {
		t.Fatal(out.String())
	}
	return dir
}

// tomlFiles returns the TOML files that annex reads.
func tomlFiles(t *testing.T, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".toml" && d.Name() != schema.SettingsFile && !strings.Contains(name, "evidence"+string(filepath.Separator)) {
			list = append(list, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestEditorsTakeWhatInitWrites has taplo read fresh workspaces: by the line in
// each file from a folder elsewhere, and by the settings from the workspace.
func TestEditorsTakeWhatInitWrites(t *testing.T) {
	run := taplo(t)
	var all []string
	example := made(t, "--example")
	for _, dir := range []string{made(t), example, made(t, "--empty")} {
		for _, name := range tomlFiles(t, dir) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			line, _, _ := strings.Cut(string(text), "\n")
			path, ok := strings.CutPrefix(line, "#:schema ")
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), path)); !ok || err != nil {
				t.Errorf("%s names no schema: %q", name, line)
			}
			all = append(all, name)
		}
	}
	if said, fine := run(t.TempDir(), append([]string{"--no-auto-config"}, all...)...); !fine || len(all) < 60 {
		t.Errorf("%d files by their lines: %s", len(all), said)
	}
	if said, fine := run(example); !fine || !strings.Contains(said, "found configuration file") {
		t.Errorf("by the settings: %s", said)
	}
}

// fault is a file with one, and what taplo says about it.
type fault struct{ file, text, want string }

func faults() []fault {
	return []fault{
		{"annex.toml", "framework = []\n", "'framework' was unexpected"},
		{"annex.toml", "frameworks = \"iso-42001\"\n[organization]\nname = \"A\"\n", "is not of type \"array\""},
		{"annex.toml", "frameworks = [\"iso-42001\"]\n", "\"organization\" is a required property"},
		{"organization/project.toml", "kind = \"organization\"\nid = \"a\"\ntitle = \"A\"\npurpose = \"x\"\n", "False schema does not allow"},
		{"organization/project.toml", "kind = \"organisation\"\nid = \"a\"\ntitle = \"A\"\n", "is not one of"},
		{"organization/x.toml", "[[control]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"planned\"\nonwer = \"ceo\"\n", "'onwer' was unexpected"},
		{"organization/x.toml", "[[control]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"plannd\"\n", "is not one of [\"not-started\""},
		{"organization/x.toml", "[[control]]\nid = \"a\"\ntitle = \"A\"\n", "\"status\" is a required property"},
		{"organization/x.toml", "[[control]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"planned\"\ncadence = \"monthly\"\n", "does not match"},
		{"organization/x.toml", "[[control]]\nid = \"a\"\ntitle = \"A\"\nstatus = \"planned\"\nsystems = [\"s\"]\n", "\"level\" is a required property"},
		{"organization/x.toml", "[[control]]\nid = \"A B\"\ntitle = \"A\"\nstatus = \"planned\"\n", "does not match"},
		{"organization/x.toml", "[[role]]\nid = \"index\"\ntitle = \"A\"\n", "is not allowed for"},
		{"organization/x.toml", "[[risk]]\nid = \"a\"\ntitle = \"A\"\nlikelihood = 7\n", "greater than the maximum"},
		{"organization/x.toml", "[[finding]]\nid = \"a\"\ntitle = \"A\"\ngrade = \"minor\"\nraised = 2026-05-05T00:00:00\n", "is not a \"date\""},
		{"organization/x.toml", "[[evidence]]\nid = \"a\"\ntitle = \"A\"\neffective = 2026-05-05\n", "not valid under any"},
		{"organization/x.toml", "[[evidence]]\nid = \"a\"\ntitle = \"A\"\neffective = 2026-05-05\nnote = \"x\"\nurl = \"https://x\"\n", "valid under more than one"},
		{"organization/x.toml", "[[controls]]\nid = \"a\"\n", "'controls' was unexpected"},
		{"organization/x.toml", "[[execution]]\non = 2026-05-05\nresult = \"effective\"\n", "\"control\" is a required property"},
		{"frameworks/x.toml", "kind = \"crosswalk\"\nversion = \"1\"\nfrom = \"a\"\n", "\"to\" is a required property"},
		{"frameworks/x.toml", "id = \"x\"\ntitle = \"X\"\nversion = \"1\"\nfrom = \"a\"\n", "False schema does not allow"},
	}
}

// put writes a file, and its folders.
func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// about reports whether taplo said something about a file.
func about(said, name, want string) bool {
	for part := range strings.SplitSeq(said, "error: ") {
		if strings.Contains(part, name+":") && strings.Contains(part, want) {
			return true
		}
	}
	return false
}

// TestEditorsSeeFaults seeds faults into files that name their schema. Taplo must
// see each.
func TestEditorsSeeFaults(t *testing.T) {
	run := taplo(t)
	var names []string
	top := t.TempDir()
	files, err := schemas()
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range faults() {
		dir := filepath.Join(top, strconv.Itoa(i))
		for _, s := range files {
			put(t, filepath.Join(dir, filepath.FromSlash(s.Path())), string(s.JSON))
		}
		name := filepath.Join(dir, filepath.FromSlash(f.file))
		put(t, name, schema.Line(f.file)+f.text)
		names = append(names, name)
	}
	said, _ := run(t.TempDir(), append([]string{"--no-auto-config"}, names...)...)
	for i, f := range faults() {
		if !about(said, names[i], f.want) {
			t.Errorf("%s:\n%s", names[i], f.text)
		}
	}
	if t.Failed() {
		t.Log(said)
	}
}

// TestEditorsSeeFaultsByTheSettings seeds a fault into a file of each kind that
// does not name its schema.
func TestEditorsSeeFaultsByTheSettings(t *testing.T) {
	run := taplo(t)
	dir := made(t, "--empty")
	want := map[string]string{}
	for _, f := range faults() {
		if want[f.file] == "" {
			want[f.file] = f.want
			put(t, filepath.Join(dir, filepath.FromSlash(f.file)), f.text)
		}
	}
	put(t, filepath.Join(dir, "organization", "evidence", "not-ours.toml"), "anything = 1\n")
	said, _ := run(dir)
	for name, words := range want {
		if !about(said, name, words) {
			t.Errorf("%s: %q is not in\n%s", name, words, said)
		}
	}
	if len(want) != 4 || strings.Contains(said, "not-ours") {
		t.Errorf("%d files; %s", len(want), said)
	}
}

// TestWhatNewWritesFits has new write a record of each kind, and taplo read them.
func TestWhatNewWritesFits(t *testing.T) {
	run := taplo(t)
	dir := made(t)
	change(t, filepath.Join(dir, "annex.toml"), func(text string) string {
		return strings.Replace(text, `["iso-42001"]`, `["iso-42001", "iso-27001"]`, 1)
	})
	t.Chdir(dir)
	for _, args := range [][]string{
		{"control", "a-control"},
		{"execution", "a-control"},
		{"decisions", "iso-27001"},
		{"evidence", "an-evidence"},
		{"risk", "a-risk"},
		{"objective", "an-objective"},
		{"role", "a-role"},
		{"party", "a-party"},
		{"audit", "an-audit"},
		{"finding", "a-finding"},
		{"review", "a-review"},
		{"signoff", "a-signoff", "--of", "document:ai-policy"},
		{"system", "a-system"},
		{"framework", "a-framework"},
		{"crosswalk", "iso-42001", "iso-27001"},
	} {
		var out bytes.Buffer
		if code := Main(append([]string{"new"}, args...), &out, &out); code != exitDone {
			if args[0] == "crosswalk" { // annex brings this one
				continue
			}
			t.Fatalf("%v: %s", args, out.String())
		}
	}
	if said, fine := run(t.TempDir(), append([]string{"--no-auto-config"}, tomlFiles(t, dir)...)...); !fine {
		t.Error(said)
	}
}
