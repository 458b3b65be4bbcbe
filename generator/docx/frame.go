package docx

import "strconv"

// frame is the bar and background of a container.
type frame struct {
	bar, fill string // colours, RRGGBB; no fill when empty
	indent    int    // of its texts
}

// gap is the space between the bar of a frame and its text, in points.
const gap = 8

func (f *flow) container(c Container, at place) {
	if c.Kind == Definition {
		f.blocks(c.Blocks, at.deeper(step))
		return
	}
	inner := at.deeper(gap*20 + 40)
	bar, fill := frameColours(c.Kind)
	inner.frame = &frame{bar, fill, inner.indent}
	if len(c.Title) > 0 {
		f.paragraph(f.look(inner, "AlertTitle"), c.Title)
	}
	f.blocks(c.Blocks, inner)
}

// frameColours are those of the states, so that a warning looks like one.
func frameColours(k Kind) (bar, fill string) {
	switch k {
	case Note:
		return "0072B2", "EEF5FA"
	case Tip:
		return "00664F", "ECF5F2"
	case Important:
		return "0B4F8A", "EAF2FB"
	case Warning:
		return "E69F00", "FDF6E7"
	case Caution:
		return "B3261E", "FBEEED"
	}
	return "A8B1BC", ""
}

// border draws the bar of a frame before a paragraph. A list within has its
// text further right; the bar stays where it is, as far as Word can draw it:
// 31 points away.
func (f *flow) border(l look) {
	start := l.indent
	if l.hanging {
		start -= step
	}
	f.open("w:pBdr")
	f.empty("w:left", "w:val", "single", "w:sz", "24", "w:space", strconv.Itoa(min(gap+max(start-l.frame.indent, 0)/20, 31)), "w:color", l.frame.bar)
	f.close()
	if l.frame.fill != "" {
		f.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", l.frame.fill)
	}
}
