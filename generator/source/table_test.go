package source

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"annex/generator/diag"
)

// flatten lists every key of a tree as "line:column path".
func flatten(t *Table, prefix string, places bool) []string {
	var list []string
	for i := range t.Entries {
		e := &t.Entries[i]
		name := prefix + e.Key
		if places {
			list = append(list, fmt.Sprintf("%d:%d %s %d:%d", e.Pos.Line, e.Pos.Column, name, e.Value.Pos.Line, e.Value.Pos.Column))
		} else {
			list = append(list, name)
		}
		if e.Value.Table != nil {
			list = append(list, flatten(e.Value.Table, name+".", places)...)
		}
		for n := range e.Value.Items {
			if item := &e.Value.Items[n]; item.Table != nil {
				list = append(list, flatten(item.Table, fmt.Sprintf("%s[%d].", name, n), places)...)
			}
		}
	}
	return list
}

// decoded lists every key of a decoded document.
func decoded(m map[string]any, prefix string) []string {
	var list []string
	for k, v := range m {
		list = append(list, prefix+k)
		switch v := v.(type) {
		case map[string]any:
			list = append(list, decoded(v, prefix+k+".")...)
		case []map[string]any:
			for i, x := range v {
				list = append(list, decoded(x, fmt.Sprintf("%s%s[%d].", prefix, k, i))...)
			}
		case []any:
			for i, x := range v {
				if x, ok := x.(map[string]any); ok {
					list = append(list, decoded(x, fmt.Sprintf("%s%s[%d].", prefix, k, i))...)
				}
			}
		}
	}
	return list
}

func TestEveryKeyHasItsPlace(t *testing.T) {
	text := strings.Join([]string{
		`title = "T" # = not a key`,
		`a.b."c d" = 1`,
		`text = """`,
		`x = "not a key"`,
		`"""`,
		`ü-list = [ "é", # comment ]`,
		`  "b" ]`,
		``,
		`[[control]]`,
		`id = "one"`,
		`satisfies = ["x", "y"]`,
		`[[control.execution]]`,
		`on = 2026-05-12`,
		`[[control]]`,
		`  id   =   'two'`,
		`inline = { p = [ {q = 1}, {q = 2} ], r.s = true }`,
		`[[control.execution]]`,
		`on = 2026-05-13 10:00:00`,
		`[other.table]`,
		`k = '''`,
		`it''s'''`,
		`last = -1.5e3`,
	}, "\n")
	text = strings.Replace(text, "ü-list", `"ü-list"`, 1)
	for _, ending := range []string{"\n", "\r\n"} {
		table, diags := ParseTOML("f.toml", []byte(strings.ReplaceAll(text, "\n", ending)), 10)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		want := []string{
			"10:1 title 10:9",
			"11:1 a 11:1", "11:3 a.b 11:3", "11:5 a.b.c d 11:13",
			"12:1 text 12:8",
			"15:1 ü-list 15:12",
			"18:3 control 18:3",
			"19:1 control[0].id 19:6", "20:1 control[0].satisfies 20:13",
			"21:11 control[0].execution 21:11", "22:1 control[0].execution[0].on 22:6",
			"24:3 control[1].id 24:12",
			"25:1 control[1].inline 25:10", "25:12 control[1].inline.p 25:16",
			"25:19 control[1].inline.p[0].q 25:23", "25:28 control[1].inline.p[1].q 25:32",
			"25:38 control[1].inline.r 25:38", "25:40 control[1].inline.r.s 25:44",
			"26:11 control[1].execution 26:11", "27:1 control[1].execution[0].on 27:6",
			"28:2 other 28:2", "28:8 other.table 28:8", "29:1 other.table.k 29:5", "31:1 other.table.last 31:8",
		}
		got := flatten(table, "", true)
		if !slices.Equal(got, want) {
			t.Errorf("with %q:\n got %s\nwant %s", ending, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
		}
	}
}

func TestTextsTellWhereTheirContentsBegin(t *testing.T) {
	table, _ := ParseTOML("f", []byte("a = \"x\"\nb = \"\"\"y\nz\"\"\"\nc = '''\nw'''\n"), 1)
	want := map[string]string{"a": "1:6", "b": "2:8", "c": "5:1"}
	for key, place := range want {
		p := table.entry(key).Value.Text
		if got := fmt.Sprintf("%d:%d", p.Line, p.Column); got != place {
			t.Errorf("%s begins at %s, want %s", key, got, place)
		}
	}
}

func TestSyntaxErrorsNameTheirPlace(t *testing.T) {
	table, diags := ParseTOML("f.toml", []byte("a = 1\nb = \"é\" x\n"), 5)
	if table != nil || len(diags) != 1 {
		t.Fatalf("table %v, diagnostics %v", table, diags)
	}
	if p := diags[0].Pos; p.Line != 6 || p.Column < 8 {
		t.Errorf("place = %v", p)
	}
}

func FuzzParseTOML(f *testing.F) {
	for _, s := range []string{
		"a=1", "[a]\nb='x'\n[[c.d]]\ne=[1,[2]]\n", "x = {a=1,b={c=2}}", "a.b.c=1\na.d=2", "\"q.r\" = 1", "s=\"\"\"a\"\"\"\"\n",
		"[[a]]\n[[a.b]]\n[[a]]\n", "a = [ {b=1}, {b=2} ] # x", "d=1979-05-27 07:32:00", "'a' = '''x'''''", "[a]\n[a.b.c]\n[a.b]\nd=1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var m map[string]any
		_, err := toml.Decode(s, &m)
		table, diags := ParseTOML("f", []byte(s), 1)
		if (err == nil) != (table != nil) || (err != nil) != (len(diags) == 1) {
			t.Fatalf("toml says %v, we say %v", err, diags)
		}
		if err != nil {
			return
		}
		got, want := flatten(table, "", false), decoded(m, "")
		sort.Strings(got)
		sort.Strings(want)
		if !slices.Equal(got, want) {
			t.Fatalf("keys:\n got %q\nwant %q", got, want)
		}
	})
}

func TestNestingHasALimit(t *testing.T) {
	for name, text := range map[string]string{
		"dotted keys":   strings.Repeat("a.", 20000) + "a = 1",
		"a header":      "[" + strings.Repeat("a.", 20000) + "a]",
		"inline tables": "a = " + strings.Repeat("{a=", 30000) + "1" + strings.Repeat("}", 30000),
		"lists":         "a = " + strings.Repeat("[", 30000) + strings.Repeat("]", 30000),
	} {
		table, diags := ParseTOML("f.toml", []byte(text), 1)
		if table != nil || len(diags) != 1 || diags[0].Code != diag.TooDeep {
			t.Errorf("%s: %v", name, diags)
		}
	}
	long := "a = \"" + strings.Repeat("1.2 [x] {y}. ", 5000) + "\"\nb = [" + strings.Repeat("1.5, ", 5000) + "]\nc = \"\"\"\n" + strings.Repeat("[[x]]. {\n", 300) + "\"\"\"\n"
	if _, diags := ParseTOML("f.toml", []byte(long), 1); len(diags) > 0 {
		t.Errorf("long values: %v", diags)
	}
}

func TestHelpForCommonMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"a = 01.09.2027":         "write a day as",
		"a = 2026-02-30":         "write a day as",
		`a = "evidence\Bericht"`: "write / in paths",
		"a = yes":                "write true or false",
		"a = 1\na = 2":           "delete one of the two",
		"a = \u201cx\u201d":      "quotes of a word processor",
		"a = lead":               "straight quotes",
		"a = \"lead":             "missing quote",
	} {
		_, diags := ParseTOML("f.toml", []byte(text), 1)
		if len(diags) != 1 || !strings.Contains(diags[0].Help, want) {
			t.Errorf("%q: %+v, want %q", text, diags, want)
		}
	}
}
