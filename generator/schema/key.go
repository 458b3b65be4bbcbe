package schema

import (
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// table is a file, or a table in one.
type table struct {
	about string
	keys  []key
	rule  func(*jsonschema.Schema) // adds what keys ask of each other; may be nil
}

// key is one key of a table.
type key struct {
	name, about string
	value       value
}

// value says what may stand behind a key.
type value struct {
	required bool
	schema   *jsonschema.Schema // nil for tables
	table    *table             // of a table or an array of tables
	several  bool               // whether it is an array of tables
}

// must makes a key one that the table cannot do without.
func (v value) must() value {
	v.required = true
	return v
}

// schema returns the JSON Schema of a table.
func (t *table) schema() *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type: "object", Description: t.about,
		Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: never(),
	}
	for _, k := range t.keys {
		p := k.value.schema
		switch {
		case p != nil:
		case k.value.several:
			p = &jsonschema.Schema{Type: "array", Items: k.value.table.schema()}
		default:
			p = k.value.table.schema()
		}
		p.Title, p.Description = title(k.name), k.about
		s.Properties[k.name] = p
		s.PropertyOrder = append(s.PropertyOrder, k.name)
		if k.value.required {
			s.Required = append(s.Required, k.name)
		}
	}
	if t.rule != nil {
		t.rule(s)
	}
	return s
}

// title returns the words of a key: "Approved by".
func title(name string) string {
	words := strings.ReplaceAll(name, "_", " ")
	for _, short := range []string{"id", "url", "soa", "ai"} {
		if first, rest, _ := strings.Cut(words, " "); first == short {
			first = map[string]string{"id": "Id", "url": "URL", "soa": "SoA", "ai": "AI"}[short]
			return strings.TrimSpace(first + " " + rest)
		}
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// never is the schema that nothing meets.
func never() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

// of returns the value of one table.
func of(t *table) value { return value{table: t} }

// several returns the value of an array of tables.
func several(t *table) value { return value{table: t, several: true} }

// text is any text.
func text() value { return value{schema: &jsonschema.Schema{Type: "string"}} }

// filled is a text that must be there and say something.
func filled() value {
	return value{required: true, schema: &jsonschema.Schema{Type: "string", Pattern: `\S`}}
}

// texts is a list of texts.
func texts() value { return list(&jsonschema.Schema{Type: "string"}) }

func list(items *jsonschema.Schema) value {
	return value{schema: &jsonschema.Schema{Type: "array", Items: items}}
}

// kebab is the form of ids; an empty text counts as not given.
const kebab = `[a-z0-9]+(-[a-z0-9]+)*`

// taken are the ids of which pages could not be named; see source.Reserved.
const taken = `index(-[0-9]+)?|con|prn|aux|nul|com[0-9]|lpt[0-9]`

// id is the id of the record itself.
func id() value {
	return value{required: true, schema: &jsonschema.Schema{
		Type: "string", Pattern: "^" + kebab + "$", MaxLength: jsonschema.Ptr(64),
		Not: &jsonschema.Schema{Pattern: "^(" + taken + ")$"},
	}}
}

// reference is the id of a record, or nothing.
func reference() value {
	return value{schema: &jsonschema.Schema{Type: "string", Pattern: "^(" + kebab + ")?$"}}
}

// references is a list of ids.
func references() value {
	return list(&jsonschema.Schema{Type: "string", Pattern: "^" + kebab + "$"})
}

// frameworks is a list of ids of frameworks, of which some are suggested.
func frameworks(known []string) value { return list(suggest("^"+kebab+"$", known)) }

// framework is the id of a framework, of which some are suggested.
func framework(known []string) value { return value{schema: suggest("^"+kebab+"$", known)} }

// suggest is a text of some form. The words are offered, but are not all: the
// second schema of anyOf is met by everything.
func suggest(pattern string, words []string) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string", Pattern: pattern}
	if len(words) > 0 {
		s.AnyOf = []*jsonschema.Schema{{Enum: anys(words)}, {}}
	}
	return s
}

// requirement is framework:ref, or nothing.
func requirement() value {
	return value{schema: &jsonschema.Schema{Type: "string", Pattern: "^(" + kebab + ":.+)?$"}}
}

// requirements is a list of framework:ref.
func requirements() value {
	return list(&jsonschema.Schema{Type: "string", Pattern: "^" + kebab + ":.+$"})
}

// word is one of some words. An empty text counts as not given, and so it is
// one of them.
func word[T ~string](words []T) value {
	return value{schema: &jsonschema.Schema{Type: "string", Enum: append(anys(words), "")}}
}

// mustWord is one of some words, and must be there.
func mustWord[T ~string](words []T) value {
	return value{required: true, schema: &jsonschema.Schema{Type: "string", Enum: anys(words)}}
}

// words is a list of some words.
func words[T ~string](all []T) value {
	return list(&jsonschema.Schema{Type: "string", Enum: anys(all)})
}

func anys[T ~string](words []T) []any {
	var list []any
	for _, w := range words {
		list = append(list, string(w))
	}
	return slices.Clip(list)
}

// otherwise says what holds without the key.
func (v value) otherwise(word string) value {
	v.schema.Default = []byte(`"` + word + `"`)
	return v
}

// date is a day.
func date() value { return value{schema: &jsonschema.Schema{Type: "string", Format: "date"}} }

// period is a span of the calendar.
func period() value {
	return value{schema: &jsonschema.Schema{
		Type: "string", Pattern: "^([1-9][0-9]{0,2}|1000) (day|week|month|year)s?$",
		Examples: []any{"1 month", "3 months", "6 months", "1 year"},
	}}
}

// whole is a whole number.
func whole(low, high int) value {
	return value{schema: &jsonschema.Schema{
		Type: "integer", Minimum: jsonschema.Ptr(float64(low)), Maximum: jsonschema.Ptr(float64(high)),
	}}
}

// number is any number.
func number() value { return value{schema: &jsonschema.Schema{Type: "number"}} }

// yes is true or false.
func yes() value { return value{schema: &jsonschema.Schema{Type: "boolean"}} }

// some makes a list one that must not be empty.
func (v value) some() value {
	v.schema.MinItems = jsonschema.Ptr(1)
	return v
}

// is is the schema of tables in which a key has a value.
func is(name string, v any) *jsonschema.Schema {
	return &jsonschema.Schema{Required: []string{name}, Properties: map[string]*jsonschema.Schema{name: {Const: &v}}}
}

// without is the schema of tables that lack some keys.
func without(names []string) *jsonschema.Schema {
	s := &jsonschema.Schema{Properties: map[string]*jsonschema.Schema{}, PropertyOrder: names}
	for _, name := range names {
		s.Properties[name] = never()
	}
	return s
}
