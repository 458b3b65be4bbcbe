package trend

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// Numbers count how far an organization is on one day.
type Numbers struct {
	Requirements // of all frameworks
	Frameworks   []Framework

	Controls          int
	ControlsOperating int
	EvidenceCurrent   int
	EvidenceExpired   int
	Findings          map[aims.Grade]int // open ones
}

// Framework counts the requirements of one framework.
type Framework struct {
	ID string
	Requirements
}

// Requirements count requirements by how far they are. Each counts what is at
// least that far: what operates is implemented too.
type Requirements struct {
	Applicable  int // the denominator; those that nobody has decided on are in it
	NotAssessed int
	Implemented int
	Operating   int
	Verified    int
}

// FindingsOpen is the number of open findings of all grades.
func (n Numbers) FindingsOpen() int {
	sum := 0
	for _, open := range n.Findings {
		sum += open
	}
	return sum
}

// Framework returns the counts of a framework, zero when it was not in use.
func (n Numbers) Framework(id string) Requirements {
	for _, f := range n.Frameworks {
		if f.ID == id {
			return f.Requirements
		}
	}
	return Requirements{}
}

// count counts what a report says.
func count(r *readiness.Report) Numbers {
	n := Numbers{Findings: map[aims.Grade]int{}}
	for _, f := range r.Frameworks {
		q := requirements(f)
		n.Frameworks = append(n.Frameworks, Framework{f.Framework.ID, q})
		n.add(q)
	}
	w := r.Workspace
	for _, c := range w.Controls {
		n.Controls++
		if r.Control(c).State >= readiness.Operating {
			n.ControlsOperating++
		}
	}
	for _, e := range w.Evidence {
		switch {
		case e.Expired(r.AsOf):
			n.EvidenceExpired++
		case e.Current(r.AsOf):
			n.EvidenceCurrent++
		}
	}
	for _, f := range w.Findings {
		if f.Open(r.AsOf) {
			n.Findings[f.Grade]++
		}
	}
	return n
}

func requirements(f *readiness.Framework) Requirements {
	var n Requirements
	for _, q := range f.Requirements {
		if q.State == readiness.NotApplicable {
			continue
		}
		n.Applicable++
		switch {
		case q.State == readiness.NotAssessed:
			n.NotAssessed++
		case q.State >= readiness.Verified:
			n.Verified++
			fallthrough
		case q.State >= readiness.Operating:
			n.Operating++
			fallthrough
		case q.State >= readiness.Implemented:
			n.Implemented++
		}
	}
	return n
}
