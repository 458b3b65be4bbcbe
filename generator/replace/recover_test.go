package replace

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test binary runs as a process to be killed, or one of many at once, in the
// folder that childOf names.
const (
	childOf   = "ANNEX_REPLACE_IN"
	childDoes = "ANNEX_REPLACE_DOES"
	addings   = 5 // lines that a process of many adds
	manyFiles = 12
)

func TestMain(m *testing.M) {
	dir := os.Getenv(childOf)
	if dir == "" {
		os.Exit(m.Run())
	}
	var err error
	switch os.Getenv(childDoes) {
	case "some":
		err = replaceIn(dir, some())
	case "many":
		os.Stdout.WriteString("go")
		err = replaceIn(dir, many())
	case "add":
		err = addLines(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// addLines reads and replaces within one turn, as an import does.
func addLines(dir string) error {
	for n := 0; n < addings; {
		turn, err := Take(dir)
		var locked *LockedError
		if errors.As(err, &locked) {
			time.Sleep(time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, "a.toml"))
		if err == nil {
			err = turn.Replace([]File{{Path: "a.toml", Before: text, After: append(slices.Clip(text), 'x')}})
		}
		turn.End()
		if err != nil {
			return err
		}
		n++
	}
	return nil
}

func many() []File {
	var list []File
	for i := range manyFiles {
		f := File{Path: fmt.Sprintf("d%d/f%d.toml", i%4, i), After: []byte(strings.Repeat("new ", 5000))}
		if i%5 > 0 {
			f.Before = []byte(strings.Repeat("old ", 5000))
		}
		list = append(list, f)
	}
	return list
}

// TestAKillAtAnyMoment kills a process for real at random moments, every other
// time just after the journal is there: bringing texts to the disk takes so much
// longer than the renames that no other kill would meet one.
func TestAKillAtAnyMoment(t *testing.T) {
	var half, oldOnce, newOnce int
	long := 40 * time.Millisecond
	for run := range 16 {
		dir := t.TempDir()
		before, after := map[string]string{}, map[string]string{}
		for _, f := range many() {
			after[f.Path] = string(f.After)
			if f.Before != nil {
				before[f.Path] = string(f.Before)
			}
		}
		write(t, dir, before)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childOf+"="+dir, childDoes+"=many")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 2)); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		if run > 0 { // the first shows how long it takes
			if wait := rand.N(long); run%2 == 0 {
				time.Sleep(wait)
			} else {
				for begun := false; !begun && time.Since(began) < 10*time.Second; {
					begun, _ = Interrupted(dir)
				}
				time.Sleep(rand.N(4 * time.Millisecond))
			}
			_ = cmd.Process.Kill()
		}
		if err := cmd.Wait(); run == 0 {
			if err != nil {
				t.Fatal(err)
			}
			long = time.Since(began)
		}
		if begun, err := Interrupted(dir); err != nil {
			t.Fatal(err)
		} else if begun {
			half++
		}
		turn, err := Take(dir)
		if err != nil {
			t.Fatal(err)
		}
		turn.End()
		got := holds(t, dir)
		maps.DeleteFunc(got, func(name, _ string) bool { return strings.HasSuffix(name, "/") && name[0] == 'd' })
		switch {
		case maps.Equal(got, after):
			newOnce++
		case maps.Equal(got, before):
			oldOnce++
		default:
			t.Errorf("run %d: neither old nor new: %v", run, slices.Sorted(maps.Keys(got)))
		}
	}
	t.Logf("%d were the old files, %d the new ones, %d of them with a journal to go on with", oldOnce, newOnce, half)
}

func TestAnInterruptedRunIsFinished(t *testing.T) {
	dir := interrupted(t)
	if begun, err := Interrupted(dir); !begun || err != nil {
		t.Errorf("interrupted: %t, %v", begun, err)
	}
	turn, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	turn.End()
	if want := "an import that was interrupted is finished now: 2 of its 3 files had still to be written"; turn.Ended != want {
		t.Errorf("it says %q", turn.Ended)
	}
	if got := holds(t, dir); !maps.Equal(got, newOnes()) {
		t.Errorf("%v", got)
	}
	if begun, err := Interrupted(dir); begun || err != nil {
		t.Errorf("interrupted: %t, %v", begun, err)
	}
}

func TestAnInterruptedRunWithoutItsTextsIsUndone(t *testing.T) {
	dir := interrupted(t)
	write(t, dir, map[string]string{Dir + "/3.new": "something else"})
	turn, err := Take(dir)
	if err != nil {
		t.Fatal(err)
	}
	turn.End()
	if got := holds(t, dir); turn.Ended != "an import that was interrupted was undone" || !maps.Equal(got, oldOnes()) {
		t.Errorf("%q: %v", turn.Ended, got)
	}
}

// TestAFileInTheWayOfAnInterruptedRun holds that nothing is touched, that the
// sentence names the files, and that what it advises helps.
func TestAFileInTheWayOfAnInterruptedRun(t *testing.T) {
	for _, name := range []string{"a.toml", "new/folder/c.toml", "sub/b.toml"} {
		dir := interrupted(t)
		write(t, dir, map[string]string{name: "by hand"})
		before := holds(t, dir)
		_, err := Take(dir)
		var inTheWay *InTheWayError
		if !errors.As(err, &inTheWay) || !slices.Equal(inTheWay.Changed, []string{name}) || len(inTheWay.Written)+len(inTheWay.Waiting) != 2 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !strings.Contains(err.Error(), name+" changed since") || !strings.Contains(err.Error(), "delete the folder .annex/import, and run the import again") {
			t.Errorf("it says %v", err)
		}
		if got := holds(t, dir); !maps.Equal(got, before) {
			t.Errorf("%s: something was touched: %v", name, got)
		}
		if err := os.RemoveAll(filepath.Join(dir, Dir)); err != nil {
			t.Fatal(err)
		}
		if err := replaceIn(dir, []File{{Path: name, Before: []byte("by hand"), After: []byte("x")}}); err != nil {
			t.Errorf("%s: after the advice: %v", name, err)
		}
	}
}

// TestAJournalFromElsewhereReachesNoOtherFile holds that a workspace that comes
// with a journal changes nothing but records.
func TestAJournalFromElsewhereReachesNoOtherFile(t *testing.T) {
	for _, path := range []string{".git/config", ".git/x.toml", "../x.toml", "/tmp/x.toml", "a/../../x.toml", `a\x.toml`, "x.sh", "C:x.toml", ".toml", ""} {
		dir := workspace(t)
		write(t, dir, map[string]string{
			".git/config":    "own",
			Dir + "/1.new":   "hostile",
			Dir + "/1.old":   "",
			journalFile:      fmt.Sprintf(`{"files": [{"path": %q, "before": %q, "after": %q, "staged": 1}], "folders": null}`, path, digest([]byte("own")), digest([]byte("hostile"))),
			"sub/again.toml": "",
		})
		before := holds(t, dir)
		if _, err := Take(dir); err == nil || !strings.Contains(err.Error(), "is not as annex writes it") {
			t.Errorf("%s: %v", path, err)
		}
		got := holds(t, dir)
		delete(got, hideFile)
		delete(got, lockFile)
		if !maps.Equal(got, before) {
			t.Errorf("%s: %v", path, got)
		}
	}
	for _, text := range []string{"", "{", `{"files": [], "folders": ["new"]}`, `{"files": [], "folders": [".git"]}`, `{"other": 1}`} {
		dir := workspace(t)
		write(t, dir, map[string]string{journalFile: text})
		if _, err := Take(dir); err == nil || !strings.Contains(err.Error(), "delete the folder .annex/import") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestGitSeesNothingMeanwhile holds that a kill leaves no new file for git.
func TestGitSeesNothingMeanwhile(t *testing.T) {
	dir := interrupted(t)
	for _, args := range [][]string{{"init", "-q"}, {"status", "--porcelain", "-uall"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Contains(string(out), ".annex") {
			t.Errorf("%v: %v: %s", args, err, out)
		}
	}
}
