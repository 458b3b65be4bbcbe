package edit_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"annex/generator/aims"
	"annex/generator/source"
)

// put gives the value at a path of a decoded document, or takes it out together
// with tables that have no keys then.
func put(x any, path []any, v any) {
	if i, ok := path[0].(int); ok {
		switch list := x.(type) {
		case []map[string]any:
			put(list[i], path[1:], v)
		case []any:
			put(list[i], path[1:], v)
		}
		return
	}
	in, name := x.(map[string]any), path[0].(string)
	switch {
	case len(path) > 1:
		if in[name] == nil {
			in[name] = map[string]any{}
		}
		put(in[name], path[1:], v)
	case v == nil:
		delete(in, name)
	default:
		in[name] = v
	}
}

// at returns the value at a path.
func at(x any, path []any) any {
	for _, step := range path {
		switch y := x.(type) {
		case map[string]any:
			x = y[step.(string)]
		case []map[string]any:
			x = y[step.(int)]
		case []any:
			x = y[step.(int)]
		}
	}
	return x
}

// plain makes decoded values comparable: one form of line breaks where texts
// were changed, no tables without keys, days instead of times, and NaN equal to
// itself.
func plain(x any) any {
	switch x := x.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range x {
			if p := plain(value); !reflect.DeepEqual(p, map[string]any{}) {
				out[key] = p
			}
		}
		return out
	case []map[string]any:
		out := []any{}
		for _, table := range x {
			out = append(out, plain(table))
		}
		return out
	case []any:
		out := []any{}
		for _, item := range x {
			out = append(out, plain(item))
		}
		return out
	case []string:
		out := []any{}
		for _, item := range x {
			out = append(out, item)
		}
		return out
	case time.Time:
		if x.Location().String() == "date-local" {
			return aims.NewDate(x.Date())
		}
		return fmt.Sprint(x)
	case float64:
		if math.IsNaN(x) {
			return "nan"
		}
	}
	return x
}

// breaks makes every line break of a text LF.
func breaks(s string) string {
	for strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return s
}

// texts returns a list of texts; false for another value.
func texts(x any) ([]string, bool) {
	list, ok := x.([]any)
	var out []string
	for _, item := range list {
		s, isText := item.(string)
		ok = ok && isText
		out = append(out, s)
	}
	return out, ok
}

// touched returns the stretch of a text that a change may touch: a value, the
// lines of a key, an inline table, or the place behind the last key. Lines tells
// whether all of it must go.
func touched(t *testing.T, text string, p place, out bool) (from, to int, lines bool) {
	t.Helper()
	mark := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	outline, diags := source.ReadOutline("f.toml", []byte(text[mark:]))
	if diags != nil {
		t.Fatal(diags)
	}
	from, to = -1, -1
	var visit func(parts []source.Part, around []source.Part)
	visit = func(parts, around []source.Part) {
		for i := range parts {
			part := parts[i]
			visit(part.Parts, append(slices.Clone(around), part))
			if p.value == nil || part.Pos != p.value.Pos || part.Kind == source.InlinePart || part.Kind == source.KeyPart || part.Kind == source.PairPart {
				continue
			}
			from, to = part.Start, part.End
			if !out {
				return
			}
			pair := around[len(around)-1]
			lines = len(around) == 1
			from = strings.LastIndexByte(text[mark:mark+pair.Start], '\n') + 1
			if n := strings.IndexByte(text[mark+pair.End:], '\n'); n >= 0 {
				to = pair.End + n + 1
			} else {
				to = len(text) - mark
			}
			if len(around) > 1 { // in an inline table
				from, to = around[0].Start, around[0].End
			}
		}
	}
	visit(outline.Parts, nil)
	switch {
	case from >= 0:
		return mark + from, mark + to, lines
	case p.inline:
		for _, part := range outline.Parts {
			if int(part.Pos.Line) <= p.line {
				from, to = part.Start, part.End
			}
		}
		return mark + from, mark + to, lines
	}
	// Behind the last key of the body that begins on the record's line.
	for _, part := range outline.Parts {
		if part.Kind == source.HeaderPart && int(part.Pos.Line) == p.line {
			from = part.End
		} else if from >= 0 && part.Kind == source.PairPart {
			from = part.End
		} else if from >= 0 {
			break
		}
	}
	if n := strings.IndexByte(text[mark+from:], '\n'); n >= 0 {
		from += n + 1
	} else {
		from = len(text) - mark
	}
	return mark + from, mark + from, false
}
