package schema

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/BurntSushi/toml"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"annex/generator/diag"
	"annex/generator/load"
	"annex/generator/sample"
)

// validators compiles every schema with another library than the one that
// writes them.
func validators(t *testing.T) map[string]*validator.Schema {
	t.Helper()
	files, err := Files([]string{"iso-42001", "eu-ai-act"})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*validator.Schema{}
	for _, f := range files {
		c := validator.NewCompiler()
		doc, err := validator.UnmarshalJSON(bytes.NewReader(f.JSON))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(f.Path(), doc); err != nil {
			t.Fatal(err)
		}
		if all[f.Name], err = c.Compile(f.Path()); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// presented decodes TOML as taplo hands it to a schema: days and times are
// texts.
func presented(t *testing.T, text string) map[string]any {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	return present(values).(map[string]any)
}

func present(x any) any {
	switch v := x.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = present(e)
		}
		return out
	case []map[string]any:
		out := []any{}
		for _, e := range v {
			out = append(out, present(e))
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, present(e))
		}
		return out
	case time.Time:
		switch v.Location().String() {
		case "date-local":
			return v.Format(time.DateOnly)
		case "time-local":
			return v.Format(time.TimeOnly)
		case "datetime-local":
			return v.Format("2006-01-02T15:04:05")
		}
		return v.Format(time.RFC3339)
	case int64:
		return json.Number(strconv.FormatInt(v, 10))
	}
	return x
}

// at is the place of a table in the files: the file, and the names of the tables
// on the way.
type at struct {
	file string
	path []string
	keys []key
	top  []key  // of the file
	only string // the kind of the file, where it has several
}

func (a at) String() string { return strings.Join(append([]string{a.file, a.only}, a.path...), "/") }

// places returns every table of every file.
func places() []at {
	var list []at
	var walk func(a at)
	walk = func(a at) {
		if len(a.path) == 0 {
			a.top = a.keys
		}
		for _, k := range a.keys {
			if k.value.table != nil {
				sub := a
				sub.path, sub.keys = append(slices.Clone(a.path), k.name), k.value.table.keys
				walk(sub)
			}
		}
		list = append(list, a)
	}
	drop := func(keys []key, names []string) []key {
		return slices.DeleteFunc(slices.Clone(keys), func(k key) bool { return slices.Contains(names, k.name) })
	}
	known := []string{"mini"}
	for _, r := range roots(known) {
		base := at{file: r.name, keys: r.table.keys}
		switch r.name {
		case "texts":
		case "project":
			o, s := base, base
			o.only, o.keys = "organization", drop(base.keys, names(system()))
			s.only, s.keys = "system", drop(base.keys, names(organization(known)))
			walk(o)
			walk(s)
		case "framework":
			c, x := base, base
			c.only, c.keys = "standard", drop(base.keys, names(crosswalk()))
			x.only, x.keys = "crosswalk", drop(base.keys, names(catalog()))
			walk(c)
			walk(x)
		default:
			walk(base)
		}
	}
	return list
}

// bare is a value that stands in the files without quotes: a day or a time.
type bare string

// least returns the least that a table may be: its required keys, with values
// that annex takes.
func least(t *testing.T, a at, sub string, keys []key) map[string]any {
	t.Helper()
	m := map[string]any{}
	for _, k := range keys {
		if !k.value.required {
			continue
		}
		s := k.value.schema
		switch {
		case k.value.table != nil:
			m[k.name] = least(t, a, sub+k.name, k.value.table.keys)
		case s.Type == "array":
			m[k.name] = []any{"mini"}
		case s.Format == "date":
			m[k.name] = bare("2026-05-05")
		case s.Enum != nil:
			m[k.name] = s.Enum[0]
		default:
			m[k.name] = "some-text"
		}
	}
	set := func(pairs ...any) {
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
	}
	switch sub {
	case "":
		if a.only != "" {
			set("kind", a.only)
		}
		if a.file == "framework" && a.only == "standard" {
			set("id", "some-text", "title", "Text")
		}
		if a.only == "crosswalk" {
			set("from", "mini", "to", "other")
		}
		if a.file == "document" {
			set("kind", "policy")
		}
	case "execution":
		set("control", "some-control")
	case "decision":
		if a.file == "records" {
			set("requirement", "mini:A.1")
		}
	case "evidence":
		set("note", "A note.")
	case "signoff":
		set("subject", "some-document")
	case "certificate", "soa":
		set("framework", "mini")
	case "requirement":
		set("kind", "clause")
	case "pair":
		set("from", "4.1", "to", "1", "strength", "close")
	case "obligation":
		set("requirement", "4.1")
	}
	if _, has := m["control"]; sub == "control/execution" && has {
		delete(m, "control")
	}
	return m
}

// inFile returns a whole file of which one table is x, and the others are the
// least that they may be.
func inFile(t *testing.T, a at, x map[string]any) map[string]any {
	t.Helper()
	if len(a.path) == 0 {
		return x
	}
	file := least(t, a, "", a.top)
	into, keys := file, a.top
	for depth, name := range a.path {
		k := keys[slices.IndexFunc(keys, func(k key) bool { return k.name == name })]
		keys = k.value.table.keys
		next := x
		if depth < len(a.path)-1 {
			next = least(t, a, sub(a.path[:depth+1]), keys)
		}
		if k.value.several {
			into[name] = []map[string]any{next}
		} else {
			into[name] = next
		}
		into = next
	}
	return file
}

// sub names a table for [least]: the last name, but for an execution within its
// control.
func sub(path []string) string {
	if s := strings.Join(path, "/"); s == "control/execution" || s == "review/decision" {
		return s
	}
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

// files returns a workspace in which one file is as given, and all ids that
// [least] uses exist.
func files(t *testing.T, a at, text string) fstest.MapFS {
	t.Helper()
	base := `
[[control]]
id = "some-control"
title = "Control"
status = "planned"
-- organization/d.md --
+++
id = "some-document"
title = "Document"
+++
`
	fsys := sample.Files(base)
	put := func(name, text string) { fsys[name] = &fstest.MapFile{Data: []byte(text)} }
	if a.only == "standard" && strings.Contains(text, "[[obligation") {
		text += "\n[[requirement]]\nref = \"4.1\"\nkind = \"clause\"\ntitle = \"T\"\nasks = \"A?\"\n"
	}
	if a.only == "crosswalk" && strings.Contains(text, "[[pair") {
		text += "\n[[strength]]\nid = \"close\"\ntitle = \"T\"\nmeans = \"M\"\n"
	}
	put("frameworks/other.toml", strings.ReplaceAll("id='other'\ntitle='Other'\nversion='1'\n[[requirement]]\nref='1'\nkind='clause'\ntitle='One'\nasks='What?'\n", "'", `"`))
	switch {
	case a.file == "annex":
		put("annex.toml", text)
	case a.file == "project" && a.only == "organization":
		put("organization/project.toml", text)
	case a.file == "project":
		put("systems/x/project.toml", text)
	case a.file == "framework":
		if a.only == "crosswalk" {
			put("annex.toml", "frameworks = [\"mini\", \"other\"]\n[organization]\nname = \"N\"\n")
		}
		put("frameworks/some.toml", text)
	case a.file == "document":
		put("organization/e.md", "+++\n"+text+"\n+++\n")
	default:
		put("organization/x.toml", text)
	}
	return fsys
}

// said returns the errors that loading gives.
func said(t *testing.T, fsys fstest.MapFS) []diag.Diagnostic {
	t.Helper()
	_, diags, err := load.Load(fsys, fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(diags, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}

func encode(t *testing.T, m map[string]any) string {
	t.Helper()
	text, err := toml.Marshal(marked(m))
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"@@(.*?)@@"`).ReplaceAllString(string(text), "$1")
}

// marked puts a mark around what stands without quotes: the TOML library would
// write a local date as a time.
func marked(x any) any {
	switch v := x.(type) {
	case bare:
		return "@@" + string(v) + "@@"
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = marked(e)
		}
		return out
	case []map[string]any:
		out := []map[string]any{}
		for _, e := range v {
			out = append(out, marked(e).(map[string]any))
		}
		return out
	}
	return x
}

func with(m map[string]any, name string, v any) map[string]any {
	m = maps.Clone(m)
	m[name] = v
	return m
}

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }
