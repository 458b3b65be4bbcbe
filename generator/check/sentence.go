package check

import (
	"fmt"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// Sentence says in one line whether the organization is ready for what comes
// next: its String is "Not ready for stage 1: 3 blocking gaps, the earliest due
// 2 Dec 2026."
type Sentence struct {
	Next     *readiness.Stage // nil when there is no stage ahead
	Blocking int
	Earliest aims.Date // day of the blocking gap that is due first; zero without one
}

// Ready sums the issues of a report up.
func Ready(report *readiness.Report, issues []Issue) Sentence {
	blocking := OfClass(issues, Blocks)
	s := Sentence{Next: report.Journey.Next(), Blocking: len(blocking)}
	for _, i := range blocking {
		if !i.Due.IsZero() && (s.Earliest.IsZero() || i.Due.Before(s.Earliest)) {
			s.Earliest = i.Due
		}
	}
	return s
}

func (s Sentence) String() string {
	gaps := fmt.Sprintf("%d blocking gaps", s.Blocking)
	if s.Blocking == 1 {
		gaps = "1 blocking gap"
	}
	if !s.Earliest.IsZero() {
		gaps += ", the earliest due " + s.Earliest.Words()
	}
	switch {
	case s.Next == nil && s.Blocking == 0:
		return "Nothing blocks."
	case s.Next == nil:
		return gaps + "."
	case s.Blocking == 0:
		return fmt.Sprintf("Ready for %s: nothing blocks it.", s.Next.Within())
	}
	return fmt.Sprintf("Not ready for %s: %s.", s.Next.Within(), gaps)
}
