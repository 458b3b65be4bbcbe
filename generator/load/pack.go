package load

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/markdown"
	"annex/generator/source"
)

// packTable is the table of annex.toml that makes a folder the records of a pack.
const packTable = "pack"

// mayBePack reports whether the records of a pack are welcome. Where they are
// not, this is all that is said: every record could hold keys that only packs
// have.
func (l *loader) mayBePack(table *source.Table) bool {
	if l.much == packed {
		l.markdown = markdown.Packed()
		return true
	}
	r := source.NewReader(table, ConfigFile, &l.diags)
	l.report(diag.New(diag.Conflict, r.Pos(packTable), "these are the records of a pack, which were written for its reader and are no workspace to work in",
		"compare packs with annex diff, and work in the workspace that the pack was made from"))
	return false
}

// packed reads for whom and for which day a pack is.
func (l *loader) packed(r *source.Reader) {
	t := r.Table(packTable)
	if t == nil {
		return
	}
	l.ws.AsOf = l.requiredDate(t, "as_of")
	ref, given := t.Ref("audience")
	cut := &aims.Cut{Audience: l.ws.Audience(ref.Text)}
	if given && cut.Audience == nil {
		l.report(diag.New(diag.UnknownRecord, ref.Pos, fmt.Sprintf("there is no audience with the id %q", ref.Text), "the pack is damaged; ask for another one"))
	}
	for _, left := range t.Tables("left") {
		cut.Left = append(cut.Left, aims.Left{What: left.RequiredText("what"), N: left.Int("count", 1, 1<<30)})
		left.Done()
	}
	if cut.Audience != nil {
		l.ws.Cut = cut
	}
	t.Done()
}

// withheld reads why a record is a stand-in. Only a pack has such records.
func (l *loader) withheld(r *source.Reader) string {
	if !l.pack {
		return ""
	}
	return r.Text("withheld")
}

// apart reads whether the file of evidence did not go along. Only a pack says so.
func (l *loader) apart(r *source.Reader) bool {
	if !l.pack {
		return false
	}
	apart, _ := r.Bool("apart")
	return apart
}
