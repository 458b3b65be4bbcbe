package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"annex/generator/preview"
)

// TestNewsDoesNotSteerTheTerminal holds that names of files and what the machine
// says about them are shown without control and direction signs.
func TestNewsDoesNotSteerTheTerminal(t *testing.T) {
	const evil = "a\x1b[2J\x07\u202e\r.md"
	for _, n := range []preview.News{
		{Files: []string{evil}},
		{Files: []string{evil, "b", "c", "d"}},
		{Files: []string{evil}, Mended: true},
		{Err: errors.New("openat " + evil)},
		{Err: errors.New("openat " + evil), Polling: true},
	} {
		var out bytes.Buffer
		a := &app{stdout: &out, stderr: &out}
		a.tell(".")(n)
		if !strings.Contains(out.String(), "a[2J.md") {
			t.Errorf("%+v: %q", n, out.String())
		}
	}
}
