package oscal

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"annex/generator/sample"
)

// fault spoils a field of an object. It reports whether the object has it.
type fault struct {
	name string
	do   func(object map[string]any) bool
}

func faults() []fault {
	set := func(key string, value any) func(map[string]any) bool {
		return func(x map[string]any) bool {
			if x[key] == nil {
				return false
			}
			x[key] = value
			return true
		}
	}
	without := func(key string) func(map[string]any) bool {
		return func(x map[string]any) bool {
			if x[key] == nil {
				return false
			}
			delete(x, key)
			return true
		}
	}
	return []fault{
		{"a UUID that is none", set("uuid", "not-a-uuid")},
		{"an id with a colon", set("control-id", "iso-42001:A.2.2")},
		{"an id that begins with a digit", set("id", "42001")},
		{"a role that is no token", set("role-id", "head of AI")},
		{"a day without a time", set("last-modified", "2026-11-24")},
		{"a time without a zone", set("collected", "2026-11-24T00:00:00")},
		{"a title of two lines", set("title", "one\ntwo")},
		{"an empty value", set("value", "")},
		{"a value with a space behind it", set("value", "x ")},
		{"a number for a text", set("description", 7.0)},
		{"a list for an object", set("metadata", []any{})},
		{"an empty list of properties", set("props", []any{})},
		{"an empty list of groups", set("groups", []any{})},
		{"a namespace that is no address", set("ns", "annex")},
		{"a state of our own", func(x map[string]any) bool {
			if x["reason"] == nil {
				return false
			}
			x["state"] = "verified"
			return true
		}},
		{"a key of our own", func(x map[string]any) bool { x["annex"] = "x"; return true }},
		{"no title", func(x map[string]any) bool { return x["last-modified"] != nil && without("title")(x) }},
		{"no version of OSCAL", without("oscal-version")},
		{"no import of the plan", without("import-ap")},
		{"no import of the system", func(x map[string]any) bool { return x["reviewed-controls"] != nil && without("import-ssp")(x) }},
		{"no imports of a profile", without("imports")},
		{"nothing chosen", func(x map[string]any) bool { return x["href"] != nil && without("include-controls")(x) }},
		{"no address", func(x map[string]any) bool { return x["rel"] != nil && without("href")(x) }},
		{"no value", without("value")},
		{"no methods", without("methods")},
		{"no items", without("poam-items")},
		{"no statement of a risk", without("statement")},
		{"no target of a finding", without("target")},
		{"groups beside controls", func(x map[string]any) bool {
			if x["controls"] == nil || x["title"] == nil {
				return false
			}
			x["groups"] = []any{map[string]any{"title": "X"}}
			return true
		}},
	}
}

// spoil applies a fault at the first place that it fits, objects before what is
// in them.
func spoil(x any, f fault) bool {
	switch x := x.(type) {
	case map[string]any:
		if f.do(x) {
			return true
		}
		for _, key := range slices.Sorted(maps.Keys(x)) {
			if spoil(x[key], f) {
				return true
			}
		}
	case []any:
		for _, y := range x {
			if spoil(y, f) {
				return true
			}
		}
	}
	return false
}

func again(t testing.TB, file []byte) map[string]any {
	t.Helper()
	var x map[string]any
	if err := json.Unmarshal(file, &x); err != nil {
		t.Fatal(err)
	}
	return x
}

// TestFaultsAreSeen puts faults into files. Each schema must see every one: what
// is valid by a schema that sees nothing would prove nothing. Schemas of OSCAL
// before 1.2 let three of them pass.
func TestFaultsAreSeen(t *testing.T) {
	s := of(t, sample.Load(t, whole))
	lenient := []string{"a title of two lines", "nothing chosen", "groups beside controls"}
	for name, schema := range schemas(t) {
		for _, f := range faults() {
			fits := 0
			for _, file := range s.names() {
				x := again(t, s.bytes[file])
				if !spoil(x[slices.Collect(maps.Keys(x))[0]], f) {
					continue
				}
				fits++
				old := strings.Contains(name, "1-1-") && slices.Contains(lenient, f.name)
				if schema.Validate(x) == nil && !old {
					t.Errorf("%s does not see in %s: %s", name, file, f.name)
				}
			}
			if fits == 0 {
				t.Errorf("no file has room for the fault: %s", f.name)
			}
		}
	}
}

// TestTheGrammarSaysWhatNISTSays compares our grammar with the schemas of NIST:
// each object of ours has no field that NIST does not know, wants every field
// that NIST wants, and lists where NIST lists.
func TestTheGrammarSaysWhatNISTSays(t *testing.T) {
	for name, document := range nist(t) {
		c := comparison{t: t, name: name, rows: rows(), seen: map[string]bool{}, definitions: map[string]map[string]any{}}
		all := document.(map[string]any)
		for key, d := range all["definitions"].(map[string]any) {
			d := d.(map[string]any)
			c.definitions["#/definitions/"+key] = d
			if id, ok := d["$id"].(string); ok {
				c.definitions[id] = d
			}
		}
		c.compare("Root", all)
		if len(c.seen) < len(c.rows) {
			for object := range c.rows {
				if !c.seen[object] {
					t.Errorf("%s: the grammar has %s, to which nothing leads", name, object)
				}
			}
		}
	}
}

type comparison struct {
	t           *testing.T
	name        string
	rows        map[string][][]grammarField
	seen        map[string]bool
	definitions map[string]map[string]any
}

// resolve follows references to a definition.
func (c *comparison) resolve(schema map[string]any) map[string]any {
	for {
		ref, ok := schema["$ref"].(string)
		if !ok {
			return schema
		}
		schema = c.definitions[ref]
		if schema == nil {
			c.t.Fatalf("%s: there is no %s", c.name, ref)
		}
	}
}

// alternatives returns the objects that a schema allows.
func (c *comparison) alternatives(schema map[string]any) []map[string]any {
	schema = c.resolve(schema)
	for _, key := range []string{"anyOf", "oneOf"} {
		if list, ok := schema[key].([]any); ok && schema["properties"] == nil {
			var all []map[string]any
			for _, x := range list {
				all = append(all, c.alternatives(x.(map[string]any))...)
			}
			return all
		}
	}
	return []map[string]any{schema}
}

func (c *comparison) compare(object string, schema map[string]any) {
	if c.seen[object] {
		return
	}
	c.seen[object] = true
	for _, row := range c.rows[object] {
		theirs := c.fitting(row, c.alternatives(schema))
		if theirs == nil {
			c.t.Errorf("%s: no alternative of NIST has all the fields of %s", c.name, object)
			continue
		}
		properties, _ := theirs["properties"].(map[string]any)
		for _, f := range row {
			property := c.resolve(properties[f.name].(map[string]any))
			if f.list != (property["type"] == "array") {
				c.t.Errorf("%s: %s of %s is a list here or there only", c.name, f.name, object)
				continue
			}
			if f.list {
				property = property["items"].(map[string]any)
			}
			if c.rows[f.kind] != nil {
				c.compare(f.kind, property)
			}
		}
		required, _ := theirs["required"].([]any)
		for _, want := range required {
			if !slices.ContainsFunc(row, func(f grammarField) bool { return f.name == want && f.required }) {
				c.t.Errorf("%s: %s must have %s", c.name, object, want)
			}
		}
	}
}

// fitting returns the first alternative that has all fields of a row.
func (c *comparison) fitting(row []grammarField, alternatives []map[string]any) map[string]any {
	for _, x := range alternatives {
		properties, _ := x["properties"].(map[string]any)
		if !slices.ContainsFunc(row, func(f grammarField) bool { return properties[f.name] == nil }) {
			return x
		}
	}
	return nil
}
