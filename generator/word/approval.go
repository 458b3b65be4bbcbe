package word

import (
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/docx"
	"annex/generator/readiness"
	"annex/generator/soa"
)

func (w Maker) additional(st *soa.Statement) []docx.Block {
	list := []docx.Block{w.heading(1, "Additional controls")}
	if len(st.Additional) == 0 {
		return append(list, docx.Paragraph{Runs: docx.Text(w.say("None."))})
	}
	t := docx.Table{
		Caption: w.say("Additional controls"), Heads: 1, Small: true, Columns: columns(30, 13, 18, 23, 16),
		Rows: []docx.Row{w.heads("Control", "Status", "Owner", "Risks treated", "Evidence")},
	}
	for _, x := range st.Additional {
		c := x.Control.Control
		t.Rows = append(t.Rows, docx.Row{Cells: []docx.Cell{
			cell(docx.Strong(c.Title)), cell(w.state(x.Control.State)), cell(w.role(c.Owner)), titles(w, c.Risks), cell(w.inForce(x.Evidence, x.Newest)),
		}})
	}
	about := w.say("Controls of the organization's own that treat a risk and are not among the reference controls.")
	return append(list, docx.Paragraph{Runs: docx.Text(about)}, t)
}

// meanings says what the states in the tables mean, so that the paper needs no
// other to be read.
func (w Maker) meanings(st *soa.Statement) []docx.Block {
	t := docx.Table{Caption: w.say("What the states mean"), Columns: columns(15, 85), Heads: 1, Rows: []docx.Row{w.heads("State", "Meaning")}}
	for _, x := range readiness.States() {
		used := slices.ContainsFunc(st.Rows, func(r soa.Row) bool { return r.Status.State == x }) ||
			slices.ContainsFunc(st.Additional, func(a soa.Additional) bool { return a.Control.State == x })
		if used {
			t.Rows = append(t.Rows, docx.Row{Cells: []docx.Cell{cell(w.state(x)), cell(docx.Text(w.say(x.Rule())))}})
		}
	}
	if len(t.Rows) == 1 {
		return nil
	}
	return []docx.Block{w.heading(1, "What the states mean"), t}
}

func (w Maker) approval(st *soa.Statement) []docx.Block {
	who, when := docx.Text(w.say("Not approved")), w.none()
	if a := st.Approval; a != nil && a.ApprovedBy != nil {
		who, when = docx.Text(a.ApprovedBy.Title), docx.Text(w.date(a.ApprovedOn))
	}
	list := []docx.Block{w.heading(1, "Approval")}
	list = append(list, docx.Table{
		Caption: w.say("Approval"), Columns: columns(35, 20, 45), Heads: 1,
		Rows: []docx.Row{w.heads("Role", "Date", "Signature"), {Tall: 48, Cells: []docx.Cell{cell(who), cell(when), cell([]docx.Run{{Text: w.say("To be signed"), Quiet: true}})}}},
	})
	if signed := w.signed(func(s *aims.Signoff) bool { return s.SubjectKind == aims.SignSoA && s.Signed.Statement == st.Framework }); signed != nil {
		list = append(list, docx.Paragraph{Style: docx.Term, Runs: docx.Text(w.say("Signoffs"))}, *signed)
	}
	return list
}

// signed lists the signoffs of something, nil for none.
func (w Maker) signed(of func(*aims.Signoff) bool) *docx.Table {
	t := docx.Table{
		Caption: w.say("Signoffs"), Columns: columns(20, 12, 14, 26, 28), Heads: 1,
		Rows: []docx.Row{w.heads("By", "Day", "Decision", "Since then", "Statement")},
	}
	for _, s := range w.Workspace.Signoffs {
		if !of(s) {
			continue
		}
		decision := badge(docx.Off, "–", w.word(string(s.Decision)))
		if s.Decision == aims.SignApproved {
			decision = badge(docx.Good, "●", w.word(string(s.Decision)))
		}
		since := docx.Text(w.say("unchanged since"))
		if changed := s.Changed(w.Workspace); len(changed) > 0 {
			since = append(badge(docx.Bad, "▲", w.say("Changed")), docx.Run{Text: " " + strings.Join(changed, ", ")})
		} else if len(s.Marks) == 0 {
			since = []docx.Run{{Text: w.say("what was signed is not fixed by a digest"), Quiet: true}}
		}
		t.Rows = append(t.Rows, docx.Row{Cells: []docx.Cell{cell(w.role(s.By)), cell(docx.Text(w.date(s.On))), cell(decision), cell(since), cell(w.text(s.Statement))}})
	}
	if len(t.Rows) == 1 {
		return nil
	}
	return &t
}
