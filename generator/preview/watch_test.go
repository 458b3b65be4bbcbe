package preview_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"annex/generator/sample"
)

// changes are the ways in which people, editors and git change a workspace.
// After each the preview shows what the files say.
var changes = []struct {
	name   string
	change func(s *served)
}{
	{"a file is written in place", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "First words."))
		s.shows("documents/a.html", "First words.")
		s.write("organization/documents/a.md", policy("a", "Other words."))
		s.shows("documents/a.html", "Other words.")
	}},
	{"a file is written beside and renamed over the old one", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "First words."))
		s.shows("documents/a.html", "First words.")
		for i := range 5 {
			s.write("organization/documents/.a.md.swp", policy("a", fmt.Sprintf("Words %d.", i)))
			s.rename("organization/documents/.a.md.swp", "organization/documents/a.md")
			s.shows("documents/a.html", fmt.Sprintf("Words %d.", i))
		}
	}},
	{"the old file is moved away and a new one written, as vim does", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "First words."))
		s.shows("documents/a.html", "First words.")
		s.write("organization/documents/4913", "")
		s.remove("organization/documents/4913")
		s.rename("organization/documents/a.md", "organization/documents/a.md~")
		s.write("organization/documents/a.md", policy("a", "Other words."))
		s.remove("organization/documents/a.md~")
		s.shows("documents/a.html", "Other words.")
	}},
	{"a folder comes with files deep in it", func(s *served) {
		s.write("organization/new/deep/deeper/a.md", policy("a", "Deep words."))
		s.write("organization/new/deep/b.md", policy("b", "Less deep words."))
		s.shows("documents/a.html", "Deep words.")
		s.shows("documents/b.html", "Less deep words.")
		s.write("organization/new/deep/deeper/a.md", policy("a", "Deep other words."))
		s.shows("documents/a.html", "Deep other words.")
	}},
	{"a folder goes", func(s *served) {
		s.write("organization/new/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		s.remove("organization/new")
		s.gone("documents/a.html")
		s.write("organization/new/a.md", policy("a", "Words again."))
		s.shows("documents/a.html", "Words again.")
	}},
	{"a folder gets another name, and files in it are written after", func(s *served) {
		s.write("organization/new/sub/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		s.rename("organization/new", "organization/renamed")
		s.write("organization/renamed/sub/a.md", policy("a", "Words under another name."))
		s.shows("documents/a.html", "under another name")
		time.Sleep(100 * time.Millisecond)
		s.write("organization/renamed/sub/a.md", policy("a", "Words once more."))
		s.shows("documents/a.html", "once more")
		s.write("organization/renamed/b.md", policy("b", "A new file."))
		s.shows("documents/b.html", "A new file.")
	}},
	{"two folders change places", func(s *served) {
		s.write("organization/one/a.md", policy("a", "Words of a."))
		s.write("organization/two/b.md", policy("b", "Words of b."))
		s.shows("documents/b.html", "Words of b.")
		s.rename("organization/one", "organization/three")
		s.rename("organization/two", "organization/one")
		s.rename("organization/three", "organization/two")
		time.Sleep(100 * time.Millisecond)
		s.write("organization/one/b.md", policy("b", "New words of b."))
		s.shows("documents/b.html", "New words of b.")
		s.write("organization/two/a.md", policy("a", "New words of a."))
		s.shows("documents/a.html", "New words of a.")
	}},
	{"a storm of renames", func(s *served) {
		for i := range 40 {
			s.write(fmt.Sprintf("organization/storm/p%02d.md", i), policy(fmt.Sprintf("p%02d", i), "Calm."))
		}
		s.shows("documents/p39.html", "Calm.")
		for round := range 10 {
			for i := range 40 {
				from, to := fmt.Sprintf("organization/storm/p%02d.md", i), fmt.Sprintf("organization/storm/q%02d.md", i)
				if round%2 == 1 {
					from, to = to, from
				}
				s.rename(from, to)
			}
		}
		s.write("organization/storm/p17.md", policy("p17", "After the storm."))
		s.shows("documents/p17.html", "After the storm.")
		s.fine()
	}},
	{"styles, templates and catalogs come and go", func(s *served) {
		s.write("theme/styles/9-own.css", "body { color: teal }")
		s.shows("assets/annex.css", "teal")
		s.write("theme/templates/parties.html", "<h1>Own parties</h1>")
		s.shows("parties.html", "Own parties")
		s.write("frameworks/house.toml", "id = \"house\"\ntitle = \"House rules\"\nversion = \"1\"\nkind = \"guideline\"\n\n[[requirement]]\nref = \"1\"\nkind = \"clause\"\ntitle = \"Be kind\"\nasks = \"Be kind.\"\n")
		config := s.read("annex.toml")
		s.write("annex.toml", strings.Replace(config, `"iso-42001"`, `"iso-42001", "house"`, 1))
		s.shows("frameworks/house/1.html", "Be kind")
		s.write("annex.toml", config)
		s.remove("frameworks")
		s.remove("theme")
		s.gone("frameworks/house/1.html")
		s.until("the built-in page", func() bool {
			_, page := get(s.t, s.address+"parties.html")
			return !strings.Contains(page, "Own parties")
		})
	}},
	{"what is broken is told and mended", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		s.write("organization/documents/a.md", policy("a", "See [[nothing-such]]."))
		s.complains("nothing-such")
		s.shows("documents/a.html", "Words.")
		s.write("organization/documents/b.md", "no front matter")
		s.complains("AX0103")
		s.write("organization/documents/a.md", policy("a", "Mended words."))
		s.remove("organization/documents/b.md")
		s.shows("documents/a.html", "Mended words.")
		s.fine()
		s.write("theme/templates/parties.html", "{{if}}")
		s.complains("AX1101")
		s.remove("theme")
		s.fine()
	}},
	{"what cannot be read is put back as it was", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		for range 2 {
			s.write("organization/documents/a.md", policy("a", "Words.\xff"))
			s.complains("AX0105")
			s.write("organization/documents/a.md", policy("a", "Words."))
			s.fine()
		}
		s.write("organization/documents/a.md", policy("a", strings.Repeat("Long words. ", 60000)))
		s.complains("AX0104")
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.fine()
	}},
	{"a link comes and goes", func(s *served) {
		if err := os.Symlink(s.path("annex.toml"), s.path("organization/extra.md")); err != nil {
			s.t.Skip(err)
		}
		s.complains("AX0106")
		s.remove("organization/extra.md")
		s.fine()
	}},
	{"a mistake beside a file that is written all the time", func(s *served) {
		stop := make(chan struct{})
		defer close(stop)
		go func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(60 * time.Millisecond):
					_ = os.WriteFile(s.path("organization/busy.log"), []byte(fmt.Sprint(i)), 0o644)
				}
			}
		}()
		s.write("organization/documents/a.md", policy("a", "See [[nothing-such]]."))
		s.complains("nothing-such")
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.fine()
	}},
	{"the note of a mistake moves", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.write("organization/documents/z.md", policy("a", "Words."))
		s.complains("a.md:2:6: first given here")
		s.write("organization/documents/a.md", strings.Replace(policy("a", "Words."), "id =", "# a comment\nid =", 1))
		s.complains("a.md:3:6: first given here")
	}},
	{"a folder above is replaced by a copy", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		if err := os.Rename(s.dir, s.dir+"-old"); err != nil {
			s.t.Fatal(err)
		}
		if err := os.CopyFS(s.dir, os.DirFS(s.dir+"-old")); err != nil {
			s.t.Fatal(err)
		}
		time.Sleep(3 * time.Second)
		s.write("organization/documents/a.md", policy("a", "Words of the copy."))
		s.shows("documents/a.html", "Words of the copy.")
	}},
	{"the workspace is moved away and comes back", func(s *served) {
		s.write("organization/documents/a.md", policy("a", "Words."))
		s.shows("documents/a.html", "Words.")
		if err := os.Rename(s.dir, s.dir+"-away"); err != nil {
			s.t.Fatal(err)
		}
		s.until("a failure", func() bool {
			_, body := get(s.t, s.address+"_annex/state?path=/")
			return strings.Contains(body, `"failure"`)
		})
		s.shows("documents/a.html", "Words.")
		if err := os.Rename(s.dir+"-away", s.dir); err != nil {
			s.t.Fatal(err)
		}
		s.fine()
		time.Sleep(100 * time.Millisecond)
		s.write("organization/documents/a.md", policy("a", "Words at home."))
		s.shows("documents/a.html", "Words at home.")
	}},
	{"git checks out another branch, and a commit is made", func(s *served) {
		git := func(args ...string) { sample.Git(s.t, s.dir, "2026-11-20T12:00:00Z", args...) }
		git("init", "-q", "-b", "main")
		git("add", "-A")
		git("commit", "-q", "-m", "one")
		git("checkout", "-q", "-b", "other")
		for i := range 60 {
			s.write(fmt.Sprintf("organization/branch/p%02d.md", i), policy(fmt.Sprintf("p%02d", i), "Of the branch."))
		}
		git("add", "-A")
		git("commit", "-q", "-m", "two")
		s.shows("documents/p59.html", "Of the branch.")
		git("checkout", "-q", "main")
		s.gone("documents/p59.html")
		s.fine()
		git("checkout", "-q", "other")
		s.shows("documents/p00.html", "Of the branch.")
		s.fine()
	}},
}

func TestEveryKindOfChangeShows(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.change(serve(t, starter(t), 0))
		})
	}
}

func TestEveryKindOfChangeShowsWithoutWatches(t *testing.T) {
	for _, c := range changes {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.change(serve(t, starter(t), 100*time.Millisecond))
		})
	}
}

// TestHalfAFileIsNoMistake writes files in pieces, as slow editors and copying
// programs do. Nobody is told of a mistake in what is not finished.
func TestHalfAFileIsNoMistake(t *testing.T) {
	s := serve(t, starter(t), 0)
	for i := range 5 {
		text := policy("a", fmt.Sprintf("Whole words %d.", i))
		f, err := os.Create(s.path("organization/documents/a.md"))
		if err != nil {
			t.Fatal(err)
		}
		for part := range 8 {
			piece := text[len(text)*part/8 : len(text)*(part+1)/8]
			if _, err := f.WriteString(piece); err != nil {
				t.Fatal(err)
			}
			time.Sleep(15 * time.Millisecond)
		}
		f.Close()
		s.shows("documents/a.html", fmt.Sprintf("Whole words %d.", i))
	}
	for _, n := range s.told() {
		if len(n.Problems) > 0 || n.Err != nil {
			t.Errorf("somebody was told of %v, %v", n.Problems, n.Err)
		}
	}
}

// TestACommitShows holds that what git knows is kept up to date, although no
// file of the workspace changes with a commit.
func TestACommitShows(t *testing.T) {
	for name, poll := range map[string]time.Duration{"watched": 0, "looked at": 100 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			dir := starter(t)
			git := func(args ...string) { sample.Git(t, dir, "2026-11-20T12:00:00Z", args...) }
			git("init", "-q")
			git("add", "-A")
			git("commit", "-q", "-m", "one")
			s := serve(t, dir, poll)
			s.write("organization/documents/a.md", policy("a", "Words."))
			s.shows("documents/a.html", "Words.")
			if _, page := get(t, s.address+"documents/a.html"); strings.Contains(page, "20 Nov 2026") {
				t.Fatal("the page shows a revision before there is one")
			}
			git("add", "-A")
			git("commit", "-q", "-m", "two")
			s.shows("documents/a.html", "20 Nov 2026")
		})
	}
}

// TestARepositoryThatIsMadeLaterCounts holds that git init and what follows it
// shows.
func TestARepositoryThatIsMadeLaterCounts(t *testing.T) {
	s := serve(t, starter(t), 0)
	s.write("organization/documents/a.md", policy("a", "Words."))
	s.shows("documents/a.html", "Words.")
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "one"}} {
		sample.Git(t, s.dir, "2026-11-20T12:00:00Z", args...)
	}
	s.shows("documents/a.html", "20 Nov 2026")
}

// TestARepositoryMayTakeItsTime holds that a repository is seen although its
// folder was there long before git wrote what makes it one.
func TestARepositoryMayTakeItsTime(t *testing.T) {
	s := serve(t, starter(t), 0)
	s.write("organization/documents/a.md", policy("a", "Words."))
	s.shows("documents/a.html", "Words.")
	if err := os.Mkdir(filepath.Join(s.dir, ".git"), 0o755); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "one"}} {
		sample.Git(t, s.dir, "2026-11-20T12:00:00Z", args...)
	}
	s.shows("documents/a.html", "20 Nov 2026")
}

// TestWithoutWatchesFilesAreLookedAt runs a preview where the system gives three
// watches only, and one where it gives too few for a folder that comes later.
func TestWithoutWatchesFilesAreLookedAt(t *testing.T) {
	if os.Getenv("ANNEX_TEST_WATCHES") == "" {
		for _, n := range []string{"3", "60"} {
			c := exec.Command("unshare", "-Ur", "sh", "-c", "echo "+n+` > /proc/sys/user/max_inotify_watches && exec "$0" "$@"`,
				os.Args[0], "-test.run=^TestWithoutWatchesFilesAreLookedAt$")
			c.Env = append(os.Environ(), "ANNEX_TEST_WATCHES="+n)
			out, err := c.CombinedOutput()
			if strings.Contains(string(out), "unshare") || strings.Contains(string(out), "max_inotify_watches") {
				t.Skipf("this system does not let a test take watches away: %s", out)
			}
			if err != nil {
				t.Errorf("with %s watches: %v\n%s", n, err, out)
			}
		}
		return
	}
	s := serve(t, starter(t), 0)
	for i := range 60 {
		s.write(fmt.Sprintf("organization/many/f%02d/p.md", i), policy(fmt.Sprintf("p%02d", i), "Words."))
	}
	s.shows("documents/p59.html", "Words.")
	s.write("organization/many/f59/p.md", policy("p59", "Other words."))
	s.shows("documents/p59.html", "Other words.")
	for _, n := range s.told() {
		if n.Polling && n.Err == nil {
			return
		}
	}
	t.Error("nobody was told that files are looked at")
}
