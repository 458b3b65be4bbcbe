package docx

// Block is one part of a document, from top to bottom.
type Block interface{ block() }

// Heading is a heading of level 1 to 6, below the title of the document.
type Heading struct {
	Level int
	ID    string // that links within the document lead to; may be empty
	Runs  []Run
}

// Paragraph is a paragraph of text.
type Paragraph struct {
	Style Style
	Align Align
	Runs  []Run
}

// Style is the look of a paragraph.
type Style uint8

// The looks of paragraphs.
const (
	Body  Style = iota
	Term        // that a definition below explains
	Small       // second text
)

// List is a list. Each item is a list of blocks, most often one paragraph.
type List struct {
	Ordered bool
	Start   int // number of the first item of an ordered list
	Items   [][]Block
}

// Container puts a frame around blocks.
type Container struct {
	Kind   Kind
	Title  []Run // of an alert
	Blocks []Block
}

// Kind is what a container stands for.
type Kind uint8

// The kinds of containers. Those from Note to Caution are alerts.
const (
	Quote Kind = iota
	Definition
	Note
	Tip
	Important
	Warning
	Caution
)

// Code is a block of code; its lines are kept.
type Code struct{ Text string }

// Table is a table. The first Heads rows are repeated on every page.
type Table struct {
	Caption string   // for readers who cannot see it
	Columns []Column // may be empty: then the widths follow from the texts
	Heads   int
	Rows    []Row
	Facts   bool // a list of names and values: the first column names, no lines between columns
	Small   bool // small type, for tables of many columns
}

// Column is a column of a table.
type Column struct {
	Width int // share of the width, in parts of the sum of all
}

// Row is a row of a table.
type Row struct {
	Group bool // a heading over the rows below; it has one cell
	Tall  int  // least height in points; 0 for none
	Cells []Cell
}

// Cell is a cell of a table.
type Cell struct {
	Align  Align
	Blocks []Block
}

// Align is the side that texts of a paragraph or cell stand at.
type Align uint8

// The sides.
const (
	Left Align = iota
	Center
	Right
)

// Contents is a list of the headings of the document down to a level, each a
// link. It has no page numbers: only Word could say them, after asking its
// reader whether it may.
type Contents struct {
	Title string
	Depth int
}

// PageBreak has the next block begin a new page.
type PageBreak struct{}

// Rule is a line across the page.
type Rule struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Container) block() {}
func (Code) block()      {}
func (Table) block()     {}
func (Contents) block()  {}
func (PageBreak) block() {}
func (Rule) block()      {}
