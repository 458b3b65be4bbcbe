package schema

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"annex/content"
	catalogs "annex/frameworks"
	"annex/generator/diag"
)

// schemaFor returns the TOML that a file holds and the schema for it; ok is false
// when there is none, or it is no TOML.
func schemaFor(t *testing.T, schemas map[string]*validator.Schema, name, text string) (map[string]any, *validator.Schema, bool) {
	t.Helper()
	var s *validator.Schema
	switch {
	case strings.Contains(name, "/evidence/"):
		return nil, nil, false
	case path.Ext(name) == ".toml":
		s = schemas[kind(name)]
	case path.Ext(name) == ".md":
		_, rest, ok := strings.Cut(text, "+++\n")
		front, _, closed := strings.Cut(rest, "\n+++")
		if !ok || !closed {
			return nil, nil, false
		}
		text, s = front, schemas["document"]
	default:
		return nil, nil, false
	}
	var probe map[string]any
	if _, err := toml.Decode(text, &probe); err != nil {
		return nil, nil, false
	}
	return presented(t, text), s, true
}

// TestWhatAnnexBringsIsTaken holds the schemas against every file of the example,
// the starter and the empty workspace, and against the built-in catalogs.
func TestWhatAnnexBringsIsTaken(t *testing.T) {
	schemas := validators(t)
	count := map[string]int{}
	check := func(fsys fs.FS, prefix string) {
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			values, s, ok := schemaFor(t, schemas, prefix+name, string(data))
			if !ok {
				return nil
			}
			count[path.Ext(name)]++
			if err := s.Validate(values); err != nil {
				t.Errorf("%s: %s", name, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	check(content.Example(), "")
	check(content.Starter(), "")
	check(content.Empty(), "")
	check(catalogs.Files(), "frameworks/")
	t.Logf("%d TOML files, %d documents", count[".toml"], count[".md"])
	if count[".toml"] < 60 || count[".md"] < 60 {
		t.Error("these are too few to be all")
	}
}

// visible are the codes whose case a schema can see.
func visible() []diag.Code {
	return []diag.Code{
		diag.UnknownKey, diag.UnknownTable, diag.WrongType, diag.MissingKey, diag.BadID,
		diag.UnknownValue, diag.BadPeriod, diag.OutOfRange, diag.Conflict,
	}
}

// TestCasesOfDiagnostics reads the case of every diagnostic: a schema sees the
// fault where the fault is one of form, and nothing where it is of another kind.
func TestCasesOfDiagnostics(t *testing.T) {
	schemas := validators(t)
	dir := filepath.Join("..", "..", "cmd", "annex", "testdata", "diagnostics")
	seen, silent, files := 0, 0, 0
	for _, family := range diag.Families() {
		for _, entry := range family.Entries {
			data, err := os.ReadFile(filepath.Join(dir, string(entry.Code)+".txtar"))
			if err != nil {
				t.Fatal(err)
			}
			var faults []string
			for _, f := range txtar.Parse(data).Files {
				values, s, ok := schemaFor(t, schemas, f.Name, string(f.Data))
				if f.Name == "want" || !ok {
					continue
				}
				files++
				if err := s.Validate(values); err != nil {
					faults = append(faults, err.Error())
				}
			}
			switch want := slices.Contains(visible(), entry.Code); {
			case want && len(faults) == 0:
				t.Errorf("%s %s: no schema sees it", entry.Code, entry.Title)
			case !want && len(faults) > 0:
				t.Errorf("%s %s: a schema sees %s", entry.Code, entry.Title, faults)
			case want:
				seen++
			default:
				silent++
			}
		}
	}
	t.Logf("%d files: the fault of %d codes is seen, the cases of %d others are taken", files, seen, silent)
	if seen != len(visible()) || files < 80 {
		t.Error("these are too few to be all")
	}
}

// TestOursAreKnownByTheirID holds that a schema knows itself, whatever an older
// annex wrote into it, and takes nothing else for itself.
func TestOursAreKnownByTheirID(t *testing.T) {
	f := File{Name: "records"}
	for text, want := range map[string]bool{
		`{"$id": "urn:annex:schema:records", "title": "Old"}`: true,
		`{"$id": "urn:annex:schema:project"}`:                 false,
		`{"$id": "https://example.com/records"}`:              false,
		`{"title": "Records of an AI management system"}`:     false,
		`{"$id": 1}`:                   false,
		`["urn:annex:schema:records"]`: false,
		"# mine":                       false,
		"":                             false,
	} {
		if got := f.Ours([]byte(text)); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
	files, err := Files(nil)
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		if !f.Ours(f.JSON) {
			t.Errorf("%s does not know itself", f.Name)
		}
	}
}
