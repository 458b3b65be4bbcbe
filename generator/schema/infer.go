package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// Form is what is known of the values of a type of texts.
type Form struct {
	Words  []string // that they are one of; none for any
	Format string   // date
}

// Infer makes the JSON Schema (2020-12) of what a Go value becomes as JSON. The
// tags jsonschema of fields explain them; a field without one, in the rows of a
// list named controls, is explained as the key of a [[control]] is. Every key is
// there, and pointers may be null.
func Infer(t reflect.Type, id, title string, forms map[reflect.Type]Form) ([]byte, error) {
	types := map[reflect.Type]*jsonschema.Schema{}
	for x, f := range forms {
		types[x] = &jsonschema.Schema{Type: "string", Format: f.Format, Enum: anys(f.Words)}
	}
	s, err := jsonschema.ForType(t, &jsonschema.ForOptions{TypeSchemas: types})
	if err != nil {
		return nil, fmt.Errorf("making a schema: %w", err)
	}
	s.Schema, s.ID, s.Title = "https://json-schema.org/draft/2020-12/schema", id, title
	s.Comment = "New keys may come at any time; a key that goes away or means something else changes the number at the end of $id."
	tables := map[string]*table{
		"": {keys: records().keys}, "document": document(), "project": project(nil),
	}
	explain(s, tables[""], tables)
	return Encode(s)
}

// explain adds what the schemas of the files say, and what Go types leave open:
// no list is null, and a word that may be null is one of the words or null.
func explain(s *jsonschema.Schema, t *table, tables map[string]*table) {
	if s == nil {
		return
	}
	if slices.Equal(s.Types, []string{"null", "array"}) {
		s.Type, s.Types = "array", nil
	}
	if s.Enum != nil && s.Types != nil {
		s.Enum = append(s.Enum, nil)
	}
	explain(s.Items, t, tables)
	for name, p := range s.Properties {
		k := t.find(name)
		if p.Description == "" && k != nil {
			p.Description = k.about
		}
		within := t
		if own := tables[strings.TrimSuffix(name, "s")]; own != nil {
			within = own
		} else if k != nil && k.value.table != nil {
			within = k.value.table
		}
		explain(p, within, tables)
	}
}

// find returns the key of a table with a name, or with one of which it is the
// plural.
func (t *table) find(name string) *key {
	for _, try := range []string{name, strings.TrimSuffix(name, "s"), strings.TrimSuffix(name, "ies") + "y"} {
		if i := slices.IndexFunc(t.keys, func(k key) bool { return k.name == try }); i >= 0 {
			return &t.keys[i]
		}
	}
	return nil
}
