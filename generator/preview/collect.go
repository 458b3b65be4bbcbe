package preview

import (
	"os"
	"runtime/debug"
)

// Go's collector comes when the heap has grown by a part of what lives. An
// edition makes less than half of what lives, so that it never comes in the
// middle of one: memory is collected after each, when nobody waits. While git's
// history is read, whole workspaces come and go, and it comes sooner.
const (
	growth         = 100 // percent
	growthLearning = 10
)

// pace says how soon the collector comes. A user's own setting stays.
func pace(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// giveBack collects memory of which much was needed for once, and gives it back
// to the system.
func giveBack() { debug.FreeOSMemory() }
