package edit

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"annex/generator/source"
)

// verify reads a changed text again and compares it with what was wanted.
func (d *document) verify(text string) error {
	const doubt = "the change would not leave the rest of the file as it is"
	outline, diags := source.ReadOutline(d.name, []byte(text))
	if len(diags) > 0 {
		return d.problem(1, 1, byHand, "with the change, %s", diags[0].Message)
	}
	want, got := map[string]string{}, map[string]string{}
	flatten(d.outline.Values, "", want)
	flatten(outline.Values, "", got)
	for address, v := range d.wanted {
		forget(want, address)
		if v != nil {
			flatten(v, address, want)
		}
		if s, isText := v.(string); isText {
			want[address] = print(s)
			if value, there := got[address]; there {
				got[address] = plainBreaks(value)
			}
		}
	}
	if maps.Equal(want, got) {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		if got[key] != want[key] {
			return d.problem(1, 1, byHand, "%s: %s would be lost", doubt, strings.Trim(key, "."))
		}
	}
	return d.problem(1, 1, byHand, "%s: it would say more", doubt)
}

// forget takes a value and its elements out of what [flatten] noted.
func forget(all map[string]string, address string) {
	delete(all, address)
	if n, err := strconv.Atoi(all[address+"[]"]); err == nil {
		delete(all, address+"[]")
		for i := range n {
			forget(all, element(address, i))
		}
	}
}

// flatten notes every value of a document under its address, and how many
// elements each list has. A table without keys is none: a key with dots makes
// such tables on its way.
func flatten(x any, address string, all map[string]string) {
	list := func(n int) { all[address+"[]"] = strconv.Itoa(n) }
	switch x := x.(type) {
	case map[string]any:
		for key, value := range x {
			flatten(value, step(address, key), all)
		}
	case []map[string]any:
		list(len(x))
		for i, table := range x {
			flatten(table, element(address, i), all)
		}
	case []any:
		list(len(x))
		for i, item := range x {
			flatten(item, element(address, i), all)
		}
	case []string:
		list(len(x))
		for i, item := range x {
			flatten(item, element(address, i), all)
		}
	case count:
		all[address] = strconv.Itoa(int(x))
	default:
		all[address] = print(x)
	}
}

// print returns a value with its type, so that only the same values print alike.
func print(x any) string {
	switch x := x.(type) {
	case time.Time:
		return x.Format(time.RFC3339Nano) + " " + x.Location().String()
	case float64:
		if math.IsNaN(x) {
			return "float nan"
		}
		return fmt.Sprintf("float %x", math.Float64bits(x))
	}
	return fmt.Sprintf("%T %v", x, x)
}
