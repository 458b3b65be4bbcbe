package pack

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// walk goes through the archive from its first byte to its directory and finds
// the header and the data of each file. Nothing may be between them, and no two
// may share bytes.
func (v *verifier) walk() error {
	if len(v.found) > 0 && v.tail.shift > 0 && v.headed(v.found[0].at+v.tail.shift, v.found[0].name) {
		// Something stands in front, and the places count from behind it.
		v.base, v.tail.wrong = v.tail.shift, ""
	}
	var err error
	at, low := v.base, v.base
	for i := range v.found {
		next := v.tail.at
		if i+1 < len(v.found) {
			next = v.found[i+1].at + v.base
		}
		if at, low, err = v.place(i, at, low, next); err != nil {
			return err
		}
	}
	if at != v.tail.at && len(v.found) > 0 {
		v.fit(len(v.found)-1, at, v.tail.at)
	}
	if v.base > 0 {
		v.report.say(Layout, TheArchive, "begins with %d bytes that belong to no file", v.base)
	}
	return v.err
}

// place finds one file. It should begin at a place; next is where the directory
// says that the next one does, and low is the first byte that is not a header or
// the beginning of data of a file before. It returns where the next file should
// begin.
func (v *verifier) place(i int, at, low, next int64) (end, lowest int64, err error) {
	f := &v.found[i]
	if said := f.at + v.base; said != at {
		switch {
		case v.headed(at, f.name):
			f.blame(Damaged, fmt.Sprintf("begins at byte %d, and the directory of the archive says %d", at, said))
		case said >= low && said < v.tail.at && v.headed(said, f.name):
			v.fit(i-1, at, said)
			at = said
		default:
			f.blame(Unsafe, "has no data of its own where the directory of the archive says: it shares them with another file, or they are out of order; it was not looked at")
			return at, low, nil
		}
	}
	want := f.local(nil, v.day)
	got, err := v.bytes(at, len(want))
	if err != nil {
		return 0, 0, err
	}
	f.data = at + int64(len(want))
	if !bytes.Equal(got, want) {
		if err := v.strange(f, got, at, next); err != nil {
			return 0, 0, err
		}
	}
	end = f.data + f.packed
	if end > v.tail.at {
		f.blame(Damaged, "is longer than the archive, as its record in the directory says")
		return end, f.data, nil
	}
	after := f.descriptor(nil)
	got, err = v.bytes(end, len(after))
	if err != nil {
		return 0, 0, err
	}
	if !bytes.Equal(got, after) {
		f.blame(Damaged, "is followed by other sizes or another checksum than the directory of the archive has")
	}
	if f.foreign && next >= end {
		return next, f.data, nil // whatever another program puts there
	}
	return end + int64(len(after)), f.data, nil
}

// fit says that a file ends elsewhere than its records say, and takes the place
// for its end where the next one begins.
func (v *verifier) fit(i int, at, next int64) {
	if i < 0 {
		v.report.say(Layout, TheArchive, "begins with %d bytes that belong to no file", next-at)
		return
	}
	f := &v.found[i]
	if f.data < 0 {
		return
	}
	if known := f.wrong == ""; known && next > at {
		f.blame(Layout, fmt.Sprintf("is followed by %d bytes that belong to no file: somebody may hide data there", next-at))
		return
	}
	f.blame(Damaged, "has another length than its records say")
	if !f.foreign || next < at {
		f.packed = max(0, next-f.data-int64(len(f.descriptor(nil))))
	}
}

// headed reports whether the header of a file with a name stands at a place.
func (v *verifier) headed(at int64, name string) bool {
	b, err := v.bytes(at, localSize+len(name))
	if err != nil {
		v.err = err
	}
	return bytes.HasPrefix(b, []byte(localMark)) && len(b) == localSize+len(name) && string(b[localSize:]) == name
}

// strange says how the header of a file is not the one that belongs to its record
// in the directory, and finds out where its data begin.
func (v *verifier) strange(f *found, got []byte, at, next int64) error {
	le := binary.LittleEndian
	marked := bytes.HasPrefix(got, []byte(localMark))
	if len(got) < localSize {
		f.blame(Damaged, "has no header in front of its data")
		f.data = -1
		return nil
	}
	name, extra := int(le.Uint16(got[26:])), int(le.Uint16(got[28:]))
	own, err := v.bytes(at+localSize, min(name, longestName))
	if err != nil {
		return err
	}
	switch {
	case !marked:
		f.blame(Damaged, "has a damaged header in front of its data")
	case string(own) != f.name && name != len(f.name) && bytes.HasPrefix(got[localSize:], []byte(f.name)) && !f.foreign:
		f.blame(Damaged, "has a header in front of its data with another length of its name")
	case string(own) != f.name:
		f.own = string(own)
		f.blame(Damaged, fmt.Sprintf("is called %q in the directory of the archive and %q in front of its data: programs would not agree on it", f.name, f.own))
	default:
		f.blame(Damaged, "has a header in front of its data that does not go with the directory of the archive")
	}
	fits := f.data+f.packed+int64(len(f.descriptor(nil))) == next
	if marked && (f.foreign || !fits) {
		f.data = at + int64(localSize+name+extra)
	}
	if f.data > v.tail.at {
		f.data = -1
	}
	return nil
}

// longestName is the longest name that is read from a header, in bytes.
const longestName = 1024
