package framework

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRefsSortAsPeopleCount(t *testing.T) {
	want := []string{"4.1", "4.4", "6.1.1", "10.1", "10.2", "A.2.2", "A.2.10", "A.6.1.2", "A.6.2.2", "A.10.2", "Art. 9", "Art. 10", "GOVERN 1.2"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for _, a := range want {
		for _, b := range want {
			if Compare(a, b) != -Compare(b, a) {
				t.Errorf("%s and %s are not in one order", a, b)
			}
		}
	}
}

const head = "id = \"own\"\ntitle = \"Own questions\"\nversion = \"1\"\nkind = \"questionnaire\"\n"

func read(t *testing.T, text string) (refs []string, said string) {
	t.Helper()
	f, diags, err := Read(fstest.MapFS{"own.toml": {Data: []byte(text)}}, "own.toml")
	if err != nil {
		t.Fatal(err)
	}
	if f != nil {
		for _, q := range f.Requirements {
			refs = append(refs, q.Ref)
		}
	}
	for _, d := range diags {
		said += d.Pos.String() + " " + string(d.Code) + "\n"
	}
	return refs, said
}

func TestACatalogOfTheUsersOwn(t *testing.T) {
	refs, said := read(t, head+`
[[requirement]]
ref = "Q"
kind = "heading"
title = "Questions"
asks = "Answer."
[[requirement]]
ref = "Q.1"
kind = "clause"
parent = "Q"
title = "First"
asks = "Who answers?"
`)
	if said != "" || !slices.Equal(refs, []string{"Q", "Q.1"}) {
		t.Errorf("refs %v\n%s", refs, said)
	}
}

func TestWhatIsWrongInACatalog(t *testing.T) {
	requirement := "[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do.\"\n"
	for name, c := range map[string]struct{ text, want string }{
		"a ref stands twice":      {head + requirement + requirement, "own.toml:11:7 AX0209"},
		"a parent stands later":   {head + requirement + "parent = \"2\"\n", "own.toml:10:10 AX0301"},
		"an unknown key":          {head + "[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"One\"\nasks = \"Do.\"\nowner = \"x\"\n", "own.toml:10:1 AX0201"},
		"an unknown kind":         {strings.Replace(head, "questionnaire", "song", 1) + requirement, "own.toml:4:8 AX0206"},
		"a missing title":         {head + "[[requirement]]\nref = \"1\"\nkind = \"clause\"\nasks = \"Do.\"\n", "own.toml:5:3 AX0204"},
		"a file that is not TOML": {"id = \n", "own.toml:1:6 AX0101"},
	} {
		if refs, said := read(t, c.text); strings.TrimSpace(said) != c.want || refs != nil {
			t.Errorf("%s: got %q with %v, want %q", name, said, refs, c.want)
		}
	}
}
