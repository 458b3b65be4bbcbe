package history

import (
	"context"
	"errors"
	"strings"
	"testing"

	"annex/generator/aims"
)

func TestCommitsOfAFolderAreThoseThatChangedIt(t *testing.T) {
	w := newRepository(t)
	w.write("readme", "outside")
	w.commit("2026-01-01", "Outside")
	w.write("records/annex.toml", "1")
	w.write("records/controls/a.toml", "1")
	w.commit("2026-01-02", "Begin\nwith two lines\n\nand a body")
	w.write("readme", "again")
	w.commit("2026-01-03", "Outside again")
	w.write("records/annex.toml", "2")
	w.write("readme", "both")
	w.remove("records/controls/a.toml")
	w.commit("2026-01-04", "Change both")
	w.write("records/controls/a.toml", "1")
	w.commit("2026-01-05", "")
	w.commit("2026-01-06", "Nothing")

	const want = `2026-01-05 : A controls/a.toml
2026-01-04 Change both: M annex.toml D controls/a.toml
2026-01-02 Begin with two lines: A annex.toml A controls/a.toml`
	r := w.open("records")
	if got := story(t, r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	c := commits(t, r)[2]
	if c.Author != "Ada" || c.Email != "ada@example.org" || c.ID != w.git("rev-parse", "HEAD~4") {
		t.Errorf("got %+v", c)
	}
	if got := story(t, w.open("")); strings.Count(got, "\n") != 4 || !strings.Contains(got, "M readme M records/annex.toml D records/controls/a.toml") {
		t.Errorf("the whole repository:\n%s", got)
	}
	if got := story(t, w.open("records/controls")); strings.Count(got, "\n") != 2 || !strings.Contains(got, "Change both: D a.toml") {
		t.Errorf("a folder that was gone for a time:\n%s", got)
	}
}

func TestAMovedFileIsDeletedAndAddedWithTheSameContent(t *testing.T) {
	w := newRepository(t)
	w.write("old.md", strings.Repeat("text\n", 100))
	w.commit("2026-01-01", "One")
	w.git("mv", "old.md", "new.md")
	w.git("config", "diff.renames", "copies")
	w.commit("2026-01-02", "Move")
	c := commits(t, w.open(""))[0]
	if len(c.Changes) != 2 || c.Changes[0].Path != "new.md" || c.Changes[0].After != c.Changes[1].Before ||
		c.Changes[0].Before != "" || c.Changes[1].After != "" || c.Changes[1].Status != Deleted {
		t.Errorf("got %+v", c.Changes)
	}
}

// TestAMergeCountsWithItsFirstParent holds that the commits of a branch are no
// states of the organization, and that the merge has all of their changes.
func TestAMergeCountsWithItsFirstParent(t *testing.T) {
	w := newRepository(t)
	w.write("a", "1")
	w.commit("2026-01-01", "One")
	w.git("checkout", "-q", "-b", "branch")
	w.write("b", "1")
	w.commit("2026-01-02", "On the branch")
	w.write("c", "1")
	w.commit("2026-01-03", "Again")
	w.git("checkout", "-q", "main")
	w.write("a", "2")
	w.commit("2026-01-04", "On main")
	w.on("2026-01-05T12:00:00+0000", "", "merge", "-q", "--no-ff", "-m", "Merge", "branch")
	const want = "2026-01-05 Merge: A b A c\n2026-01-04 On main: M a\n2026-01-01 One: A a"
	if got := story(t, w.open("")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNamesOfFilesAndFoldersAreTakenAsTheyAre(t *testing.T) {
	for _, folder := range []string{"", "Größe", "line\nfeed", "star*[x]", ":(top)", "-rf", " space "} {
		w := newRepository(t)
		w.write("star/x", "not ours")
		w.write(folder+"/ä\n\t\"b\\.md", "1")
		w.write(folder+"/日本/:x", "1")
		w.commit("2026-01-01", "Überschrift \x01 \U0001f600")
		c := commits(t, w.open(folder))[0]
		var paths []string
		for _, change := range c.Changes {
			paths = append(paths, change.Path)
		}
		got := strings.TrimSuffix(strings.Join(paths, "|"), "|star/x")
		if want := "ä\n\t\"b\\.md|日本/:x"; got != want && got != "star/x|"+want {
			t.Errorf("in %q: %q", folder, got)
		}
		if c.Subject != "Überschrift \x01 \U0001f600" {
			t.Errorf("subject %q", c.Subject)
		}
	}
}

func TestTheDayIsThatOfTheCommitter(t *testing.T) {
	for raw, want := range map[string]string{
		"1767223800 +0000":           "2025-12-31",
		"1767223800 +0100":           "2026-01-01",
		"1767227400 -0130":           "2025-12-31",
		"0 +0000":                    "1970-01-01",
		"0 -0001":                    "1970-01-01", // git knows no time before
		"-86401 +0000":               "1970-01-01",
		"99999999999999999999 +9999": "9999-12-31",
		"-9999999999999999999 -1200": "1970-01-01",
		"":                           "1970-01-01",
	} {
		if got := day(raw).String(); got != want {
			t.Errorf("%q is on %s, want %s", raw, got, want)
		}
	}
	w := newRepository(t)
	w.commitEach("2026-03-31T23:30:00-0500", "2026-04-01T00:30:00+0900")
	list := commits(t, w.open(""))
	if list[0].Day != aims.NewDate(2026, 4, 1) || list[1].Day != aims.NewDate(2026, 3, 31) {
		t.Errorf("days %s and %s", list[1].Day, list[0].Day)
	}
}

// commitEach makes a commit on each day.
func (w *workTree) commitEach(days ...string) {
	for _, day := range days {
		w.write("file", day)
		w.commit(day, day)
	}
}

func TestARevisionIsResolvedToACommit(t *testing.T) {
	w := newRepository(t)
	w.write("ws/a", "1")
	first := w.commit("2026-01-01", "One")
	w.git("tag", "-a", "-m", "Signed off", "v1")
	w.git("branch", "side")
	w.write("b", "1")
	second := w.commit("2026-01-02", "Two")
	r := w.open("ws")
	ctx := context.Background()
	for revision, want := range map[string]string{
		"HEAD": second, "HEAD~1": first, "v1": first, "side": first, "main": second,
		second[:8]: second, first: first, "refs/tags/v1": first,
	} {
		c, err := r.Resolve(ctx, revision)
		if err != nil || c.ID != want {
			t.Errorf("%q: %+v, %v", revision, c, err)
		}
	}
	if c, _ := r.Resolve(ctx, "HEAD"); c.Subject != "Two" || len(c.Changes) > 0 || c.Day.String() != "2026-01-02" {
		t.Errorf("a commit that leaves the folder alone: %+v", c)
	}
	for _, revision := range []string{
		"nothing", "", "-v", "--all", "--output=file", "^HEAD", "HEAD~1..HEAD", "HEAD:b", "HEAD\nmain", "HEAD^{tree}", "HEAD~99", "HEAD main", "\x00",
		"0000000000000000000000000000000000000000",
	} {
		var unknown *RevisionError
		if c, err := r.Resolve(ctx, revision); !errors.As(err, &unknown) {
			t.Errorf("%q: %+v, %v", revision, c, err)
		}
	}
	if _, err := r.Resolve(ctx, "v2"); err.Error() != `the git history has no revision "v2"; give a commit, a branch or a tag as git log shows them` {
		t.Error(err)
	}
}

func TestWhatCommitsClaimIsMadeText(t *testing.T) {
	w := newRepository(t)
	tree := w.git("write-tree")
	raw := "tree " + tree + "\nauthor A\xff\x02 <a@b> 1 +0000\ncommitter C <c@d> 99999999999999 +1260\nencoding nonsense\n\nBad \xfe bytes\n"
	w.git("update-ref", "HEAD", w.on("", raw, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"))
	w.write("f", "1")
	w.commit("2026-01-01", "Good")
	r := w.open("")
	c, err := r.Resolve(context.Background(), "HEAD~1")
	if err != nil || c.Author != "A\ufffd\x02" || c.Subject != "Bad \ufffd bytes" {
		t.Errorf("%+v, %v", c, err)
	}
}

func FuzzParser(f *testing.F) {
	id := strings.Repeat("a", 40)
	f.Add(id + "\x00" + id + "\x001 +0000\x00A\x00e\x00s\x00\n:100644 100644 " + id + " " + id + " M\x00ws/a\x00")
	f.Fuzz(func(t *testing.T, s string) {
		p := parser{rest: []byte(s), prefix: "ws/"}
		for len(p.rest) > 0 && p.err == nil {
			p.commit()
		}
	})
}
