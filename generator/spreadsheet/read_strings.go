package spreadsheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sharedStrings reads the texts that cells share, if there are any.
func (a *unpacked) sharedStrings(links []relation) ([]string, error) {
	name := linked(links, "sharedstrings")
	if name == "" {
		return nil, nil
	}
	var list []string
	err := a.each(name, "sst", func(p *part, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(list) == mostCells {
			return tooManyCells()
		}
		text, err := a.richText(p)
		if err != nil {
			return err
		}
		list = append(list, text)
		return nil
	})
	return list, err
}

// richText returns the text of the element that has just begun, an si or an is:
// its runs joined, without the pronunciation that East Asian texts carry.
func (a *unpacked) richText(p *part) (string, error) {
	var text strings.Builder
	add := func(e xml.StartElement) error {
		s, err := p.text()
		if err != nil {
			return err
		}
		if !keepsBlanks(e) {
			s = strings.Trim(s, " \t\r\n") // as Excel does
		}
		if text.WriteString(unescape(s)); text.Len() > a.text {
			return tooMuchText()
		}
		return nil
	}
	err := p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			return add(e)
		case "r":
			return p.children(func(e xml.StartElement) error {
				if e.Name.Local == "t" {
					return add(e)
				}
				return nil
			})
		}
		return nil
	})
	a.text -= text.Len()
	return newlines(text.String()), err
}

func keepsBlanks(e xml.StartElement) bool {
	for _, a := range e.Attr {
		if a.Name.Local == "space" && a.Name.Space == "http://www.w3.org/XML/1998/namespace" {
			return a.Value == "preserve"
		}
	}
	return false
}

func tooMuchText() error {
	return refuse(splitIt, "The texts of the workbook have more than %d MB, which is too much to be read.", mostText>>20)
}

func tooManyCells() error {
	return refuse(splitIt, "The file has more than %d filled cells, which is too much to be read.", mostCells)
}

// unescape decodes signs that XML cannot hold, once: Excel writes a carriage
// return as _x000D_, and a text that is itself _x000D_ as _x005F_x000D_ (type
// ST_Xstring of ECMA-376 part 1, 22.9.2.19). Half of a sign that takes two units
// becomes U+FFFD.
func unescape(s string) string {
	at := strings.Index(s, "_x")
	if at < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		unit, ok := escaped(s[i:])
		switch {
		case !ok:
			b.WriteByte(s[i])
			i++
			continue
		case utf16.IsSurrogate(unit):
			low, _ := escaped(s[i+7:])
			if unit = utf16.DecodeRune(unit, low); unit != utf8.RuneError {
				i += 7
			}
		}
		b.WriteRune(unit)
		i += 7
	}
	return b.String()
}

// escaped returns the sign that a text begins with, if it begins as _x0041_.
func escaped(s string) (rune, bool) {
	if len(s) < 7 || !strings.HasPrefix(s, "_x") || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil
}

// newlines ends every line of a text in a line feed.
func newlines(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
