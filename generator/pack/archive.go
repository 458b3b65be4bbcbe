package pack

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// archive writes the zip itself, front to back.
type archive struct {
	out     io.Writer
	day     uint16
	at      int64 // bytes written
	entries []entry
	listed  int64 // bytes of the directory so far
	spare   []byte
}

func (a *archive) write(p []byte) error {
	n, err := a.out.Write(p)
	a.at += int64(n)
	return err
}

// whole writes a file whose packed bytes are known.
func (a *archive) whole(e entry, data []byte) error {
	e.at, e.packed = a.at, int64(len(data))
	if err := a.write(e.local(a.spare[:0], a.day)); err != nil {
		return err
	}
	if err := a.write(data); err != nil {
		return err
	}
	return a.list(e)
}

// plain writes a file as it is, with its sizes in front, and returns its sum. Its
// contents are asked for twice: once to sum them up, once to write them. It does not
// write more bytes than most, which Verify would not read.
func (a *archive) plain(name string, most int64, contents func(io.Writer) error) (Sum, error) {
	sum, crc := sha256.New(), crc32.NewIEEE()
	var n counter
	if err := contents(io.MultiWriter(sum, crc, &n)); err != nil {
		return Sum{}, err
	}
	e := entry{name: name, method: store, crc: crc.Sum32(), at: a.at, packed: int64(n), size: int64(n)}
	if e.size > most {
		return Sum{}, fmt.Errorf("%s would have %s, and the most is %s; choose fewer frameworks or projects for the audience", name, bytesInWords(e.size), bytesInWords(most))
	}
	if err := a.write(e.local(a.spare[:0], a.day)); err != nil {
		return Sum{}, err
	}
	if err := contents(writer(a.write)); err != nil {
		return Sum{}, err
	}
	return Sum(sum.Sum(nil)), a.list(e)
}

// stream writes a file of a known size whose contents come as they are read. The
// function fills in what is known only afterwards.
func (a *archive) stream(e entry, data func(io.Writer, *entry) error) error {
	e.at, e.streamed = a.at, true
	if err := a.write(e.local(a.spare[:0], a.day)); err != nil {
		return err
	}
	from := a.at
	if err := data(writer(a.write), &e); err != nil {
		return err
	}
	e.packed = a.at - from
	if err := a.write(e.descriptor(a.spare[:0])); err != nil {
		return err
	}
	return a.list(e)
}

func (a *archive) list(e entry) error {
	a.entries = append(a.entries, e)
	a.listed += int64(centralSize + len(e.name) + 28)
	if a.listed > largestDirectory {
		return errors.New("the paths in the pack are too many and too long; choose fewer frameworks or projects for the audience")
	}
	return nil
}

// finish writes the directory and the end.
func (a *archive) finish() error {
	e := end{count: int64(len(a.entries)), at: a.at}
	for _, f := range a.entries {
		a.spare = f.central(a.spare[:0], a.day)
		if err := a.write(a.spare); err != nil {
			return err
		}
	}
	e.size = a.at - e.at
	return a.write(e.bytes())
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writer is a function as an io.Writer.
type writer func([]byte) error

func (w writer) Write(p []byte) (int, error) {
	if err := w(p); err != nil {
		return 0, err
	}
	return len(p), nil
}
