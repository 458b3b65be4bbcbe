package docx

import "strings"

// Run is a piece of text in one look, or something that stands among text.
type Run struct {
	Text                       string
	Bold, Italic, Strike, Code bool
	Raised                     bool  // small and above the line
	Quiet                      bool  // second text
	Tone                       Tone  // colour behind the text
	Field                      Field // that Word fills in; Text is ignored

	Link   string // address that the text leads to: http, https or mailto
	Anchor string // id of a heading that it leads to

	Break bool    // line break; Text is ignored
	Note  []Block // footnote; Text is ignored
	Image *Image  // picture; Text is ignored
}

// Field is a number that Word knows.
type Field uint8

// The fields.
const (
	NoField Field = iota
	PageNumber
	PageCount
)

// Tone is the meaning of a colour. It never says alone what it stands for.
type Tone uint8

// The tones of states.
const (
	Plain Tone = iota
	Good
	Partial
	Bad
	Planned
	Off
	Unknown
)

// Image is a picture. A format other than PNG and JPEG shows as Alt.
type Image struct {
	Alt   string // what it shows, in words
	Bytes []byte
}

// Text returns a text as one plain run.
func Text(s string) []Run { return []Run{{Text: s}} }

// Strong returns a text as one bold run.
func Strong(s string) []Run { return []Run{{Text: s, Bold: true}} }

// Words returns the text of runs without its looks.
func Words(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		switch {
		case r.Break:
			b.WriteByte(' ')
		case r.Image != nil:
			b.WriteString(r.Image.Alt)
		case r.Field == NoField && r.Note == nil && !r.Raised:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}
