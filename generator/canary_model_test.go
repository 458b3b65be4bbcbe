package generator_test

import (
	"reflect"
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator/audience"
	"annex/generator/load"
)

// textsOf returns every text that can be reached from a value, by way of pointers,
// fields, lists and maps, unexported ones included.
func textsOf(x any) string {
	var b strings.Builder
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			b.WriteString(v.String() + "\n")
		case reflect.Pointer:
			if !v.IsNil() && !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				walk(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(k)
				walk(v.MapIndex(k))
			}
		}
	}
	walk(reflect.ValueOf(x))
	return b.String()
}

// TestCutsHoldNoCanary looks for canaries in the model itself, before anything is
// made of it: whatever a page comes to show one day, it is not there to show.
func TestCutsHoldNoCanary(t *testing.T) {
	n := hatch(t)
	w, _, err := load.Load(n.files, frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	whole := textsOf(w)
	for _, r := range readers() {
		cut := textsOf(audience.For(w, w.Audience(r.id)))
		for _, c := range n.canaries {
			file := c.part == "evidence" || c.part == "never" // what is in files is not in the model
			found := strings.Contains(cut, c.word)
			switch {
			case found && !r.may(c):
				t.Errorf("%s: the cut holds %s (%s, %s)", r.id, c.word, c.level.class, c.in)
			case !found && !file && r.must(c) && strings.Contains(whole, c.word) && c.in != `digest = { title = "$text" }`:
				t.Errorf("%s: the cut lacks %s (%s, %s)", r.id, c.word, c.level.class, c.in)
			}
		}
	}
}
