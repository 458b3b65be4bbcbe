package history

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Cache keeps on disk what was derived from commits, so that a build does not
// load five years of records again. It never changes a result, only the time it
// takes: what cannot be read is not there, and what cannot be written is left.
// The nil Cache holds nothing.
type Cache struct {
	root *os.Root // nil for none on disk

	mu      sync.Mutex
	written int64             // bytes since old files were last deleted
	memory  map[string][]byte // what is small, for as long as the Cache is open; nil for none
}

// mostSmall is the size of values that are kept in memory, in bytes.
const mostSmall = 4 << 10

// Remember has a cache keep small values in memory as well. It may be nil, and
// then keeps them there alone.
func Remember(c *Cache) *Cache {
	if c == nil {
		c = &Cache{}
	}
	c.memory = map[string][]byte{}
	return c
}

// A cache folder may grow to maxCache bytes, and is looked through each time
// that a part of it has been written.
const (
	maxCache  = 32 << 20
	checkEach = maxCache / 8
)

// OpenCache opens the cache in a folder, or in the user's cache folder when dir
// is "". A folder that cannot be made or opened gives a cache that holds nothing.
func OpenCache(dir string) *Cache {
	if dir == "" {
		own, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(own, "annex")
	}
	if os.MkdirAll(dir, 0o700) != nil {
		return nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil
	}
	return &Cache{root: root, written: checkEach}
}

// Close ends the use of the folder.
func (c *Cache) Close() {
	if c != nil && c.root != nil {
		c.root.Close()
	}
}

// Get returns what was put under a key.
func (c *Cache) Get(key string) (value []byte, ok bool) {
	if c == nil {
		return nil, false
	}
	c.mu.Lock()
	value, ok = c.memory[key]
	c.mu.Unlock()
	if ok || c.root == nil {
		return value, ok
	}
	if value, ok = c.read(key); ok {
		c.remember(key, value)
	}
	return value, ok
}

func (c *Cache) remember(key string, value []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.memory != nil && len(value) <= mostSmall {
		c.memory[key] = value
	}
}

func (c *Cache) read(key string) ([]byte, bool) {
	name := fileName(key)
	info, err := c.root.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCache {
		return nil, false
	}
	data, err := c.root.ReadFile(name)
	if err != nil {
		return nil, false
	}
	return open(key, data)
}

// Put keeps a value under a key.
func (c *Cache) Put(key string, value []byte) {
	if c == nil || len(value) > checkEach {
		return
	}
	c.remember(key, value)
	if c.root == nil {
		return
	}
	name, data := fileName(key), seal(key, value)
	if !c.write(name, data) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.written += int64(len(data))
	if c.written >= checkEach {
		c.written = 0
		c.deleteOldest(maxCache - checkEach)
	}
}

// write puts a file in its place as a whole: another annex may be reading.
func (c *Cache) write(name string, data []byte) bool {
	temporary := name + "." + rand.Text()
	if c.root.WriteFile(temporary, data, 0o600) == nil && c.root.Rename(temporary, name) == nil {
		return true
	}
	_ = c.root.Remove(temporary)
	return false
}

// deleteOldest deletes files of the cache until those that stay are at most so
// many bytes, and what a run that was killed has left behind. Other files are
// left alone.
func (c *Cache) deleteOldest(most int64) {
	entries, err := fs.ReadDir(c.root.FS(), ".")
	if err != nil {
		return
	}
	var files []fs.FileInfo
	var newest time.Time
	for _, e := range entries {
		name, _, _ := strings.Cut(e.Name(), ".")
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() && isID(name) && len(name) == sha256.Size*2 {
			files = append(files, info)
			newest = later(newest, info.ModTime())
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	for _, info := range files {
		abandoned := strings.Contains(info.Name(), ".") && newest.Sub(info.ModTime()) > time.Hour
		if most -= info.Size(); most < 0 || abandoned {
			_ = c.root.Remove(info.Name())
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// fileName returns the name of the file for a key.
func fileName(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

const sealed = "annex cache 1\n"

// seal puts a checksum of key and value before the value, so that a file of
// something else, or half a file, is not taken for it.
func seal(key string, value []byte) []byte {
	return slices.Concat([]byte(sealed), checksum(key, value), value)
}

func open(key string, data []byte) ([]byte, bool) {
	rest, ok := bytes.CutPrefix(data, []byte(sealed))
	if !ok || len(rest) < sha256.Size {
		return nil, false
	}
	sum, value := rest[:sha256.Size], rest[sha256.Size:]
	return value, bytes.Equal(sum, checksum(key, value))
}

func checksum(key string, value []byte) []byte {
	h := sha256.New()
	h.Write([]byte(fileName(key)))
	h.Write(value)
	return h.Sum(nil)
}
