package edit

import (
	"strings"
	"unicode/utf8"

	"annex/generator/source"
)

// settle makes the splices for the keys that come into a table and go out of it.
func (d *document) settle(t *table) {
	if len(t.removed) == 0 && len(t.added) == 0 {
		return
	}
	if t.inline != nil {
		keep := make([]bool, len(t.pairs))
		for i, p := range t.pairs {
			keep[i] = !t.removed[p]
		}
		spacing := d.spacing(t.pairs)
		var added []string
		for _, a := range t.added {
			line := spacing.key(a.names)
			added = append(added, line+style{oneLine: true}.value(a.value, 0))
		}
		d.resequence(t.inline, keep, added)
		return
	}
	var kept []*source.Part
	for _, p := range t.pairs {
		if t.removed[p] {
			d.splice(lineStart(d.text, p.Start), lineEnd(d.text, p.End), "")
		} else {
			kept = append(kept, p)
		}
	}
	for _, a := range t.added {
		d.addLine(t, kept, a)
	}
}

// addLine adds a key to a table after the last of the keys that it keeps, or the
// last that begins with the same names.
func (d *document) addLine(t *table, kept []*source.Part, a addition) {
	for shared := len(a.names) - 1; shared > 0; shared-- {
		last := -1
		for i, p := range kept {
			if begins(keys(p), a.names[:shared]) {
				last = i
			}
		}
		if last >= 0 {
			kept = kept[:last+1]
			break
		}
	}
	at := 0
	switch {
	case len(kept) > 0:
		at = lineEnd(d.text, kept[len(kept)-1].End)
	case t.header != nil:
		at = lineEnd(d.text, t.header.End)
	}
	near := kept
	if len(near) == 0 {
		near = t.pairs
	}
	spacing := d.spacing(near)
	if len(near) == 0 && t.header != nil {
		spacing.indent = indent(d.text, t.header.Start)
	}
	if start, end, ok := d.prompt(t, kept, a.names); ok {
		line := spacing.indent + spacing.key(a.names)
		d.splice(start, end, line+style{lineBreak: lineBreak(d.text, end)}.value(a.value, utf8.RuneCountInString(line)))
		return
	}
	broken := lineBreak(d.text, max(0, at-1))
	line := spacing.indent + spacing.key(a.names)
	line += style{lineBreak: broken}.value(a.value, utf8.RuneCountInString(line))
	if at > 0 && d.text[at-1] != '\n' {
		d.splice(at, at, broken+line)
	} else {
		d.splice(at, at, line+broken)
	}
}

// prompt finds the line of a record that asks for a key, as templates have it: the
// key and a value behind a number sign. Who fills it in takes the sign away.
//
//	# applicable = true
func (d *document) prompt(t *table, kept []*source.Part, names []string) (start, end int, ok bool) {
	if len(names) > 1 || t.header == nil || len(kept) == 0 {
		return 0, 0, false
	}
	at := lineEnd(d.text, t.header.End)
	for _, p := range kept {
		for at < p.Start { // the lines between two keys hold nothing but comments
			end := lineEnd(d.text, at)
			line := strings.TrimRight(d.text[at:end], "\r\n")
			key, _, assigns := strings.Cut(strings.TrimLeft(line, " \t#"), "=")
			if assigns && strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") && strings.TrimSpace(key) == names[0] {
				return at, at + len(line), true
			}
			at = end
		}
		at = max(at, lineEnd(d.text, p.End))
	}
	return 0, 0, false
}

// spacing is how keys stand on their lines.
type spacing struct {
	indent        string // before the key
	before, after string // the equals sign
	column        int    // of an equals sign that is aligned with others, from the key; 0 for none
}

// spacing returns that of the last of some pairs.
func (d *document) spacing(pairs []*source.Part) spacing {
	if len(pairs) == 0 {
		return spacing{before: " ", after: " "}
	}
	measure := func(p *source.Part) (width int, before, after string) {
		last := p.Parts[len(p.Parts)-2]
		before, after, _ = strings.Cut(d.text[last.End:value(p).Start], "=")
		return utf8.RuneCountInString(d.text[p.Start:last.End]), before, after
	}
	last := pairs[len(pairs)-1]
	var s spacing
	var width int
	width, s.before, s.after = measure(last)
	s.indent = indent(d.text, last.Start)
	column := width + utf8.RuneCountInString(s.before)
	aligned := len(s.before) > 1
	for _, p := range pairs {
		w, before, _ := measure(p)
		aligned = aligned || w != width && w+utf8.RuneCountInString(before) == column && before != ""
	}
	if aligned && !strings.Contains(s.before, "\t") {
		s.column = column
	}
	return s
}

// key returns a key with the equals sign and the blanks around it.
func (s spacing) key(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quoteKey(name)
	}
	key := strings.Join(quoted, ".")
	before := s.before
	if s.column > 0 {
		before = strings.Repeat(" ", max(1, s.column-utf8.RuneCountInString(key)))
	}
	return key + before + "=" + s.after
}

// quoteKey returns a name as TOML writes it.
func quoteKey(name string) string {
	special := strings.ContainsFunc(name, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if special || name == "" {
		return basic(name)
	}
	return name
}
