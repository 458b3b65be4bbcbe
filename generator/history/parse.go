package history

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"annex/generator/aims"
)

// parser reads what diff-tree prints: parts that end in a zero byte each. A
// commit has one for each field; a change has one that begins with a colon, and
// one for the path.
type parser struct {
	rest   []byte
	prefix string
	err    error
}

func (p *parser) next() string {
	part, rest, ok := bytes.Cut(p.rest, []byte{0})
	if !ok && p.err == nil {
		p.err = fmt.Errorf("git diff-tree ended in the middle")
	}
	p.rest = rest
	return string(part)
}

func (p *parser) commit() *Commit {
	c := &Commit{ID: p.next(), root: p.next(), Day: day(p.next())}
	c.Author, c.Email, c.Subject = text(p.next()), text(p.next()), text(p.next())
	if p.err == nil && (!isID(c.ID) || !isID(c.root)) {
		p.err = fmt.Errorf("git diff-tree printed %q for a commit", c.ID)
	}
	for p.err == nil && bytes.HasPrefix(bytes.TrimPrefix(p.rest, []byte("\n")), []byte(":")) {
		p.change(c)
	}
	return c
}

// change reads ":100644 100644 <before> <after> M" and the path behind it.
func (p *parser) change(c *Commit) {
	parts := strings.Fields(p.next())
	file := p.next()
	if p.err == nil && (len(parts) != 5 || !isID(parts[2]) || !isID(parts[3])) {
		p.err = fmt.Errorf("git diff-tree printed %q for a change", parts)
	}
	// Where a folder of records is now there may have been a file of its name.
	if name, ok := strings.CutPrefix(file, p.prefix); ok && p.err == nil {
		c.Changes = append(c.Changes, Change{Status(parts[4][0]), name, optional(parts[2]), optional(parts[3])})
	}
}

// text mends the bytes of a commit that claims an encoding it is not in.
func text(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// day returns the day of a time as git has it raw: "1767223800 +0100" is half an
// hour into 2026. A time that no calendar has becomes the nearest one.
func day(raw string) aims.Date {
	seconds, zone, _ := strings.Cut(raw, " ")
	n, _ := strconv.ParseInt(seconds, 10, 64)
	offset, _ := strconv.ParseInt(zone, 10, 64) // hours and minutes, +0530
	if offset > -2400 && offset < 2400 {
		n = max(n, math.MinInt64/2) // room for what is added
		n = min(n, math.MaxInt64/2) + offset/100*3600 + offset%100*60
	}
	first, last := aims.NewDate(1970, 1, 1).Time(), aims.NewDate(9999, 12, 31).Time()
	return aims.DateOf(time.Unix(min(max(n, first.Unix()), last.Unix()), 0).UTC())
}
