package export

import (
	"testing"

	"annex/generator/aims"
	"annex/generator/sample"
)

// TestTheFileOfEvidenceIsWhereTheReaderHasIt holds what the list of evidence says
// of its file: the path in the workspace for who edits that, the place in the site
// or the pack for an audience.
func TestTheFileOfEvidenceIsWhereTheReaderHasIt(t *testing.T) {
	const text = `
[[evidence]]
id = "log"
title = "Log"
file = "evidence/2026/log.txt"
effective = 2026-05-12
[[evidence]]
id = "seen"
title = "Seen"
note = "On the spot."
effective = 2026-05-12
-- organization/evidence/2026/log.txt --
one
`
	for name, c := range map[string]struct {
		cut  *aims.Cut
		pack bool
		want string
	}{
		"the whole":           {want: "evidence/2026/log.txt"},
		"an audience":         {cut: &aims.Cut{Audience: &aims.Audience{}}, want: "evidence/log/log.txt"},
		"an audience, packed": {cut: &aims.Cut{Audience: &aims.Audience{}}, pack: true, want: "evidence/backups/log.txt"},
	} {
		t.Run(name, func(t *testing.T) {
			p := partOf(sample.Load(t, text), sample.Day())
			p.Report.Workspace.Cut = c.cut
			if c.pack {
				p.Place = func(e *aims.Evidence) string { return "evidence/backups/" + e.ID + ".txt" }
			}
			l := made(t, p, "evidence")
			for i, column := range l.Columns {
				if column.Title != "File" {
					continue
				}
				if got, none := l.Rows[0].Cells[i].String(), l.Rows[1].Cells[i].String(); got != c.want || none != "" {
					t.Errorf("the file is %q, that of evidence without one %q", got, none)
				}
				return
			}
			t.Error("the list has no column of files")
		})
	}
}
