package word

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/docx"
	"annex/generator/soa"
)

// Statement turns a Statement of Applicability into a Word file on A4 across:
// the head and the scope, all reference controls by area, the additional
// controls, what the states mean, and a place to sign.
func (w Maker) Statement(st *soa.Statement) docx.Document {
	entity := w.entity(st.Organization)
	f := frame{title: w.say("Statement of Applicability"), entity: entity.Name, class: w.Workspace.Site.Classification, status: "not-approved"}
	if st.Approval != nil {
		f.version, f.status = st.Approval.Version, string(st.Approval.Status)
	}
	f.marked = !st.Approval.In(w.AsOf)
	d := w.start(f)
	d.Landscape = true
	d.Subtitle = st.Framework.Title + " · " + entity.Name
	d.Header.Left = append(d.Header.Left, docx.Run{Text: ", " + st.Framework.Title})
	d.Properties.Subject, d.Properties.Category = st.Framework.Title, f.title
	d.Properties.Keywords = []string{f.title, st.Framework.Title, st.Framework.ID}
	d.Blocks = append(d.Blocks, w.statementHead(st, entity))
	d.Blocks = append(d.Blocks, w.heading(1, "Scope"))
	if st.Scope.IsZero() {
		d.Blocks = append(d.Blocks, docx.Paragraph{Runs: docx.Text(w.say("No scope is written."))})
	} else {
		d.Blocks = append(d.Blocks, lower(w.prose(st.Scope))...)
	}
	d.Blocks = append(d.Blocks, docx.PageBreak{}, w.heading(1, "Reference controls"), w.controls(st))
	d.Blocks = append(d.Blocks, w.additional(st)...)
	d.Blocks = append(d.Blocks, w.meanings(st)...)
	d.Blocks = append(d.Blocks, w.approval(st)...)
	return d
}

func (w Maker) heading(level int, text string) docx.Heading {
	return docx.Heading{Level: level, Runs: docx.Text(w.say(text))}
}

// lower puts the headings of a text below that over it.
func lower(blocks []docx.Block) []docx.Block {
	for i, x := range blocks {
		if h, ok := x.(docx.Heading); ok {
			h.Level++
			blocks[i] = h
		}
	}
	return blocks
}

func (w Maker) statementHead(st *soa.Statement, entity aims.Organization) docx.Table {
	f := &facts{word: w}
	var legal []string
	for _, s := range []string{entity.LegalName, entity.Address} {
		if s != "" {
			legal = append(legal, s)
		}
	}
	name := entity.Name
	if len(legal) > 0 {
		name += " (" + strings.Join(legal, ", ") + ")"
	}
	f.text("Organization", name)
	framework := st.Framework.Title + ", " + st.Framework.Reference
	if st.Framework.Edition != "" {
		framework += ". " + st.Framework.Edition
	}
	f.text("Framework", framework)
	f.text("Catalog version", st.Framework.Version)
	f.text("As of", w.date(w.AsOf))
	if a := st.Approval; a == nil {
		f.add("Version", cell(w.notApproved()))
	} else {
		f.text("Version", a.Version+" ("+w.word(string(a.Status))+")")
		if a.ApprovedBy != nil {
			f.text("Approved by", a.ApprovedBy.Title+", "+w.date(a.ApprovedOn))
		} else {
			f.add("Approved by", cell(w.notApproved()))
		}
		f.text("Next review", w.date(a.NextReview))
	}
	n := st.Counts
	f.text("Counts", w.say("%d reference controls: %d applicable, %d excluded, %d undecided.", n.Total, n.Applicable, n.Excluded, n.Undecided)+
		" "+w.say("In place")+": "+w.share(n.InPlace, n.Applicable)+".")
	return f.table("Statement of Applicability", 16, 84)
}

func (w Maker) notApproved() []docx.Run { return badge(docx.Bad, "▲", w.say("Not approved")) }

func (w Maker) controls(st *soa.Statement) docx.Table {
	t := docx.Table{
		Caption: w.say("Reference controls"), Heads: 1, Small: true, Columns: columns(138, 90, 264, 182, 118, 96, 108, 102, 84),
		Rows: []docx.Row{w.heads("Control", "Applies", "Justification", "How it is met", "Status", "Owner", "Risks treated", "AI systems", "Evidence")},
	}
	var area *aims.Requirement
	for _, r := range st.Rows {
		if q := r.Requirement.Parent; q != area && q != nil {
			area = q
			t.Rows = append(t.Rows, docx.Row{Group: true, Cells: []docx.Cell{cell(docx.Text(q.Ref + " " + q.Title))}})
		}
		t.Rows = append(t.Rows, w.controlRow(r))
	}
	return t
}

func (w Maker) controlRow(r soa.Row) docx.Row {
	var met docx.Cell
	switch {
	case len(r.Controls) > 0 || len(r.Documents) > 0:
		for _, c := range r.Controls {
			met.Blocks = append(met.Blocks, docx.Paragraph{Runs: docx.Text(c.Title)})
		}
		for _, d := range r.Documents {
			met.Blocks = append(met.Blocks, docx.Paragraph{Runs: w.documentTitle(d)})
		}
	case r.Applies.Excluded():
		met = cell([]docx.Run{{Text: w.say("Not applicable"), Quiet: true}})
	default:
		met = cell(w.none())
	}
	systems := titles(w, r.Systems)
	if n := len(r.Systems); n > 8 {
		systems = cell(docx.Text(w.say("%d AI systems", n)))
	}
	return docx.Row{Cells: []docx.Cell{
		cell([]docx.Run{{Text: r.Requirement.Ref, Bold: true}, {Text: " " + r.Requirement.Title}}),
		cell(w.applies(r.Applies)...), w.grounds(r.Applies), met, cell(w.state(r.Status.State)),
		titles(w, r.Owners), titles(w, r.Risks), systems, cell(w.inForce(r.Evidence, r.Newest)),
	}}
}

// documentTitle is the title of a document in second type, so that it is told
// from a control, with what it is while it is not approved.
func (w Maker) documentTitle(d *aims.Document) []docx.Run {
	runs := []docx.Run{{Text: d.Title, Italic: true}}
	if d.Draft() {
		runs = append(runs, docx.Run{Text: " (" + w.word(string(d.Status)) + ")", Bold: true})
	}
	return runs
}

func (w Maker) inForce(n int, newest aims.Date) []docx.Run {
	if n == 0 {
		return w.none()
	}
	return docx.Text(w.say("%d in force", n) + ", " + w.say("newest") + " " + w.date(newest))
}
