package audience_test

import (
	"fmt"
	"reflect"
	"testing"

	"annex/content"
	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/audience"
	"annex/generator/load"
)

func example(t *testing.T) *aims.Workspace {
	t.Helper()
	w, _, err := load.Load(content.Example(), frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// reached returns every struct that can be reached from a value by pointers,
// fields, slices and maps, unexported ones included, with the way to it. Catalogs
// are left alone: they are no records.
func reached(x any) map[uintptr]string {
	found := map[uintptr]string{}
	var walk func(v reflect.Value, way string)
	walk = func(v reflect.Value, way string) {
		switch v.Kind() {
		case reflect.Pointer:
			switch v.Type().Elem() {
			case reflect.TypeFor[aims.Framework](), reflect.TypeFor[aims.Crosswalk](), reflect.TypeFor[aims.Requirement](),
				reflect.TypeFor[aims.Circumstance](), reflect.TypeFor[aims.Pair](), reflect.TypeFor[aims.Wording]():
				return
			}
			if v.IsNil() || found[v.Pointer()] != "" {
				return
			}
			found[v.Pointer()] = way
			walk(v.Elem(), way)
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), way+"."+v.Type().Field(i).Name)
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i), fmt.Sprintf("%s[%d]", way, i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(k, way+"[key]")
				walk(v.MapIndex(k), way+"[value]")
			}
		}
	}
	walk(reflect.ValueOf(x), "Workspace")
	return found
}

// TestNothingPointsToTheInput walks all that the result holds. It fails for a
// field that somebody adds to a record and forgets to copy.
func TestNothingPointsToTheInput(t *testing.T) {
	w := example(t)
	before := reached(w)
	if len(before) < 500 {
		t.Fatalf("only %d things were reached", len(before))
	}
	for _, a := range append(w.Audiences, &aims.Audience{ID: "public", Ceiling: aims.Public}) {
		w.Audiences = append(w.Audiences[:len(w.Audiences):len(w.Audiences)], a)
		for at, way := range reached(audience.For(w, a)) {
			if was := before[at]; was != "" {
				t.Errorf("for %s, %s leads to %s of the input", a.ID, way, was)
			}
		}
	}
}

// TestTheInputStaysAsItIs holds that a cut changes nothing of what it is made
// of.
func TestTheInputStaysAsItIs(t *testing.T) {
	w, same := example(t), example(t)
	for _, a := range w.Audiences {
		audience.For(w, a)
	}
	for i, d := range w.Documents {
		if fmt.Sprint(d.Fields()) != fmt.Sprint(same.Documents[i].Fields()) {
			t.Errorf("the document %s is not as it was", d.ID)
		}
	}
	for i, c := range w.Controls {
		if fmt.Sprint(c.Fields(), c.Tables()) != fmt.Sprint(same.Controls[i].Fields(), same.Controls[i].Tables()) {
			t.Errorf("the control %s is not as it was", c.ID)
		}
	}
}

// everything is an audience that may see all there is.
func everything() *aims.Audience {
	return &aims.Audience{ID: "all", Title: "all", Ceiling: aims.Restricted, Evidence: true, Drafts: true, History: true}
}

// TestWhoMaySeeAllSeesAll compares each field of each record, so that a copy that
// forgets one fails.
func TestWhoMaySeeAllSeesAll(t *testing.T) {
	w := example(t)
	w.Audiences = append(w.Audiences, everything())
	cut := audience.For(w, w.Audience("all"))
	say := func(w *aims.Workspace) map[string]string {
		said := map[string]string{}
		note := func(kind string, r *aims.Record, x interface{ Fields() []aims.Field }) {
			text := ""
			for _, f := range x.Fields() {
				if !f.Text { // addresses of files in texts are counted from another place
					text += f.Name + "=" + f.Value + "\n"
				}
			}
			if more, ok := x.(interface{ Tables() []aims.Table }); ok {
				for _, table := range more.Tables() {
					for _, row := range table.Rows {
						for _, f := range row {
							if !f.Text {
								text += table.Name + "." + f.Name + "=" + f.Value + "\n"
							}
						}
					}
				}
			}
			said[kind+" "+r.ID+" "+r.Project.ID] = text
		}
		for _, x := range w.Projects {
			note("project", &x.Record, x)
		}
		for _, x := range w.Documents {
			note("document", &x.Record, x)
		}
		for _, x := range w.Controls {
			note("control", &x.Record, x)
		}
		for _, x := range w.Decisions {
			note("decision", &x.Record, x)
		}
		for _, x := range w.Evidence {
			note("evidence", &x.Record, x)
		}
		for _, x := range w.Risks {
			note("risk", &x.Record, x)
		}
		for _, x := range w.Objectives {
			note("objective", &x.Record, x)
		}
		for _, x := range w.Roles {
			note("role", &x.Record, x)
		}
		for _, x := range w.Parties {
			note("party", &x.Record, x)
		}
		for _, x := range w.Audits {
			note("audit", &x.Record, x)
		}
		for _, x := range w.Findings {
			note("finding", &x.Record, x)
		}
		for _, x := range w.Reviews {
			note("review", &x.Record, x)
		}
		return said
	}
	want, got := say(w), say(cut)
	if len(want) < 500 || len(got) != len(want) {
		t.Fatalf("%d records became %d", len(want), len(got))
	}
	for id, text := range want {
		if got[id] != text {
			t.Errorf("%s says\n%s\nand said\n%s", id, got[id], text)
		}
	}
	for i, s := range w.Signoffs {
		if x := cut.Signoffs[i]; fmt.Sprint(x.Changed(cut)) != fmt.Sprint(s.Changed(w)) {
			t.Errorf("the signoff %s: %v changed, and of the whole %v", s.ID, x.Changed(cut), s.Changed(w))
		}
	}
}
