package spreadsheet

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// form is what the format of a cell makes of its number.
type form uint8

const (
	plainForm form = iota
	dayForm        // with or without the time
	clockForm      // a time of day
)

// forms reads what the formats of cells make of numbers, by the number that a
// cell gives for its style.
func (a *unpacked) forms(links []relation) ([]form, error) {
	name := linked(links, "styles")
	if name == "" {
		return nil, nil
	}
	own := map[string]form{}
	var list []form
	err := a.each(name, "styleSheet", func(p *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmts":
			return p.children(func(e xml.StartElement) error {
				own[attribute(e, "numFmtId")] = formOf(attribute(e, "formatCode"))
				return nil
			})
		case "cellXfs":
			return p.children(func(e xml.StartElement) error {
				id := attribute(e, "numFmtId")
				f, ok := own[id] // always before the styles
				if n, err := strconv.Atoi(id); !ok && err == nil {
					f = builtIn(n)
				}
				list = append(list, f)
				return nil
			})
		}
		return nil
	})
	return list, err
}

// builtIn returns the form of the formats that every program knows by number
// (numFmtId of ECMA-376 part 1, 18.8.30). Those of 27 to 36 and 50 to 58 are days
// in East Asian editions. 46 counts hours beyond a day: no time of day.
func builtIn(id int) form {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return dayForm
	case id >= 18 && id <= 21, id == 45, id == 47:
		return clockForm
	}
	return plainForm
}

// formOf returns the form of a format such as yyyy-mm-dd or [$-409]h:mm AM/PM;@.
// A m is a minute after an hour or before a second, a month otherwise. We do not
// leave this to the parser of excelize, github.com/xuri/nfp, which takes a word
// that it does not know, such as the German Standard, for a day.
func formOf(code string) form {
	found := plainForm
	letters, elapsed := codeLetters(code)
	for i, l := range letters {
		switch l {
		case 'y', 'd', 'e', 'g', 'b':
			return dayForm
		case 'm':
			if (i == 0 || letters[i-1] != 'h') && (i+1 == len(letters) || letters[i+1] != 's') {
				return dayForm
			}
			found = clockForm
		case 'h', 's':
			found = clockForm
		}
	}
	if elapsed {
		return plainForm
	}
	return found
}

// codeLetters returns the letters of a format that stand for parts of a day, each
// once for a run of it, and whether it counts hours, minutes or seconds beyond
// their end, [h]:mm. A section that is none of a day gives no letters.
func codeLetters(code string) (letters []byte, elapsed bool) {
	code = strings.ToLower(code)
	var run []byte // of letters that stand together
	known := true  // whether all of them stand for something
	end := func() {
		if known {
			for i, l := range run {
				if i == 0 || run[i-1] != l {
					letters = append(letters, l)
				}
			}
		}
		run, known = run[:0], true
	}
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			end()
			i = past(code, i, '"')
		case c == '[':
			end()
			close := past(code, i, ']')
			if inner := strings.Trim(code[i+1:min(close, len(code))], "]"); inner != "" && strings.Trim(inner, inner[:1]) == "" && strings.Contains("hms", inner[:1]) {
				letters, elapsed = append(letters, 'h'), true
			}
			i = close
		case c == '\\' || c == '_' || c == '*': // the next sign is shown as it is, or its width, or again and again
			end()
			i++
		case c == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'): // 0.00E+00
			end()
			i++
		case strings.HasPrefix(code[i:], "am/pm"):
			end()
			i += 4
		case strings.HasPrefix(code[i:], "a/p"):
			end()
			i += 2
		case c >= 'a' && c <= 'z':
			run = append(run, c)
			known = known && strings.IndexByte("ymdhsegb", c) >= 0
		default:
			end()
		}
	}
	end()
	return letters, elapsed
}

// past returns where the sign stands that closes what begins at i.
func past(s string, i int, sign byte) int {
	if n := strings.IndexByte(s[i+1:], sign); n >= 0 {
		return i + 1 + n
	}
	return len(s)
}
