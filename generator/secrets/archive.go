package secrets

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
)

const (
	tooDeep = "An archive in an archive in an archive is not looked into."
	tooMuch = "The archive holds more than can be looked into. Unpack it and look through its files, or leave it out."
	broken  = "The archive is broken."
	locked  = "The file is locked with a password."
)

// archive looks into a zip, or the zip that an office file is.
func (f *file) archive(s *stream) error {
	if f.depth >= f.job.scanner.limits.depth {
		f.unread(tooDeep)
		return nil
	}
	at, size, err := f.whole(s)
	if at == nil || err != nil {
		return err
	}
	// The list of contents is held in memory and may be all that a hostile zip holds.
	counted := &counted{at: at, left: f.job.scanner.limits.directory + 64<<10}
	z, err := zip.NewReader(counted, size)
	if counted.over {
		f.unread(tooMuch)
		return nil
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		f.unread(broken)
		if !plain(s.head) {
			return nil
		}
		n := int64(len(s.head))
		return f.text(&stream{head: s.head, rest: io.NewSectionReader(at, n, size-n), size: size}, true)
	}
	counted.left = -1
	parts := office(z)
	for _, entry := range z.File {
		if strings.HasSuffix(entry.Name, "/") {
			continue
		}
		if f.job.left.entries--; f.job.left.entries < 0 {
			f.unread(tooMuch)
			return nil
		}
		if err := f.entry(entry, parts); err != nil {
			return err
		}
		if f.job.left.unpacked <= 0 {
			return nil // told already
		}
	}
	return nil
}

// entry looks into one file of the archive: a part of an office file, or a file of
// its own.
func (f *file) entry(entry *zip.File, office bool) error {
	label := part(entry.Name)
	if entry.Flags&1 != 0 {
		f.job.report.Unread = append(f.job.report.Unread, Unread{File: f.name + "/" + entry.Name, Why: locked})
		return nil
	}
	in, err := entry.Open()
	if err != nil {
		f.job.report.Unread = append(f.job.report.Unread, Unread{File: f.name + "/" + entry.Name, Why: broken})
		return nil
	}
	defer in.Close()
	if !office || label == "" {
		return f.inner(entry.Name, in, int64(min(entry.UncompressedSize64, 1<<62)))
	}
	limited := &unpacked{in: in, job: f.job}
	if properties(entry.Name) {
		err = f.authors(limited)
	} else {
		err = f.read(&markup{in: limited, tags: strings.HasSuffix(entry.Name, ".rels")}, label)
	}
	return f.unpackedError(limited, err)
}

// inner looks into a file in this one.
func (f *file) inner(name string, in io.Reader, size int64) error {
	limited := &unpacked{in: in, job: f.job}
	inner := &file{job: f.job, name: f.name + "/" + strings.TrimPrefix(path.Clean("/"+name), "/"), depth: f.depth + 1}
	return inner.unpackedError(limited, inner.look(limited, size))
}

// unpackedError turns an error of unpacking, which is the file's fault, into a
// sentence, and keeps that of a context.
func (f *file) unpackedError(in *unpacked, err error) error {
	switch {
	case f.job.ctx.Err() != nil:
		return f.job.ctx.Err()
	case in.over:
		f.unread(tooMuch)
	case err != nil || in.failed:
		f.unread(broken)
	}
	return nil
}

// whole returns the file as one that can be read at any place: as it is, or from
// memory if it is small enough. It returns nil after telling why not.
func (f *file) whole(s *stream) (io.ReaderAt, int64, error) {
	if at, ok := s.rest.(io.ReaderAt); ok && s.size >= 0 {
		return at, s.size, nil
	}
	most := f.job.scanner.limits.held
	held, err := io.ReadAll(io.LimitReader(s.reader(), most+1))
	if err != nil {
		return nil, 0, err
	}
	if int64(len(held)) > most {
		f.unread(tooMuch)
		return nil, 0, nil
	}
	return bytes.NewReader(held), int64(len(held)), nil
}

// counted stops the reading of a list of contents that is too long.
type counted struct {
	at   io.ReaderAt
	left int64 // negative for no limit
	over bool
}

func (c *counted) ReadAt(p []byte, off int64) (int, error) {
	if c.left >= 0 {
		if int64(len(p)) > c.left {
			c.over = true
			return 0, errors.New("too long")
		}
		c.left -= int64(len(p))
	}
	return c.at.ReadAt(p, off)
}

// unpacked counts what comes out of archives. What follows after too much is left out.
type unpacked struct {
	in     io.Reader
	job    *job
	over   bool
	failed bool
}

func (u *unpacked) Read(p []byte) (int, error) {
	if u.job.left.unpacked <= 0 {
		u.over = true
		return 0, io.EOF
	}
	if u.job.ctx.Err() != nil {
		return 0, u.job.ctx.Err()
	}
	n, err := u.in.Read(p[:min(int64(len(p)), u.job.left.unpacked)])
	u.job.left.unpacked -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		// What came before is looked through all the same.
		u.failed, err = true, io.EOF
	}
	return n, err
}
