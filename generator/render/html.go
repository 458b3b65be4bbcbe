package render

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// subject returns the subject that a record or requirement is.
func subject(x any) aims.Subject {
	switch x := x.(type) {
	case aims.Subject:
		return x
	case *aims.Requirement:
		return aims.Subject{Requirement: x}
	case *aims.Document:
		return aims.Subject{Kind: aims.KindDocument, Record: &x.Record, Document: x}
	case *aims.Control:
		return aims.Subject{Kind: aims.KindControl, Record: &x.Record}
	case *aims.Evidence:
		return aims.Subject{Kind: aims.KindEvidence, Record: &x.Record}
	case *aims.Risk:
		return aims.Subject{Kind: aims.KindRisk, Record: &x.Record}
	case *aims.Objective:
		return aims.Subject{Kind: aims.KindObjective, Record: &x.Record}
	case *aims.Role:
		return aims.Subject{Kind: aims.KindRole, Record: &x.Record}
	case *aims.System:
		return aims.Subject{Kind: aims.KindSystem, Record: x.Record}
	case *aims.Audit:
		return aims.Subject{Kind: aims.KindAudit, Record: &x.Record}
	case *aims.Finding:
		return aims.Subject{Kind: aims.KindFinding, Record: &x.Record}
	case *aims.Review:
		return aims.Subject{Kind: aims.KindReview, Record: &x.Record}
	case *aims.Party:
		return aims.Subject{Kind: aims.KindParty, Record: &x.Record}
	case *aims.Project:
		if x.System != nil {
			return aims.Subject{Kind: aims.KindSystem, Record: &x.Record}
		}
		return aims.Subject{Kind: aims.KindProject, Record: &x.Record}
	}
	panic(fmt.Sprintf("render: %T is not a subject", x))
}

const none = "None"

// link returns a link to a subject with its title, or None for a nil record.
func (s *part) link(root string, x any) template.HTML {
	if role, ok := x.(*aims.Role); ok && role == nil {
		return template.HTML(`<span class="none">` + s.words.say("None") + `</span>`)
	}
	sub := subject(x)
	if sub.IsZero() {
		return template.HTML(`<span class="none">` + s.words.say("None") + `</span>`)
	}
	return anchor(root+s.paths.of(sub), sub.Title()) + s.draftMark(sub)
}

// draftMark is what stands beside the title of a document that is not approved.
func (s *part) draftMark(x aims.Subject) template.HTML {
	switch d := x.Document; {
	case d == nil || !d.Draft():
		return ""
	case d.Status == aims.InReview:
		return " " + s.mark("partial", string(d.Status))
	}
	return " " + s.mark("planned", string(aims.Draft))
}

func anchor(href, title string) template.HTML {
	return template.HTML(`<a href="` + template.HTMLEscapeString(href) + `">` + template.HTMLEscapeString(title) + `</a>`)
}

// links returns a list of links to subjects, or None for an empty list.
func (s *part) links(root string, list any) template.HTML {
	var out []template.HTML
	switch list := list.(type) {
	case []*aims.Requirement:
		out = linkAll(s, root, list)
	case []*aims.Control:
		out = linkAll(s, root, list)
	case []*aims.Document:
		out = linkAll(s, root, list)
	case []*aims.Evidence:
		for _, e := range list {
			out = append(out, s.proof(root, e))
		}
	case []*aims.Risk:
		out = linkAll(s, root, list)
	case []*aims.Role:
		out = linkAll(s, root, list)
	case []*aims.System:
		out = linkAll(s, root, list)
	case []*aims.Finding:
		out = linkAll(s, root, list)
	case []*aims.Audit:
		out = linkAll(s, root, list)
	case []*aims.Objective:
		out = linkAll(s, root, list)
	case []aims.Subject:
		out = linkAll(s, root, list)
	default:
		panic(fmt.Sprintf("render: %T is not a list of subjects", list))
	}
	if len(out) == 0 {
		return template.HTML(`<span class="none">` + s.words.say(none) + `</span>`)
	}
	if len(out) == 1 {
		return out[0]
	}
	var b strings.Builder
	b.WriteString(`<ul class="plain">`)
	for _, x := range out {
		b.WriteString("<li>" + string(x) + "</li>")
	}
	b.WriteString("</ul>")
	return template.HTML(b.String())
}

// proof returns a link to a piece of evidence in the register, and behind it one
// to its file, where it has one that stands here.
func (s *part) proof(root string, e *aims.Evidence) template.HTML {
	to := s.link(root, e)
	if e.File == "" || s.Workspace.EvidenceAt(e.File) == nil {
		return to
	}
	word := s.words.say("File")
	return to + template.HTML(` <a class="file" href="`+template.HTMLEscapeString(join(root, escaped(s.evidenceFile(e))))+
		`" aria-label="`+template.HTMLEscapeString(word+": "+e.Title)+`">`+template.HTMLEscapeString(word)+`</a>`)
}

// brief returns links to subjects side by side, requirements by their number
// alone, for the cells of matrices.
func (s *part) brief(root string, list []aims.Subject) template.HTML {
	var b strings.Builder
	for i, x := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		label := x.Title()
		if x.Requirement != nil {
			label = x.Requirement.Ref
		}
		b.WriteString(string(anchor(root+s.paths.of(x), label)))
	}
	return template.HTML(b.String())
}

func linkAll[T any](s *part, root string, list []T) []template.HTML {
	out := make([]template.HTML, len(list))
	for i, x := range list {
		out[i] = s.link(root, x)
	}
	return out
}

// fillProse puts links and addresses into the holes of a compiled text. From
// is the record that the text belongs to: paths in it count from its file.
func (s *part) fillProse(root string, p aims.Prose, from *aims.Record) template.HTML {
	if len(p.Holes) == 0 {
		return template.HTML(p.HTML)
	}
	var b strings.Builder
	b.Grow(len(p.HTML) + 80*len(p.Holes))
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		b.WriteString(s.hole(root, h, from))
	}
	b.WriteString(p.HTML[last:])
	return template.HTML(b.String())
}

func (s *part) hole(root string, h aims.Hole, from *aims.Record) string {
	fragment := ""
	if h.Fragment != "" {
		fragment = "#" + h.Fragment
	}
	if h.Kind == aims.Reference {
		found := s.Workspace.Resolve(h.Target)
		if len(found) == 0 {
			found = s.Workspace.Whole().Resolve(h.Target)
		}
		if len(found) != 1 {
			return template.HTMLEscapeString(h.Target)
		}
		title := h.Label
		if title == "" {
			title = found[0].Title()
		}
		return string(anchor(root+s.paths.of(found[0])+fragment, title))
	}
	to := s.file(h.File, h.Kind)
	return template.HTMLEscapeString(join(root, to+fragment))
}

// contents returns a list of links to the headings of a text.
func contents(headings []aims.Heading) template.HTML {
	var b strings.Builder
	b.WriteString("<ul>")
	for _, h := range headings {
		b.WriteString(`<li class="level-` + strconv.Itoa(h.Level) + `">`)
		b.WriteString(string(anchor("#"+h.ID, h.Text)))
		b.WriteString("</li>")
	}
	b.WriteString("</ul>")
	return template.HTML(b.String())
}

// time returns a day in words with the machine's form beside it.
func (s *part) time(d aims.Date) template.HTML {
	if d.IsZero() {
		return template.HTML(`<span class="none">` + s.words.say(none) + `</span>`)
	}
	return template.HTML(`<time datetime="` + d.String() + `">` + template.HTMLEscapeString(s.words.date(d)) + `</time>`)
}

// days says how far a day is from the as-of date.
func (s *part) days(d aims.Date) string {
	switch n := s.AsOf.DaysUntil(d); {
	case d.IsZero():
		return ""
	case n == 0:
		return s.words.say("today")
	case n == 1:
		return s.words.say("tomorrow")
	case n == -1:
		return s.words.say("yesterday")
	case n < 0:
		return s.words.say("%d days ago", -n)
	default:
		return s.words.say("in %d days", n)
	}
}

// share says a count with its whole: 18 of 38 (47 %).
func (s *part) share(n, of int) string {
	if of == 0 {
		return s.words.say("%d of %d", n, of)
	}
	return s.words.say("%d of %d (%d %%)", n, of, (200*n+of)/(2*of))
}

// look is how a state is drawn: a shape and a class for its colour.
func look(x readiness.State) (shape, class string) {
	switch x {
	case readiness.Verified, readiness.Operating:
		return "check", "good"
	case readiness.Implemented, readiness.Documented:
		return "half", "partial"
	case readiness.Gap:
		return "alert", "bad"
	case readiness.Planned:
		return "diamond", "planned"
	case readiness.NotApplicable:
		return "dash", "off"
	}
	return "ask", "unknown"
}

func (s *part) stateMark(x readiness.State) template.HTML {
	shape, class := look(x)
	return badge(shape, class, s.words.word(x.String()))
}

// mark returns a badge for something other than a state.
func (s *part) mark(kind, text string) template.HTML {
	shape := map[string]string{"good": "check", "partial": "half", "bad": "alert", "planned": "diamond", "off": "dash", "unknown": "ask", "neutral": "dot"}[kind]
	return badge(shape, kind, s.words.word(text))
}

func badge(shape, class, text string) template.HTML {
	return template.HTML(`<span class="badge ` + class + `">` + icon(shape) + template.HTMLEscapeString(text) + `</span>`)
}

// icon draws one of the six shapes that tell states apart without colour.
func icon(shape string) string {
	const open = `<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">`
	body := map[string]string{
		"check":   `<circle cx="8" cy="8" r="7" class="fill"/><path d="M4.5 8.2l2.4 2.4 4.6-5" class="cut"/>`,
		"half":    `<circle cx="8" cy="8" r="6.2" class="line"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" class="fill"/>`,
		"alert":   `<path d="M8 1.2 15.2 14.6H.8z" class="fill"/><path d="M8 6v4.2M8 11.6v1.4" class="cut"/>`,
		"diamond": `<path d="M8 1.6 14.4 8 8 14.4 1.6 8z" class="line"/>`,
		"dot":     `<circle cx="8" cy="8" r="5" class="fill"/>`,
		"dash":    `<rect x="1.6" y="1.6" width="12.8" height="12.8" rx="1.5" class="line"/><path d="M4.6 8h6.8" class="line"/>`,
		"ask":     `<circle cx="8" cy="8" r="6.4" class="line dashed"/><path d="M6.2 6.4c0-2.4 3.6-2.4 3.6 0 0 1.4-1.8 1.5-1.8 3M8 11.2v1" class="line"/>`,
	}[shape]
	return open + body + `</svg>`
}

func (s *part) flagMark(root string, f readiness.Flag) template.HTML {
	kind, text := "bad", string(f.Kind)
	switch f.Kind {
	case readiness.EvidenceExpiring:
		kind = "partial"
	case readiness.MissingOwner:
		kind = "unknown"
	}
	var on template.HTML
	switch {
	case f.Finding != nil:
		on = s.link(root, f.Finding)
	case f.Evidence != nil:
		on = s.link(root, f.Evidence)
	case f.Document != nil:
		on = s.link(root, f.Document)
	case f.Control != nil:
		on = s.link(root, f.Control)
	}
	out := s.mark(kind, text) + " " + on
	if f.System != nil {
		out += ", " + s.link(root, f.System)
	}
	if !f.Date.IsZero() {
		out += ", " + s.time(f.Date)
	}
	return out
}

// byteSize says a size in bytes as people read it.
func byteSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f KB", float64(n)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// capital turns the first letter of a sentence into a capital, unless it begins
// with a requirement such as iso-42001:A.2.
func capital(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(strings.TrimSuffix(first, ":"), ":") {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
