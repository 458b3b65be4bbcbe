package output

import (
	"fmt"

	"github.com/gofrs/flock"
)

// lock takes the lock that keeps builds into one folder apart. The lock file
// stays: removing it would let a third build lock a new file of the same name
// while a second still waits on the old one. An unlocked file harms nobody.
func lock(name string) (unlock func(), err error) {
	l := flock.New(name)
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("taking the lock %s: %w", name, err)
	}
	if !ok {
		return nil, errLocked
	}
	return func() { _ = l.Unlock() }, nil
}
