package changes

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"annex/generator/diag"
)

// JSON writes changes as one object.
func JSON(w io.Writer, c *Changes) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("writing changes: %w", err)
	}
	return nil
}

// defaultWidth is how wide a text is that does not know its terminal.
const defaultWidth = 80

// longest is how many characters of a value a text shows.
const longest = 400

// Text writes changes for a person to read on a terminal that is so many
// characters wide, 0 for one that is not known. No text of a record can steer
// the terminal.
func Text(w io.Writer, c *Changes, width int) error {
	if width <= 0 {
		width = defaultWidth
	}
	t := &text{out: bufio.NewWriter(w), width: max(width, 40)}
	t.line(0, "", c.title())
	for _, note := range c.Notes {
		fmt.Fprintln(t.out)
		t.line(0, "", note)
	}
	if c.None() {
		if len(c.Notes) > 0 {
			fmt.Fprintln(t.out)
		}
		t.line(0, "", c.nothing())
		c = &Changes{}
	}
	for _, o := range c.Organizations {
		t.organization(o)
	}
	if len(c.Settings) > 0 {
		t.heading("Settings of the workspace")
		for _, f := range c.Settings {
			t.field(2, f)
		}
	}
	if len(c.Catalogs) > 0 {
		t.heading("Frameworks and catalogs")
		for _, x := range c.Catalogs {
			t.line(2, sign(x.Change), x.ID+" "+x.Title)
			for _, s := range x.Sentences() {
				t.line(6, "", s)
			}
		}
	}
	if err := t.out.Flush(); err != nil {
		return fmt.Errorf("printing changes: %w", err)
	}
	return nil
}

// title names the two states.
func (c *Changes) title() string {
	return fmt.Sprintf("Changes from %s (%s) to %s (%s)", c.Before.Label, c.Before.Day, c.After.Label, c.After.Day)
}

type text struct {
	out   *bufio.Writer
	width int
}

func (t *text) heading(s string) {
	s = diag.Plain(s)
	fmt.Fprintf(t.out, "\n%s\n%s\n", s, strings.Repeat("-", min(utf8.RuneCountInString(s), t.width)))
}

// line writes a text behind a sign, wrapped between words and indented so that
// the text stands by itself.
func (t *text) line(indent int, sign, s string) {
	first, blank := strings.Repeat(" ", indent), strings.Repeat(" ", indent)
	if sign != "" {
		first, blank = first+sign+" ", blank+strings.Repeat(" ", utf8.RuneCountInString(sign)+1)
	}
	fmt.Fprint(t.out, first)
	column, start := utf8.RuneCountInString(first), true
	for _, word := range strings.Fields(diag.Plain(s)) {
		n := utf8.RuneCountInString(word)
		if !start && column+1+n > t.width {
			fmt.Fprint(t.out, "\n", blank)
			column, start = len(blank), true
		}
		if !start {
			fmt.Fprint(t.out, " ")
			column++
		}
		fmt.Fprint(t.out, word)
		column, start = column+n, false
	}
	fmt.Fprintln(t.out)
}

func (t *text) organization(o *Organization) {
	t.heading(o.Title)
	if o.None() {
		t.line(0, "", "Nothing changed.")
	}
	t.turns("What passed and now fails", "!", o.Fails)
	t.turns("What failed and now passes", "+", o.Passes)
	for _, g := range o.Records {
		fmt.Fprintln(t.out)
		t.line(0, "", title(g.Kind)+": "+g.Summary())
		for _, r := range g.Records {
			t.record(r)
		}
	}
	if note := o.renamed(); note != "" {
		fmt.Fprintln(t.out)
		t.line(0, "", note)
	}
	t.counts(o.Counts)
}

func (t *text) turns(title, sign string, list []Turn) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(t.out, "\n%s (%d)\n", title, len(list))
	for _, x := range list {
		t.line(2, sign, x.Sentence)
		for _, r := range x.Because {
			t.line(6, "", r.Sentence)
		}
	}
}

func (t *text) record(r RecordChange) {
	name := r.name()
	if r.Change != Added && r.Change != Removed && r.Change != Changed {
		name += ": " + string(r.Change)
	}
	t.line(2, sign(r.Change), name)
	for _, f := range r.Fields {
		t.field(6, f)
	}
	for _, row := range r.Tables {
		t.line(6, sign(row.Change), row.Table+" "+row.Name)
		for _, f := range row.Fields {
			t.field(10, f)
		}
	}
}

// field writes a change on one line, or the values below each other when they
// do not fit.
func (t *text) field(indent int, f FieldChange) {
	s := f.String()
	if f.Text || !strings.ContainsAny(s, "\r\n") && indent+utf8.RuneCountInString(s) <= t.width {
		t.line(indent, "", s)
		return
	}
	t.line(indent, "", f.Name+":")
	t.line(indent+2, "was:", short(orNone(f.Before)))
	t.line(indent+2, "now:", short(orNone(f.After)))
}

// short cuts a value that is too long to read on a terminal.
func short(s string) string {
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func (t *text) counts(c Counts) {
	if !c.differ() {
		return
	}
	rows := c.Rows()
	width := 0
	for _, r := range rows {
		width = max(width, utf8.RuneCountInString(r.Name))
	}
	fmt.Fprintf(t.out, "\n%-*s  before  after\n", width, "Counts")
	for _, r := range rows {
		fmt.Fprintf(t.out, "%-*s  %6d  %5d\n", width, r.Name, r.Before, r.After)
	}
}
