package render

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"annex/generator/aims"
)

// EvidenceContents returns the index of each folder of evidence in a pack, as
// plain text: evidence/<control-id>/CONTENTS.txt lists the evidence of the
// control, with what lies elsewhere, is a link or a note, or is withheld.
func (site *Site) EvidenceContents() []Page {
	if site.places == nil {
		return nil
	}
	part := site.parts[0]
	w := part.Workspace.Whole()
	var list []Page
	add := func(c *aims.Control, evidence []*aims.Evidence) {
		if len(evidence) == 0 {
			return
		}
		list = append(list, Page{
			Path:  site.places.dir(c) + contentsFile,
			Write: func(b *bytes.Buffer) error { part.evidenceContents(b, c, evidence); return nil },
		})
	}
	for _, c := range w.Controls {
		add(c, w.EvidenceOf(c))
	}
	var alone []*aims.Evidence
	for _, e := range w.Evidence {
		if len(w.ControlsShownBy(e)) == 0 {
			alone = append(alone, e)
		}
	}
	add(nil, alone)
	return list
}

// evidenceContents writes the index of one folder.
func (s *part) evidenceContents(b *bytes.Buffer, c *aims.Control, evidence []*aims.Evidence) {
	say := s.words.say
	line := func(indent, name, text string) {
		fmt.Fprintf(b, "%s%s: %s\n", indent, name, oneLine(text))
	}
	role := func(r *aims.Role) string {
		if r == nil {
			return say("None")
		}
		return r.Title
	}
	if c == nil {
		fmt.Fprintf(b, "%s\n\n", say("Evidence that shows no control"))
	} else {
		fmt.Fprintf(b, "%s\n\n", oneLine(c.Title))
		line("", say("Control"), c.ID)
		line("", say("Owner"), role(c.Owner))
	}
	line("", say("As of"), s.words.date(s.AsOf))
	line("", say("Evidence"), fmt.Sprint(len(evidence)))
	for i, e := range newestFirst(evidence) {
		fmt.Fprintf(b, "\n%d. %s\n", i+1, oneLine(e.Title))
		if e.Withheld == "" {
			line("   ", say("Id"), e.ID)
			line("   ", say("Classification"), s.words.word(string(e.Classification)))
			line("   ", say("Owner"), role(e.Owner))
		}
		line("   ", say("Effective"), s.words.date(e.Effective))
		line("   ", say("Expires"), s.words.date(e.Expires))
		line("   ", say("Status"), s.words.word(s.evidenceRow(e).State.Word))
		s.evidenceSource(e, c, func(name, text string) { line("   ", say(name), text) })
	}
}

// evidenceSource tells where what the evidence is can be had.
func (s *part) evidenceSource(e *aims.Evidence, c *aims.Control, line func(name, text string)) {
	switch f := s.all.places.of[e.File]; {
	case f == nil && e.Apart:
		line("File", s.words.say("The file does not go along"))
	case f == nil:
	case f.first() == c:
		line("File", f.To[len(s.all.places.dir(c)):]+", "+byteSize(e.Size))
	default:
		line("File", f.To+", "+byteSize(e.Size))
	}
	if e.SHA256 != "" {
		line("SHA-256", e.SHA256)
	}
	if e.URL != "" {
		line("Link", e.URL)
	}
	if e.Note != "" {
		line("Note", e.Note)
	}
	if e.Withheld != "" {
		line("File", s.words.say("Withheld"))
	}
}

// oneLine puts a text on one line, without the signs that move a cursor or turn
// the direction of writing.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
}
