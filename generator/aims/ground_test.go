package aims

import (
	"strings"
	"testing"
)

// act is a law with the grounds of the EU AI Act in small.
func act() *Framework {
	ground := func(ref string, parent *Requirement, classes ...RiskClass) *Requirement {
		return &Requirement{Ref: ref, Kind: HeadingEntry, Parent: parent, Classes: classes}
	}
	annex := ground("Annex III", nil, ClassHigh)
	return NewFramework(Framework{ID: "act", Requirements: []*Requirement{
		ground("Art.5(1)(f)", nil, ClassProhibited),
		ground("Art.6(2)", nil, ClassHigh),
		ground("Art.6(3)", nil, ClassLimited, ClassMinimal),
		{Ref: "Art.26", Kind: Clause},
		ground("Art.50(1)", nil, ClassHigh, ClassLimited),
		ground("Chapter V", nil, ClassHigh, ClassLimited, ClassMinimal),
		ground("Annex I", nil, ClassHigh),
		annex,
		ground("Annex III.4", annex, ClassHigh),
	}})
}

func refs(list []*Requirement) string {
	var out []string
	for _, q := range list {
		out = append(out, q.Ref)
	}
	return strings.Join(out, ", ")
}

func TestGroundsOfAClass(t *testing.T) {
	f := act()
	for class, want := range map[RiskClass]string{
		ClassProhibited: "Art.5(1)(f)",
		ClassHigh:       "Art.6(2), Annex I, Annex III",
		ClassLimited:    "Art.50(1)",
		ClassMinimal:    "Art.6(3), Chapter V",
	} {
		if got := refs(f.GroundsFor(class)); got != want {
			t.Errorf("%s: got %s, want %s", class, got, want)
		}
	}
	if got, want := refs(f.Grounds()), "Art.5(1)(f), Art.6(2), Art.6(3), Art.50(1), Chapter V, Annex I, Annex III"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWhatAGroundExceptsFrom holds that an exception goes from the graver to the
// lighter, never from a prohibition, and that Article 6(3) speaks of Annex III.
func TestWhatAGroundExceptsFrom(t *testing.T) {
	f := act()
	for _, c := range []struct {
		one, other string
		want       bool
	}{
		{"Art.6(3)", "Annex III.4", true},
		{"Art.6(3)", "Art.6(2)", true},
		{"Annex III.4", "Art.6(3)", false},
		{"Art.6(3)", "Annex I", false},
		{"Art.6(3)", "Art.5(1)(f)", false},
		{"Annex III.4", "Art.5(1)(f)", false},
		{"Art.5(1)(f)", "Annex III.4", false},
		{"Art.50(1)", "Annex III.4", false},
		{"Art.6(3)", "Art.50(1)", false},
		{"Art.26", "Annex III.4", false},
	} {
		if got := f.Find(c.one).Excepts(f.Find(c.other)); got != c.want {
			t.Errorf("%s excepts from %s: %t, want %t", c.one, c.other, got, c.want)
		}
	}
}
