package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// file writes a large file in pieces. What does not shrink goes as stored
// blocks of deflate: method 0 with the sizes after the data cannot be read from a
// pipe, as nothing tells where the data end.
func (a *archive) file(ctx context.Context, p *packer, r *prepared) error {
	var in io.ReadCloser = io.NopCloser(bytes.NewReader(r.contents))
	if r.contents == nil {
		var err error
		if in, err = r.file.Copy(); err != nil {
			return fmt.Errorf("packing %s: %w", r.file.Path, err)
		}
	}
	defer in.Close()
	e := r.entry
	e.method, e.size = deflate, r.record.Size
	sum, crc, n := sha256.New(), crc32.NewIEEE(), int64(0)
	ahead := readAhead(ctx, io.LimitReader(in, e.size+1), func(b []byte) {
		n += int64(len(b))
		sum.Write(b)
		crc.Write(b)
	})
	defer ahead.Close()
	sample := make([]byte, sampleSize)
	got, err := io.ReadFull(ahead, sample)
	if err != nil && err != io.ErrUnexpectedEOF {
		return fmt.Errorf("packing %s: %w", r.file.Path, err)
	}
	sample = sample[:got]
	// Within a thousandth of 4 GB nobody knows yet whether the packed size takes
	// 64 bits; of stored blocks it is known.
	near := e.size < over32 && e.size+e.size/1000 >= over32
	hard := streamLevel
	if near || !p.shrinks(sample) {
		hard = flate.NoCompression
		e.packed = storedSize(e.size)
	}
	packed := sha256.New()
	err = a.stream(e, func(w io.Writer, e *entry) error {
		if err := deflateTo(io.MultiWriter(w, packed), io.MultiReader(bytes.NewReader(sample), ahead), hard); err != nil {
			return err
		}
		if n != e.size {
			return errSize
		}
		e.crc = crc.Sum32()
		return nil
	})
	if err != nil {
		return fmt.Errorf("packing %s: %w", r.file.Path, err)
	}
	r.record.SHA256, r.record.Packed = Sum(sum.Sum(nil)), Sum(packed.Sum(nil))
	return r.expected()
}

// storedSize is how long a file becomes as stored blocks: five bytes for each
// 65,535, and two for the empty block at the end.
func storedSize(size int64) int64 { return size + 5*((size+65534)/65535) + 2 }

func deflateTo(w io.Writer, in io.Reader, hard int) error {
	z, err := flate.NewWriter(w, hard)
	if err != nil {
		return err
	}
	if _, err := io.CopyBuffer(z, in, make([]byte, sampleSize)); err != nil {
		return err
	}
	return z.Close()
}
