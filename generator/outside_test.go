package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"annex/generator"
	"annex/generator/sample"
)

// TestOutputIsComparedByPlace names output folders by links and by names that look
// as if they led out of the workspace.
func TestOutputIsComparedByPlace(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "workspace")
	project := &fstest.MapFile{Data: []byte("kind = \"organization\"\n")}
	sample.Put(t, dir, fstest.MapFS{"annex.toml": project, "org/project.toml": project, "..x/project.toml": project, "..y/note.txt": project})
	for link, to := range map[string]string{"org": "workspace/org", "alias": "workspace", "above": "."} {
		if err := os.Symlink(filepath.Join(root, to), filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		dir, out string
		refused  bool
	}{
		{"workspace", "workspace/org/expo", true},
		{"workspace", "org/expo", true},
		{"workspace", "org/not/there/yet", true},
		{"workspace", "org", true},
		{"alias", "workspace/org/expo", true},
		{"workspace", "alias/org/expo", true},
		{"workspace", "alias", true},
		{"alias", "workspace", true},
		{"workspace", "above", true},
		{"workspace", "workspace/..x/expo", true},
		{"workspace", "workspace/..y/expo", false},
		{"workspace", "alias/expo", false},
		{"workspace", "..expo", false},
		{"workspace", "workspace-expo", false},
		{"workspace", "above/expo/new", false},
	} {
		o := generator.Options{Dir: filepath.Join(root, c.dir), Output: filepath.Join(root, c.out), Version: "test"}
		_, err := generator.WriteFiles(t.Context(), o, nil)
		var place *generator.OutputError
		if errors.As(err, &place) != c.refused || !c.refused && err != nil {
			t.Errorf("%s into %s: %v", c.dir, c.out, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "org", "expo")); err == nil {
		t.Error("something was written into the project")
	}
}
