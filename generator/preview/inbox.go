package preview

import (
	"errors"
	"fmt"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// inbox takes what fsnotify sends at any time. Fsnotify holds a lock while it
// sends some of its errors, and wants the same lock for a change of the watches:
// who reads its channels must never change watches in between.
type inbox struct {
	mail chan struct{} // has a value when there is something to take

	mu     sync.Mutex
	events []fsnotify.Event
	lost   bool // events
	faults int
	err    error
}

const (
	// mostEvents is how many events wait at most. After that, that there were
	// more is all that is kept.
	mostEvents = 4096
	// mostFaults is how many errors the watching may have in its life before it
	// is given up. Single ones come of folders that go while they are watched.
	mostFaults = 50
)

func newInbox() *inbox { return &inbox{mail: make(chan struct{}, 1)} }

// fill takes what is sent until the watcher is closed.
func (in *inbox) fill(system *fsnotify.Watcher) {
	for {
		select {
		case e, ok := <-system.Events:
			if !ok {
				return
			}
			in.put(func() {
				if len(in.events) < mostEvents {
					in.events = append(in.events, e)
				} else {
					in.lost = true
				}
			})
		case err, ok := <-system.Errors:
			if !ok {
				return
			}
			in.put(func() {
				in.lost = true
				if !errors.Is(err, fsnotify.ErrEventOverflow) {
					in.faults++
				}
				if in.faults > mostFaults {
					in.err = fmt.Errorf("watching the files: %w", err)
				}
			})
		}
	}
}

func (in *inbox) put(what func()) {
	in.mu.Lock()
	what()
	in.mu.Unlock()
	select {
	case in.mail <- struct{}{}:
	default:
	}
}

// take returns the events that came, and whether there were more.
func (in *inbox) take() (events []fsnotify.Event, lost bool, err error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	events, lost = in.events, in.lost
	in.events, in.lost = nil, false
	return events, lost, in.err
}
