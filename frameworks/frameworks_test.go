package frameworks_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/maruel/natural"

	"annex/frameworks"
	"annex/generator/aims"
	"annex/generator/framework"
)

// TestISO42001HasExactlyWhatTheStandardHas holds the counts of the facts: many
// public catalogs have controls that do not exist.
func TestISO42001HasExactlyWhatTheStandardHas(t *testing.T) {
	f, diags, err := framework.Read(frameworks.Files(), "iso-42001.toml")
	if err != nil || len(diags) > 0 {
		t.Fatal(err, diags)
	}
	n := map[aims.RequirementKind]int{}
	for _, q := range f.Requirements {
		n[q.Kind]++
	}
	want := map[aims.RequirementKind]int{aims.Clause: 32, aims.HeadingEntry: 11, aims.ReferenceControl: 38, aims.Area: 11}
	for kind, count := range want {
		if n[kind] != count {
			t.Errorf("%d of kind %s, want %d", n[kind], kind, count)
		}
	}
	perArea := map[string]int{"A.2": 3, "A.3": 2, "A.4": 5, "A.5": 4, "A.6": 9, "A.7": 5, "A.8": 4, "A.9": 3, "A.10": 3}
	for _, q := range f.ReferenceControls() {
		perArea[q.Top().Ref]--
	}
	for area, missing := range perArea {
		if missing != 0 {
			t.Errorf("area %s lacks %d controls", area, missing)
		}
	}
	for i := 1; i < len(f.ReferenceControls()); i++ {
		a, b := f.ReferenceControls()[i-1], f.ReferenceControls()[i]
		if natural.Compare(a.Ref, b.Ref) >= 0 {
			t.Errorf("%s stands before %s", a.Ref, b.Ref)
		}
	}
}

// read reads a built-in catalog, about which nothing may be wrong.
func read(t *testing.T, id string) *aims.Framework {
	t.Helper()
	f, diags, err := framework.Read(frameworks.Files(), id+".toml")
	if err != nil || len(diags) > 0 {
		t.Fatal(id, err, diags)
	}
	return f
}

func builtIn(t *testing.T) []string {
	t.Helper()
	ids, err := framework.BuiltIn(frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func clause(q *aims.Requirement) bool  { return q.Kind == aims.Clause }
func heading(q *aims.Requirement) bool { return q.Kind == aims.HeadingEntry }
func node(q *aims.Requirement) bool    { return clause(q) || heading(q) }

func below(ref string) func(*aims.Requirement) bool {
	return func(q *aims.Requirement) bool { return q.Assessable() && q.Top().Ref == ref }
}

// depth counts the entries above one.
func depth(n int) func(*aims.Requirement) bool {
	return func(q *aims.Requirement) bool {
		above := 0
		for ; q.Parent != nil; q = q.Parent {
			above++
		}
		return above == n
	}
}

func both(a, b func(*aims.Requirement) bool) func(*aims.Requirement) bool {
	return func(q *aims.Requirement) bool { return a(q) && b(q) }
}

func like(pattern string) func(*aims.Requirement) bool {
	re := regexp.MustCompile(pattern)
	return func(q *aims.Requirement) bool { return re.MatchString(q.Ref) }
}

// TestEveryCatalogHasExactlyWhatItsSourceHas holds all catalogs to the counts
// of the facts they were made from.
func TestEveryCatalogHasExactlyWhatItsSourceHas(t *testing.T) {
	controls := (*aims.Requirement).IsReferenceControl
	assessable := (*aims.Requirement).Assessable
	type count struct {
		what string
		n    int
		is   func(*aims.Requirement) bool
	}
	want := map[string][]count{
		"iso-42001": {
			{"clauses and their headings", 43, node},
			{"clauses", 32, clause},
			{"controls", 38, controls},
			{"areas at the top", 9, both(depth(0), like(`^A\.\d+$`))},
		},
		"iso-27001": {
			{"clauses and their headings", 41, node},
			{"clauses", 30, clause},
			{"controls", 93, controls},
			{"organizational controls", 37, below("A.5")},
			{"people controls", 8, below("A.6")},
			{"physical controls", 14, below("A.7")},
			{"technological controls", 34, below("A.8")},
		},
		"iso-27701": {
			{"clauses and their headings", 41, node},
			{"clauses", 30, clause},
			{"controls", 78, controls},
			{"controls of controllers", 31, below("A.1")},
			{"controls of processors", 18, below("A.2")},
			{"security controls of both", 29, below("A.3")},
		},
		"iso-27701-2019": {
			{"controls", 49, controls},
			{"controls of controllers", 31, both(controls, like(`^A\.7\.`))},
			{"controls of processors", 18, both(controls, like(`^B\.8\.`))},
		},
		"eu-ai-act": {
			{"articles", 51, like(`^Art\.\d+a?$`)},
			{"articles that somebody can meet", 37, both(assessable, like(`^Art\.\d+a?$`))},
			{"prohibited practices", 10, like(`^Art\.5\(1\)\([a-z]+\)$`)},
			{"areas of Annex III", 8, like(`^Annex III\.\d$`)},
			{"controls", 0, controls},
		},
		"nist-ai-rmf": {
			{"functions", 4, depth(0)},
			{"categories", 19, depth(1)},
			{"subcategories", 72, both(depth(2), assessable)},
			{"assessable entries", 72, assessable},
			{"of GOVERN", 19, below("GOVERN")},
			{"of MAP", 18, below("MAP")},
			{"of MEASURE", 22, below("MEASURE")},
			{"of MANAGE", 13, below("MANAGE")},
		},
	}
	for _, id := range builtIn(t) {
		t.Run(id, func(t *testing.T) {
			if want[id] == nil {
				t.Fatal("nobody counted what this catalog must have")
			}
			f := read(t, id)
			if f.ID != id {
				t.Errorf("its id is %s", f.ID)
			}
			for _, c := range want[id] {
				n := 0
				for _, q := range f.Requirements {
					if c.is(q) {
						n++
					}
				}
				if n != c.n {
					t.Errorf("%d %s, want %d", n, c.what, c.n)
				}
			}
		})
	}
	if n := len(builtIn(t)); n != len(want) {
		t.Errorf("%d catalogs, want %d", n, len(want))
	}
}

// TestEveryRequirementHelpsAnAuditor holds that no entry is a mere number: it
// says what it asks, what auditors look for and what shows it, and that no line
// was copied from one entry to another.
func TestEveryRequirementHelpsAnAuditor(t *testing.T) {
	for _, id := range builtIn(t) {
		lines := map[string]string{}
		for _, q := range read(t, id).Requirements {
			if strings.TrimSpace(q.Asks) == "" {
				t.Errorf("%s does not say what it asks", q)
			}
			if q.Assessable() && (len(q.Auditors) < 3 || len(q.Evidence) < 3) {
				t.Errorf("%s has %d lines for auditors and %d of evidence, want 3 each", q, len(q.Auditors), len(q.Evidence))
			}
			for _, line := range q.Auditors {
				if first, ok := lines[line]; ok {
					t.Errorf("%s and %s both say %q", first, q, line)
				}
				lines[line] = q.String()
			}
		}
	}
}

// TestStandardsCountAsPeopleDo holds the order of what stands below one parent.
// Laws are left out: they insert Article 5(1)(ba) after (h).
func TestStandardsCountAsPeopleDo(t *testing.T) {
	for _, id := range builtIn(t) {
		f := read(t, id)
		if f.Kind != "standard" {
			continue
		}
		last := map[*aims.Requirement]string{}
		for _, q := range f.Requirements {
			if before := last[q.Parent]; before != "" && natural.Compare(before, q.Ref) >= 0 {
				t.Errorf("%s: %s stands before %s", id, before, q.Ref)
			}
			last[q.Parent] = q.Ref
		}
	}
}

// TestEveryCatalogSaysWhereItIsFrom holds that readers can judge a catalog.
func TestEveryCatalogSaysWhereItIsFrom(t *testing.T) {
	for _, id := range builtIn(t) {
		f := read(t, id)
		if f.Edition == "" || f.Version == "" || len(f.Sources) == 0 || len(f.Doubts) == 0 {
			t.Errorf("%s: edition %q, version %q, %d sources, %d doubts", id, f.Edition, f.Version, len(f.Sources), len(f.Doubts))
		}
	}
}

// TestEveryArticleThatBindsIsInARule holds that nothing of the law is listed as
// a duty of nobody, and that every circumstance is asked for by a rule.
func TestEveryArticleThatBindsIsInARule(t *testing.T) {
	f := read(t, "eu-ai-act")
	ruled := map[*aims.Requirement]bool{}
	asked := map[*aims.Circumstance]bool{}
	for _, o := range f.Obligations {
		ruled[o.Requirement] = true
		for _, c := range o.Circumstances {
			asked[c] = true
		}
		for _, g := range append(o.Grounds, o.WithoutGround...) {
			if len(g.Classes) == 0 && g.Parent != nil {
				t.Errorf("%s asks for the ground %s, which no system can state", o.ID, g)
			}
		}
	}
	for _, q := range f.Assessable() {
		if !ruled[q] {
			t.Errorf("no obligation follows from %s", q)
		}
	}
	for _, c := range f.Circumstances {
		if !asked[c] {
			t.Errorf("no obligation asks for the circumstance %s", c.ID)
		}
	}
}

// TestEveryCrosswalkIsRead holds the pairs to the counts of the facts, and that
// each says where it is from: the mapping of the Secure Controls Framework must
// not be passed on, so that nothing may rest on it.
func TestEveryCrosswalkIsRead(t *testing.T) {
	pairs := map[string]int{
		"crosswalk-iso-42001-iso-27001.toml":      102,
		"crosswalk-iso-27001-iso-27701.toml":      59,
		"crosswalk-iso-27701-2019-iso-27701.toml": 49,
		"crosswalk-iso-42001-eu-ai-act.toml":      101,
		"crosswalk-nist-ai-rmf-iso-42001.toml":    172,
	}
	names, err := fs.Glob(frameworks.Files(), "crosswalk-*.toml")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(pairs) {
		t.Errorf("%d crosswalks, want %d", len(names), len(pairs))
	}
	scf := regexp.MustCompile(`(?i)\bscf\b|secure ?controls ?framework`)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			file, diags, err := framework.Open(frameworks.Files(), name)
			if err != nil || len(diags) > 0 {
				t.Fatal(err, diags)
			}
			from, to := file.Ends()
			if !file.IsCrosswalk() || name != framework.CrosswalkFile(from.Text, to.Text) {
				t.Fatalf("it relates %q to %q", from.Text, to.Text)
			}
			x, diags := file.Crosswalk(read(t, from.Text), read(t, to.Text))
			if x == nil || len(diags) > 0 {
				t.Fatal(diags)
			}
			if len(x.Pairs) != pairs[name] {
				t.Errorf("%d pairs, want %d", len(x.Pairs), pairs[name])
			}
			if x.Version == "" || len(x.Sources) == 0 || len(x.Doubts) == 0 {
				t.Errorf("version %q, %d sources, %d doubts", x.Version, len(x.Sources), len(x.Doubts))
			}
			for _, p := range x.Pairs {
				if strings.TrimSpace(p.Provenance) == "" || scf.MatchString(p.Provenance) || p.Strength == nil {
					t.Errorf("%s and %s: strength %v, provenance %q", p.From, p.To, p.Strength, p.Provenance)
				}
			}
		})
	}
}
