package generator_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/sample"
)

var (
	edits    = flag.Int("edits", 100, "how many random edits TestEditionsAreWhatACleanBuildMakes makes, a quarter of them in the example")
	editSeed = flag.Uint64("editseed", 42001, "seed of the random edits")
)

// TestEditionsAreWhatACleanBuildMakes edits workspaces at random and holds that
// each edition of a session has the diagnostics and, byte for byte, the pages
// that a session has which reads everything anew.
func TestEditionsAreWhatACleanBuildMakes(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	t.Run("starter", func(t *testing.T) { editAtRandom(t, content.Starter(), "first-system", "", *edits-*edits/4) })
	t.Run("example", func(t *testing.T) { editAtRandom(t, content.Example(), "desk-assistant", "", *edits/6) })
	t.Run("example for an audience", func(t *testing.T) { editAtRandom(t, content.Example(), "desk-assistant", "certifier", *edits/12) })
}

func editAtRandom(t *testing.T, from fs.FS, system, audience string, edits int) {
	dir := sample.Kept(t, from)
	o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience}
	session, learned := generator.NewSession(o), generator.NewSession(o) // the second knows git
	defer session.Close()
	defer learned.Close()
	var alike []string
	e := &editor{dir: dir, system: system, random: rand.New(rand.NewPCG(*editSeed, 1)), original: map[string][]byte{}}
	want := generator.Want{AsOf: o.AsOf}
	whole := 0
	for n := range edits {
		what := e.step(t)
		if n%40 == 39 {
			sample.Git(t, dir, "2026-11-21T12:00:00Z", "add", "-A")
			sample.Git(t, dir, fmt.Sprintf("2026-11-21T12:%02d:00Z", n/40), "commit", "-q", "--allow-empty", "-m", "step")
			what += ", commit"
		}
		if n%25 == 24 {
			want.AsOf = want.AsOf.AddDays(e.random.IntN(60) - 30)
			what += ", another day"
		}
		want.Written, want.Only = e.written, e.only
		alike = append(alike, e.written...)
		got, failed := session.Edition(t.Context(), want)
		clean := generator.NewSession(o)
		fresh, err := clean.Edition(t.Context(), generator.Want{AsOf: want.AsOf})
		if failed == nil && err == nil && n%6 == 5 { // with what git knows
			got = learn(t, learned, generator.Want{AsOf: want.AsOf, Written: alike})
			fresh = learn(t, clean, generator.Want{AsOf: want.AsOf})
			alike = nil
		}
		var wrong *generator.InputError // the audience is gone
		if failed != nil && err != nil && failed.Error() == err.Error() && errors.As(err, &wrong) {
			clean.Close()
			continue
		}
		if failed != nil || err != nil {
			t.Fatalf("edit %d (%s): %v, %v", n, what, failed, err)
		}
		if difference := differ(n, got, fresh); difference != "" {
			t.Fatalf("edit %d of -editseed %d (%s): %s", n, *editSeed, what, difference)
		}
		clean.Close()
		if got.Whole() {
			whole++
		}
	}
	if whole < edits/4 || whole == edits {
		t.Errorf("%d of %d editions were whole; the edits are not of all kinds", whole, edits)
	}
	t.Logf("%d edits, %d whole editions", edits, whole)

	e.restore(t) // and what is on the disk in the end
	last := learn(t, learned, generator.Want{AsOf: want.AsOf, Written: append(alike, e.written...)})
	out := filepath.Join(t.TempDir(), "site")
	o.Output, o.AsOf = out, want.AsOf
	if result, err := generator.Build(t.Context(), o); err != nil || !result.Written {
		t.Fatal(result.Diagnostics, err)
	}
	for name := range last.Paths {
		built, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if page, ok, err := last.Page(name); err != nil || ok && !bytes.Equal(page, built) {
			t.Errorf("%s is not what was built (%v)", name, err)
		}
	}
}

// learn returns an edition that has what git knows.
func learn(t *testing.T, s *generator.Session, want generator.Want) *generator.Edition {
	t.Helper()
	e, err := s.Edition(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	if !e.Whole() || s.Current(t.Context()) {
		return e
	}
	s.Learn(t.Context(), e)()
	if e, err = s.Edition(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	return e
}

// differ says in what two editions differ after the n-th edit, or "". After each
// another third of the pages is compared: what an edit should have changed and did
// not, mostly stays so. Files to download say what pages say, and take longer to
// make than all of these: they are compared after every eighth edit. In the end
// everything is.
func differ(n int, a, b *generator.Edition) string {
	if x, y := a.Whole(), b.Whole(); x != y {
		return fmt.Sprintf("whole is %v, clean %v: %s", x, y, firstOf(a.Diagnostics(), b.Diagnostics()))
	}
	if first := firstOf(a.Diagnostics(), b.Diagnostics()); first != "" {
		return first
	}
	x, y := slices.Sorted(a.Paths), slices.Sorted(b.Paths)
	if !slices.Equal(x, y) {
		return fmt.Sprintf("%d and %d paths", len(x), len(y))
	}
	var mu sync.Mutex
	var found []string
	var work sync.WaitGroup
	for part := range slices.Chunk(x, len(x)/4+1) {
		work.Go(func() {
			for i, name := range part {
				if i%3 != n%3 || strings.HasPrefix(path.Base(path.Dir(name)), "exports") && n%8 != 0 {
					continue
				}
				p, _, err := a.Page(name)
				q, _, err2 := b.Page(name)
				if err != nil || err2 != nil || !bytes.Equal(p, q) {
					mu.Lock()
					found = append(found, fmt.Sprintf("%s differs (%v, %v)", name, err, err2))
					mu.Unlock()
				}
			}
		})
	}
	work.Wait()
	slices.Sort(found)
	return strings.Join(found[:min(5, len(found))], "; ")
}

func firstOf(a, b []diag.Diagnostic) string {
	for i := range max(len(a), len(b)) {
		if i >= len(a) {
			return fmt.Sprintf("missing %+v", b[i])
		}
		if i >= len(b) {
			return fmt.Sprintf("too much: %+v", a[i])
		}
		if fmt.Sprint(a[i]) != fmt.Sprint(b[i]) {
			return fmt.Sprintf("%+v, clean %+v", a[i], b[i])
		}
	}
	return ""
}

// editor changes a workspace at random, as its people, their editors and git do,
// and knows how it was before.
type editor struct {
	dir      string
	system   string // id of one of its AI systems
	random   *rand.Rand
	original map[string][]byte // of the files that were changed; nil for one that is new
	written  []string          // with the last step
	only     bool              // written is all
	alike    []string          // of the written, those that look the same as before
}

// step makes one to three edits, or puts back what was changed.
func (e *editor) step(t *testing.T) string {
	e.written, e.only, e.alike = nil, true, nil
	if len(e.original) > 0 && e.random.IntN(5) < 2 {
		e.restore(t)
		return "restored"
	}
	var did []string
	for range 1 + e.random.IntN(3) {
		did = append(did, e.edit(t))
	}
	if !e.only || e.random.IntN(3) == 0 { // nobody told of the others
		e.only, e.written = false, e.alike
	}
	return strings.Join(did, ", ")
}

func (e *editor) restore(t *testing.T) {
	for name, data := range e.original {
		if data == nil {
			e.remove(t, name)
		} else {
			e.write(t, name, data)
		}
	}
	clear(e.original)
}

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

func (e *editor) keep(name string) {
	if _, known := e.original[name]; !known {
		data, err := os.ReadFile(e.path(name))
		if err != nil {
			data = nil
		}
		e.original[name] = data
	}
}

func (e *editor) write(t *testing.T, name string, data []byte) {
	t.Helper()
	file := e.path(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if e.random.IntN(2) == 0 { // as editors do that save in one go
		temporary := file + ".tmp~"
		if err := os.WriteFile(temporary, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(temporary, file); err != nil {
			t.Fatal(err)
		}
	} else if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	e.written = append(e.written, name)
}

func (e *editor) remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(e.path(name)); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	e.written = append(e.written, name)
}

// files lists the files of the workspace that end in one of the extensions.
func (e *editor) files(t *testing.T, ext ...string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(e.dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case !d.IsDir() && (len(ext) == 0 || slices.Contains(ext, filepath.Ext(name))):
			rel, err := filepath.Rel(e.dir, name)
			list = append(list, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

var fieldLine = regexp.MustCompile(`(?m)^(title|status|owner|id|cadence|version|on|next_review|effective|expires|classification|satisfies|evidence|justification|result|due|applicable) = .*$`)

// edit makes one edit and says what it was.
func (e *editor) edit(t *testing.T) string {
	t.Helper()
	r := e.random
	change := func(name string, how func(string) string) string {
		e.keep(name)
		data, err := os.ReadFile(e.path(name))
		if err != nil {
			t.Fatal(err)
		}
		e.write(t, name, []byte(how(string(data))))
		return name
	}
	switch r.IntN(17) {
	case 0, 1, 2: // a word, a heading, a reference, a link in a text
		text := pick(r, []string{"One more sentence.\n", "\n## Another heading\n", "\nSee [[ai-policy]] and [[iso-42001:A.2.2]].\n", "\nSee [[nothing-such]].\n", "\n[the policy](../policies/ai-policy.md#purpose)\n", "\nStaff report as needed.\n"})
		return "text of " + change(pick(r, e.files(t, ".md")), func(s string) string { return s + text })
	case 3, 4, 5: // the value of a key
		return "value in " + change(pick(r, e.files(t, ".toml", ".md")), func(s string) string {
			lines := fieldLine.FindAllStringIndex(s, -1)
			if lines == nil {
				return s + "\n"
			}
			at := pick(r, lines)
			key, _, _ := strings.Cut(s[at[0]:at[1]], " ")
			value := pick(r, map[string][]string{
				"status": {`"planned"`, `"implemented"`, `"draft"`, `"approved"`, `"nonsense"`}, "on": {"2026-10-01", "2027-01-01"},
				"next_review": {"2026-11-01", "2027-06-30"}, "effective": {"2026-06-01"}, "expires": {"2026-11-30", "2026-01-01"}, "due": {"2026-12-01"},
				"classification": {`"public"`, `"internal"`, `"restricted"`}, "cadence": {`"1 month"`, `"2 years"`}, "satisfies": {`["iso-42001:A.6.2.4"]`, `[]`},
				"title": {`"Another title"`}, "owner": {`"ai-governance-lead"`, `"nobody"`}, "id": {`"another-id"`}, "version": {`"9.9"`}, "justification": {`"So it is."`},
				"evidence": {`[]`}, "applicable": {"true", "false"}, "result": {`"effective"`, `"ineffective"`},
			}[key])
			return s[:at[0]] + key + " = " + value + s[at[1]:]
		})
	case 6: // a line is lost
		return "lost line of " + change(pick(r, e.files(t, ".toml", ".md")), func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			i := r.IntN(len(lines))
			return strings.Join(slices.Delete(lines, i, i+1), "")
		})
	case 7: // half a file
		return "half of " + change(pick(r, e.files(t, ".toml", ".md")), func(s string) string { return s[:r.IntN(len(s)+1)] })
	case 8: // a file goes
		name := pick(r, e.files(t))
		e.keep(name)
		e.remove(t, name)
		return "deleted " + name
	case 9: // a file gets another name, or goes into another project
		name := pick(r, e.files(t, ".toml", ".md", ".csv", ".pdf"))
		to := pick(r, []string{"organization", "systems/" + e.system, "."}) + "/moved-" + filepath.Base(name)
		to = strings.TrimPrefix(to, "./")
		e.keep(name)
		e.keep(to)
		data, err := os.ReadFile(e.path(name))
		if err != nil {
			t.Fatal(err)
		}
		e.write(t, to, data)
		e.remove(t, name)
		return "moved " + name
	case 10: // new records
		name := fmt.Sprintf("organization/new-%d.toml", r.IntN(3))
		e.keep(name)
		id := pick(r, []string{"extra-one", "extra-two"})
		e.write(t, name, []byte(pick(r, []string{
			"[[role]]\nid = \"" + id + "\"\ntitle = \"Extra\"\n",
			"[[control]]\nid = \"" + id + "\"\ntitle = \"Extra\"\nsatisfies = [\"iso-42001:A.2.2\"]\nstatus = \"planned\"\n",
			"[[evidence]]\nid = \"" + id + "\"\ntitle = \"Extra\"\neffective = 2026-10-10\nfile = \"evidence/extra.csv\"\n",
			"[[risk]]\nid = \"" + id + "\"\ntitle = \"Extra\"\nlikelihood = 3\nimpact = 4\n",
		})))
		return "wrote " + name
	case 11: // evidence is written anew
		files := slices.DeleteFunc(e.files(t), func(n string) bool { return !strings.Contains(n, "/evidence/") })
		if len(files) == 0 {
			return "nothing"
		}
		return "evidence " + change(pick(r, files), func(s string) string { return s + "x" })
	case 12: // the theme
		name := pick(r, []string{"theme/styles/9-own.css", "theme/templates/parties.html", "theme/templates/roles.html", "theme/lang/en.json", "theme/nothing.txt"})
		e.keep(name)
		e.write(t, name, []byte(pick(r, []string{"body { color: red }", "<h1>{{.Title}}</h1>", "<h1>{{.Nothing}}</h1>", "{{if}}", `{"Roles": "Functions"}`})))
		return "wrote " + name
	case 13: // frameworks
		if r.IntN(2) == 0 {
			return "frameworks of " + change("annex.toml", func(s string) string {
				return regexp.MustCompile(`(?m)^frameworks = .*$`).ReplaceAllString(s, pick(r, []string{
					`frameworks = ["iso-42001", "iso-27001", "iso-27701", "eu-ai-act", "nist-ai-rmf", "house-rules"]`,
					`frameworks = ["iso-42001", "iso-27001", "iso-27701", "eu-ai-act"]`,
					`frameworks = ["nist-ai-rmf", "iso-42001", "iso-27001", "iso-27701", "eu-ai-act"]`,
				}))
			})
		}
		name := pick(r, []string{"frameworks/house-rules.toml", "frameworks/walk.toml"})
		e.keep(name)
		e.write(t, name, []byte(map[string]string{
			"frameworks/house-rules.toml": "id = \"house-rules\"\ntitle = \"House rules\"\nversion = \"" + pick(r, []string{"1", "2"}) + "\"\nkind = \"guideline\"\n\n[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"Be kind\"\nasks = \"Be kind.\"\n",
			"frameworks/walk.toml":        "kind = \"crosswalk\"\nfrom = \"house-rules\"\nto = \"iso-42001\"\nversion = \"1\"\n",
		}[name]))
		return "wrote " + name
	case 14: // the same size and the same time
		name := pick(r, e.files(t, ".md"))
		info, err := os.Stat(e.path(name))
		if err != nil {
			t.Fatal(err)
		}
		what := change(name, func(s string) string { return strings.Replace(s, "the", "THE", 1) })
		if err := os.Chtimes(e.path(name), time.Time{}, info.ModTime()); err != nil {
			t.Fatal(err)
		}
		e.alike = append(e.alike, name)
		return "same time for " + what
	case 15: // touched, not changed
		return "touched " + change(pick(r, e.files(t)), func(s string) string { return s })
	default: // a folder gets another name
		from, to := "organization/documents/policies", "organization/documents/rules"
		if r.IntN(2) == 0 {
			from, to = "systems/"+e.system, "systems/renamed"
		}
		for _, name := range e.files(t) {
			rest, ok := strings.CutPrefix(name, from+"/")
			if !ok {
				continue
			}
			e.keep(name)
			e.keep(to + "/" + rest)
		}
		if _, err := os.Stat(e.path(to)); err == nil {
			return "nothing"
		}
		if err := os.Rename(e.path(from), e.path(to)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		e.only = false
		return "renamed " + from
	}
}
