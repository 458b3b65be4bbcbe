package pack

import (
	"encoding/binary"
	"time"
)

// The records of a zip (PKWARE's APPNOTE 6.3.10, section 4.3).
const (
	localMark      = "PK\x03\x04"
	descriptorMark = "PK\x07\x08"
	centralMark    = "PK\x01\x02"
	endMark        = "PK\x05\x06"
	bigEndMark     = "PK\x06\x06"
	bigLocatorMark = "PK\x06\x07"

	localSize   = 30 // without name and extra field
	centralSize = 46
	endSize     = 22
	bigEndSize  = 56
	locatorSize = 20

	store   = 0
	deflate = 8

	encryptedFlag = 1
	streamedFlag  = 1 << 3  // sizes and checksum follow the data
	unicodeFlag   = 1 << 11 // the name is UTF-8

	over32 = 0xffffffff // from here a zip takes 64 bits
	over16 = 0xffff

	unixFile = 0o100644 << 16 // a regular file that its owner writes and everybody reads
)

// entry is what the zip says of one file. Everything else in its records follows
// from it: that is what makes a pack canonical.
type entry struct {
	name     string
	method   uint16
	streamed bool
	crc      uint32
	packed   int64 // bytes, as they stand in the zip
	size     int64 // bytes, unpacked
	at       int64 // of its header
}

// big reports whether the sizes of the file take 64 bits. Only files that are
// streamed can be as large.
func (e *entry) big() bool { return e.size >= over32 || e.packed >= over32 }

func (e *entry) flags() uint16 {
	if e.streamed {
		return unicodeFlag | streamedFlag
	}
	return unicodeFlag
}

func version(big bool) uint16 {
	if big {
		return 45
	}
	return 20
}

// local appends the header that stands before the data. That of a streamed file
// has no sizes yet. If they will take 64 bits, it has the field that says so:
// without it, programs that read from a pipe take the sizes after the data for
// 32 bits.
func (e *entry) local(b []byte, day uint16) []byte {
	le := binary.LittleEndian
	b = append(b, localMark...)
	b = le.AppendUint16(b, version(e.big()))
	b = le.AppendUint16(b, e.flags())
	b = le.AppendUint16(b, e.method)
	b = le.AppendUint16(b, 0) // midnight
	b = le.AppendUint16(b, day)
	crc, packed, size, extra := e.crc, uint32(min(e.packed, over32)), uint32(min(e.size, over32)), uint16(0)
	switch {
	case e.big():
		crc, packed, size, extra = 0, over32, over32, 4+16
	case e.streamed:
		crc, packed, size = 0, 0, 0
	}
	b = le.AppendUint32(b, crc)
	b = le.AppendUint32(b, packed)
	b = le.AppendUint32(b, size)
	b = le.AppendUint16(b, uint16(len(e.name)))
	b = le.AppendUint16(b, extra)
	b = append(b, e.name...)
	if extra > 0 {
		b = le.AppendUint16(b, 1) // "ZIP64 extended information"
		b = le.AppendUint16(b, extra-4)
		b = le.AppendUint64(b, 0)
		b = le.AppendUint64(b, 0)
	}
	return b
}

// descriptor appends what follows the data: nothing, unless it was streamed.
func (e *entry) descriptor(b []byte) []byte {
	le := binary.LittleEndian
	switch {
	case !e.streamed:
		return b
	case e.big():
		b = le.AppendUint32(append(b, descriptorMark...), e.crc)
		return le.AppendUint64(le.AppendUint64(b, uint64(e.packed)), uint64(e.size))
	}
	b = le.AppendUint32(append(b, descriptorMark...), e.crc)
	return le.AppendUint32(le.AppendUint32(b, uint32(e.packed)), uint32(e.size))
}

// central appends the record in the directory of the archive.
func (e *entry) central(b []byte, day uint16) []byte {
	le := binary.LittleEndian
	far := e.at >= over32
	var extra []byte
	if e.big() {
		extra = le.AppendUint64(le.AppendUint64(extra, uint64(e.size)), uint64(e.packed))
	}
	if far {
		extra = le.AppendUint64(extra, uint64(e.at))
	}
	if len(extra) > 0 {
		head := le.AppendUint16(le.AppendUint16(nil, 1), uint16(len(extra)))
		extra = append(head, extra...)
	}
	packed, size := uint32(min(e.packed, over32)), uint32(min(e.size, over32))
	if e.big() {
		packed, size = over32, over32
	}
	b = append(b, centralMark...)
	b = le.AppendUint16(b, 3<<8|20) // made by: Unix, so that the mode counts
	b = le.AppendUint16(b, version(e.big() || far))
	b = le.AppendUint16(b, e.flags())
	b = le.AppendUint16(b, e.method)
	b = le.AppendUint16(b, 0)
	b = le.AppendUint16(b, day)
	b = le.AppendUint32(b, e.crc)
	b = le.AppendUint32(b, packed)
	b = le.AppendUint32(b, size)
	b = le.AppendUint16(b, uint16(len(e.name)))
	b = le.AppendUint16(b, uint16(len(extra)))
	b = le.AppendUint16(b, 0) // comment
	b = le.AppendUint16(b, 0) // disk
	b = le.AppendUint16(b, 0) // text or not
	b = le.AppendUint32(b, unixFile)
	b = le.AppendUint32(b, uint32(min(e.at, over32)))
	b = append(b, e.name...)
	return append(b, extra...)
}

// end is what the end of the archive says of its directory.
type end struct {
	count, size, at int64
}

// bytes returns the end of the archive; a large one begins with a record for 64
// bits and one that leads to it.
func (e end) bytes() []byte {
	le := binary.LittleEndian
	var b []byte
	if e.count >= over16 || e.size >= over32 || e.at >= over32 {
		b = append(b, bigEndMark...)
		b = le.AppendUint64(b, bigEndSize-12)
		b = le.AppendUint16(b, 3<<8|45)
		b = le.AppendUint16(b, 45)
		b = le.AppendUint64(b, 0) // two numbers of disks
		b = le.AppendUint64(b, uint64(e.count))
		b = le.AppendUint64(b, uint64(e.count))
		b = le.AppendUint64(b, uint64(e.size))
		b = le.AppendUint64(b, uint64(e.at))
		b = append(b, bigLocatorMark...)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint64(b, uint64(e.at+e.size))
		b = le.AppendUint32(b, 1)
	}
	b = append(b, endMark...)
	b = le.AppendUint32(b, 0)
	b = le.AppendUint16(b, uint16(min(e.count, over16)))
	b = le.AppendUint16(b, uint16(min(e.count, over16)))
	b = le.AppendUint32(b, uint32(min(e.size, over32)))
	b = le.AppendUint32(b, uint32(min(e.at, over32)))
	return le.AppendUint16(b, 0)
}

// dosDay returns a day as a zip keeps it: years from 1980 to 2107.
func dosDay(t time.Time) (day uint16, ok bool) {
	y := t.Year()
	return uint16((y-1980)<<9 | int(t.Month())<<5 | t.Day()), y >= 1980 && y <= 2107
}
