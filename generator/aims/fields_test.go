package aims

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// left names the fields of structs that no list of fields shows, and why.
var left = map[string]string{
	"Record.Project":       "where the record stands, not what it says",
	"Record.Origin":        "a place in a file",
	"Decision.ID":          "the requirement says it",
	"Decision.Title":       "the requirement says it",
	"Impact.Origin":        "a place in a file",
	"Effect.Origin":        "a place in a file",
	"Execution.Origin":     "a place in a file",
	"Evidence.Size":        "the digest covers the file",
	"Document.Wording":     "its fields are those of the document",
	"Wording.Untestable":   "stands in the text",
	"Signoff.Signed":       "the subject names it",
	"ReviewAction.Origin":  "a place in a file",
	"SoAApproval.Origin":   "a place in a file",
	"Certificate.Origin":   "a place in a file",
	"Project.Dir":          "a place in the workspace",
	"Project.System":       "its fields are those of the project",
	"Project.Organization": "itself, for an organization",
	"System.Record":        "that of the project",
	"Prose.Headings":       "stand in the HTML as well",
	"Prose.Source":         "the HTML shows the same change",
	"Prose.Markdown":       "the HTML shows the same change",
	"Workspace.Crosswalks": "come with the frameworks",
	"Workspace.Projects":   "a list of records",
	"Workspace.Documents":  "a list of records",
	"Workspace.Controls":   "a list of records",
	"Workspace.Decisions":  "a list of records",
	"Workspace.Evidence":   "a list of records",
	"Workspace.Risks":      "a list of records",
	"Workspace.Objectives": "a list of records",
	"Workspace.Roles":      "a list of records",
	"Workspace.Parties":    "a list of records",
	"Workspace.Audits":     "a list of records",
	"Workspace.Findings":   "a list of records",
	"Workspace.Reviews":    "a list of records",
	"Workspace.Signoffs":   "a list of records",
	"Workspace.Assets":     "files, not records",
	"Workspace.AsOf":       "the day of a pack, which speaks of the state as a whole",
	"Workspace.Cut":        "what was left out, for the page about it",
	"Record.Withheld":      "of a stand-in, which is no record",
	"Evidence.Apart":       "of a build, not of the record",
	"Audience.Origin":      "a place in a file",
	"Workspace.whole":      "a view of the same records",
	"Workspace.relations":  "the other end of references",
	"Hole.File":            "Target says it",
	"Hole.Offset":          "the place in the HTML says it",
	"Hole.Pos":             "a place in a file",
	"Document.Impact":      "tried on its own",
}

// trial is a struct whose fields are changed, and the list that has to show it.
type trial struct {
	subject any
	listed  func() any
}

// tried is a record whose own lists show its fields.
func tried(x any) trial { return trial{x, func() any { return listed(x) }} }

// part is a struct whose fields the lists of the whole show.
func part[T any](of func(*T) any) trial {
	whole := new(T)
	return trial{of(whole), func() any { return listed(whole) }}
}

// listed is all that is listed of a record or of the workspace.
func listed(x any) any {
	if w, ok := x.(*Workspace); ok {
		return w.Settings()
	}
	list := []any{x.(interface{ Fields() []Field }).Fields()}
	if more, ok := x.(interface{ Tables() []Table }); ok {
		list = append(list, more.Tables())
	}
	return list
}

func trials() []trial {
	return []trial{
		tried(&Document{}), tried(&Control{}), tried(&Evidence{}), tried(&Risk{}), tried(&Objective{}),
		tried(&Role{}), tried(&Party{}), tried(&Audit{}), tried(&Finding{}), tried(&Review{}), tried(&Signoff{}),
		tried(&Execution{}), tried(&Measurement{}), tried(&Effect{}), tried(&ReviewInput{}), tried(&ReviewAction{}),
		tried(&SoAApproval{}), tried(&Certificate{}), tried(&Decision{Decided: true}), tried(&Project{}), tried(&Workspace{}), tried(&Audience{}),
		part(func(p *Project) any { p.System = &System{Record: &p.Record}; return p.System }),
		part(func(p *Project) any { p.System = &System{Record: &p.Record}; return &p.Record }),
		part(func(p *Project) any { return &p.Certification }),
		part(func(d *Document) any { d.Impact = &Impact{}; return d.Impact }),
		part(func(d *Document) any { d.Wording = &Wording{}; return d.Wording }),
		part(func(d *Document) any { return &d.Body }),
		part(func(d *Document) any { d.Body.Holes = make([]Hole, 1); return &d.Body.Holes[0] }),
		part(func(w *Workspace) any { return &w.Organization }),
		part(func(w *Workspace) any { return &w.Site }),
		part(func(w *Workspace) any { return &w.Certification }),
	}
}

// TestEveryFieldIsListed changes each field of each struct in turn and looks
// for the change in what is listed. It fails for a new field that no one lists.
func TestEveryFieldIsListed(t *testing.T) {
	for _, c := range trials() {
		subject := reflect.ValueOf(c.subject).Elem()
		for f, v := range leaves(subject) {
			name := subject.Type().Name() + "." + f.Name
			if left[name] != "" || left["Record."+f.Name] != "" && partOfRecord(f) {
				continue
			}
			old := reflect.New(v.Type()).Elem()
			old.Set(v)
			before := fmt.Sprint(c.listed())
			v.Set(other(t, v))
			if fmt.Sprint(c.listed()) == before {
				t.Errorf("%s is listed nowhere: add it to a Fields or Tables method, or to the list of those left out", name)
			}
			v.Set(old)
		}
	}
}

func TestWhatIsLeftOutExists(t *testing.T) {
	known := map[string]bool{}
	for _, c := range append(trials(), tried(&Record{})) {
		kind := reflect.TypeOf(c.subject).Elem()
		for _, f := range reflect.VisibleFields(kind) {
			known[kind.Name()+"."+f.Name] = true
		}
	}
	for name := range left {
		if !known[name] {
			t.Errorf("%s is left out, but does not exist", name)
		}
	}
}

// leaves yields the fields of a struct, those of an embedded Record included.
func leaves(v reflect.Value) iter.Seq2[reflect.StructField, reflect.Value] {
	return func(yield func(reflect.StructField, reflect.Value) bool) {
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Anonymous && f.Type == reflect.TypeFor[Record]() {
				for f, v := range leaves(v.Field(i)) {
					if !yield(f, v) {
						return
					}
				}
				continue
			}
			if !yield(f, v.Field(i)) {
				return
			}
		}
	}
}

func partOfRecord(f reflect.StructField) bool {
	own, ok := reflect.TypeFor[Record]().FieldByName(f.Name)
	return ok && own.Type == f.Type
}

// other returns a value that differs from v.
func other(t *testing.T, v reflect.Value) reflect.Value {
	t.Helper()
	x := reflect.New(v.Type()).Elem()
	switch a := x.Addr().Interface().(type) {
	case *Date:
		*a = NewDate(2026, 5, 12)
		return x
	case *Period:
		*a = Period{6, Months}
		return x
	case *Prose:
		a.HTML = "<p>Other</p>"
		return x
	case *[]Hole:
		*a = []Hole{{Target: "other"}}
		return x
	case *[]*Requirement:
		*a = []*Requirement{{Framework: &Framework{ID: "f"}, Ref: "1"}}
		return x
	case **Requirement:
		*a = &Requirement{Framework: &Framework{ID: "f"}, Ref: "1"}
		return x
	case **System:
		*a = &System{Record: &Record{ID: "other"}}
		return x
	case *[]*System:
		*a = []*System{{Record: &Record{ID: "other"}}}
		return x
	}
	switch v.Kind() {
	case reflect.String:
		x.SetString("other" + v.String())
	case reflect.Int, reflect.Int64:
		x.SetInt(v.Int() + 3)
	case reflect.Uint8:
		x.SetUint(v.Uint() + 1)
	case reflect.Float64:
		x.SetFloat(v.Float() + 0.5)
	case reflect.Bool:
		x.SetBool(!v.Bool())
	case reflect.Slice:
		x = reflect.Append(x, other(t, reflect.New(v.Type().Elem()).Elem()))
	case reflect.Pointer:
		x = reflect.New(v.Type().Elem())
		if id := x.Elem().FieldByName("ID"); id.IsValid() {
			id.SetString("other")
		}
	case reflect.Struct:
		x.Set(v)
		for i := range x.NumField() {
			if x.Type().Field(i).IsExported() {
				x.Field(i).Set(other(t, x.Field(i)))
				break
			}
		}
	default:
		t.Fatalf("no other value for %s", v.Type())
	}
	return x
}

func TestValuesHaveTheFormOfTheFiles(t *testing.T) {
	f := &Framework{ID: "iso"}
	lead, chief := &Role{Record: Record{ID: "lead"}}, &Role{Record: Record{ID: "chief"}}
	c := Control{
		Record:      Record{ID: "c", Title: "Control", Classification: Internal},
		Satisfies:   []*Requirement{{Framework: f, Ref: "A.10"}, {Framework: f, Ref: "A.2"}},
		Responsible: []*Role{lead, chief},
		Due:         NewDate(2026, 5, 12),
		Cadence:     Period{6, Months},
		Description: Prose{HTML: "<p>What.</p>\n"},
	}
	want := `id=c title=Control classification=internal satisfies=iso:A.2, iso:A.10 level= owner= responsible=chief, lead ` +
		`consulted= informed= status= due=2026-05-12 implemented_on= cadence=6 months documents= risks= systems= description=<p>What.</p>` + "\n"
	if got := say(c.Fields()); got != want {
		t.Errorf("fields of a control are\n%s\nwant\n%s", got, want)
	}
	if i := slices.IndexFunc(c.Fields(), func(f Field) bool { return f.Text }); c.Fields()[i].Name != "description" {
		t.Error("the description is not marked as prose")
	}
}

func TestNothingIsTakenForNothing(t *testing.T) {
	for _, c := range []struct {
		name   string
		fields []Field
		want   string
	}{
		{"an open decision", (&Decision{}).Fields(), "applicable="},
		{"an exclusion", (&Decision{Decided: true}).Fields(), "applicable=false"},
		{"a target of nothing", (&Objective{}).Fields(), "target="},
		{"a target of a half", (&Objective{Target: 0.5}).Fields(), "target=0.5"},
		{"a measured zero", Measurement{}.Fields(), "value=0"},
		{"a risk not assessed", (&Risk{}).Fields(), "likelihood="},
		{"a signoff without a title", (&Signoff{Record: Record{ID: "s", Title: "s"}}).Fields(), "title="},
		{"evidence in a folder", (&Evidence{Record: Record{Project: &Project{Dir: "systems/x"}}, File: "systems/x/evidence/r.csv"}).Fields(), "file=evidence/r.csv"},
		{"evidence of another project", (&Evidence{Record: Record{Project: &Project{Dir: "systems/x"}}, File: "organization/evidence/r.csv"}).Fields(), "file=../../organization/evidence/r.csv"},
	} {
		name, _, _ := strings.Cut(c.want, "=")
		i := slices.IndexFunc(c.fields, func(f Field) bool { return f.Name == name })
		if got := say(c.fields[i : i+1]); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	target := Objective{}
	target.Origin.Mark("target", -1, target.Origin.Pos)
	if got := say(target.Fields()); !strings.Contains(got, "target=0 ") {
		t.Errorf("a target of 0 that was given is not listed: %s", got)
	}
}

func TestTablesAreNumberedAmongTheFields(t *testing.T) {
	r := Review{
		Inputs:  []ReviewInput{{Topic: "audits", Text: "Two."}},
		Actions: []ReviewAction{{Text: "Hire."}, {Text: "Train.", Due: NewDate(2026, 5, 12)}},
	}
	got := say(r.Fields())
	for _, want := range []string{"input.1.topic=audits", "action.1.text=Hire.", "action.2.due=2026-05-12"} {
		if !strings.Contains(got, want) {
			t.Errorf("the fields of a review lack %s: %s", want, got)
		}
	}
	c := Control{Executions: []*Execution{{On: NewDate(2026, 5, 12)}}}
	if strings.Contains(say(c.Fields()), "2026-05-12") {
		t.Error("the fields of a control hold its executions")
	}
}

func TestHolesSayWhatTheyAreFor(t *testing.T) {
	p := Prose{HTML: `<p>See  and <a href="">it</a>, [[ai-policy]].</p>`, Holes: []Hole{
		{Offset: 7, Kind: Reference, Target: "ai-policy", Fragment: "scope", Label: "<ours>"},
		{Offset: 21, Kind: LinkAddress, Target: "a&b.md", Fragment: "x"},
	}}
	want := `<p>See <ref to="ai-policy" at="scope">&lt;ours&gt;</ref> and <a href="a&amp;b.md#x">it</a>, [[ai-policy]].</p>`
	if got := p.Canonical(); got != want {
		t.Errorf("canonical is %s\nwant %s", got, want)
	}
}

func say(fields []Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name+"="+f.Value)
	}
	return strings.Join(list, " ")
}
