package revision

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/history"
	"annex/generator/load"
	"annex/generator/sample"
)

// repository is a git repository of a sample whose document "plan" is committed
// once for each text.
func repository(t *testing.T, texts ...string) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	for name, f := range sample.Files("[[role]]\nid = \"clerk\"\ntitle = \"Clerk\"\nperson = \"Ann Example\"\n") {
		write(t, dir, name, string(f.Data))
	}
	git(t, dir, "", "init", "-q")
	for i, text := range texts {
		write(t, dir, "organization/plan.md", text)
		git(t, dir, "", "add", ".")
		git(t, dir, []string{"2026-01-10", "2026-02-10", "2026-03-10"}[i]+"T12:00:00Z", "commit", "-q", "-m", "the plan")
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func git(t *testing.T, dir, day string, args ...string) {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=ann example", "-c", "user.email=a@example.org"}, args...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_DATE="+day, "GIT_COMMITTER_DATE="+day)
	if day == "" {
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null")
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func plan(rest string) string {
	return "+++\nid = \"plan\"\ntitle = \"Plan\"\n" + rest + "+++\n\nText.\n"
}

// revisions returns the revisions of the plan, each as a line.
func revisions(t *testing.T, dir string, cache *history.Cache) string {
	t.Helper()
	repo, err := history.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	w, _, err := load.Load(os.DirFS(dir), fstest.MapFS{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := Read(t.Context(), repo, cache)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range all.Of(w)[w.Documents[0]] {
		line := r.On.String() + " " + r.Version + " " + string(r.Status)
		if r.Author != nil {
			line += " by " + r.Author.ID
		}
		if r.ApprovedBy != nil {
			line += " approved by " + r.ApprovedBy.ID + " " + r.ApprovedOn.String()
		}
		if r.Withheld {
			line += " withheld"
		}
		if r.Broken {
			line += " broken"
		}
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "; ")
}

func TestRevisionsOfADocument(t *testing.T) {
	const internal = "classification = \"internal\"\n"
	first := plan("version = \"0.1\"\nstatus = \"draft\"\n" + internal)
	approved := plan("version = \"1.0\"\nstatus = \"approved\"\napproved_by = \"lead\"\napproved_on = 2026-02-09\n" + internal)
	for _, c := range []struct {
		name  string
		texts []string
		want  string
	}{
		{"the newest comes first", []string{first, approved}, "2026-02-10 1.0 approved by clerk approved by lead 2026-02-09; 2026-01-10 0.1 draft by clerk"},
		{"what was classified higher is told by its day", []string{plan("version = \"0.1\"\nclassification = \"restricted\"\n"), approved}, "2026-02-10 1.0 approved by clerk approved by lead 2026-02-09; 2026-01-10 withheld"},
		{"without a class it was confidential", []string{plan("version = \"0.1\"\n"), approved}, "2026-02-10 1.0 approved by clerk approved by lead 2026-02-09; 2026-01-10 withheld"},
		{"what was classified lower is not", []string{plan("version = \"0.1\"\nclassification = \"public\"\n"), approved}, "2026-02-10 1.0 approved by clerk approved by lead 2026-02-09; 2026-01-10 0.1 by clerk"},
		{"front matter that cannot be read", []string{"no front matter", approved}, "2026-02-10 1.0 approved by clerk approved by lead 2026-02-09; 2026-01-10 by clerk broken"},
		{"approved by a role that is gone", []string{strings.Replace(approved, "lead", "nobody", 1), first}, "2026-02-10 0.1 draft by clerk; 2026-01-10 1.0 approved by clerk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := repository(t, c.texts...)
			if got := revisions(t, dir, nil); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			cache := history.OpenCache(t.TempDir())
			defer cache.Close()
			for range 2 { // cold and warm
				if got := revisions(t, dir, cache); got != c.want {
					t.Errorf("with a cache got  %s\nwant %s", got, c.want)
				}
			}
		})
	}
}

func TestAPersonWhomNoRoleNamesHasNoRole(t *testing.T) {
	dir := repository(t, plan("classification = \"internal\"\n"))
	write(t, dir, "organization/records.toml", "[[role]]\nid = \"clerk\"\ntitle = \"Clerk\"\nperson = \"Bob\"\n")
	if got, want := revisions(t, dir, nil), "2026-01-10"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
