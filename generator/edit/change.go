package edit

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"annex/generator/aims"
	"annex/generator/source"
)

// change makes the splices of one change, but for keys that come and go: these
// wait until [document.settle] sees all of a table.
func (d *document) change(c Change) error {
	t, err := d.record(c)
	if err != nil {
		return err
	}
	v, err := d.accept(c, t)
	if err != nil {
		return err
	}
	address := t.address
	names := strings.Split(c.Key, ".")
	for _, name := range names {
		address = step(address, name)
	}
	if t.changed[c.Key] {
		return d.problem(int(t.at.Line), int(t.at.Column), "leave one of the two changes out", "%s of this record is to be changed twice", c.Key)
	}
	if t.changed == nil {
		t.changed = map[string]bool{}
	}
	t.changed[c.Key] = true
	holder, rest, pair, err := d.find(t, names)
	switch {
	case err != nil:
		return err
	case pair == nil && v == nil:
		return nil
	case v == nil:
		if slices.ContainsFunc(value(pair).Parts, func(p source.Part) bool { return p.Kind == source.InlinePart }) {
			return d.problem(int(pair.Pos.Line), int(pair.Pos.Column), byHand, "%s is a list of tables, not a single value", c.Key)
		}
		if holder.removed == nil {
			holder.removed = map[*source.Part]bool{}
		}
		holder.removed[pair] = true
		d.wanted[address] = nil
		return nil
	case pair == nil:
		holder.added = append(holder.added, addition{rest, v})
		d.wanted[address] = v
		return nil
	}
	if same(value(pair), v) {
		return nil
	}
	d.wanted[address] = v
	return d.replace(holder, value(pair), address, v)
}

// accept checks that the value of a change is one that TOML can hold, and
// returns it with plain line breaks.
func (d *document) accept(c Change, t *table) (any, error) {
	refuse := func(what string) (any, error) {
		return nil, d.problem(max(1, int(t.at.Line)), max(1, int(t.at.Column)), "give it another value", "%s cannot be %s", c.Key, what)
	}
	for name := range strings.SplitSeq(c.Key, ".") {
		if name == "" || !utf8.ValidString(name) {
			return nil, d.problem(max(1, int(t.at.Line)), max(1, int(t.at.Column)), "write a key like owner or impact.text", "%q is not the name of a key", c.Key)
		}
	}
	switch v := c.Value.(type) {
	case nil, bool, int64, float64:
		return v, nil
	case aims.Date:
		if y := v.Time().Year(); v.IsZero() || y < 0 || y > 9999 {
			return refuse("a day that does not exist")
		}
		return v, nil
	case string:
		if !utf8.ValidString(v) {
			return refuse("a text that is not valid UTF-8")
		}
		return plainBreaks(v), nil
	case []string:
		list := make([]string, len(v))
		for i, s := range v {
			if !utf8.ValidString(s) {
				return refuse("a text that is not valid UTF-8")
			}
			list[i] = plainBreaks(s)
		}
		return list, nil
	}
	return refuse("a value of this type")
}

// same reports whether a value in the text is the wanted one. Lists are the same
// in any order.
func same(part *source.Part, v any) bool {
	switch v := v.(type) {
	case string:
		s, ok := part.Scalar.(string)
		return ok && plainBreaks(s) == v
	case float64:
		f, ok := part.Scalar.(float64)
		return ok && (math.Float64bits(f) == math.Float64bits(v) || math.IsNaN(f) && math.IsNaN(v))
	case []string:
		if part.Kind != source.ListPart {
			return false
		}
		keep, added := compare(part, v)
		return len(added) == 0 && !slices.Contains(keep, false)
	}
	return part.Scalar == v
}

// compare tells which elements of a list stay when it is to hold texts, and
// which texts come in addition.
func compare(list *source.Part, want []string) (keep []bool, added []string) {
	added = slices.Clone(want)
	keep = make([]bool, len(list.Parts))
	counts := map[string]int{}
	for _, s := range want {
		counts[s]++
	}
	for i := range list.Parts {
		s, ok := list.Parts[i].Scalar.(string)
		s = plainBreaks(s)
		if ok && counts[s] > 0 {
			counts[s]--
			keep[i] = true
		}
	}
	// Of a text that is wanted more often than it is there, the last ones come in
	// addition.
	for i, s := range slices.Backward(want) {
		if counts[s] > 0 {
			counts[s]--
		} else {
			added = slices.Delete(added, i, i+1)
		}
	}
	return keep, added
}

// replace makes the splices that give a value in a table another one.
func (d *document) replace(t *table, old *source.Part, address string, v any) error {
	raw := d.text[old.Start:old.End]
	style := style{lineBreak: lineBreak(d.text, old.Start), oneLine: t.inline != nil}
	list, isList := v.([]string)
	switch {
	case old.Kind == source.ListPart:
		tables := slices.ContainsFunc(old.Parts, func(p source.Part) bool { return p.Kind != source.ScalarPart })
		if tables || !isList && comments(d.text, old) {
			return d.problem(int(old.Pos.Line), int(old.Pos.Column), byHand, "this list holds more than texts, such as comments, lists or tables, which would be lost")
		}
		if !isList {
			break
		}
		keep, added := compare(old, list)
		var kept []string
		for i, k := range keep {
			if k {
				s, _ := old.Parts[i].Scalar.(string)
				kept = append(kept, s)
			}
		}
		d.wanted[address] = append(kept, added...)
		d.resequence(old, keep, style.items(added))
		return nil
	case old.Kind == source.ScalarPart:
		if text, ok := v.(string); ok {
			d.splice(old.Start, old.End, style.rewrite(raw, old.Scalar, text))
			return nil
		}
	}
	d.splice(old.Start, old.End, style.value(v, len(indent(d.text, old.Start))+old.Start-lineStart(d.text, old.Start)))
	return nil
}

// comments reports whether there are comments in a list.
func comments(text string, list *source.Part) bool {
	at := list.Start
	for _, p := range list.Parts {
		if strings.Contains(text[at:p.Start], "#") {
			return true
		}
		at = p.End
	}
	return strings.Contains(text[at:list.End], "#")
}
