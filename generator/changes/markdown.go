package changes

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"annex/generator/diag"
)

// Markdown writes changes as the text of a merge request. It has headings,
// lists and tables of its own; whatever comes from a record is shown as the
// plain text that it is.
func Markdown(w io.Writer, c *Changes) error {
	m := &markdown{bufio.NewWriter(w)}
	m.say("# %s\n", escape(c.title()))
	for _, note := range c.Notes {
		m.say("\n%s\n", escape(note))
	}
	if c.None() {
		m.say("\n%s\n", c.nothing())
		c = &Changes{}
	}
	for _, o := range c.Organizations {
		m.organization(o)
	}
	if len(c.Settings) > 0 {
		m.say("\n## Settings of the workspace\n")
		m.head("Field", "Before", "After")
		for _, f := range c.Settings {
			before, after := f.Values()
			m.row(f.Name, before, after)
		}
	}
	if len(c.Catalogs) > 0 {
		m.say("\n## Frameworks and catalogs\n")
		m.head("Change", "Catalog", "What changed")
		for _, x := range c.Catalogs {
			m.row(string(x.Change), x.ID+" "+x.Title, strings.Join(x.Sentences(), "; "))
		}
	}
	if err := m.out.Flush(); err != nil {
		return fmt.Errorf("writing changes: %w", err)
	}
	return nil
}

type markdown struct{ out *bufio.Writer }

func (m *markdown) say(format string, args ...any) { fmt.Fprintf(m.out, format, args...) }

// head begins a table.
func (m *markdown) head(cells ...string) {
	m.say("\n| %s |\n|%s\n", strings.Join(cells, " | "), strings.Repeat(" --- |", len(cells)))
}

// row writes a row of a table, whatever its texts hold.
func (m *markdown) row(cells ...string) {
	m.say("|")
	for _, c := range cells {
		m.say(" %s |", escape(short(c)))
	}
	m.say("\n")
}

func (m *markdown) organization(o *Organization) {
	m.say("\n## %s\n", escape(o.Title))
	if o.None() {
		m.say("\nNothing changed.\n")
	}
	m.turns("What passed and now fails", o.Fails)
	m.turns("What failed and now passes", o.Passes)
	for _, g := range o.Records {
		m.say("\n### %s: %s\n", title(g.Kind), g.Summary())
		m.head("Change", "Record", "Field", "Before", "After")
		for _, r := range g.Records {
			m.record(r)
		}
	}
	if note := o.renamed(); note != "" {
		m.say("\n%s\n", note)
	}
	if !o.Counts.differ() {
		return
	}
	m.say("\n### Counts\n")
	m.head("What", "Before", "After")
	for _, r := range o.Counts.Rows() {
		m.row(r.Name, strconv.Itoa(r.Before), strconv.Itoa(r.After))
	}
}

func (m *markdown) turns(title string, list []Turn) {
	if len(list) == 0 {
		return
	}
	m.say("\n### %s (%d)\n\n", title, len(list))
	for _, t := range list {
		m.say("- %s\n", escape(t.Sentence))
		for _, r := range t.Because {
			m.say("  - %s\n", escape(r.Sentence))
		}
	}
}

// record writes a row for each field and each row within that changed.
func (m *markdown) record(r RecordChange) {
	if r.Change != Changed {
		m.row(string(r.Change), r.name(), "", "", "")
	}
	for _, f := range r.Fields {
		before, after := f.Values()
		m.row(string(r.Change), r.name(), f.Name, before, after)
	}
	for _, row := range r.Tables {
		place := row.Table + " " + row.Name
		if row.Change != Changed {
			m.row(string(r.Change), r.name(), place, "", string(row.Change))
		}
		for _, f := range row.Fields {
			before, after := f.Values()
			m.row(string(r.Change), r.name(), place+": "+f.Name, before, after)
		}
	}
}

// escape returns a text as Markdown that shows just the text, in a table as
// well. Signs with a meaning become character references, which the places that
// read merge requests never take for markup. A sign that would call a person,
// link to an issue or begin an address is parted from what follows by a space of
// no width, for these are looked for in the finished page.
func escape(s string) string {
	const apart = "\u200b"
	runes := []rune(strings.Join(strings.Fields(diag.Plain(s)), " "))
	var b strings.Builder
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		part := false
		switch {
		case strings.ContainsRune(`-.)`, r) && onlyDigits(runes[:i]):
			fmt.Fprintf(&b, "&#%d;", r) // it would begin a list
		case strings.ContainsRune(`-.),;:?'"(/ `, r):
			b.WriteRune(r)
			part = r == ':' && next == '/'
		case r < unicode.MaxASCII && (unicode.IsPunct(r) || unicode.IsSymbol(r)):
			fmt.Fprintf(&b, "&#%d;", r)
			part = strings.ContainsRune("@#!$%~&^", r) && (unicode.IsLetter(next) || unicode.IsDigit(next))
		default:
			b.WriteRune(r)
			part = next == '.' && i >= 2 && strings.EqualFold(string(runes[i-2:i+1]), "www")
		}
		if part {
			b.WriteString(apart)
		}
	}
	return b.String()
}

func onlyDigits(runes []rune) bool {
	for _, r := range runes {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}
