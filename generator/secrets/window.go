package secrets

import (
	"bytes"
	"errors"
	"io"
)

// A text is read in windows, so that memory does not depend on its length. What
// begins in the last bytes of a window, overlap, is looked at with the next one,
// where all of it is there; what stands up to before bytes ahead of a match is kept
// for it. A secret of more than overlap bytes, longer than any private key in use,
// is cut.
const (
	width   = 256 << 10
	overlap = 16 << 10
	before  = 1 << 10
)

// window is a part of a text.
type window struct {
	buffer  []byte
	small   []byte // the part in lower case
	text    []byte // the part
	from    int    // matches that begin before are those of the window before
	to      int    // matches that begin here or later are those of the next one
	line    int    // of from, beginning with 1
	label   string // of the part of an office file; empty for places by line
	done    []int  // by rule: the end of its last match
	waiting []bool // by rule: to be tried on all of the window
}

// read looks through a text in UTF-8, or any other encoding that holds ASCII as it is.
func (f *file) read(in io.Reader, label string) error {
	w := f.job.scanner.windows.Get().(*window)
	defer f.job.scanner.windows.Put(w)
	if w.buffer == nil {
		w.buffer, w.small = make([]byte, f.job.scanner.limits.window), make([]byte, f.job.scanner.limits.window)
		n := len(f.job.scanner.rules.list)
		w.done, w.waiting = make([]int, n), make([]bool, n)
	}
	w.line, w.label, w.from = 1, label, 0
	clear(w.done)
	for kept := 0; ; {
		if err := f.job.ctx.Err(); err != nil {
			return err
		}
		n, err := io.ReadFull(in, w.buffer[kept:])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		w.text = w.buffer[:kept+n]
		if w.to = len(w.text) - overlap; last {
			w.to = len(w.text)
		}
		f.job.seen += int64(n)
		f.secrets(w)
		f.people(w)
		if last {
			return nil
		}
		w.line += bytes.Count(w.text[w.from:w.to], []byte{'\n'})
		kept = copy(w.buffer, w.text[w.to-before:])
		w.from = before
		for i := range w.done { // a match may reach into the next window
			w.done[i] = max(0, w.done[i]-(w.to-before))
		}
	}
}

// place says where the byte at i is.
func (w *window) place(i int) string {
	if w.label != "" {
		return w.label
	}
	return lineName(w.line + bytes.Count(w.text[w.from:max(i, w.from)], []byte{'\n'}))
}

// lower fills small: only ASCII has a lower case here, as keywords have.
func (w *window) lower() []byte {
	small := w.small[:len(w.text)]
	for i, c := range w.text {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		small[i] = c
	}
	return small
}
