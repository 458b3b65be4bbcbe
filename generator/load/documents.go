package load

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/source"
)

// placedProse is a text together with the record it belongs to; links in it
// count from the record's file.
type placedProse struct {
	prose  aims.Prose
	record *aims.Record
}

// document registers one governed document and queues its front matter.
func (l *loader) document(f parsed) {
	r := source.NewReader(f.table, "front matter", &l.diags)
	d := &aims.Document{Body: f.body, Wording: f.wording}
	d.Record = aims.Record{
		ID:             r.ID("id"),
		Title:          r.RequiredText("title"),
		Project:        f.project,
		Classification: classification(r),
		Withheld:       l.withheld(r),
		Origin:         r.Origin(),
	}
	if add(l, l.index.documents, aims.KindDocument, source.Item{Text: d.ID, Pos: r.Pos("id")}, d) {
		l.ws.Documents = append(l.ws.Documents, d)
	}
	l.texts = append(l.texts, placedProse{d.Body, &d.Record})
	l.pending = append(l.pending, func() {
		d.Kind = source.Word(r, "kind", aims.DocumentKinds())
		d.Owner = l.role(r, "owner")
		d.Version = r.Text("version")
		d.Status = source.Word(r, "status", aims.DocumentStatuses())
		if d.Status == "" {
			d.Status = aims.Draft
		}
		d.ApprovedBy = l.role(r, "approved_by")
		d.ApprovedOn = r.Date("approved_on")
		d.NextReview = r.Date("next_review")
		d.Satisfies = l.requirements(r, "satisfies")
		r.Has(acceptedWords) // was read with the text
		l.inOrder(r, "approved_on", d.ApprovedOn, "next_review", d.NextReview)
		if t := r.Table("impact"); t != nil {
			d.Impact = l.impact(t)
		}
		r.Done()
	})
}

// impact reads the fields of an impact assessment.
func (l *loader) impact(r *source.Reader) *aims.Impact {
	x := &aims.Impact{
		System:      one(l, r, "system", l.index.systems, aims.KindSystem),
		AssessedOn:  r.Date("assessed_on"),
		Assessors:   l.roles(r, "assessors"),
		IntendedUse: r.Text("intended_use"),
		Misuse:      r.Text("misuse"),
		Environment: r.Text("environment"),
		Data:        r.Text("data"),
		Model:       r.Text("model"),
		Parties:     r.Text("parties"),
		Conclusion:  r.Text("conclusion"),
		Origin:      r.Origin(),
	}
	for _, t := range r.Tables("effect") {
		x.Effects = append(x.Effects, aims.Effect{
			On:         source.RequiredWord(t, "on", aims.AffectedGroups()),
			Harm:       source.RequiredWord(t, "kind", []string{"benefit", "harm"}) == "harm",
			Text:       t.RequiredText("text"),
			Likelihood: t.Int("likelihood", 1, 5),
			Severity:   t.Int("severity", 1, 5),
			Controls:   many(l, t, "controls", l.index.controls, aims.KindControl),
			Origin:     t.Origin(),
		})
		t.Done()
	}
	r.Done()
	return x
}

// prose reads and compiles a key that holds Markdown.
func (l *loader) prose(r *source.Reader, key string, record *aims.Record) aims.Prose {
	text := r.Text(key)
	if strings.TrimSpace(text) == "" {
		return aims.Prose{}
	}
	at := r.TextPos(key)
	prose, diags := l.memory.prose(at, func() (aims.Prose, []diag.Diagnostic) { return l.markdown.Compile([]byte(text), at) })
	prose.Markdown = text
	l.outline(&prose)
	l.diags = append(l.diags, diags...)
	l.texts = append(l.texts, placedProse{prose, record})
	return prose
}

func list(words []string) string { return strings.Join(words, ", ") }
