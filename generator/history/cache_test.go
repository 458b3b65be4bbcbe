package history

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestACacheGivesBackWhatWasPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "cache")
	c := OpenCache(dir)
	defer c.Close()
	if _, ok := c.Get("key"); ok {
		t.Error("an empty cache has a value")
	}
	for key, value := range map[string]string{"key": "one", "": "", "ke\x00y\n/..": "two"} {
		c.Put(key, []byte(value))
		if got, ok := c.Get(key); !ok || string(got) != value {
			t.Errorf("%q: %q, %v", key, got, ok)
		}
	}
	c.Put("key", []byte("another"))
	again := OpenCache(dir)
	defer again.Close()
	if got, ok := again.Get("key"); !ok || string(got) != "another" {
		t.Errorf("%q, %v", got, ok)
	}
	if info, err := os.Stat(filepath.Join(dir, fileName("key"))); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestWhatIsNotFromTheCacheIsNotThere(t *testing.T) {
	dir := t.TempDir()
	c := OpenCache(dir)
	defer c.Close()
	c.Put("key", []byte("the value"))
	c.Put("other", []byte("the value"))
	file := filepath.Join(dir, fileName("key"))
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other, _ := os.ReadFile(filepath.Join(dir, fileName("other")))
	for n := range good {
		bad := append([]byte{}, good...)
		bad[n] ^= 0x20
		mustWrite(t, file, bad)
		if got, ok := c.Get("key"); ok {
			t.Fatalf("byte %d changed: %q", n, got)
		}
		mustWrite(t, file, good[:n])
		if got, ok := c.Get("key"); ok {
			t.Fatalf("cut at %d: %q", n, got)
		}
	}
	mustWrite(t, file, other)
	if _, ok := c.Get("key"); ok {
		t.Error("the value of another key is taken")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "target")
	mustWrite(t, target, good)
	if err := os.Symlink(target, file); err != nil {
		t.Skip(err)
	}
	if _, ok := c.Get("key"); ok {
		t.Error("a link is followed")
	}
	c.Put("key", []byte("new"))
	if got, ok := c.Get("key"); !ok || string(got) != "new" {
		t.Errorf("in place of the link: %q, %v", got, ok)
	}
	if got, _ := os.ReadFile(target); string(got) != string(good) {
		t.Error("the target of the link was written to")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(file, 0o755); err != nil {
		t.Fatal(err)
	}
	c.Put("key", []byte("new"))
	if _, ok := c.Get("key"); ok {
		t.Error("a folder is read")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func mustWrite(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWithoutAFolderACacheHoldsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	mustWrite(t, file, nil)
	dir := filepath.Join(t.TempDir(), "dir")
	gone := OpenCache(dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", "")
	t.Setenv("XDG_CACHE_HOME", "")
	for name, c := range map[string]*Cache{"none": nil, "a file in its place": OpenCache(file), "no home": OpenCache(""), "deleted": gone} {
		c.Put("key", []byte("value"))
		if _, ok := c.Get("key"); ok {
			t.Errorf("%s: the value is there", name)
		}
		c.Close()
	}
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", home)
	t.Setenv("HOME", home)
	c := OpenCache("")
	defer c.Close()
	c.Put("key", []byte("value"))
	if _, ok := c.Get("key"); !ok {
		t.Error("the default place does not work")
	}
}

func TestTheOldestFilesGoFirst(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, filepath.Join(dir, "theirs"), []byte(strings.Repeat("x", 10000)))
	c := OpenCache(dir)
	defer c.Close()
	size := int64(len(seal("", make([]byte, 1000))))
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range 10 {
		c.Put(fmt.Sprint(i), make([]byte, 1000))
		at := start.Add(time.Duration(i) * time.Minute)
		if err := os.Chtimes(filepath.Join(dir, fileName(fmt.Sprint(i))), at, at); err != nil {
			t.Fatal(err)
		}
	}
	abandoned := filepath.Join(dir, fileName("0")+".X")
	mustWrite(t, abandoned, nil)
	old := start.Add(-2 * time.Hour)
	if err := os.Chtimes(abandoned, old, old); err != nil {
		t.Fatal(err)
	}
	c.deleteOldest(4*size + 1)
	for i := range 10 {
		if _, ok := c.Get(fmt.Sprint(i)); ok != (i >= 6) {
			t.Errorf("file %d is there: %v", i, ok)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 5 {
		t.Errorf("left %v", left)
	}
}

func TestACacheStaysBounded(t *testing.T) {
	dir := t.TempDir()
	c := OpenCache(dir)
	defer c.Close()
	value := make([]byte, 1<<20)
	for i := range 60 {
		c.Put(fmt.Sprint(i), value)
	}
	c.Put("too large", make([]byte, checkEach+1))
	var sum int64
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		info, _ := e.Info()
		sum += info.Size()
	}
	if _, ok := c.Get("59"); !ok || sum > maxCache || sum < maxCache/2 {
		t.Errorf("%d bytes in %d files, the newest there: %v", sum, len(entries), ok)
	}
}

func TestManyUseTheCacheAtOnce(t *testing.T) {
	dir := t.TempDir()
	var users sync.WaitGroup
	for range 4 {
		c := OpenCache(dir)
		defer c.Close()
		for range 2 {
			users.Go(func() {
				for i := range 100 {
					key := fmt.Sprint(i % 5)
					want := strings.Repeat(key, 3000)
					if got, ok := c.Get(key); ok && string(got) != want {
						t.Errorf("%s: %d bytes", key, len(got))
					}
					c.Put(key, []byte(want))
				}
			})
		}
	}
	users.Wait()
}
