package generator_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/export"
)

// exported returns every file of an export of everything, as contents does.
func exported(t *testing.T, o generator.Options) string {
	t.Helper()
	formats := slices.DeleteFunc(export.Formats(), func(f export.Format) bool { return f == export.PDF })
	files, result, err := generator.Export(t.Context(), o, generator.Wish{What: export.All, Formats: formats})
	if err != nil || len(files) < 80 {
		t.Fatal(len(files), err, len(result.Diagnostics))
	}
	o.Output = filepath.Join(t.TempDir(), "exports")
	if _, err := generator.WriteFiles(t.Context(), o, files); err != nil {
		t.Fatal(err)
	}
	return contents(t, o.Output)
}

// TestCanariesInExports looks for canaries in everything that can be exported:
// what an audience may not see is nowhere in it, and what it may see is there.
func TestCanariesInExports(t *testing.T) {
	t.Parallel()
	n := hatch(t)
	dir := n.keep(t)
	text := func(audience string) string {
		return exported(t, generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience})
	}
	whole := text("")
	for _, r := range readers() {
		text := text(r.id)
		shown, withheld := 0, 0
		for _, c := range n.canaries {
			found := strings.Contains(text, c.word)
			switch {
			case found && !r.may(c):
				at := strings.Index(text, c.word)
				t.Errorf("%s: %s (%s, %s) is shown: %s", r.id, c.word, c.level.class, c.in, text[max(0, at-120):min(len(text), at+60)])
			case !found && r.must(c) && strings.Contains(whole, c.word) && c.in != `digest = { title = "$text" }`: // a cut has no digests
				t.Errorf("%s: %s (%s, %s) is not shown", r.id, c.word, c.level.class, c.in)
			case found:
				shown++
			case !r.may(c):
				withheld++
			}
		}
		t.Logf("%s: %d shown, %d withheld", r.id, shown, withheld)
		if shown == 0 || withheld == 0 && r.id != "restricted" {
			t.Errorf("%s sees too little or too much", r.id)
		}
	}
}

// TestExportsNeedAWorkspaceWithoutErrors holds that nothing can be exported of a
// workspace that has errors of form, nor for an audience that it does not have.
func TestExportsNeedAWorkspaceWithoutErrors(t *testing.T) {
	n := hatch(t)
	o := generator.Options{Dir: n.keep(t), AsOf: aims.NewDate(2026, 11, 24), Audience: "nobody"}
	wish := generator.Wish{What: export.All, Formats: []export.Format{export.JSON}, Single: true}
	if files, _, err := generator.Export(t.Context(), o, wish); err == nil || files != nil {
		t.Errorf("%v, %d files for nobody", err, len(files))
	}
	n.files["org/broken.toml"] = &fstest.MapFile{Data: []byte("[[control]]\nid = \"A B\"\n")}
	o = generator.Options{Dir: n.keep(t), AsOf: o.AsOf}
	files, result, err := generator.Export(t.Context(), o, wish)
	if err != nil || files != nil || len(result.Diagnostics) == 0 {
		t.Errorf("%v, %+v, %d files of a broken workspace", err, result, len(files))
	}
}
