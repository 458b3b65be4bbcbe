package replace

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"syscall"
	"testing"
)

// faulty is the real disk with a fault at one operation, or a say before each.
type faulty struct {
	disk
	left   int // operations until the fault
	killed bool
	dead   bool
	apart  bool // the folder for staged texts is on another disk
	before func(what, name string) error
}

func (f *faulty) step(what, name string) error {
	if f.before != nil {
		return f.before(what, name)
	}
	f.left--
	if f.left == 0 || f.dead {
		f.dead = f.dead || f.killed
		return syscall.EIO
	}
	return nil
}

func guard[T any](f *faulty, what, name string, do func() (T, error)) (T, error) {
	if err := f.step(what, name); err != nil {
		var zero T
		return zero, err
	}
	return do()
}

func (f *faulty) Lstat(n string) (fs.FileInfo, error) {
	return guard(f, "look at", n, func() (fs.FileInfo, error) { return f.disk.Lstat(n) })
}

func (f *faulty) ReadFile(n string) ([]byte, error) {
	return guard(f, "read", n, func() ([]byte, error) { return f.disk.ReadFile(n) })
}

func (f *faulty) ReadDir(n string) ([]fs.DirEntry, error) {
	return guard(f, "list", n, func() ([]fs.DirEntry, error) { return f.disk.ReadDir(n) })
}

func (f *faulty) act(what, name string, do func() error) error {
	if err := f.step(what, name); err != nil {
		return err
	}
	return do()
}

func (f *faulty) Mkdir(n string) error {
	return f.act("make", n, func() error { return f.disk.Mkdir(n) })
}

func (f *faulty) Remove(n string) error {
	return f.act("remove", n, func() error { return f.disk.Remove(n) })
}

func (f *faulty) RemoveAll(n string) error {
	return f.act("clear", n, func() error { return f.disk.RemoveAll(n) })
}

func (f *faulty) SyncDir(n string) error {
	return f.act("sync", n, func() error { return f.disk.SyncDir(n) })
}

func (f *faulty) Create(n string, text []byte, mode fs.FileMode) error {
	if err := f.step("create", n); err != nil {
		_ = f.disk.Create(n, text[:len(text)/2], mode) // a full disk leaves half a file
		return err
	}
	return f.disk.Create(n, text, mode)
}

func (f *faulty) Rename(old, to string) error {
	return f.act("rename", to, func() error {
		if f.apart && strings.HasPrefix(old, Dir+"/") != strings.HasPrefix(to, Dir+"/") {
			return syscall.EXDEV
		}
		return f.disk.Rename(old, to)
	})
}

// TestEveryFaultLeavesAllOrNothing fails the first operation, then the second,
// and so on until a run gets through: as a disk that fails once, and as a kill.
func TestEveryFaultLeavesAllOrNothing(t *testing.T) {
	for _, apart := range []bool{false, true} {
		for _, killed := range []bool{false, true} {
			t.Run(fmt.Sprintf("killed=%t,apart=%t", killed, apart), func(t *testing.T) {
				t.Parallel()
				n := 1
				for ; failNth(t, n, killed, apart); n++ {
					if n > 500 {
						t.Fatal("no run got through")
					}
				}
				if n < 30 {
					t.Errorf("only %d operations were seen", n)
				}
			})
		}
	}
}

// failNth fails the n-th operation and reports whether there was one.
func failNth(t *testing.T, n int, killed, apart bool) bool {
	dir := workspace(t)
	d, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.root.Close()
	f := &faulty{disk: d, left: n, killed: killed, apart: apart}
	turn, err := take(f)
	if err == nil {
		err = turn.Replace(some())
		if killed {
			turn.unlock()
		} else {
			turn.End()
		}
	}
	got := holds(t, dir)
	if !killed {
		for name := range got {
			if strings.HasPrefix(name, ".annex/") {
				delete(got, name) // the next turn clears it away
			}
		}
		switch {
		case maps.Equal(got, newOnes()) && (err == nil || strings.Contains(err.Error(), "all files are written")):
		case maps.Equal(got, oldOnes()) && err != nil:
		default:
			t.Errorf("operation %d: neither old nor new: %v, %v", n, got, err)
		}
	}
	thenAllOrNothing(t, dir, fmt.Sprintf("operation %d", n), err == nil)
	return f.left <= 0
}

// thenAllOrNothing begins another turn and holds that the files are the old or the
// new ones, that nothing is left over, and that all was done if that was said.
func thenAllOrNothing(t *testing.T, dir, when string, done bool) {
	t.Helper()
	turn, err := Take(dir)
	if err != nil {
		t.Errorf("%s: the next turn: %v", when, err)
		return
	}
	turn.End()
	got := holds(t, dir)
	if !maps.Equal(got, newOnes()) && (done || !maps.Equal(got, oldOnes())) {
		t.Errorf("%s: after the next turn: %v (%s)", when, got, turn.Ended)
	}
}

// TestEveryFaultOfARecovery fails each operation of the turn that finishes an
// interrupted one.
func TestEveryFaultOfARecovery(t *testing.T) {
	for _, apart := range []bool{false, true} {
		for _, stagedGone := range []bool{false, true} {
			t.Run(fmt.Sprintf("apart=%t,stagedGone=%t", apart, stagedGone), func(t *testing.T) {
				t.Parallel()
				n := 1
				for ; failNthOfRecovery(t, n, apart, stagedGone); n++ {
					if n > 500 {
						t.Fatal("no run got through")
					}
				}
				if n < 15 {
					t.Errorf("only %d operations were seen", n)
				}
			})
		}
	}
}

func failNthOfRecovery(t *testing.T, n int, apart, stagedGone bool) bool {
	dir := interrupted(t)
	d, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.root.Close()
	if stagedGone {
		if err := d.Remove(Dir + "/3.new"); err != nil {
			t.Fatal(err)
		}
	}
	f := &faulty{disk: d, left: n, killed: true, apart: apart}
	turn, err := take(f)
	if err == nil {
		turn.unlock()
	}
	if f.left > 0 && err != nil {
		t.Errorf("operation %d: %v without a fault", n, err)
	}
	thenAllOrNothing(t, dir, fmt.Sprintf("operation %d", n), !stagedGone)
	return f.left <= 0
}

// interrupted makes a workspace in which one of three files is replaced.
func interrupted(t *testing.T) string {
	t.Helper()
	dir := workspace(t)
	d, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.root.Close()
	dead := false
	f := &faulty{disk: d, before: func(what, name string) error {
		if dead = dead || what == "rename" && name == "new/folder/c.toml"; dead {
			return syscall.EIO
		}
		return nil
	}}
	turn, err := take(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := turn.Replace(some()); err == nil {
		t.Fatal("it was not interrupted")
	}
	turn.unlock()
	if got := holds(t, dir); got["a.toml"] != "A" || got["sub/b.toml"] != "b" || got[journalFile] == "" {
		t.Fatalf("it is not half done: %v", got)
	}
	return dir
}
