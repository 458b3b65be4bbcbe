package generator

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"annex/generator/source"
)

func TestAnOverlayIsAFileSystem(t *testing.T) {
	below := fstest.MapFS{"a.toml": {Data: []byte("a")}, "dir/b.toml": {Data: []byte("b")}}
	o := overlay{below, map[string][]byte{"a.toml": []byte("other"), "dir/c.toml": []byte("c"), "new/deep/d.toml": []byte("d")}}
	for name, want := range map[string]string{"a.toml": "other", "dir/b.toml": "b", "dir/c.toml": "c", "new/deep/d.toml": "d"} {
		if got, err := fs.ReadFile(o, name); err != nil || string(got) != want {
			t.Errorf("%s is %q, %v", name, got, err)
		}
		if text, diags, err := source.ReadText(o, name); err != nil || len(diags) > 0 || string(text) != want {
			t.Errorf("%s is read as %q, %v, %v", name, text, diags, err)
		}
	}
	files, diags, err := source.Files(o)
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	if err != nil || len(diags) > 0 || len(paths) != 4 || paths[0] != "a.toml" || paths[2] != "dir/c.toml" || paths[3] != "new/deep/d.toml" {
		t.Errorf("the files are %v, %v, %v", paths, diags, err)
	}
	if files[0].Size != 5 {
		t.Errorf("a.toml has %d bytes", files[0].Size)
	}
	if _, err := fs.Stat(o, "nothing.toml"); err == nil {
		t.Error("there is a file that nobody wrote")
	}
}
