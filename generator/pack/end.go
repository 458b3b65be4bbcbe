package pack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// bytes returns up to n bytes of the archive from a place on; fewer where it ends
// before.
func (v *verifier) bytes(at int64, n int) ([]byte, error) {
	if at < 0 || at >= v.size {
		return nil, nil
	}
	b := make([]byte, min(int64(n), v.size-at))
	got, err := v.r.ReadAt(b, at)
	if err == io.EOF {
		err = nil // it shrank meanwhile
	}
	return b[:got], err
}

// tail is the end of the archive as it was found.
type tail struct {
	end
	to    int64  // where the directory ends
	shift int64  // how much later the directory stands than it says
	kind  Kind   // of what is wrong with it
	wrong string // a sentence; empty for nothing
}

// readEnd reads the end of the archive and tries to make sense of one that annex
// does not write. It returns false for one without sense.
func (v *verifier) readEnd() (t tail, ok bool, err error) {
	if v.size < endSize {
		v.report.say(Damaged, TheArchive, "is no zip: it has %d bytes, and the shortest zip has more. Get it again from where it came", v.size)
		return t, false, nil
	}
	start, err := v.bytes(0, 64)
	if err != nil {
		return t, false, err
	}
	zip := bytes.HasPrefix(start, []byte(localMark))
	t, ok, err = v.ownEnd(v.size-endSize, zip)
	if err != nil {
		return t, false, err
	}
	if ok {
		b, err := v.bytes(t.to, int(v.size-t.to))
		if t.wrong == "" && !bytes.Equal(t.bytes(), b) {
			t.wrong = "is not what annex writes there: a part of it was changed"
		}
		return t, true, err
	}
	from := max(0, v.size-endSize-over16)
	b, err := v.bytes(from, endSize+over16)
	if err != nil {
		return t, false, err
	}
	last := len(b) - endSize
	for i := last - 1; i >= 0; i-- { // something stands behind it, or it was cut off
		if !bytes.HasPrefix(b[i:], []byte(endMark)) {
			continue
		}
		t, ok, err = v.ownEnd(from+int64(i), zip)
		if ok || err != nil {
			t.kind, t.wrong = Layout, fmt.Sprintf("is followed by %d bytes that belong to no file: a comment, or data that somebody added", last-i)
			return t, ok, err
		}
	}
	switch text := bytes.TrimLeft(start, "\ufeff \t\r\n"); {
	case zip:
		v.report.say(Damaged, TheEnd, "is missing: the file was cut off after %s, as when a download breaks off, or its end was changed; nothing else can be told. Get it again from where it came", bytesInWords(v.size))
	case bytes.HasPrefix(text, []byte("<")):
		v.report.say(Damaged, TheArchive, "is no zip: it looks like a web page, as servers send when something went wrong or a login is asked for. Open it in a browser to see, and get the pack again from where it came")
	default:
		v.report.say(Damaged, TheArchive, "is no zip: it neither begins nor ends as one. Get the pack again from where it came, and verify that file")
	}
	return t, false, nil
}

// ownEnd reads the end from its last record, unless it is that of a zip within the
// archive: a workbook is one too, and its end stands last where a pack was cut off
// behind it.
func (v *verifier) ownEnd(at int64, zip bool) (tail, bool, error) {
	t, ok, err := v.endAt(at)
	if err != nil || !ok || !zip || t.shift == 0 {
		return t, ok, err
	}
	// In an archive that begins the file, the last record of the directory leads to
	// a header as it stands. With a whole zip in front of it, an end is there.
	from := max(t.at, t.to-2*longestName)
	b, err := v.bytes(from, int(t.to-from))
	if err != nil {
		return t, false, err
	}
	if i := bytes.LastIndex(b, []byte(centralMark)); i >= 0 {
		if last, _ := readRecord(b[i:]); v.headed(last.at, last.name) {
			return t, true, v.err
		}
	}
	before, err := v.bytes(t.shift-endSize, endSize)
	return t, bytes.HasPrefix(before, []byte(endMark)), errors.Join(err, v.err)
}

// endAt reads the end from its last record. Three numbers have to fit: where the
// directory begins, how long it is, and where it ends. Either of the first two
// may be wrong if a record of the directory stands where the other says.
func (v *verifier) endAt(at int64) (tail, bool, error) {
	le := binary.LittleEndian
	b, err := v.bytes(at, endSize)
	if err != nil || len(b) < endSize {
		return tail{}, false, err
	}
	e := end{int64(le.Uint16(b[10:])), int64(le.Uint32(b[12:])), int64(le.Uint32(b[16:]))}
	t := tail{end: e, to: at, kind: Damaged}
	big, err := v.bytes(at-locatorSize-bigEndSize, locatorSize+bigEndSize)
	if err != nil {
		return t, false, err
	}
	if len(big) == locatorSize+bigEndSize {
		// One wrong bit in a mark or a number must not hide the rest.
		signs := 0
		for _, sign := range []bool{
			e.count == over16 || e.size == over32 || e.at == over32,
			bytes.HasPrefix(big, []byte(bigEndMark)),
			bytes.HasPrefix(big[bigEndSize:], []byte(bigLocatorMark)),
		} {
			if sign {
				signs++
			}
		}
		if signs >= 2 {
			e = end{clip(le.Uint64(big[32:])), clip(le.Uint64(big[40:])), clip(le.Uint64(big[48:]))}
			t.end, t.to = e, at-locatorSize-bigEndSize
		}
	}
	if e.at+e.size == t.to {
		return t, true, nil
	}
	for _, start := range []int64{t.to - e.size, e.at} {
		mark, err := v.bytes(start, len(centralMark))
		if err != nil {
			return t, false, err
		}
		if start < t.to && string(mark) == centralMark {
			t.wrong = "does not say where the directory of the archive is, or how long: a part of it was changed"
			t.at, t.size, t.shift = start, t.to-start, start-e.at
			return t, true, nil
		}
	}
	return t, false, nil
}

// clip makes a number of a zip one that can be added to others.
func clip(n uint64) int64 { return int64(min(n, 1<<60)) }
