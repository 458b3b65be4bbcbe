package merge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/framework"
	"annex/generator/spreadsheet"
)

// controls finds the reference controls of a framework in what people write.
type controls struct {
	of       *aims.Framework
	all      []*aims.Requirement
	entries  map[string]*aims.Requirement // every entry, by its ref in lower case
	titles   map[string]*aims.Requirement // controls by plain title; nil for a title of two
	aims     map[string]bool              // refs of the objectives of areas
	letters  []string                     // that refs of controls begin with: A
	standard *regexp.Regexp               // ISO/IEC 42001:2023 before a number
	annex    *regexp.Regexp               // Annex A before a number
	mixed    bool                         // whether the sheet writes the letter in some row
}

func newControls(f *aims.Framework) *controls {
	c := &controls{
		of: f, all: f.ReferenceControls(),
		entries: map[string]*aims.Requirement{}, titles: map[string]*aims.Requirement{}, aims: map[string]bool{},
		standard: regexp.MustCompile(`(?i)^(?:(?:din|en|iso|iec)[ /-]*)+(\d{4,5})(?:[:-]((?:19|20)\d\d)\b)?\W*`),
		annex:    regexp.MustCompile(`(?i)^(?:annex|anhang|controls?)\b[^\pL\d]*(?:[A-D][^\pL\d]+controls?\b[^\pL\d]*)?(?:[A-D][^\pL\d]+([A-D]))?`),
	}
	for _, q := range f.Requirements {
		c.entries[strings.ToLower(q.Ref)] = q
		if q.ObjectiveRef != "" {
			c.aims[strings.ToLower(q.ObjectiveRef)] = true
		}
	}
	for _, q := range c.all {
		title := plainTitle(q.Title)
		if _, twice := c.titles[title]; twice {
			q = nil
		}
		c.titles[title] = q
		if q != nil && len(q.Ref) > 2 && q.Ref[1] == '.' && !slices.Contains(c.letters, q.Ref[:1]) {
			c.letters = append(c.letters, q.Ref[:1])
		}
	}
	return c
}

// longestName is how many bytes a cell may have that names a control. Longer
// texts are remarks, and looking through them takes time.
const longestName = 200 * 3

// begin returns the text of a cell from its number on, after the name of the
// standard and of the annex. It reports false for a text that names nothing, or
// an entry of another standard.
func (c *controls) begin(text string) (string, bool) {
	if len(text) > longestName || len([]rune(text)) > 200 {
		return "", false
	}
	text = plainText(text)
	if len(text) > len(c.of.ID) && strings.EqualFold(text[:len(c.of.ID)+1], c.of.ID+":") {
		text = text[len(c.of.ID)+1:]
	}
	text = begun(text)
	if found := c.standard.FindStringSubmatch(text); found != nil {
		name := c.of.ID + " " + c.of.Title
		same := strings.Contains(name, found[1]) || found[1] == "27002" && strings.Contains(name, "27001") // its numbers are those of Annex A
		if !same || found[2] != "" && strings.Contains(c.of.Title, ":") && !strings.Contains(c.of.Title, found[2]) {
			return "", false
		}
		text = text[len(found[0]):]
	}
	for range 2 { // Annex A, control A.5.2
		if found := c.annex.FindStringSubmatchIndex(text); found != nil {
			end := found[1]
			if found[2] >= 0 {
				end = found[2] // the letter of the number itself
			}
			text = begun(text[end:])
		}
	}
	return text, true
}

// lettered reports whether a text begins with a control's number with its letter.
func (c *controls) lettered(text string) bool {
	text, ok := c.begin(text)
	n, rest := scan(text)
	q := c.entries[strings.ToLower(n.text)]
	return ok && n.lettered && ends(rest) && q != nil && q.IsReferenceControl()
}

// named returns the reference control that a cell names, by its number or its
// title. It returns neither for a cell that names none, such as a heading, and
// the reason where one or several may be meant.
func (c *controls) named(x spreadsheet.ReadCell, r spreadsheet.SheetRow) (*aims.Requirement, *refusal) {
	text, ok := c.begin(x.Text)
	switch {
	case !ok || text == "":
		return nil, nil
	case x.Kind == spreadsheet.HoldsDay:
		return nil, &refusal{"a program took the number of the reference control for a day, " + brief(x.Text), "format the column as text and write the number again"}
	case odd(strings.TrimRight(x.Text, "\r\n")) != 0:
		return nil, oddRefusal(x.Text)
	}
	for _, title := range []string{plainTitle(x.Text), plainTitle(text)} {
		if q := c.titles[title]; q != nil {
			return q, nil
		}
	}
	n, rest := c.scan(text)
	if n.text == "" {
		return c.otherRef(text), nil
	}
	if n.lettered && !slices.Contains(c.letters, n.text[:1]) {
		return nil, nil
	}
	if c.several(n, rest) {
		return nil, &refusal{Said(x.Text) + " names several reference controls", "give each reference control a row of its own"}
	}
	if !ends(rest) {
		return nil, c.slip(n, x.Text)
	}
	if n.lettered {
		return c.byNumber(n, x.Text)
	}
	return c.byBareNumber(n, rest, x, r)
}

// scan is [scan], and takes the comma of a number that a program wrote for a dot.
func (c *controls) scan(text string) (number, string) {
	n, rest := scan(text)
	if behind, comma := strings.CutPrefix(rest, ","); comma && !n.lettered && !strings.Contains(n.text, ".") {
		second, after := scan(behind)
		whole := n.text + "." + second.text
		if behind != begun(behind) || second.lettered || strings.Contains(second.text, ".") {
			return n, rest
		}
		if slices.ContainsFunc(c.letters, func(letter string) bool { return c.control(letter+"."+whole) != nil }) {
			return number{text: whole}, after
		}
	}
	return n, rest
}

// byNumber returns the control with a number as A.6.2.4.
func (c *controls) byNumber(n number, text string) (*aims.Requirement, *refusal) {
	q := c.entries[strings.ToLower(n.text)]
	switch {
	case q != nil && q.IsReferenceControl():
		return q, nil
	case q != nil || c.aims[strings.ToLower(n.text)]:
		return nil, nil
	}
	return nil, c.slip(n, text)
}

// byBareNumber returns the control with a number as 6.2.4, which may be that of
// a clause as well.
func (c *controls) byBareNumber(n number, rest string, x spreadsheet.ReadCell, r spreadsheet.SheetRow) (*aims.Requirement, *refusal) {
	var q *aims.Requirement
	for _, letter := range c.letters {
		full := letter + "." + n.text
		if zero := c.control(full + "0"); x.Kind == spreadsheet.HoldsNumber && strings.Contains(n.text, ".") && zero != nil {
			return nil, &refusal{fmt.Sprintf("the number %s may be %s or %s: a number loses its last zero", n.text, full, zero.Ref), fmt.Sprintf("format the column as text and write %s0, or %s", n.text, full)}
		}
		if also := c.control(full); also != nil && q != nil {
			return nil, &refusal{fmt.Sprintf("%s may be %s or %s", n.text, q.Ref, also.Ref), "write the letter too"}
		} else if also != nil {
			q = also
		}
	}
	clause := c.entries[n.text]
	switch {
	case q == nil && clause == nil && strings.Contains(n.text, "."):
		return nil, c.slip(n, x.Text)
	case q == nil || clause == nil || titled(q, rest, r):
		return q, nil
	case titled(clause, rest, r):
		return nil, nil
	case c.mixed:
		return nil, &refusal{fmt.Sprintf("%s may be the clause or %s, since other rows write the letter", n.text, q.Ref), fmt.Sprintf("write %s, or take the row out if the clause is meant", q.Ref)}
	}
	return q, nil
}

func (c *controls) control(ref string) *aims.Requirement {
	if q := c.entries[strings.ToLower(ref)]; q != nil && q.IsReferenceControl() {
		return q
	}
	return nil
}

// titled reports whether a row has the title of an entry, behind its number or
// in a cell of its own.
func titled(q *aims.Requirement, rest string, r spreadsheet.SheetRow) bool {
	title := plainTitle(q.Title)
	return plainTitle(begun(rest)) == title || slices.ContainsFunc(r.Cells, func(x spreadsheet.ReadCell) bool {
		return len(x.Text) <= longestName && plainTitle(x.Text) == title
	})
}

// slip refuses a number that is nearly one of a control. For others it is nil.
func (c *controls) slip(n number, text string) *refusal {
	full := n.text
	if !n.lettered && len(c.letters) > 0 {
		full = c.letters[0] + "." + n.text
	}
	q := c.control(full)
	if q == nil {
		if c.entries[strings.ToLower(full)] != nil || c.aims[strings.ToLower(full)] {
			return nil
		}
		if q, _ = framework.Meant(full, c.all); q == nil {
			return nil
		}
	}
	return &refusal{fmt.Sprintf("%s is no reference control of %s", Said(text), c.of.Title), fmt.Sprintf("did you mean %s?", q.Ref)}
}

// several reports whether another number follows the first: a list or a range.
func (c *controls) several(first number, rest string) bool {
	rest = strings.NewReplacer(" and ", " & ", " und ", " & ", " to ", " – ", " bis ", " – ", "..", "–", "…", "–").Replace(rest)
	for i, r := range rest {
		joins := strings.ContainsRune(",;/+&–—-\n", r)
		if i > 0 && !joins {
			continue
		}
		behind := rest[i:]
		if joins {
			behind = behind[len(string(r)):]
		}
		n, after := scan(begun(behind))
		if n.text == "" || n.text == first.text || !ends(after) {
			continue
		}
		switch {
		case n.lettered && slices.Contains(c.letters, n.text[:1]) && (joins || c.control(n.text) != nil):
			return true
		case joins && strings.TrimSpace(rest[:i]) == "" && c.continues(first, n, after):
			return true
		}
	}
	return false
}

// continues reports whether a bare number goes on with a list: 5.4 behind 5.3, or
// the 5 of A.4.4/5.
func (c *controls) continues(first, n number, after string) bool {
	if strings.Contains(n.text, ".") {
		return c.entries[n.text] != nil || slices.ContainsFunc(c.letters, func(letter string) bool { return c.control(letter+"."+n.text) != nil })
	}
	last := strings.LastIndex(first.text, ".")
	return last > 0 && c.control(strings.Join([]string{first.text[:last], n.text}, ".")) != nil && (after == "" || !strings.HasPrefix(after, " "))
}

// otherRef returns the control whose ref has another form than A.6.2.4.
func (c *controls) otherRef(text string) *aims.Requirement {
	word, _, _ := strings.Cut(strings.ReplaceAll(text, "\n", " "), " ")
	return c.control(strings.TrimRight(word, ".,;:)]"))
}

// plainTitle is a title without differences that nobody sees, and without the
// sign that ends a sentence.
func plainTitle(text string) string { return strings.TrimRight(plainHead(text), " .,;:") }
