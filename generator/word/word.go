// Package word makes Word files out of what people read rather than count: a
// Statement of Applicability, a governed document.
//
//	m := word.Maker{Workspace: w, AsOf: asOf, Texts: texts, Files: files}
//	err := docx.Write(out, m.Statement(st))
//
// A file says what the page says, in the form that a certifier expects on paper:
// head block, text, tables whose heads repeat, room for a signature. How it
// becomes DOCX is the business of package docx.
package word

import (
	"cmp"
	"fmt"
	"html"
	"io/fs"
	"strings"

	"annex/generator/aims"
	"annex/generator/docx"
	"annex/generator/readiness"
)

// Maker is what the Word files of one workspace have in common.
type Maker struct {
	Workspace *aims.Workspace // of one organization, cut for the audience
	AsOf      aims.Date
	Texts     map[string]string // of the interface, by their English wording; nil for English
	Files     fs.FS             // of the workspace, for pictures; nil shows their words
}

// say returns a text of the interface, with its %s filled in.
func (w Maker) say(text string, args ...any) string {
	if own, ok := w.Texts[text]; ok {
		text = own
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// word returns what an enumerated word of the files is called for readers.
func (w Maker) word(s string) string {
	if s == "" {
		return ""
	}
	text := strings.ReplaceAll(s, "-", " ")
	return w.say(strings.ToUpper(text[:1]) + text[1:])
}

// date returns a day as running text has it: 24 Nov 2026.
func (w Maker) date(d aims.Date) string {
	if d.IsZero() {
		return w.say("None")
	}
	t := d.Time()
	return fmt.Sprintf("%d %s %d", t.Day(), w.say(t.Format("Jan")), t.Year())
}

// share says a count with its whole: 18 of 38 (47 %).
func (w Maker) share(n, of int) string {
	if of == 0 {
		return w.say("%d of %d", n, of)
	}
	return w.say("%d of %d (%d %%)", n, of, (200*n+of)/(2*of))
}

// entity is the legal entity that speaks. Where a workspace has several
// organizations, annex.toml speaks of none of them in particular.
func (w Maker) entity(o *aims.Project) aims.Organization {
	if len(w.Workspace.Whole().Organizations()) > 1 && o != nil {
		return aims.Organization{Name: o.Title}
	}
	return w.Workspace.Organization
}

// watermark is what every page for an audience bears, empty for none.
func (w Maker) watermark() string {
	if w.Workspace.Cut == nil {
		return ""
	}
	return w.Workspace.Cut.Audience.Watermark
}

// frame is what a file says around its text.
type frame struct {
	title, version, status string
	entity                 string
	class                  aims.Classification
	marked                 bool // whether the status stands on every page
}

// start makes a file with its properties, header and footer.
func (w Maker) start(f frame) docx.Document {
	d := docx.Document{Title: f.title, Language: w.Workspace.Site.Language}
	d.Properties = docx.Properties{
		Version: f.version, Status: w.word(f.status), Day: w.AsOf.Time(),
		Custom: []docx.Property{
			{Name: "Version", Value: cmp.Or(f.version, w.say("None"))},
			{Name: "Status", Value: w.word(f.status)},
			{Name: "Classification", Value: w.word(string(f.class))},
			{Name: "As of", Value: w.AsOf.String()},
			{Name: "Organization", Value: f.entity},
		},
	}
	left := docx.Text(f.title)
	if f.marked {
		left = append(badge(docx.Partial, "◐", strings.ToUpper(w.word(f.status))), docx.Run{Text: "  " + f.title})
	}
	right := w.word(string(f.class))
	if mark := w.watermark(); mark != "" {
		right = mark + " · " + right
	}
	d.Header = docx.Band{Left: left, Right: docx.Strong(right)}
	foot := f.entity
	if f.version != "" {
		foot += " · " + w.say("version") + " " + f.version
	}
	d.Footer = docx.Band{Left: docx.Text(foot + " · " + w.say("as of") + " " + w.date(w.AsOf)), Right: w.pageOf()}
	return d
}

// pageOf is "Page 1 of 9" with fields for the numbers.
func (w Maker) pageOf() []docx.Run {
	var runs []docx.Run
	fields := []docx.Field{docx.PageNumber, docx.PageCount}
	for i, text := range strings.Split(w.say("Page %d of %d"), "%d") {
		if i > 0 && i <= len(fields) {
			runs = append(runs, docx.Run{Field: fields[i-1]})
		}
		runs = append(runs, docx.Run{Text: text})
	}
	return runs
}

// badge is a shape and a word on a colour. Blanks that do not break keep the
// shape at the word.
func badge(tone docx.Tone, shape, text string) []docx.Run {
	return []docx.Run{{Text: "\u00a0" + shape + "\u00a0" + text + "\u00a0", Tone: tone, Bold: true}}
}

// state is how far something is, as shape, word and colour.
func (w Maker) state(x readiness.State) []docx.Run {
	text := w.word(x.String())
	switch x {
	case readiness.Verified, readiness.Operating:
		return badge(docx.Good, "●", text)
	case readiness.Implemented, readiness.Documented:
		return badge(docx.Partial, "◐", text)
	case readiness.Gap:
		return badge(docx.Bad, "▲", text)
	case readiness.Planned:
		return badge(docx.Planned, "◇", text)
	case readiness.NotApplicable:
		return badge(docx.Off, "–", text)
	}
	return badge(docx.Unknown, "?", text)
}

// prose turns a compiled text into blocks. References become the titles of what
// they refer to, links to files of the workspace their words.
func (w Maker) prose(p *aims.Prose) []docx.Block {
	var b strings.Builder
	last := 0
	for _, h := range p.Holes {
		b.WriteString(p.HTML[last:h.Offset])
		last = h.Offset
		switch h.Kind {
		case aims.Reference:
			b.WriteString(html.EscapeString(w.reference(h)))
		case aims.ImageAddress:
			b.WriteString(html.EscapeString(h.File))
		}
	}
	b.WriteString(p.HTML[last:])
	return docx.ParseHTML(b.String(), w.picture)
}

func (w Maker) reference(h aims.Hole) string {
	found := w.Workspace.Resolve(h.Target)
	if len(found) == 0 {
		found = w.Workspace.Whole().Resolve(h.Target)
	}
	if len(found) != 1 {
		return h.Target
	}
	return cmp.Or(h.Label, found[0].Title())
}

// picture returns the bytes of a picture that goes along with the workspace.
func (w Maker) picture(name string) []byte {
	if w.Files == nil || !w.carries(name) {
		return nil
	}
	content, err := fs.ReadFile(w.Files, name)
	if err != nil {
		return nil // its words stand there
	}
	return content
}

func (w Maker) carries(name string) bool {
	for _, a := range w.Workspace.Assets {
		if a.File == name {
			return true
		}
	}
	return w.Workspace.EvidenceAt(name) != nil
}
