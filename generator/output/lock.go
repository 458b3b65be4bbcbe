package output

import (
	"fmt"
	"os"

	"github.com/gofrs/flock"
)

// lock takes the lock that keeps builds into one folder apart. Its file is
// removed with the lock. A build that opened the file just before may then lock
// one that has no name any more, while a third makes a new one: so a lock counts
// only if the name still leads to the file that is locked.
func lock(name string) (unlock func(), err error) {
	for {
		l := flock.New(name)
		ok, err := l.TryLock()
		if err != nil {
			return nil, fmt.Errorf("taking the lock %s: %w", name, err)
		}
		if !ok {
			return nil, errLocked
		}
		locked, err := l.Stat()
		if err == nil {
			if named, err := os.Lstat(name); err == nil && os.SameFile(locked, named) {
				// Windows keeps a file that is open; it harms nobody there.
				return func() { _ = os.Remove(name); _ = l.Unlock() }, nil
			}
		}
		_ = l.Unlock()
	}
}
