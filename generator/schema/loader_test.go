package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/diag"
)

// stranger is a key that annex does not know, and near to none that it does.
const stranger = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"

// TestTheLeastIsTaken holds that the smallest form of every table is nothing that
// annex or a schema has anything against, so that the tests below see what they
// change.
func TestTheLeastIsTaken(t *testing.T) {
	schemas := validators(t)
	for _, a := range places() {
		text := encode(t, inFile(t, a, least(t, a, sub(a.path), a.keys)))
		for _, d := range said(t, files(t, a, text)) {
			t.Errorf("%s: %s: %s\n%s", a, d.Code, d.Message, text)
		}
		if err := schemas[a.file].Validate(presented(t, text)); err != nil {
			t.Errorf("%s: %s\n%s", a, err, text)
		}
	}
}

// TestKeysAreThoseOfTheLoader gives every table a key that annex does not know.
// It answers with the keys that it asked for, and these must be the keys of the
// schema, one for one.
func TestKeysAreThoseOfTheLoader(t *testing.T) {
	tables, keys := 0, 0
	for _, a := range places() {
		text := encode(t, inFile(t, a, with(least(t, a, sub(a.path), a.keys), stranger, 1)))
		diags := said(t, files(t, a, text))
		i := slices.IndexFunc(diags, func(d diag.Diagnostic) bool {
			return (d.Code == diag.UnknownKey || d.Code == diag.UnknownTable) && strings.Contains(d.Message, stranger)
		})
		if i < 0 {
			t.Errorf("%s: annex said nothing about an unknown key: %v\n%s", a, diags, text)
			continue
		}
		_, list, found := strings.Cut(diags[i].Help, "s are ")
		if !found {
			t.Errorf("%s: %q names no keys", a, diags[i].Help)
			continue
		}
		asked, ours := strings.Split(list, ", "), names(a.keys)
		for _, name := range asked {
			if !slices.Contains(ours, name) {
				t.Errorf("%s: annex reads %q, and the schema does not know it", a, name)
			}
		}
		for _, name := range ours {
			if !slices.Contains(asked, name) {
				t.Errorf("%s: the schema has %q, and annex does not read it", a, name)
			}
		}
		tables, keys = tables+1, keys+len(ours)
	}
	t.Logf("%d tables, %d keys", tables, keys)
	if tables < 40 || keys < 300 {
		t.Error("these are too few to be all")
	}
}

// unseen says why a schema cannot see what annex refuses; empty when it should.
func unseen(a at, name string, v any, codes []diag.Code) string {
	switch x := v.(type) {
	case bare:
		return "a day or time where a text belongs"
	case string:
		if slices.Contains(codes, diag.BadDate) {
			return "a date in quotes"
		}
		if slices.Contains(codes, diag.UnknownValue) && slices.Contains([]string{"circumstances", "strength"}, name) {
			return "a word that is no word of the schema: " + name
		}
		if a.only == "crosswalk" && x == "mini" {
			return "a crosswalk from a framework to itself"
		}
		if x == aims.RegisterSoA && name == "register" {
			return "register soa without reference controls"
		}
		if x == "question" && name == "kind" {
			return "question outside of a questionnaire"
		}
	case float64:
		if x == float64(int(x)) {
			return "3.0 as a whole number"
		}
	case []any:
		if slices.Contains(codes, diag.UnknownValue) && (name == "circumstances" || name == "accepted_words") {
			return "a word that is no word of the schema: " + name
		}
	}
	return ""
}

// values returns what is put under every key.
func values(k key) []any {
	list := []any{
		"", " ", "Some Text!",
		int64(0), int64(1), int64(26), int64(-1), 3.0, 2.5, true, false,
		bare("2026-05-05"), bare("2026-05-05T01:02:03Z"), bare("07:32:00"), bare("2026-05-05T07:32:00"),
		[]any{},
		[]any{"Some Text!"},
		[]any{"some-control"},
		[]any{"mini:4.1"},
		[]any{"mini"},
		[]any{"mini", "mini"},
		[]any{int64(1)},
		[]any{""},
		[]any{[]any{}},
		map[string]any{},
		map[string]any{"x": "y"},
		map[string]any{"x": int64(1)},
		[]map[string]any{{}},
		[]map[string]any{{"text": "x"}},
	}
	s := k.value.schema
	if s == nil || s.Type == "string" && s.Pattern == "" && s.Format == "" && s.Enum == nil {
		return list // another text would be no other test
	}
	if s.Type == "string" {
		list = append(list, "some-text", "some-control", "index", "index-2", "con", "lpt1", "A.1", "4.1", strings.Repeat("a", 65),
			"2026-05-05", "6 months", "1 year", "0 days", "1001 days", "monthly", "mini", "mini:4.1", "mini:A.1", "mini", "no:such",
			"https://example.org", "ftp://example.org", "javascript:alert(1)")
	}
	list = append(list, k.value.schema.Enum...)
	if items := k.value.schema.Items; items != nil {
		for _, w := range items.Enum {
			list = append(list, []any{w})
		}
	}
	return list
}

// byForm are the codes of what can be wrong with a file by itself.
func byForm() []diag.Code {
	return []diag.Code{
		diag.UnknownKey, diag.UnknownTable, diag.WrongType, diag.MissingKey, diag.BadID, diag.UnknownValue,
		diag.BadDate, diag.BadPeriod, diag.OutOfRange, diag.Conflict, diag.UnsafeURL,
	}
}

// TestSchemasSayWhatTheLoaderSays puts values of every type under every key, and
// takes every key away. What the schema refuses, annex must refuse as well; and
// what annex refuses for its form, the schema must see, but for the few things
// that no schema can.
func TestSchemasSayWhatTheLoaderSays(t *testing.T) {
	schemas := validators(t)
	count := map[string]int{}
	compare := func(a at, name, what string, v any, text string) {
		diags := said(t, files(t, a, text))
		var codes, form []diag.Code
		for _, d := range diags {
			codes = append(codes, d.Code)
			if slices.Contains(byForm(), d.Code) {
				form = append(form, d.Code)
			}
		}
		err := schemas[a.file].Validate(presented(t, text))
		count["all"]++
		switch why := unseen(a, name, v, form); {
		case err != nil && len(diags) == 0:
			t.Errorf("%s: %s %s is refused by the schema only: %s\n%s", a, name, what, err, text)
		case err == nil && len(form) > 0 && why == "":
			t.Errorf("%s: %s %s is refused by annex only: %s %v\n%s", a, name, what, diags[0].Message, codes, text)
		case err == nil && len(form) > 0:
			count["not to be seen: "+why]++
		case err != nil:
			count["both refuse"]++
		case len(diags) > 0:
			count["beyond one file"]++
		default:
			count["both take"]++
		}
	}
	for _, a := range places() {
		base := least(t, a, sub(a.path), a.keys)
		for _, k := range a.keys {
			for _, v := range values(k) {
				compare(a, k.name, fmt.Sprintf("= %#v", v), v, encode(t, inFile(t, a, with(base, k.name, v))))
			}
			if _, has := base[k.name]; has {
				less := with(base, k.name, nil)
				delete(less, k.name)
				compare(a, k.name, "missing", nil, encode(t, inFile(t, a, less)))
			}
		}
	}
	for _, line := range sortedKeys(count) {
		t.Logf("%6d %s", count[line], line)
	}
	if count["both refuse"] < 3000 || count["both take"] < 1000 {
		t.Error("the values try too little")
	}
}
