package aims

import "testing"

func TestEvidenceInForce(t *testing.T) {
	e := Evidence{Effective: NewDate(2026, 3, 1), Expires: NewDate(2026, 9, 1)}
	for _, c := range []struct {
		day                        string
		current, expired, expiring bool
	}{
		{"2026-02-28", false, false, false},
		{"2026-03-01", true, false, false},
		{"2026-08-01", true, false, false},
		{"2026-08-02", true, false, true},
		{"2026-09-01", true, false, true},
		{"2026-09-02", false, true, false},
	} {
		d := day(t, c.day)
		if e.Current(d) != c.current || e.Expired(d) != c.expired || e.ExpiresWithin(d, 30) != c.expiring {
			t.Errorf("on %s: current %t, expired %t, expiring %t", c.day, e.Current(d), e.Expired(d), e.ExpiresWithin(d, 30))
		}
	}
	forever := Evidence{Effective: NewDate(2020, 1, 1)}
	if d := NewDate(2030, 1, 1); !forever.Current(d) || forever.ExpiresWithin(d, 1000) {
		t.Error("evidence without expiry lapses")
	}
}

func TestFindingsAreOpenUntilTheDayTheyAreClosed(t *testing.T) {
	f := Finding{Raised: NewDate(2026, 5, 1), Due: NewDate(2026, 6, 1), Closed: NewDate(2026, 7, 1)}
	for _, c := range []struct {
		day           string
		open, overdue bool
	}{
		{"2026-04-30", false, false},
		{"2026-05-01", true, false},
		{"2026-06-01", true, false},
		{"2026-06-02", true, true},
		{"2026-06-30", true, true},
		{"2026-07-01", false, false},
	} {
		if d := day(t, c.day); f.Open(d) != c.open || f.Overdue(d) != c.overdue {
			t.Errorf("on %s: open %t, overdue %t", c.day, f.Open(d), f.Overdue(d))
		}
	}
}

func TestObjectivesAreMeasuredUpToTheDay(t *testing.T) {
	o := Objective{Target: 4, Direction: AtMost, Measurements: []Measurement{{On: NewDate(2026, 1, 31), Value: 6}, {On: NewDate(2026, 9, 30), Value: 3}}}
	if _, ok := o.Latest(NewDate(2026, 1, 30)); ok {
		t.Error("measured before the first measurement")
	}
	m, ok := o.Latest(NewDate(2026, 9, 29))
	if !ok || m.Value != 6 || o.Meets(m.Value) {
		t.Errorf("latest = %+v, meets %t", m, o.Meets(m.Value))
	}
	if !o.Meets(4) {
		t.Error("the target itself does not meet the target")
	}
	o.Direction = AtLeast
	if o.Meets(3.9) || !o.Meets(4) {
		t.Error("at least 4 is read the wrong way round")
	}
}

func TestAuditsCoverWhatStandsBelowTheirCriteria(t *testing.T) {
	f := &Framework{ID: "f"}
	area := &Requirement{Framework: f, Ref: "A"}
	control := &Requirement{Framework: f, Ref: "A.1", Parent: area}
	other := &Requirement{Framework: f, Ref: "B.1"}
	a := Audit{Criteria: []*Requirement{area}}
	if !a.Covers(control) || !a.Covers(area) || a.Covers(other) {
		t.Error("an audit of an area does not cover just that area")
	}
	whole := Audit{Frameworks: []*Framework{f}}
	if !whole.Covers(other) || whole.Covers(&Requirement{Framework: &Framework{ID: "g"}}) {
		t.Error("an audit of a framework does not cover just that framework")
	}
}
