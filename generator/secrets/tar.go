package secrets

import (
	"archive/tar"
	"errors"
	"io"
)

const behind = "Something stands behind the end of the archive and was not looked into."

// tar looks into the files of a tar, within the same limits as those of a zip.
func (f *file) tar(s *stream) error {
	if f.depth >= f.job.scanner.limits.depth {
		f.unread(tooDeep)
		return nil
	}
	in := &remembering{in: s.reader()}
	t := tar.NewReader(in)
	for {
		header, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return f.nothingBehind(in)
		case in.err != nil:
			return in.err
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			f.unread(broken)
			return nil
		}
		if f.job.left.entries--; f.job.left.entries < 0 {
			f.unread(tooMuch)
			return nil
		}
		if header.Typeflag != tar.TypeReg && header.Typeflag != tar.TypeGNUSparse {
			continue // folders and links hold nothing
		}
		if err := f.inner(header.Name, t, header.Size); err != nil {
			return err
		}
		if in.err != nil {
			return in.err
		}
		if f.job.left.unpacked <= 0 {
			return nil // told already
		}
	}
}

// nothingBehind tells if more than zeros stand behind the end.
func (f *file) nothingBehind(in io.Reader) error {
	buffer := make([]byte, 32<<10)
	for {
		n, err := in.Read(buffer)
		for _, c := range buffer[:n] {
			if c != 0 {
				f.unread(behind)
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f.job.ctx.Err(); err != nil {
			return err
		}
	}
}

// remembering keeps an error of reading apart from those of the archive.
type remembering struct {
	in  io.Reader
	err error
}

func (r *remembering) Read(p []byte) (int, error) {
	n, err := r.in.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}
