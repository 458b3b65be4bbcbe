package pdf

import (
	"errors"
	"fmt"
	"os"
)

// pipe is both ways between us and a browser.
type pipe struct {
	theirs [2]*os.File // what the browser reads from and writes to, until it has them
	in     *os.File    // what it says
	out    *os.File    // what it is told
}

func pipes() (p pipe, err error) {
	if p.theirs[0], p.out, err = os.Pipe(); err == nil {
		p.in, p.theirs[1], err = os.Pipe()
	}
	if err != nil {
		return p, fmt.Errorf("making a pipe to the browser: %w", err)
	}
	return p, nil
}

// started lets go of the ends that the browser has now: the end of its pipe is
// seen only when nobody else holds it.
func (p *pipe) started() {
	for _, f := range p.theirs {
		_ = f.Close()
	}
}

// close closes what is open.
func (p *pipe) close() {
	for _, f := range []*os.File{p.theirs[0], p.theirs[1], p.in, p.out} {
		if err := f.Close(); err != nil && !errors.Is(err, os.ErrClosed) && !errors.Is(err, os.ErrInvalid) {
			continue // nothing depends on it
		}
	}
}
