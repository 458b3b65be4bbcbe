package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
)

// objects reads objects of the repository through one git cat-file that stays
// up. It takes one question at a time: git answers in some 20 microseconds.
type objects struct {
	ctx  context.Context // of the Repo; the methods of an fs.FS get none
	stop context.CancelFunc
	git  git

	mu        sync.Mutex
	process   *exec.Cmd // nil before the first question and after a failure
	in        io.WriteCloser
	out       *bufio.Reader
	complaint *firstBytes
}

func newObjects(ctx context.Context, g git) *objects {
	o := &objects{git: g}
	o.ctx, o.stop = context.WithCancel(ctx)
	return o
}

// read returns an object of a kind: blob or tree.
func (o *objects) read(id, kind string) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, err := o.ask(id, kind)
	var refused *refusal
	if err != nil && !errors.As(err, &refused) {
		// Question and answer may be out of step: the next one starts anew.
		err = o.end(err)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s %.7s of the git history: %w", kind, id, err)
	}
	return data, nil
}

// refusal is an answer of git that it keeps to, after which it can be asked on.
type refusal struct{ message string }

func (r *refusal) Error() string { return r.message }

func (o *objects) ask(id, kind string) ([]byte, error) {
	if err := o.ctx.Err(); err != nil {
		return nil, err
	}
	if o.process == nil {
		if err := o.start(); err != nil {
			return nil, err
		}
	}
	if _, err := io.WriteString(o.in, id+"\n"); err != nil {
		return nil, err
	}
	header, err := o.out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	parts := strings.Fields(header) // "<id> blob 1234", or "<id> missing"
	if len(parts) == 2 && parts[1] == "missing" {
		return nil, &refusal{"it is missing from the repository"}
	}
	if len(parts) != 3 || parts[0] != id {
		return nil, fmt.Errorf("git answered %q", header)
	}
	size, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || size < 0 {
		return nil, fmt.Errorf("git answered %q", header)
	}
	if size > MaxBlob {
		return nil, fmt.Errorf("it has %d MB; annex reads up to %d MB", size>>20, MaxBlob>>20)
	}
	data := make([]byte, size+1) // a line feed ends it
	if _, err := io.ReadFull(o.out, data); err != nil {
		return nil, err
	}
	if parts[1] != kind {
		return nil, &refusal{"it is a " + parts[1]}
	}
	return data[:size], nil
}

func (o *objects) start() error {
	cmd := o.git.command(o.ctx, "cat-file", "--batch")
	o.complaint = &firstBytes{}
	cmd.Stderr = o.complaint
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	o.process, o.in, o.out = cmd, in, bufio.NewReaderSize(out, 64<<10)
	return nil
}

// end stops the process after an error and returns the error that explains it.
func (o *objects) end(cause error) error {
	if o.process == nil {
		return cause
	}
	o.in.Close()
	// It may still be writing an answer that nobody reads. Killing it twice, or
	// when it has ended, does no harm.
	_ = o.process.Process.Kill()
	_ = o.process.Wait()
	o.process = nil
	if o.ctx.Err() != nil || len(o.complaint.text) == 0 {
		return cause
	}
	return o.complaint.explain(o.ctx, "cat-file", cause)
}

func (o *objects) close() {
	o.stop()
	o.mu.Lock()
	defer o.mu.Unlock()
	_ = o.end(nil)
}
