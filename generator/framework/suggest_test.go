package framework

import (
	"strings"
	"testing"

	"annex/frameworks"
	"annex/generator/aims"
)

// TestWhatARefMeans tries refs as people write them on the built-in catalogs.
func TestWhatARefMeans(t *testing.T) {
	all, err := ReadBuiltIn(frameworks.Files())
	if err != nil {
		t.Fatal(err)
	}
	among := map[string][]*aims.Requirement{}
	for _, f := range all {
		among[f.ID] = f.Assessable()
		for _, q := range f.Requirements {
			if q.Ground() {
				among[f.ID+" grounds"] = append(among[f.ID+" grounds"], q)
			}
		}
	}
	for _, c := range []struct{ in, ref, want, near string }{
		{"eu-ai-act", "Art. 4", "Art.4", ""},
		{"eu-ai-act", "art.4", "Art.4", ""},
		{"eu-ai-act", "Article 4a", "Art.4a", ""},
		{"eu-ai-act", "4", "Art.4", ""},
		{"eu-ai-act", "Atr.26", "Art.26", ""},
		{"eu-ai-act", "Art.62", "Art.26", ""},
		{"eu-ai-act", "Art.155", "Art.15", ""},
		{"eu-ai-act", "Art.5(1)f", "Art.5(1)(f)", ""},
		{"eu-ai-act", "Art.30", "", "Art.26, Art.27"},
		{"eu-ai-act", "Art.7", "", "Art.6, Art.8"},
		{"eu-ai-act", "Art.26(11)", "", "Art.26"},
		{"eu-ai-act", "Section 4", "", ""},
		{"eu-ai-act grounds", "Annex III.4a", "Annex III.4(a)", ""},
		{"eu-ai-act grounds", "annex iii 4 (a)", "Annex III.4(a)", ""},
		{"eu-ai-act grounds", "AnnexIII.4(a)", "Annex III.4(a)", ""},
		{"eu-ai-act grounds", "Annex IV", "Annex III", ""},
		{"eu-ai-act grounds", "Annex III.12", "", "Annex III.7, Annex III.8"},
		{"eu-ai-act grounds", "Art.5(1)(x)", "", "Art.5(1)(a), Art.5(1)(b)"},
		{"iso-27001", "5.15", "A.5.15", ""},
		{"iso-27001", "A5.15", "A.5.15", ""},
		{"iso-27001", "A.51.5", "A.5.15", ""},
		{"iso-42001", "A.6.2.9", "A.6.2.8", ""},
		{"iso-42001", "A.11.1", "", "A.10.2, A.10.3"},
		{"iso-42001", "6.2.4", "A.6.2.4", ""},
		{"nist-ai-rmf", "Govern 1.1", "GOVERN 1.1", ""},
		{"nist-ai-rmf", "GOVERN-1.1", "GOVERN 1.1", ""},
		{"nist-ai-rmf", "Gover 1.1", "GOVERN 1.1", ""},
		{"nist-ai-rmf", "Manege 1.1", "MANAGE 1.1", ""},
		{"nist-ai-rmf", "1.1", "", "GOVERN 1.1, MAP 1.1, MEASURE 1.1, MANAGE 1.1"},
		{"nist-ai-rmf", "", "", ""},
		{"nist-ai-rmf", "()", "", ""},
	} {
		meant, near := Meant(c.ref, among[c.in])
		got := ""
		if meant != nil {
			got = meant.Ref
		}
		var list []string
		for _, q := range near {
			list = append(list, q.Ref)
		}
		if got != c.want || strings.Join(list, ", ") != c.near {
			t.Errorf("%s:%s: got %q near %q, want %q near %q", c.in, c.ref, got, strings.Join(list, ", "), c.want, c.near)
		}
	}
}

func FuzzMeant(f *testing.F) {
	for _, ref := range []string{"Art. 4", "A.51.5", "Annex III.4a", "9٣.I", "", "\xff"} {
		f.Add(ref)
	}
	all, err := ReadBuiltIn(frameworks.Files())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, ref string) {
		for _, x := range all {
			if meant, near := Meant(ref, x.Requirements); meant != nil && near != nil {
				t.Fatalf("%q: %s and %v", ref, meant, near)
			}
		}
	})
}
