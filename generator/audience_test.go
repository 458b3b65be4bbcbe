package generator_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/readiness"
	"annex/generator/sample"
	"annex/generator/soa"
)

// forAudiences adds audiences to the annex.toml of a workspace.
func forAudiences(t *testing.T, from fs.FS, audiences string) string {
	t.Helper()
	dir := sample.Lay(t, from)
	sample.Append(t, filepath.Join(dir, "annex.toml"), "\n"+audiences)
	return dir
}

// figures is what a site says in numbers of one framework.
type figures struct {
	States     map[readiness.State]int
	Flags      map[readiness.FlagKind]int
	Documented int
	Statement  soa.Counts
	Rows       []string // of the statement: state, evidence, how many controls, risks and systems
}

func figuresOf(r *readiness.Report) map[string]figures {
	all := map[string]figures{}
	for _, f := range r.Frameworks {
		x := figures{States: readiness.Count(f.Requirements), Flags: map[readiness.FlagKind]int{}}
		for _, q := range f.Requirements {
			for _, flag := range q.Flags {
				x.Flags[flag.Kind]++
			}
		}
		for _, d := range f.Documented {
			if d.Answered() {
				x.Documented++
			}
		}
		if s := soa.Derive(r, f.Framework); s != nil {
			x.Statement = s.Counts
			for _, row := range s.Rows {
				x.Rows = append(x.Rows, strings.Join([]string{
					row.Requirement.Ref, row.Status.State.String(), row.Newest.String(),
					strings.Repeat("e", row.Evidence), strings.Repeat("c", len(row.Controls)), strings.Repeat("r", len(row.Risks)), strings.Repeat("s", len(row.Systems)),
				}, " "))
			}
		}
		all[f.Framework.ID] = x
	}
	return all
}

// classes counts the issues of each class.
func classes(issues []check.Issue) map[check.Class]int {
	n := map[check.Class]int{}
	for _, i := range issues {
		n[i.Class]++
	}
	return n
}

func standing(t *testing.T, dir, audience string) []generator.Standing {
	t.Helper()
	list, _, err := generator.Standings(t.Context(), generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const audiencesOfAll = `
[[audience]]
id = "all-of-it"
ceiling = "restricted"
drafts = true
[[audience]]
id = "up-to-confidential"
ceiling = "confidential"
[[audience]]
id = "up-to-internal"
ceiling = "internal"
evidence = false
[[audience]]
id = "anybody"
ceiling = "public"
[[audience]]
id = "two-standards"
ceiling = "public"
frameworks = ["iso-42001", "iso-27001"]
[[audience]]
id = "law"
ceiling = "internal"
frameworks = ["eu-ai-act"]
[[audience]]
id = "one-system"
ceiling = "restricted"
projects = ["fraud-signals"]
drafts = true
`

// TestNumbersStayTrue holds that an audience reads the numbers of the whole:
// states, flags, Statements of Applicability and issues.
func TestNumbersStayTrue(t *testing.T) {
	dir := forAudiences(t, content.Example(), audiencesOfAll)
	full := standing(t, dir, "")[0]
	want, issues := figuresOf(full.Report), classes(full.Issues)
	for _, id := range []string{"staff", "certifier", "all-of-it", "up-to-confidential", "up-to-internal", "anybody", "two-standards", "law", "one-system"} {
		t.Run(id, func(t *testing.T) {
			s := standing(t, dir, id)[0]
			for framework, got := range figuresOf(s.Report) {
				if !reflect.DeepEqual(got, want[framework]) {
					t.Errorf("%s has the figures\n%+v\nand the whole\n%+v", framework, got, want[framework])
				}
			}
			chosen := len(s.Report.Frameworks) < len(full.Report.Frameworks)
			got := classes(s.Issues)
			for _, c := range append(check.Classes(), check.Informational) {
				if got[c] > issues[c] || got[c] < issues[c] && !chosen {
					t.Errorf("%d issues of the class %s, and %d of the whole", got[c], c, issues[c])
				}
			}
			_, says, _ := strings.Cut(s.Sentence(), ". ")
			if _, want, _ := strings.Cut(full.Sentence(), ". "); says != want && !chosen {
				t.Errorf("the first sentence is %q, and of the whole %q", says, want)
			}
			for _, x := range s.Issues {
				if strings.Contains(x.Message, "rule is not met by something") {
					t.Errorf("not found again: %s %s", x.Code, x.Message)
				}
			}
		})
	}
}

func TestUnknownAudience(t *testing.T) {
	_, err := generator.Check(t.Context(), generator.Options{Dir: sample.Lay(t, content.Example()), AsOf: aims.NewDate(2026, 11, 24), Audience: "certifer"})
	if want := `there is no audience "certifer"; annex.toml names staff, certifier`; err == nil || err.Error() != want {
		t.Errorf("error is %v, want %s", err, want)
	}
	_, err = generator.Check(t.Context(), generator.Options{Dir: sample.Lay(t, content.Starter()), AsOf: aims.NewDate(2026, 11, 24), Audience: "staff"})
	if err == nil || !strings.Contains(err.Error(), "annex.toml names none") {
		t.Errorf("error is %v", err)
	}
}

// TestPagesForAudiencesHoldTheirPromises looks at every page of sites for
// audiences: where something is withheld, links still lead somewhere and tables
// are whole.
func TestPagesForAudiencesHoldTheirPromises(t *testing.T) {
	t.Parallel()
	halves := audiencesOfAll[:strings.Index(audiencesOfAll, "[[audience]]\nid = \"two")] + `
[[audience]]
id = "one-half"
ceiling = "restricted"
projects = ["south"]
[[audience]]
id = "other-half"
ceiling = "internal"
frameworks = ["iso-42001"]
projects = ["north-pricing"]
`
	for name, dir := range map[string]string{
		"example":       forAudiences(t, content.Example(), audiencesOfAll),
		"canaries":      sample.Lay(t, hatch(t).files),
		"organizations": forAudiences(t, workspaceOf(t, "organizations"), halves),
	} {
		text, err := os.ReadFile(filepath.Join(dir, "annex.toml"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^\[\[audience\]\]\nid = "(.*)"$`).FindAllStringSubmatch(string(text), -1) {
			if name == "example" && !slices.Contains([]string{"staff", "certifier", "anybody", "law", "one-system"}, m[1]) {
				continue // its pages are many, and these are the most unlike
			}
			t.Run(name+"/"+m[1], func(t *testing.T) {
				out := filepath.Join(t.TempDir(), "site")
				result, err := generator.Build(t.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: m[1]})
				if err != nil || !result.Written {
					t.Fatal(err, result.Diagnostics)
				}
				s := parsedSite(t, out)
				for _, p := range s.pages {
					s.links(t, p)
					tables(t, p)
					headings(t, p)
					policy(t, p)
				}
				if s.pages["trend.html"] != nil && s.pages["changes.html"] != nil {
					t.Error("the site tells what changed")
				}
			})
		}
	}
}
