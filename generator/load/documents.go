package load

import (
	"strings"

	"annex/generator/aims"
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
	d := &aims.Document{Body: f.body}
	d.Record = aims.Record{
		ID:             r.ID("id"),
		Title:          r.RequiredText("title"),
		Project:        f.project,
		Classification: classification(r),
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
		l.inOrder(r, "approved_on", d.ApprovedOn, "next_review", d.NextReview)
		r.Done()
	})
}

// prose reads and compiles a key that holds Markdown.
func (l *loader) prose(r *source.Reader, key string, record *aims.Record) aims.Prose {
	text := r.Text(key)
	if strings.TrimSpace(text) == "" {
		return aims.Prose{}
	}
	prose, diags := l.markdown.Compile([]byte(text), r.TextPos(key))
	l.diags = append(l.diags, diags...)
	l.texts = append(l.texts, placedProse{prose, record})
	return prose
}

func list(words []string) string { return strings.Join(words, ", ") }
