package word

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/docx"
)

// Document turns a governed document into a Word file: what its front matter
// says, the contents, the text, and of an impact assessment its fields. A
// document that is not approved says so on every page.
func (w Maker) Document(d *aims.Document) docx.Document {
	var organization *aims.Project
	if d.Project != nil {
		organization = d.Project.Organization
	}
	entity := w.entity(organization)
	out := w.start(frame{
		title: d.Title, version: d.Version, status: string(d.Status), entity: entity.Name, class: d.Classification, marked: d.Status != aims.Approved,
	})
	out.Subtitle = w.word(string(d.Kind)) + " · " + entity.Name
	out.Properties.Subject, out.Properties.Category = entity.Name, w.word(string(d.Kind))
	out.Properties.Keywords = []string{d.ID}
	for _, q := range d.Satisfies {
		out.Properties.Keywords = append(out.Properties.Keywords, q.String())
	}
	out.Blocks = append(out.Blocks, w.documentHead(d))
	if t := w.signed(func(s *aims.Signoff) bool { return s.Signed.Document == d }); t != nil {
		out.Blocks = append(out.Blocks, docx.Paragraph{Style: docx.Term, Runs: docx.Text(w.say("Signoffs"))}, *t)
	}
	if d.Withheld != "" {
		text := w.say("What it says is not for this audience. Its dates, status and relations are here, so that the counts are true.")
		out.Blocks = append(out.Blocks, docx.Paragraph{Runs: append(badge(docx.Off, "–", w.say("Withheld")+" ("+d.Withheld+")"), docx.Run{Text: " " + text})})
		return out
	}
	body := w.prose(&d.Body)
	if len(d.Body.Headings) >= 3 {
		out.Blocks = append(out.Blocks, docx.Contents{Title: w.say("Contents"), Depth: 2})
	}
	if d.Impact != nil {
		out.Blocks = append(out.Blocks, w.impact(d.Impact)...)
	}
	out.Blocks = append(out.Blocks, body...)
	return out
}

func (w Maker) documentHead(d *aims.Document) docx.Table {
	f := &facts{word: w}
	f.add("Status", cell(w.documentStatus(d.Status)))
	f.add("Version", cell(w.text(d.Version)))
	f.add("Owner", cell(w.role(d.Owner)))
	switch {
	case d.ApprovedOn.IsZero():
		f.text("Approved", w.say("No"))
	case d.ApprovedBy == nil:
		f.text("Approved", w.date(d.ApprovedOn))
	default:
		f.text("Approved", d.ApprovedBy.Title+", "+w.date(d.ApprovedOn))
	}
	review := docx.Text(w.date(d.NextReview))
	if d.ReviewOverdue(w.AsOf) {
		review = append(append(review, docx.Run{Text: " "}), badge(docx.Bad, "▲", w.say("Overdue"))...)
	}
	f.add("Next review", cell(review))
	f.text("Classification", w.word(string(d.Classification)))
	f.text("As of", w.date(w.AsOf))
	satisfies := cell(w.none())
	if len(d.Satisfies) > 0 {
		satisfies = docx.Cell{}
	}
	for _, q := range d.Satisfies {
		satisfies.Blocks = append(satisfies.Blocks, docx.Paragraph{Runs: docx.Text(q.Framework.Title + ", " + q.Ref + " " + q.Title)})
	}
	f.add("Satisfies", satisfies)
	return f.table("Facts", 24, 76)
}

func (w Maker) documentStatus(s aims.DocumentStatus) []docx.Run {
	text := w.word(string(s))
	switch s {
	case aims.Approved:
		return badge(docx.Good, "●", text)
	case aims.InReview:
		return badge(docx.Partial, "◐", text)
	case aims.Retired:
		return badge(docx.Off, "–", text)
	}
	return badge(docx.Planned, "◇", text)
}

func (w Maker) impact(x *aims.Impact) []docx.Block {
	f := &facts{word: w}
	if x.System != nil {
		f.text("AI system", x.System.Title)
	}
	f.text("Assessed on", w.date(x.AssessedOn))
	if len(x.Assessors) > 0 {
		f.add("Assessed by", titles(w, x.Assessors))
	}
	for _, t := range [][2]string{
		{"Intended use", x.IntendedUse},
		{"Misuse that can be foreseen", x.Misuse},
		{"Where it is used", x.Environment},
		{"Data", x.Data},
		{"Model", x.Model},
		{"Who was asked", x.Parties},
		{"Conclusion", x.Conclusion},
	} {
		f.text(t[0], t[1])
	}
	list := []docx.Block{w.heading(1, "Assessment in short"), f.table("Assessment in short", 24, 76)}
	if len(x.Effects) == 0 {
		return list
	}
	t := docx.Table{
		Caption: w.say("Effects"), Columns: columns(34, 15, 13, 14, 24), Heads: 1,
		Rows: []docx.Row{w.heads("Effect", "On", "Kind", "Likelihood × severity", "Controls")},
	}
	for _, e := range x.Effects {
		kind := badge(docx.Good, "●", w.say("Benefit"))
		if e.Harm {
			kind = badge(docx.Bad, "▲", w.say("Harm"))
		}
		score := []docx.Run{{Text: w.say("Not assessed"), Quiet: true}}
		if n := e.Score(); n > 0 {
			score = docx.Text(fmt.Sprintf("%d × %d = %d", e.Likelihood, e.Severity, n))
		}
		t.Rows = append(t.Rows, docx.Row{Cells: []docx.Cell{
			cell(docx.Text(e.Text)), cell(docx.Text(w.word(string(e.On)))), cell(kind), cell(score), titles(w, e.Controls),
		}})
	}
	return append(list, w.heading(1, "Effects"), t)
}
