package generator_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator"
	"annex/generator/aims"
)

// TestCanariesInSnapshots looks for canaries in the JSON of the whole model:
// what an audience may not see is nowhere in it, and what it may see is there.
func TestCanariesInSnapshots(t *testing.T) {
	n := hatch(t)
	dir := n.keep(t)
	text := func(audience string) string {
		var b bytes.Buffer
		result, err := generator.Snapshot(t.Context(), generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience}, &b)
		if err != nil || !result.Written {
			t.Fatal(err, result.Diagnostics)
		}
		return strings.ToLower(b.String())
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

// TestSnapshotsNeedAWorkspaceWithoutErrors holds that nothing is written of a
// workspace that has errors of form, nor for an audience that it does not have.
func TestSnapshotsNeedAWorkspaceWithoutErrors(t *testing.T) {
	n := hatch(t)
	var b bytes.Buffer
	o := generator.Options{Dir: n.keep(t), AsOf: aims.NewDate(2026, 11, 24), Audience: "nobody"}
	if _, err := generator.Snapshot(t.Context(), o, &b); err == nil || b.Len() > 0 {
		t.Errorf("%v, %d bytes for nobody", err, b.Len())
	}
	n.files["org/broken.toml"] = &fstest.MapFile{Data: []byte("[[control]]\nid = \"A B\"\n")}
	o = generator.Options{Dir: n.keep(t), AsOf: o.AsOf}
	result, err := generator.Snapshot(t.Context(), o, &b)
	if err != nil || result.Written || len(result.Diagnostics) == 0 || b.Len() > 0 {
		t.Errorf("%v, %+v, %d bytes of a broken workspace", err, result, b.Len())
	}
}
