package pack

import (
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// unpacker unpacks files one after another and sums them up.
type unpacker struct {
	ctx    context.Context
	in     io.ReaderAt
	left   int64 // bytes that may still be unpacked
	flate  io.ReadCloser
	buffer []byte // of a small file, packed
	piece  []byte // of what is being summed up
}

// opened is what a file turned out to hold.
type opened struct {
	sum, packed Sum
	crc         uint32
	size        int64
	err         error // why it cannot be unpacked; a sentence with the name of the file
}

// Files up to this size, packed, are read at once.
const smallFile = 1 << 20

var errLonger = errors.New("unpacks to more than its record says, as in zips that are made to fill disks; the rest was not looked at")

// open unpacks a file, and no more of it than its record or the manifest says that
// there is. The error is one of reading the archive.
func (u *unpacker) open(f *found, listed int64) (opened, error) {
	most := min(u.left, max(f.size, f.packed, listed))
	section := io.NewSectionReader(u.in, f.data, f.packed)
	var o opened
	if f.packed <= smallFile {
		u.buffer = slices.Grow(u.buffer[:0], int(f.packed))
		data := u.buffer[:f.packed]
		if _, err := io.ReadFull(section, data); err != nil {
			return o, fmt.Errorf("reading the archive: %w", err)
		}
		o.packed = sha256.Sum256(data)
		u.unpack(&o, f.method, bytes.NewReader(data), most)
		return o, u.ctx.Err()
	}
	packed, got := sha256.New(), int64(0)
	in := readAhead(u.ctx, section, func(b []byte) { got += int64(len(b)); packed.Write(b) })
	u.unpack(&o, f.method, in, most)
	_, err := io.Copy(io.Discard, in) // the sum of packed bytes wants all of them
	in.Close()
	if err == nil && got < f.packed {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return o, fmt.Errorf("reading the archive: %w", err)
	}
	o.packed = Sum(packed.Sum(nil))
	return o, nil
}

// unpack reads a packed file to its end, but not much more than a number of bytes.
func (u *unpacker) unpack(o *opened, method uint16, in flate.Reader, most int64) {
	sum, crc := sha256.New(), crc32.NewIEEE()
	var data io.Reader = in
	if method == deflate {
		if u.flate == nil {
			u.flate = flate.NewReader(in)
		} else {
			_ = u.flate.(flate.Resetter).Reset(in, nil) // it fails for no input
		}
		data = u.flate
	}
	if u.piece == nil {
		u.piece = make([]byte, 64<<10)
	}
	var err error
	o.size, err = io.CopyBuffer(io.MultiWriter(sum, crc), io.LimitReader(data, most+1), u.piece)
	u.left -= o.size
	o.sum, o.crc = Sum(sum.Sum(nil)), crc.Sum32()
	if o.size > most {
		o.err = errLonger
		return
	}
	if err != nil {
		o.err = fmt.Errorf("cannot be unpacked after its first %d bytes: its packed bytes are damaged", o.size)
		return
	}
	if _, err := in.ReadByte(); err == nil {
		o.err = errors.New("has more bytes than unpacking needs: somebody may hide data there")
	}
}

// reader returns the contents of a file, for one of those that guard the others.
func (u *unpacker) reader(f *found, most int64) io.Reader {
	var in io.Reader = io.NewSectionReader(u.in, f.data, f.packed)
	if f.method == deflate {
		in = flate.NewReader(in)
	}
	return io.LimitReader(in, most)
}
