package docx

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
)

// runs writes runs, those of one link within one element.
func (f *flow) runs(list []Run) {
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && list[end].Link == list[i].Link && list[end].Anchor == list[i].Anchor {
			end++
		}
		linked := f.openLink(list[i])
		for _, r := range list[i:end] {
			f.run(r, linked)
		}
		if linked {
			f.close()
		}
		i = end
	}
}

// openLink begins a link and reports whether there is one.
func (f *flow) openLink(r Run) bool {
	if id, ok := f.address(r); ok {
		f.open("w:hyperlink", "r:id", id, "w:history", "1")
		return true
	}
	if mark := f.book.marks[r.Anchor]; mark != "" {
		f.open("w:hyperlink", "w:anchor", mark, "w:history", "1")
		return true
	}
	return false
}

func (f *flow) address(r Run) (id string, ok bool) {
	if r.Link == "" || f.links == nil {
		return "", false
	}
	return f.links.add(r.Link)
}

func (f *flow) run(r Run, linked bool) {
	switch {
	case r.Field != NoField:
		instruction := " PAGE "
		if r.Field == PageCount {
			instruction = " NUMPAGES "
		}
		f.open("w:fldSimple", "w:instr", instruction)
		f.words(Run{Text: "1", Bold: r.Bold, Quiet: r.Quiet}, false)
		f.close()
	case r.Note != nil:
		f.footnote(r.Note)
	case r.Image != nil:
		f.image(r)
	case r.Break:
		f.open("w:r")
		f.empty("w:br")
		f.close()
	case r.Text != "":
		f.words(r, linked)
	}
}

func (f *flow) words(r Run, linked bool) {
	f.open("w:r")
	f.runLook(r, linked)
	text := strings.ReplaceAll(r.Text, "\r\n", "\n")
	for _, line := range strings.FieldsFunc(markSpaces(text), func(c rune) bool { return c == 0 }) {
		switch line {
		case "\n", "\r":
			f.empty("w:br")
		case "\t":
			f.empty("w:tab")
		default:
			f.element("w:t", line, "xml:space", "preserve")
		}
	}
	f.close()
}

// markSpaces puts a zero before and after each tab and line end, so that they
// are fields of their own. Zeros of the text itself go.
func markSpaces(s string) string {
	if !strings.ContainsAny(s, "\t\n\r") {
		return s
	}
	return strings.NewReplacer("\x00", "", "\n", "\x00\n\x00", "\r", "\x00\r\x00", "\t", "\x00\t\x00").Replace(s)
}

// runLook writes the properties of a run. Word wants them in this order.
func (f *flow) runLook(r Run, linked bool) {
	mark := f.Len()
	f.open("w:rPr")
	empty := f.Len()
	switch {
	case r.Code:
		f.value("w:rStyle", "CodeText")
	case linked:
		f.value("w:rStyle", "Hyperlink")
	}
	for _, x := range []struct {
		on   bool
		name string
	}{{r.Bold, "w:b"}, {r.Bold, "w:bCs"}, {r.Italic, "w:i"}, {r.Italic, "w:iCs"}, {r.Strike, "w:strike"}} {
		if x.on {
			f.empty(x.name)
		}
	}
	ink, fill := toneColours(r.Tone)
	if r.Quiet && ink == "" {
		ink = quiet
	}
	if ink != "" {
		f.value("w:color", ink)
	}
	if fill != "" {
		f.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", fill)
	}
	if r.Raised {
		f.value("w:vertAlign", "superscript")
	}
	if allRightToLeft(r.Text) {
		f.empty("w:rtl")
	}
	f.close()
	if f.Len() == empty+len("</w:rPr>") {
		f.Truncate(mark)
	}
}

// toneColours are the colours of states on paper.
func toneColours(t Tone) (ink, fill string) {
	switch t {
	case Good:
		return "FFFFFF", "00664F"
	case Partial:
		return "000000", "E69F00"
	case Bad:
		return "FFFFFF", "B3261E"
	case Planned:
		return "FFFFFF", "0072B2"
	case Off:
		return "FFFFFF", "6B7280"
	case Unknown:
		return "1A1D21", "EEF0F2"
	}
	return "", ""
}

// rightToLeft reports whether a text begins with a letter of a script that goes
// from right to left.
func rightToLeft(s string) bool {
	for _, r := range s {
		switch class(r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// allRightToLeft reports whether a text has letters of such scripts only.
func allRightToLeft(s string) bool {
	found := false
	for _, r := range s {
		switch class(r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			found = true
		}
	}
	return found
}

func class(r rune) bidi.Class {
	if r < 0x80 {
		if unicode.IsLetter(r) {
			return bidi.L
		}
		return bidi.ON
	}
	p, _ := bidi.LookupRune(r)
	return p.Class()
}
