package trend_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"annex/generator/aims"
	"annex/generator/history"
	"annex/generator/trend"
)

// The records of an organization as they went on: a control is planned, is in
// place and performed, an audit covers it and finds something, the evidence
// expires.
const (
	decisions = `
[[decision]]
requirement = "mini:A.1"
applicable = true
reasons = ["policy"]
justification = "Ours."
[[decision]]
requirement = "mini:A.2"
applicable = false
basis = "no-such-activity"
justification = "Not ours."
`
	planned = decisions + `
[[control]]
id = "c"
title = "Control"
owner = "lead"
satisfies = ["mini:A.1", "mini:4.2"]
status = "planned"
`
	performed = decisions + `
[[control]]
id = "c"
title = "Control"
owner = "lead"
satisfies = ["mini:A.1", "mini:4.2"]
status = "implemented"
implemented_on = 2026-02-01
[[control.execution]]
on = 2026-02-05
result = "effective"
evidence = ["e"]
[[evidence]]
id = "e"
title = "Evidence"
note = "Seen."
effective = 2026-02-05
expires = 2026-05-31
`
	audited = performed + `
[[audit]]
id = "audit"
title = "Audit"
kind = "internal"
from = 2026-03-10
to = 2026-03-12
status = "done"
frameworks = ["mini"]
`
	open = audited + finding
	done = open + "closed = 2026-07-01\n"

	finding = `
[[finding]]
id = "f"
title = "Finding"
audit = "audit"
grade = "minor"
requirement = "mini:A.1"
raised = 2026-03-12
`
)

func story(t testing.TB, folder string) *workTree {
	w := newWorkTree(t, folder)
	w.commit("2026-01-15", planned)
	w.commit("2026-02-10", performed)
	w.commit("2026-03-20", open)
	w.put(done)
	return w
}

const storyTable = `2026-01-31 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0
2026-02-28 4 applicable 1 open, 2-2-0, controls 1/1, evidence 1/0, findings 0
2026-03-12 4 applicable 1 open, 2-2-0, controls 1/1, evidence 1/0, findings 0 audit
2026-03-31 4 applicable 1 open, 2-2-2, controls 1/1, evidence 1/0, findings 1
2026-04-30 4 applicable 1 open, 2-2-2, controls 1/1, evidence 1/0, findings 1
2026-05-31 4 applicable 1 open, 2-2-2, controls 1/1, evidence 1/0, findings 1
2026-06-30 4 applicable 1 open, 2-0-0, controls 0/1, evidence 0/1, findings 1
2026-07-10 4 applicable 1 open, 2-0-0, controls 0/1, evidence 0/1, findings 0
`

// TestTheNumbersOfAHandMadeHistory has the point of the audit from the records
// as they were on its last day, and the present from the working tree.
func TestTheNumbersOfAHandMadeHistory(t *testing.T) {
	for _, folder := range []string{"", "aims/records"} {
		trends := read(t, story(t, folder).input("2026-07-10"))
		if len(trends) != 1 || trends[0].Organization.ID != "sample" {
			t.Fatalf("%+v", trends)
		}
		if got := table(trends[0]); got != storyTable {
			t.Errorf("in %q:\n%s", folder, got)
		}
		march := trends[0].Points[3]
		if mini := march.Framework("mini"); mini != march.Requirements || mini.Verified != 2 || march.Framework("other") != (trend.Requirements{}) {
			t.Errorf("of the framework: %+v", mini)
		}
		if march.Findings[aims.Minor] != 1 || march.Commit == "" || trends[0].Points[7].Commit != "" {
			t.Errorf("%+v", march)
		}
	}
}

func TestATrendEndsOnTheAsOfDate(t *testing.T) {
	w := story(t, "")
	in := w.input("2026-02-28")
	if got := table(read(t, in)[0]); got != "2026-01-31 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0\n"+
		"2026-02-28 4 applicable 1 open, 2-2-0, controls 1/1, evidence 1/0, findings 0\n" {
		t.Error(got)
	}
	if got := table(read(t, w.input("2026-03-12"))[0]); strings.Count(got, "\n") != 3 || !strings.HasSuffix(got, "2026-03-12 4 applicable 1 open, 2-2-2, controls 1/1, evidence 1/0, findings 1 audit\n") {
		t.Errorf("on the day of an audit:\n%s", got)
	}
	if got := table(read(t, w.input("2026-01-10"))[0]); strings.Count(got, "\n") != 1 {
		t.Errorf("before the first commit:\n%s", got)
	}
}

func TestAnAuditThatEndsWithTheMonthHasOnePoint(t *testing.T) {
	w := newWorkTree(t, "")
	w.commit("2026-01-15", planned)
	w.put(strings.Replace(open, "to = 2026-03-12", "to = 2026-03-31", 1))
	got := read(t, w.input("2026-04-15"))[0].Points
	if len(got) != 4 || got[2].Day.String() != "2026-03-31" || len(got[2].Audits) != 1 || len(got[1].Audits) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestACommitThatCannotBeCountedSaysSo(t *testing.T) {
	w := newWorkTree(t, "ws")
	w.commit("2026-01-15", "")
	w.git("2026-02-15", "rm", "-q", "-r", "ws")
	w.git("2026-02-15", "commit", "-q", "-m", "Gone")
	w.commit("2026-03-15", "[[control\n")
	w.commit("2026-04-15", planned+"\nsecret = 1\nother = 2\n")
	w.commit("2026-05-15", "\n-- organization/project.toml --\nkind = \"organization\"\nid = \"older\"\ntitle = \"Older\"\n")
	w.put(planned)
	const want = `2026-01-31 5 applicable 3 open, 0-0-0, controls 0/0, evidence 0/0, findings 0
2026-02-28 The folder of the records was not in the repository on this day.
2026-03-31 The records of this day have an error by the rules of today, so nothing was counted.
2026-04-30 The records of this day have 2 errors by the rules of today, so nothing was counted.
2026-05-31 The records did not have this organization yet.
2026-06-24 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0
`
	if got := table(read(t, w.input("2026-06-24"))[0]); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestAnUnreadableCommitIsTriedAgain takes the content of a file out of the
// repository and puts it back: the failure is not kept.
func TestAnUnreadableCommitIsTriedAgain(t *testing.T) {
	w := story(t, "")
	in := w.input("2026-07-10")
	in.Cache = history.OpenCache(t.TempDir())
	defer in.Cache.Close()
	objects := filepath.Join(w.repository, ".git", "objects")
	if err := os.Rename(objects, objects+"-away"); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(objects, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := read(t, in)[0]; len(got.Points) != 1 || len(got.Notes) != 1 || !strings.HasPrefix(got.Notes[0], "Git could not read") {
		t.Errorf("without any object:\n%s", table(got))
	}
	if err := os.Remove(objects); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(objects+"-away", objects); err != nil {
		t.Fatal(err)
	}
	repo, err := history.Open(context.Background(), w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer repo.Close()
	first, err := repo.At(context.Background(), aims.NewDate(2026, 1, 31))
	if err != nil {
		t.Fatal(err)
	}
	var blob string
	for _, c := range first.Changes {
		if c.Path == "organization/records.toml" {
			blob = filepath.Join(objects, c.After[:2], c.After[2:])
		}
	}
	if err := os.Rename(blob, blob+"-away"); err != nil {
		t.Fatal(err)
	}
	const want = "2026-01-31 The records of this day could not be read from the git history.\n"
	if got := table(read(t, in)[0]); !strings.HasPrefix(got, want+"2026-02-28 4") {
		t.Errorf("without one file:\n%s", got)
	}
	if err := os.Rename(blob+"-away", blob); err != nil {
		t.Fatal(err)
	}
	if got := table(read(t, in)[0]); got != storyTable {
		t.Errorf("with the file again:\n%s", got)
	}
}

func TestWithoutAHistoryATrendIsThePresent(t *testing.T) {
	const present = "2026-07-10 4 applicable 1 open, 2-0-0, controls 0/1, evidence 0/1, findings 0\n"
	w := newWorkTree(t, "ws")
	w.put(done)
	check := func(why, sentence string) {
		t.Helper()
		if got := table(read(t, w.input("2026-07-10"))[0]); !strings.HasPrefix(got, present+sentence) || strings.Count(got, "\n") != 2 {
			t.Errorf("%s:\n%s", why, got)
		}
	}
	check("nothing committed", "Nothing in the folder")
	t.Setenv("GIT_CEILING_DIRECTORIES", filepath.Dir(w.repository))
	if err := os.RemoveAll(filepath.Join(w.repository, ".git")); err != nil {
		t.Fatal(err)
	}
	check("no repository", "The folder of the records is not kept in git")
	t.Setenv("PATH", "")
	check("no git", "Git is not installed")
}

func TestAShallowCloneHasAShorterTrend(t *testing.T) {
	w := story(t, "")
	clone := filepath.Join(t.TempDir(), "clone")
	w.git("2026-07-01", "clone", "-q", "--depth=1", "file://"+filepath.ToSlash(w.repository), clone)
	w.dir, w.repository = clone, clone
	w.put(done)
	got := table(read(t, w.input("2026-07-10"))[0])
	if want := storyTable[strings.Index(storyTable, "2026-03-31"):] + history.ShallowSentence + "\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestALongHistoryIsCut(t *testing.T) {
	w := newWorkTree(t, "")
	w.commit("1985-01-15", planned)
	got := read(t, w.input("2026-07-10"))[0]
	if len(got.Points) != 121 || got.Points[0].Day.String() != "2016-07-31" || got.Points[119].Day.String() != "2026-06-30" ||
		len(got.Notes) != 1 || got.Notes[0] != "The trend shows the last 120 months; the history is longer." {
		t.Errorf("%d points from %s, %q", len(got.Points), got.Points[0].Day, got.Notes)
	}
}

// TestEachOrganizationHasItsTrend has a second organization that came later.
func TestEachOrganizationHasItsTrend(t *testing.T) {
	const second = "\n-- second/project.toml --\nkind = \"organization\"\nid = \"second\"\ntitle = \"Second\"\n" +
		"-- second/r.toml --\n[[control]]\nid = \"own\"\ntitle = \"Own\"\nsatisfies = [\"mini:4.1\"]\nstatus = \"implemented\"\n"
	w := newWorkTree(t, "")
	w.commit("2026-01-15", planned)
	w.commit("2026-02-15", planned+second)
	in := w.input("2026-03-01")
	in.Cache = history.OpenCache(t.TempDir())
	defer in.Cache.Close()
	const want = `2026-01-31 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0
2026-02-28 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0
2026-03-01 4 applicable 1 open, 0-0-0, controls 0/1, evidence 0/0, findings 0
2026-01-31 The records did not have this organization yet.
2026-02-28 5 applicable 3 open, 1-0-0, controls 0/1, evidence 0/0, findings 0
2026-03-01 5 applicable 3 open, 1-0-0, controls 0/1, evidence 0/0, findings 0
`
	for _, cache := range []string{"empty", "full"} {
		trends := read(t, in)
		if got := table(trends[0]) + table(trends[1]); got != want {
			t.Errorf("with the cache %s:\n%s", cache, got)
		}
	}
}

// TestTheCacheChangesNoResult reads with an empty cache, a full one, a damaged
// one, and one of another version and other catalogs.
func TestTheCacheChangesNoResult(t *testing.T) {
	w := story(t, "")
	in := w.input("2026-07-10")
	dir := t.TempDir()
	want := read(t, in)
	in.Cache = history.OpenCache(dir)
	defer in.Cache.Close()
	check := func(what string, files int) {
		t.Helper()
		if got := read(t, in); !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n%s", what, table(got[0]))
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != files {
			t.Errorf("%s: %d files in the cache, want %d (%v)", what, len(entries), files, err)
		}
	}
	check("empty", 7)
	check("full", 7)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.WriteFile(filepath.Join(dir, e.Name()), []byte("annex cache 1\n{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	check("damaged", 7)
	in.Version = "2"
	check("another version", 14)
	in.Catalogs = fstest.MapFS{"other.txt": {Data: []byte("1")}}
	check("another catalog", 21)
}

// TestTheCacheIsUsed takes all files out of the history: what was counted is
// known.
func TestTheCacheIsUsed(t *testing.T) {
	w := story(t, "ws")
	in := w.input("2026-07-10")
	in.Cache = history.OpenCache(t.TempDir())
	defer in.Cache.Close()
	read(t, in)
	for line := range strings.Lines(w.git("2026-07-01", "cat-file", "--batch-all-objects", "--batch-check")) {
		if id, about, _ := strings.Cut(line, " "); strings.HasPrefix(about, "blob") {
			if err := os.Remove(filepath.Join(w.repository, ".git", "objects", id[:2], id[2:])); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := table(read(t, in)[0]); got != storyTable {
		t.Errorf("got\n%s", got)
	}
	in.Cache = nil
	if got := table(read(t, in)[0]); strings.Count(got, "could not be read") != 7 {
		t.Errorf("without the cache:\n%s", got)
	}
}

func TestTheNumberOfProcessorsChangesNothing(t *testing.T) {
	w := story(t, "")
	in := w.input("2026-07-10")
	for _, n := range []int{1, 2, 8} {
		old := runtime.GOMAXPROCS(n)
		got := table(read(t, in)[0])
		runtime.GOMAXPROCS(old)
		if got != storyTable {
			t.Errorf("on %d:\n%s", n, got)
		}
	}
}

func TestATrendCanBeStopped(t *testing.T) {
	w := story(t, "")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if got, err := trend.Read(ctx, w.input("2026-07-10")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", got, err)
	}
}
