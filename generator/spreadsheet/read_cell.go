package spreadsheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf16"
)

// readCell reads the value of a cell; one that holds nothing stays as it is.
func (s *sheetReader) readCell(p *part, e xml.StartElement, c *ReadCell) error {
	var value string
	err := p.children(func(e xml.StartElement) (err error) {
		switch e.Name.Local {
		case "v":
			value, err = p.text()
		case "is":
			var text string
			if text, err = s.archive.richText(p); err == nil {
				err = s.hold(c, text)
			}
		case "f":
			c.Formula = true
			if ref := attribute(e, "ref"); ref != "" && attribute(e, "t") != "shared" {
				return s.area(&s.filled, ref)
			}
		}
		return err
	})
	if err != nil || value == "" {
		return err
	}
	kind := attribute(e, "t")
	if kind != "str" {
		return s.value(kind, strings.TrimSpace(value), attribute(e, "s"), c)
	}
	text := newlines(unescape(value))
	if s.archive.text -= len(text); s.archive.text < 0 {
		return tooMuchText()
	}
	return s.hold(c, text)
}

// hold gives a cell its text. A text that cells share counts for each of them:
// it is kept once, and yet callers write it out for every cell, so that a file of
// 46 KB could make them write 16 GB.
func (s *sheetReader) hold(c *ReadCell, text string) error {
	if text == "" {
		return nil
	}
	if len(text) > longestText && units(text) > longestText { // no text has more units than bytes
		e := refuse("Shorten it, or move it into a document.", "The cell holds a text that is longer than Excel has room for (32,767 signs).")
		e.Place = s.place(c.At)
		return e
	}
	if s.archive.shown -= len(text); s.archive.shown < 0 {
		return refuse(splitIt, "The cells of the workbook hold more than %d MB of text, which is too much to be read.", mostShown>>20)
	}
	c.Kind, c.Text = HoldsText, text
	return nil
}

// units returns how many UTF-16 units a text takes, which is how Excel counts.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// value takes the value of a cell for what the cell says that it is
// (ST_CellType of ECMA-376 part 1, 18.18.11).
func (s *sheetReader) value(kind, value, style string, c *ReadCell) error {
	switch kind {
	case "s":
		n, err := strconv.ParseUint(value, 10, 32)
		if err != nil || n >= uint64(len(s.shared)) {
			return s.wrong(c.At, "the cell holds the text %.40q of a list of %d", value, len(s.shared))
		}
		return s.hold(c, s.shared[n])
	case "b":
		c.Kind, c.Text = HoldsBool, "FALSE"
		if isOn(value) {
			c.Text = "TRUE"
		}
	case "e":
		if len(value) > 40 {
			return s.wrong(c.At, "the cell holds the error %.40q", value)
		}
		c.Kind, c.Text = HoldsError, value
	case "d":
		d, clock, ok := writtenDay(value)
		if !ok {
			return s.wrong(c.At, "the cell holds the day %.40q", value)
		}
		c.Kind, c.Day, c.Clock, c.Text = HoldsDay, d, clock, d.String()
	case "", "n":
		n, ok := number(value)
		if !ok {
			return s.wrong(c.At, "the cell holds the number %.40q", value)
		}
		f := plainForm
		if i, err := strconv.Atoi(style); err == nil && i >= 0 && i < len(s.forms) {
			f = s.forms[i]
		} else if style == "" && len(s.forms) > 0 {
			f = s.forms[0]
		}
		s.measure(n, f, c)
	default:
		return s.wrong(c.At, "the cell holds a %.40q", kind)
	}
	return nil
}

// measure takes a number for a day where its form says so.
func (s *sheetReader) measure(n float64, f form, c *ReadCell) {
	c.Kind, c.Number, c.Text = HoldsNumber, n, shown(n)
	if f == plainForm {
		return
	}
	d, clock, ok := dayOf(n, s.from1904)
	switch {
	case ok && (f == dayForm || n >= 1):
		*c = ReadCell{At: c.At, Column: c.Column, Kind: HoldsDay, Day: d, Text: d.String(), Clock: clock, Formula: c.Formula}
	case n > 0 && n < 1:
		c.Clock, c.Text = clock, clock
	}
}
