package docx

import "strconv"

// style is how paragraphs or pieces of text of one name look. Sizes are in half
// points, spaces in twips.
type style struct {
	id, name      string
	base, next    string
	run           string // style of text rather than of paragraphs
	size          int
	before, after int
	line          int // height of a line in 240ths; 0 for that of the base
	bold, italic  bool
	ink           string
	font          string
	fill          string
	underline     bool
	raised        bool
	keep          bool // with the next paragraph
	outline       int  // level of a heading, 1 to 6
	indent        int
	below         string // line below, a colour
	listed        bool   // shown in Word's gallery of styles
}

// Colours of text, from the look of the site.
const (
	ink       = "1A1D21"
	quiet     = "505A5F"
	linkColor = "0B5CAD"
	hairline  = "C9D0D6"
)

// Fonts that Word has everywhere. Where they are missing, the font table names
// others of the same widths.
const (
	sans = "Arial"
	mono = "Consolas"
)

// paragraphStyles are the looks of all paragraphs.
func paragraphStyles() []style {
	list := []style{
		{id: "Normal", name: "Normal", listed: true},
		{id: "BodyText", name: "Body Text", base: "Normal", after: 120, line: 276, listed: true},
		{id: "Title", name: "Title", base: "Normal", next: "BodyText", size: 44, bold: true, before: 0, after: 60, keep: true, listed: true},
		{id: "Subtitle", name: "Subtitle", base: "Normal", next: "BodyText", size: 24, ink: quiet, after: 240, keep: true, listed: true},
		{id: "Small", name: "Small Text", base: "BodyText", size: 17, ink: quiet, after: 120, listed: true},
		{id: "ListParagraph", name: "List Paragraph", base: "BodyText", after: 60, line: 276, listed: true},
		{id: "Term", name: "Term", base: "BodyText", bold: true, after: 20, keep: true},
		{id: "Code", name: "Code", base: "Normal", size: 17, font: mono, fill: "F3F5F7", before: 60, after: 160},
		{id: "AlertTitle", name: "Alert Title", base: "BodyText", bold: true, before: 120, after: 40, keep: true},
		{id: "Rule", name: "Rule", base: "Normal", size: 8, before: 60, after: 160, below: hairline},
		{id: "Gap", name: "Gap", base: "Normal", size: 8, after: 80},
		{id: "TableText", name: "Table Text", base: "Normal", size: 19, before: 40, after: 40},
		{id: "TableHead", name: "Table Head", base: "TableText", size: 18, bold: true, before: 40, after: 40},
		{id: "TableHeadSmall", name: "Table Head Small", base: "TableHead", size: 16, before: 40, after: 40},
		{id: "TableName", name: "Table Name", base: "TableText", ink: quiet, before: 40, after: 40},
		{id: "TableGroup", name: "Table Group", base: "TableText", bold: true, before: 60, after: 60, keep: true},
		{id: "TableSmall", name: "Table Small", base: "TableText", size: 16, before: 30, after: 40},
		{id: "FootnoteText", name: "footnote text", base: "Normal", size: 17, after: 40},
		{id: "Header", name: "header", base: "Normal", size: 16, ink: quiet, below: hairline},
		{id: "Footer", name: "footer", base: "Normal", size: 16, ink: quiet},
		{id: "TOCHeading", name: "TOC Heading", base: "Normal", next: "BodyText", size: 26, bold: true, before: 240, after: 80, keep: true},
	}
	for i, size := range []int{32, 26, 23, 21, 21, 21} {
		n := strconv.Itoa(i + 1)
		list = append(list, style{
			id: "Heading" + n, name: "heading " + n, base: "Normal", next: "BodyText", size: size, bold: true, italic: i == 4,
			before: max(360-60*i, 180), after: max(120-20*i, 60), keep: true, outline: i + 1, listed: true,
		})
		list = append(list, style{id: "TOC" + n, name: "toc " + n, base: "Normal", after: 40, indent: 280 * i})
	}
	return list
}

// textStyles are the looks of pieces of text.
func textStyles() []style {
	return []style{
		{id: "Hyperlink", name: "Hyperlink", run: "character", ink: linkColor, underline: true},
		{id: "CodeText", name: "Code Text", run: "character", font: mono, size: 19, fill: "F3F5F7"},
		{id: "FootnoteReference", name: "footnote reference", run: "character", raised: true},
	}
}
