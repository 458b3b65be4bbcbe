package changes

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// Count is a number before and after.
type Count struct {
	Before int `json:"before"`
	After  int `json:"after"`
}

// Counts are the numbers of one organization before and after. A framework that
// is in use in one state only counts as nothing in the other.
type Counts struct {
	Frameworks []FrameworkCounts `json:"frameworks"`
	Findings   []GradeCount      `json:"findings"`           // open ones, by grade
	Evidence   Count             `json:"evidence"`           // in force
	Withheld   []KindCount       `json:"withheld,omitempty"` // records that a pack does not show
}

// FrameworkCounts counts the requirements of one framework. Those of a
// Statement of Applicability are nil where there is none.
type FrameworkCounts struct {
	ID         string       `json:"id"`
	Title      string       `json:"title"`
	States     []StateCount `json:"states"` // from worst to best, those outside the order last
	Applicable *Count       `json:"applicable,omitempty"`
	Excluded   *Count       `json:"excluded,omitempty"`
	Undecided  *Count       `json:"undecided,omitempty"`
}

// StateCount counts the requirements in one state.
type StateCount struct {
	State string `json:"state"`
	Count
}

// GradeCount counts the open findings of one grade.
type GradeCount struct {
	Grade aims.Grade `json:"grade"`
	Count
}

// KindCount counts the records of one kind that are withheld.
type KindCount struct {
	Kind aims.Kind `json:"kind"`
	Count
}

// differ reports whether a number changed.
func (c Counts) differ() bool {
	for _, f := range c.Frameworks {
		for _, s := range f.States {
			if s.Before != s.After {
				return true
			}
		}
		for _, n := range []*Count{f.Applicable, f.Excluded, f.Undecided} {
			if n != nil && n.Before != n.After {
				return true
			}
		}
	}
	for _, g := range c.Findings {
		if g.Before != g.After {
			return true
		}
	}
	for _, k := range c.Withheld {
		if k.Before != k.After {
			return true
		}
	}
	return c.Evidence.Before != c.Evidence.After
}

// tally is the numbers of one organization in one state.
type tally struct {
	states   map[string]map[readiness.State]int // by framework
	findings map[aims.Grade]int
	evidence int
}

func (s side) tally() tally {
	t := tally{states: map[string]map[readiness.State]int{}, findings: map[aims.Grade]int{}}
	if s.report == nil {
		return t
	}
	for _, f := range s.report.Frameworks {
		t.states[f.Framework.ID] = readiness.Count(f.Requirements)
	}
	for _, f := range s.report.Workspace.Findings {
		if f.Open(s.day) {
			t.findings[f.Grade]++
		}
	}
	for _, e := range s.report.Workspace.Evidence {
		if e.Current(s.day) {
			t.evidence++
		}
	}
	return t
}

// counts counts both states: the frameworks of the state after in its order,
// then those that are gone.
func (p *pair) counts() Counts {
	was, now := p.before.tally(), p.after.tally()
	c := Counts{Frameworks: []FrameworkCounts{}, Evidence: Count{was.evidence, now.evidence}}
	for _, g := range aims.Grades() {
		c.Findings = append(c.Findings, GradeCount{g, Count{was.findings[g], now.findings[g]}})
	}
	for _, k := range kinds() {
		if n := (Count{p.before.veil.kinds[string(k)], p.after.veil.kinds[string(k)]}); n != (Count{}) {
			c.Withheld = append(c.Withheld, KindCount{k, n})
		}
	}
	for _, f := range p.frameworks() {
		x := FrameworkCounts{ID: f.ID, Title: f.Title}
		for _, s := range readiness.States() {
			x.States = append(x.States, StateCount{s.String(), Count{was.states[f.ID][s], now.states[f.ID][s]}})
		}
		p.applicability(&x)
		c.Frameworks = append(c.Frameworks, x)
	}
	return c
}

func (p *pair) frameworks() []*aims.Framework {
	var list []*aims.Framework
	seen := map[string]bool{}
	for _, s := range []side{p.after, p.before} {
		if s.report == nil {
			continue
		}
		for _, f := range s.report.Frameworks {
			if !seen[f.Framework.ID] {
				seen[f.Framework.ID] = true
				list = append(list, f.Framework)
			}
		}
	}
	return list
}

// applicability counts the rows of the Statements of Applicability.
func (p *pair) applicability(x *FrameworkCounts) {
	was, now := p.before.statements[x.ID], p.after.statements[x.ID]
	if was == nil && now == nil {
		return
	}
	x.Applicable, x.Excluded, x.Undecided = new(Count), new(Count), new(Count)
	if was != nil {
		x.Applicable.Before, x.Excluded.Before, x.Undecided.Before = was.Counts.Applicable, was.Counts.Excluded, was.Counts.Undecided
	}
	if now != nil {
		x.Applicable.After, x.Excluded.After, x.Undecided.After = now.Counts.Applicable, now.Counts.Excluded, now.Counts.Undecided
	}
}
