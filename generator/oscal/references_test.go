package oscal

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"annex/generator/sample"
)

// visit calls look for every object within a value, with the key that leads to
// it and the objects around it, the nearest last.
func visit(x any, key string, around []map[string]any, look func(key string, object map[string]any, around []map[string]any)) {
	switch x := x.(type) {
	case map[string]any:
		look(key, x, around)
		around = append(slices.Clone(around), x)
		for _, k := range slices.Sorted(maps.Keys(x)) {
			visit(x[k], k, around, look)
		}
	case []any:
		for _, y := range x {
			visit(y, key, around, look)
		}
	}
}

// index is what the references of a set may lead to.
type index struct {
	set      *set
	ids      map[string]map[string]bool // of a kind of thing, by file
	chosen   map[string]map[string]bool // controls that a catalog or profile holds
	problems []string
}

func (x *index) say(format string, args ...any) {
	x.problems = append(x.problems, fmt.Sprintf(format, args...))
}

func (x *index) put(kind, file string, id any) {
	key := kind + " " + file
	if x.ids[key] == nil {
		x.ids[key] = map[string]bool{}
	}
	text, _ := id.(string)
	if x.ids[key][text] {
		x.say("%s: the %s %s is there twice", file, kind, text)
	}
	x.ids[key][text] = true
}

func (x *index) has(kind, file string, id any) bool {
	text, _ := id.(string)
	return x.ids[kind+" "+file][text]
}

// problems returns what is wrong with the references of a set, beyond what a
// schema sees. It is empty when every one leads to what it names.
func problems(s *set) []string {
	x := &index{set: s, ids: map[string]map[string]bool{}, chosen: map[string]map[string]bool{}}
	for _, file := range s.names() {
		x.collect(file)
	}
	for _, file := range s.names() {
		x.follow(file)
	}
	return x.problems
}

// collect notes everything in a file that has an id.
func (x *index) collect(file string) {
	visit(x.set.files[file], "", nil, func(key string, o map[string]any, around []map[string]any) {
		if o["uuid"] != nil {
			x.put("uuid", file, o["uuid"])
			x.ids[key+" "+file] = with(x.ids[key+" "+file], o["uuid"])
		}
		if id := o["id"]; id != nil && key != "system-ids" && key != "system-id" {
			x.put("id", file, id)
			x.ids[key+" "+file] = with(x.ids[key+" "+file], id)
		}
		x.unique(file, key, o)
	})
}

func with(set map[string]bool, id any) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	text, _ := id.(string)
	set[text] = true
	return set
}

// unique looks at the lists that OSCAL wants to be free of repetitions.
func (x *index) unique(file, key string, o map[string]any) {
	lists := map[string][]string{"responsible-roles": {"role-id"}, "responsible-parties": {"role-id"}, "rlinks": {"href"}, "statements": {"statement-id"}}
	if key == "metadata" {
		lists["props"] = []string{"name", "ns", "class", "value"}
		lists["links"] = []string{"href", "rel"}
	}
	for list, keys := range lists {
		seen := map[string]bool{}
		elements, _ := o[list].([]any)
		for _, y := range elements {
			var words []string
			for _, k := range keys {
				words = append(words, fmt.Sprint(y.(map[string]any)[k]))
			}
			if id := strings.Join(words, " "); seen[id] {
				x.say("%s: %s repeats %s", file, list, id)
			} else {
				seen[id] = true
			}
		}
	}
}

// imports says which model an import must lead to.
func imports(key string) (kind string) {
	switch key {
	case "import-ap":
		return "assessment-plan"
	case "import-ssp":
		return "system-security-plan"
	case "import-profile":
		return "profile"
	}
	return ""
}

// references says where what a key names must be: the kind of thing, and the file,
// which is empty for the file itself.
func references(key string) (kind, file string) {
	switch key {
	case "component-uuid":
		return "components", ""
	case "task-uuid":
		return "tasks", planFile
	case "activity-uuid":
		return "activities", ""
	case "observation-uuid":
		return "observations", ""
	case "risk-uuid":
		return "risks", ""
	case "finding-uuid":
		return "findings", ""
	case "actor-uuid":
		return "parties", ""
	case "role-id":
		return "roles", ""
	}
	return "", ""
}

// follow looks at every reference in a file.
func (x *index) follow(file string) {
	visit(x.set.files[file], "", nil, func(key string, o map[string]any, around []map[string]any) {
		for _, k := range slices.Sorted(maps.Keys(o)) {
			if kind, at := references(k); kind != "" {
				if at == "" {
					at = file
				}
				if !x.has(kind, at, o[k]) {
					x.say("%s: %s %v is not among the %s of %s", file, k, o[k], kind, at)
				}
			}
		}
		for _, list := range []string{"party-uuids", "member-of-organizations"} {
			elements, _ := o[list].([]any)
			for _, id := range elements {
				if !x.has("parties", file, id) {
					x.say("%s: there is no party %v", file, id)
				}
			}
		}
		elements, _ := o["role-ids"].([]any)
		for _, id := range elements {
			if !x.has("roles", file, id) {
				x.say("%s: there is no role %v", file, id)
			}
		}
		if id := o["subject-uuid"]; id != nil && (o["type"] != "component" || !x.has("components", systemFile, id)) {
			x.say("%s: the subject %v is no component of the system", file, id)
		}
		x.address(file, key, o)
		x.controls(file, key, o, around)
	})
}

// address follows an address: within the file to a resource, or to another file
// of the set. Only resources have addresses of what is not in the set.
func (x *index) address(file, key string, o map[string]any) {
	href, ok := o["href"].(string)
	if !ok {
		href, ok = o["source"].(string)
	}
	if !ok || key == "rlinks" {
		return
	}
	if id, within := strings.CutPrefix(href, "#"); within {
		if !x.has("resources", file, id) {
			x.say("%s: there is no resource %s", file, id)
		}
		return
	}
	to := x.set.files[href]
	if u, err := url.Parse(href); err != nil || u.IsAbs() || to == nil {
		x.say("%s: %s leads to %s, which is not in the export", file, key, href)
		return
	}
	if want := imports(key); want != "" && to[want] == nil {
		x.say("%s: %s leads to %s, which is no %s", file, key, href, want)
	}
}

// controls looks at what names a control: it must be in the catalog or profile
// that the file speaks of.
func (x *index) controls(file, key string, o map[string]any, around []map[string]any) {
	source := profileFile
	for _, up := range around {
		if s, ok := up["source"].(string); ok {
			source = s
		}
	}
	if strings.HasPrefix(file, "profile-") {
		source = file
	}
	if id := o["control-id"]; id != nil && !x.holds(source)[id.(string)] {
		x.say("%s: %s does not hold the control %v", file, source, id)
	}
	if id, ok := o["target-id"].(string); ok {
		found := false
		for _, other := range x.set.names() {
			found = found || strings.HasPrefix(other, "catalog-") && x.has("parts", other, id)
		}
		if !found {
			x.say("%s: no catalog has the statement %s", file, id)
		}
	}
	if href, ok := o["href"].(string); ok && key == "imports" {
		for _, list := range []string{"include-controls", "exclude-controls"} {
			for _, id := range listed(o[list]) {
				if !x.holds(href)[id] {
					x.say("%s: %s does not hold %s", file, href, id)
				}
			}
		}
	}
}

func listed(selections any) []string {
	var ids []string
	list, _ := selections.([]any)
	for _, s := range list {
		for _, id := range s.(map[string]any)["with-ids"].([]any) {
			ids = append(ids, id.(string))
		}
	}
	return ids
}

// holds returns the controls of a catalog, or those that a profile chooses, as a
// tool that resolves it would find them.
func (x *index) holds(file string) map[string]bool {
	if x.chosen[file] != nil {
		return x.chosen[file]
	}
	ids := map[string]bool{}
	x.chosen[file] = ids
	if strings.HasPrefix(file, "catalog-") {
		maps.Copy(ids, x.ids["controls "+file])
		return ids
	}
	list, _ := x.set.model(file)["imports"].([]any)
	for _, y := range list {
		i := y.(map[string]any)
		if i["include-all"] != nil {
			maps.Copy(ids, x.holds(i["href"].(string)))
		}
		for _, id := range listed(i["include-controls"]) {
			ids[id] = true
		}
		for _, id := range listed(i["exclude-controls"]) {
			delete(ids, id)
		}
	}
	return ids
}

// everyReferenceLeadsSomewhere holds that none is broken.
func everyReferenceLeadsSomewhere(t *testing.T, all map[string]*set) {
	for _, of := range inOrder(all) {
		list := problems(all[of])
		for _, p := range list[:min(len(list), 10)] {
			t.Errorf("%s: %s", of, p)
		}
	}
}

// TestBrokenReferencesAreSeen breaks each kind of reference once: the look at
// them can fail.
func TestBrokenReferencesAreSeen(t *testing.T) {
	const nobody = "11111111-1111-5111-8111-111111111111"
	broken := map[string]any{
		"component-uuid": nobody, "task-uuid": nobody, "activity-uuid": nobody, "observation-uuid": nobody, "risk-uuid": nobody,
		"finding-uuid": nobody, "actor-uuid": nobody, "subject-uuid": nobody, "role-id": "nobody", "control-id": "nothing", "target-id": "nothing_smt",
		"party-uuids": []any{nobody}, "member-of-organizations": []any{nobody}, "role-ids": []any{"nobody"}, "source": "nowhere.json",
		"with-ids": []any{"nothing"}, "href": "nowhere.json",
	}
	s := of(t, sample.Load(t, whole))
	if list := problems(s); len(list) > 0 {
		t.Fatal(list)
	}
	for _, key := range slices.Sorted(maps.Keys(broken)) {
		done := false
		f := fault{key, func(x map[string]any) bool {
			if x[key] == nil {
				return false
			}
			href, _ := x["href"].(string)
			if key == "href" && !strings.HasPrefix(href, "#") && s.files[href] == nil {
				return false // of a resource
			}
			x[key] = broken[key]
			return true
		}}
		for _, file := range s.names() {
			before := s.files[file]
			s.files[file] = again(t, s.bytes[file])
			if spoil(s.files[file], f) {
				done = true
				if len(problems(s)) == 0 {
					t.Errorf("nobody sees a broken %s in %s", key, file)
				}
			}
			s.files[file] = before
		}
		if !done {
			t.Errorf("no file has a %s", key)
		}
	}
	missing := s.files[planFile]
	delete(s.files, planFile)
	if len(problems(s)) == 0 {
		t.Error("nobody sees that the plan is missing")
	}
	s.files[planFile] = missing
	s.files[planFile]["assessment-plan"].(map[string]any)["import-ssp"] = map[string]any{"href": profileFile}
	if len(problems(s)) == 0 {
		t.Error("nobody sees that the plan imports a profile for a system")
	}
}
