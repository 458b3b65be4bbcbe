package integration

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/sample"
)

// standards puts frameworks in use that all have the same shape: the heading 4
// over the clauses 4.1, 4.2 and 4.3, and the reference control A.1.
func standards(ids ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n-- annex.toml --\nframeworks = [\"%s\"]\n[organization]\nname = \"Sample Ltd\"\n", strings.Join(ids, "\", \""))
	for _, id := range ids {
		fmt.Fprintf(&b, "-- frameworks/%s.toml --\nid = %q\ntitle = %q\nversion = \"1\"\nkind = \"standard\"\n", id, id, id)
		for _, entry := range []struct{ ref, kind string }{{"4", "heading"}, {"4.1", "clause"}, {"4.2", "clause"}, {"4.3", "clause"}, {"A.1", "control"}} {
			fmt.Fprintf(&b, "[[requirement]]\nref = %q\nkind = %q\ntitle = \"Title of %s\"\nasks = \"Do.\"\n", entry.ref, entry.kind, entry.ref)
		}
	}
	return b.String()
}

// crosswalk relates two frameworks in pairs such as "4.1 4.2 process". The
// strength near shares nothing.
func crosswalk(from, to string, pairs ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n-- frameworks/crosswalk-%s-%s.toml --\nkind = \"crosswalk\"\nfrom = %q\nto = %q\nversion = \"1\"\n", from, to, from, to)
	b.WriteString("[[strength]]\nid = \"near\"\ntitle = \"Near\"\nmeans = \"They touch.\"\n")
	for _, shares := range aims.Sharings() {
		fmt.Fprintf(&b, "[[strength]]\nid = %q\ntitle = %q\nmeans = \"They share it.\"\nshares = %q\n", shares, shares, shares)
	}
	for _, p := range pairs {
		part := strings.Fields(p)
		fmt.Fprintf(&b, "[[pair]]\nfrom = %q\nto = %q\nstrength = %q\nprovenance = \"editorial\"\n", part[0], part[1], part[2])
	}
	return b.String()
}

func control(id string, satisfies ...string) string {
	return fmt.Sprintf("[[control]]\nid = %q\ntitle = %q\nstatus = \"planned\"\nsatisfies = [\"%s\"]\n", id, id, strings.Join(satisfies, "\", \""))
}

func derive(t *testing.T, text string) *Integration {
	t.Helper()
	w := sample.Load(t, text)
	return Derive(readiness.Assess(w, w.Organizations()[0], sample.Day()))
}

func TestOneStandardAloneIsNotIntegrated(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one standard", standards("a"), nil},
		{"two standards without a crosswalk", standards("a", "b"), nil},
		{"a crosswalk that shares nothing", standards("a", "b") + crosswalk("a", "b", "4.1 4.1 near"), nil},
		{"a crosswalk without pairs", standards("a", "b") + crosswalk("a", "b"), nil},
		{"one shared clause", standards("a", "b") + crosswalk("a", "b", "4.1 4.1 process"), []string{"a", "b"}},
		{"one shared form", standards("a", "b") + crosswalk("a", "b", "4.1 4.1 form"), []string{"a", "b"}},
		{"a third standard beside them", standards("c", "b", "a") + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("c", "a", "4.1 4.1 near"), []string{"b", "a"}},
		{"a third standard with them", standards("c", "b", "a") + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("c", "a", "4.2 4.2 form"), []string{"c", "b", "a"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			i := derive(t, c.text)
			if i != nil {
				for _, f := range i.Frameworks {
					got = append(got, f.ID)
				}
			}
			if !slices.Equal(got, c.want) || (i == nil) != (c.want == nil) {
				t.Errorf("integrates %q, want %q", got, c.want)
			}
		})
	}
}

// processes writes each process as a line: its clauses in the order of the
// frameworks, and what they share.
func processes(i *Integration) string {
	var lines []string
	for _, p := range i.Processes {
		var refs []string
		for n, of := range p.Clauses {
			var own []string
			for _, q := range of {
				if q.Requirement.Framework != i.Frameworks[n] {
					own = append(own, "misplaced")
				}
				own = append(own, q.Requirement.Ref)
			}
			refs = append(refs, cmp.Or(strings.Join(own, "+"), "-"))
		}
		lines = append(lines, strings.Join(refs, " ")+": "+string(p.Shares))
	}
	return strings.Join(lines, "; ")
}

func TestClausesBelongTogetherOverCrosswalks(t *testing.T) {
	two, three, four := standards("a", "b"), standards("a", "b", "c"), standards("a", "b", "c", "d")
	for _, c := range []struct{ name, text, want string }{
		{"pairs of two standards", two + crosswalk("a", "b", "4.1 4.1 process", "4.2 4.3 form"), "4.1 4.1: process; 4.2 4.3: form"},
		{"a clause that two of the other standard stand for", two + crosswalk("a", "b", "4.1 4.1 process", "4.1 4.2 process"), "4.1 4.1+4.2: process"},
		{"headings are no process", two + crosswalk("a", "b", "4 4 process", "4.1 4.1 process"), "4.1 4.1: process"},
		{"pairs that share nothing", two + crosswalk("a", "b", "4.1 4.1 near", "4.2 4.2 process"), "4.2 4.2: process"},
		{"in the order of the first standard", two + crosswalk("b", "a", "4.1 4.3 process", "4.3 4.1 process"), "4.1 4.3: process; 4.3 4.1: process"},
		{"clauses that the first lacks stand last", three + crosswalk("a", "b", "4.2 4.2 process") + crosswalk("b", "c", "4.1 4.1 process"), "4.2 4.2 -: process; - 4.1 4.1: process"},
		{"from a over b to c", three + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("b", "c", "4.1 4.1 process"), "4.1 4.1 4.1: process"},
		{"from b and c to a", three + crosswalk("b", "a", "4.1 4.1 process") + crosswalk("c", "a", "4.1 4.1 process"), "4.1 4.1 4.1: process"},
		{"all three with each other", three + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("a", "c", "4.1 4.1 process") + crosswalk("b", "c", "4.1 4.1 process"), "4.1 4.1 4.1: process"},
		{"only one pair goes on", three + crosswalk("a", "b", "4.1 4.1 process", "4.2 4.2 process") + crosswalk("b", "c", "4.2 4.2 process"), "4.1 4.1 -: process; 4.2 4.2 4.2: process"},
		{"a pair joins two that were apart", four + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("c", "d", "4.1 4.1 process") + crosswalk("d", "a", "4.1 4.1 process"), "4.1 4.1 4.1 4.1: process"},

		{"the first pair shares the form", three + crosswalk("a", "b", "4.1 4.1 form") + crosswalk("b", "c", "4.1 4.1 process"), "4.1 4.1 4.1: form"},
		{"the second pair shares the form", three + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("b", "c", "4.1 4.1 form"), "4.1 4.1 4.1: form"},
		{"a pair within the group shares the form", three + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("a", "c", "4.1 4.1 process") + crosswalk("b", "c", "4.1 4.1 form"), "4.1 4.1 4.1: form"},
		{"the first of two groups shares the form", four + crosswalk("a", "b", "4.1 4.1 form") + crosswalk("c", "d", "4.1 4.1 process") + crosswalk("d", "a", "4.1 4.1 process"), "4.1 4.1 4.1 4.1: form"},
		{"the second of two groups shares the form", four + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("c", "d", "4.1 4.1 form") + crosswalk("d", "a", "4.1 4.1 process"), "4.1 4.1 4.1 4.1: form"},
		{"the pair between two groups shares the form", four + crosswalk("a", "b", "4.1 4.1 process") + crosswalk("c", "d", "4.1 4.1 process") + crosswalk("d", "a", "4.1 4.1 form"), "4.1 4.1 4.1 4.1: form"},
		{"another group keeps its process", two + crosswalk("a", "b", "4.1 4.1 form", "4.2 4.2 process"), "4.1 4.1: form; 4.2 4.2: process"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := processes(derive(t, c.text)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// served writes what serves the clauses of a process: controls for all of them,
// controls for some with the frameworks they serve, and clauses without any.
func served(p Process) string {
	all, some, missing := []string{"all"}, []string{"some"}, []string{"missing"}
	for _, c := range p.All {
		all = append(all, c.Control.ID)
	}
	for _, x := range p.Some {
		some = append(some, work(x))
	}
	for _, q := range p.Missing() {
		missing = append(missing, q.String())
	}
	return strings.Join(slices.Concat(all, some, missing), " ")
}

func work(x Work) string {
	var ids []string
	for _, f := range x.Frameworks {
		ids = append(ids, f.ID)
	}
	return x.Control.Control.ID + "(" + strings.Join(ids, ",") + ")"
}

func TestWhatServesAProcess(t *testing.T) {
	rules := standards("a", "b", "c") + crosswalk("a", "b", "4.1 4.2 process", "4.3 4.3 process") + crosswalk("b", "c", "4.2 4.3 process")
	for _, c := range []struct{ name, controls, first, second string }{
		{"nothing", "", "all some missing a:4.1 b:4.2 c:4.3", "all some missing a:4.3 b:4.3"},
		{"one control for every clause", control("x", "a:4.1", "b:4.2", "c:4.3"), "all x some missing", "all some missing a:4.3 b:4.3"},
		{"one control for two of three", control("x", "c:4.3", "a:4.1"), "all some x(a,c) missing b:4.2", "all some missing a:4.3 b:4.3"},
		{"a control for each clause", control("x", "a:4.1") + control("y", "b:4.2") + control("z", "c:4.3"), "all some x(a) y(b) z(c) missing", "all some missing a:4.3 b:4.3"},
		{"some beside all", control("x", "b:4.2") + control("y", "a:4.1", "b:4.2", "c:4.3"), "all y some x(b) missing", "all some missing a:4.3 b:4.3"},
		{"all of a process that the third lacks", control("x", "a:4.3", "b:4.3"), "all some missing a:4.1 b:4.2 c:4.3", "all x some missing"},
		{"other clauses of the same standards", control("x", "a:4.2", "b:4.1", "c:4.1"), "all some missing a:4.1 b:4.2 c:4.3", "all some missing a:4.3 b:4.3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := derive(t, c.controls+rules)
			if len(i.Processes) != 2 {
				t.Fatalf("processes %s, want 2", processes(i))
			}
			for n, want := range []string{c.first, c.second} {
				if got := served(i.Processes[n]); got != want {
					t.Errorf("process %d: %q, want %q", n+1, got, want)
				}
			}
		})
	}
}

// TestWhatOnlyOneStandardAsksFor holds that it is clauses: no headings, no
// reference controls, and nothing of a standard that shares nothing.
func TestWhatOnlyOneStandardAsksFor(t *testing.T) {
	i := derive(t, standards("b", "a", "c", "d")+crosswalk("a", "b", "4.1 4.3 process", "4.2 4.1 form", "4.3 4.2 near")+crosswalk("b", "d", "4.3 4.1 process")+crosswalk("a", "c", "4.3 4.3 near"))
	var got []string
	for _, x := range i.Alone {
		got = append(got, x.Requirement.Requirement.String())
	}
	if want := []string{"b:4.2", "a:4.3", "d:4.2", "d:4.3"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestControlsServeOneStandardOrSeveral counts any requirement of a standard,
// and no standard that shares nothing.
func TestControlsServeOneStandardOrSeveral(t *testing.T) {
	i := derive(t, control("alone", "a:4.3", "a:A.1")+
		control("three", "c:4.1", "b:A.1", "a:4.2")+
		control("two", "b:4.1", "c:4.1")+
		control("one-of-these", "b:4.1", "outside:4.1")+
		control("none-of-these", "outside:4.1")+
		"[[control]]\nid = \"idle\"\ntitle = \"Idle\"\nstatus = \"planned\"\n"+
		standards("a", "b", "c", "outside")+crosswalk("a", "b", "4.1 4.1 process")+crosswalk("b", "c", "4.1 4.1 process"))
	var shared []string
	for _, x := range i.Shared {
		shared = append(shared, work(x))
	}
	if want := []string{"three(a,b,c)", "two(b,c)"}; !slices.Equal(shared, want) {
		t.Errorf("shared %q, want %q", shared, want)
	}
	single := map[string]string{}
	for f, list := range i.Single {
		for _, x := range list {
			single[f.ID] += work(x)
		}
	}
	if len(single) != 2 || single["a"] != "alone(a)" || single["b"] != "one-of-these(b)" {
		t.Errorf("single %v", single)
	}
}
