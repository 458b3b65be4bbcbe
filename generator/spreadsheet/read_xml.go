package spreadsheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// part is a part of a workbook that is read as XML, piece by piece.
type part struct {
	name    string
	decoder *xml.Decoder
	in      *meter
	close   io.Closer
	depth   int
	rooted  bool // whether the root element has begun
}

// meter hands out the bytes of a part, so many for a piece and so many for all
// parts of a workbook. Without it one tag could fill the memory.
type meter struct {
	*bufio.Reader
	piece int64
	whole *int64
}

// Why a meter stops.
const (
	pieceTooLong = limit("a piece of it is longer than anything that Excel writes")
	xmlTooLong   = limit("all sheets together are too large")
)

// limit is an error that says which limit a file is over.
type limit string

func (l limit) Error() string { return string(l) }

// ReadByte returns the next byte, until the piece or the whole is too long.
func (m *meter) ReadByte() (byte, error) {
	if m.piece++; m.piece > longestPiece {
		return 0, pieceTooLong
	}
	if *m.whole--; *m.whole < 0 {
		return 0, xmlTooLong
	}
	return m.Reader.ReadByte()
}

// open begins to read a part; a missing one is damage.
func (a *unpacked) open(name string) (*part, error) {
	f := a.parts[name]
	if f == nil {
		return nil, damaged("its part %.200q is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged("its part %.200q cannot be unpacked", name)
	}
	in := &meter{Reader: bufio.NewReader(r), whole: &a.xml}
	return &part{name: name, decoder: xml.NewDecoder(in), in: in, close: r}, nil
}

// each calls f for every element below the root element of a part, and reads the
// part to its end: only there the zip tells whether it is whole. What f does not
// read of an element is passed over.
func (a *unpacked) each(name, root string, f func(p *part, e xml.StartElement) error) error {
	p, err := a.open(name)
	if err != nil {
		return err
	}
	defer p.close.Close()
	for {
		switch t, err := p.next(); {
		case errors.Is(err, io.EOF):
			if !p.rooted {
				return damaged("its part %.200q is empty", name)
			}
			return nil
		case err != nil:
			return err
		default:
			e, ok := t.(xml.StartElement)
			if !ok {
				continue
			}
			if e.Name.Local != root {
				return damaged("its part %.200q holds a %.40q where a %q belongs", name, e.Name.Local, root)
			}
			if err := p.children(func(e xml.StartElement) error { return f(p, e) }); err != nil {
				return err
			}
		}
	}
}

// children calls f for each element within the one that has just begun, to its
// end.
func (p *part) children(f func(e xml.StartElement) error) error {
	outer := p.depth
	for {
		t, err := p.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			inner := p.depth
			if err := f(t); err != nil {
				return err
			}
			for p.depth >= inner {
				if _, err := p.next(); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if p.depth < outer {
				return nil
			}
		}
	}
}

// text returns the text of the element that has just begun, without that of
// elements within.
func (p *part) text() (string, error) {
	var b strings.Builder
	outer := p.depth
	for p.depth >= outer {
		t, err := p.next()
		if err != nil {
			return "", err
		}
		if s, ok := t.(xml.CharData); ok && p.depth == outer {
			b.Write(s)
		}
	}
	return b.String(), nil
}

// next returns the next piece. The error is io.EOF at the end of a whole part,
// and a refusal otherwise.
func (p *part) next() (xml.Token, error) {
	p.in.piece = 0
	t, err := p.decoder.Token()
	var over limit
	switch {
	case errors.Is(err, io.EOF):
		return nil, err
	case errors.Is(err, xmlTooLong):
		return nil, tooLarge("The sheets of the workbook have over %[2]d MB, which is too large to be read.", 0, mostXML)
	case errors.As(err, &over):
		return nil, refuse(saveAnew, "The workbook is not read: in its part %.200q, %s.", p.name, over)
	case err != nil:
		return nil, damaged("its part %.200q cannot be read (%.200q)", p.name, err.Error())
	}
	switch t := t.(type) {
	case xml.StartElement:
		if p.depth == 0 && p.rooted {
			return nil, damaged("its part %.200q has two beginnings", p.name)
		}
		p.rooted = true
		if p.depth++; p.depth > deepest {
			return nil, refuse(saveAnew, "The workbook is not read: its part %.200q is nested deeper than anything that Excel writes.", p.name)
		}
	case xml.EndElement:
		p.depth--
	case xml.Directive:
		return nil, refuse(saveAnew, "The workbook is not read: its part %.200q declares a document type, with which a small file can become a huge one.", p.name)
	default:
		return t, nil
	}
	return t, nil
}

// attribute returns the value of an attribute without a namespace.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// isOn reports whether a value of XML says yes.
func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }
