package pack

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// found is a file as the archive has it.
type found struct {
	entry
	own      string // name in its own header, when that is another; empty otherwise
	data     int64  // where its data begin; -1 when they cannot be read
	foreign  bool   // its record in the directory is none that annex writes
	nameless bool   // it is less than a record
	folder   bool   // an entry for a folder, without contents
	beside   bool   // it lies beside the folder that the pack is in
	flags    uint16
	kind     Kind   // of what is wrong with its records
	wrong    string // a sentence; empty for nothing
}

// blame keeps the first thing that is wrong with the records of a file.
func (f *found) blame(kind Kind, words string) {
	if f.wrong == "" {
		f.kind, f.wrong = kind, words
	}
}

// directory reads the records of the directory. One that is damaged does not hide
// those after it. It returns false for too many.
func (v *verifier) directory(b []byte, count int64) bool {
	from := make([]int, 0, min(count, int64(len(b)/centralSize), mostFiles)+1)
	v.found = make([]found, 0, cap(from))
	for p := 0; p < len(b); {
		if len(v.found) == mostFiles {
			v.report.say(Limit, TheDirectory, "has more than %d files, as no pack has; nothing was looked at", mostFiles)
			return false
		}
		f, n := readRecord(b[p:])
		v.found = append(v.found, f)
		from = append(from, p)
		p += n
	}
	if int64(len(v.found)) != count && v.tail.wrong == "" {
		v.tail.wrong = fmt.Sprintf("says that there are %d files, and the directory of the archive has %d", count, len(v.found))
	}
	v.day = commonDay(b, from)
	from = append(from, len(b))
	var spare []byte
	for i := range v.found {
		f, raw := &v.found[i], b[from[i]:from[i+1]]
		spare = f.central(spare[:0], v.day)
		f.foreign = !bytes.Equal(spare, raw)
		if f.foreign || f.method != store && f.method != deflate {
			f.blame(describe(raw))
		}
		f.folder = f.kind == Layout && f.wrong == isFolder && f.size == 0 && f.packed <= 2 && strings.HasSuffix(f.name, "/")
	}
	return true
}

// readRecord reads the record that b begins with and returns its length. Where
// the lengths in it do not lead to another record, the next mark ends it.
func readRecord(b []byte) (found, int) {
	le := binary.LittleEndian
	if len(b) < centralSize {
		return found{entry: entry{name: TheDirectory}, nameless: true, data: -1}, len(b)
	}
	f := found{flags: le.Uint16(b[8:]), data: -1, entry: entry{
		method: le.Uint16(b[10:]), crc: le.Uint32(b[16:]),
		packed: int64(le.Uint32(b[20:])), size: int64(le.Uint32(b[24:])), at: int64(le.Uint32(b[42:])),
	}}
	f.streamed = f.flags&streamedFlag != 0
	name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
	n := centralSize + name + extra + comment
	if n != len(b) && (n > len(b) || !begins(b[n:])) {
		n = len(b)
		if i := bytes.Index(b[centralSize:], []byte(centralMark)); i >= 0 {
			n = centralSize + i
		}
		rest := b[centralSize:n]
		name, extra = len(rest), 0
		for _, size := range []int{12, 20, 28} { // its name is what is before sizes of 64 bits
			if i := len(rest) - size; i > 0 && rest[i] == 1 && rest[i+1] == 0 && int(rest[i+2]) == size-4 && rest[i+3] == 0 {
				name, extra = i, size
			}
		}
	}
	f.name = string(b[centralSize : centralSize+name])
	f.wide(b[centralSize+name : centralSize+name+extra])
	return f, n
}

// begins reports whether a record begins here, though a byte of its mark may be
// wrong: otherwise the one before would seem too long, and be blamed.
func begins(b []byte) bool {
	right := 0
	for i := range min(len(b), len(centralMark)) {
		if b[i] == centralMark[i] {
			right++
		}
	}
	return right >= len(centralMark)-1
}

// wide takes the numbers of 64 bits from the extra fields of a record.
func (f *found) wide(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return
		}
		values := extra[:n]
		extra = extra[n:]
		if id != 1 {
			continue
		}
		for _, number := range []*int64{&f.size, &f.packed, &f.at} {
			if *number == over32 && len(values) >= 8 {
				*number = clip(le.Uint64(values))
				values = values[8:]
			}
		}
	}
}

// commonDay returns the day of most records.
func commonDay(b []byte, from []int) uint16 {
	days := map[uint16]int{}
	for _, p := range from {
		if len(b)-p >= centralSize {
			days[binary.LittleEndian.Uint16(b[p+14:])]++
		}
	}
	var most uint16
	for day, n := range days {
		if n > days[most] || n == days[most] && day > most {
			most = day
		}
	}
	return most
}

const isFolder = "is a folder, and a pack lists files alone"

// describe says what is wrong with a record of the directory.
func describe(raw []byte) (Kind, string) {
	le := binary.LittleEndian
	if len(raw) < centralSize || !bytes.HasPrefix(raw, []byte(centralMark)) {
		return Damaged, "has a damaged record in the directory of the archive"
	}
	mode, method := le.Uint32(raw[38:])>>16, le.Uint16(raw[10:])
	switch kind := mode & 0o170000; {
	case le.Uint16(raw[8:])&encryptedFlag != 0:
		return Unsafe, "is encrypted, which no file of a pack is: what is in it cannot be told"
	case kind == 0o120000:
		return Unsafe, "is a symbolic link: unpacked, it could lead to any file of the computer"
	case kind == 0o040000, bytes.HasSuffix(raw[:min(len(raw), centralSize+int(le.Uint16(raw[28:])))], []byte("/")):
		return Layout, isFolder
	case kind != 0o100000 && kind != 0:
		return Unsafe, "is a device or another thing that is no file"
	case !slices.Contains([]uint16{store, deflate}, method):
		return Layout, "is packed in a way that annex does not use, and was not looked at"
	case le.Uint16(raw[30:]) > 0 && le.Uint16(raw[6:]) < 45:
		return Layout, "has an extra field in the directory of the archive, which annex does not write"
	case le.Uint16(raw[32:]) > 0:
		return Layout, "has a comment in the directory of the archive, which annex does not write"
	}
	return Damaged, "has a record in the directory of the archive that annex does not write: a part of it was changed"
}
