package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"testing"
)

// forged is a file of a zip in every detail that a hostile one may get wrong.
type forged struct {
	name, own       string // in the directory, and in front of the data
	flags, method   uint16
	mode            uint32 // Unix type and permissions
	extra, ownExtra string
	comment         string
	crc             uint32
	packed, size    uint64 // as stated
	data            []byte // as it stands in the zip
	after           string // behind it
	at              int    // where the directory says it is; 0 for where it is
	ghost           bool   // it is in the directory alone
}

// archiveOf is a zip in every detail.
type archiveOf struct {
	front, gap, comment, behind string
	files                       []forged
	count                       int  // added to the number of files
	shifted                     bool // places count from behind the front
}

// take takes a pack apart.
func take(t testing.TB, pack []byte) *archiveOf {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	a := &archiveOf{}
	for _, f := range z.File {
		r, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		x := forged{
			name: f.Name, own: f.Name, flags: f.Flags, method: f.Method, mode: 0o100644, crc: f.CRC32,
			packed: f.CompressedSize64, size: f.UncompressedSize64, data: data,
		}
		if f.Flags&8 != 0 {
			le := binary.LittleEndian
			b := le.AppendUint32([]byte("PK\x07\x08"), x.crc)
			x.after = string(le.AppendUint32(le.AppendUint32(b, uint32(x.packed)), uint32(x.size)))
		}
		a.files = append(a.files, x)
	}
	return a
}

// bytes puts the archive together.
func (a *archiveOf) bytes() []byte {
	le := binary.LittleEndian
	b := []byte(a.front)
	base := 0
	if a.shifted {
		base = len(b)
	}
	var list []byte
	for _, f := range a.files {
		at := len(b) - base
		if f.at != 0 {
			at = f.at
		}
		own := b
		b = append(b, "PK\x03\x04\x14\x00"...)
		b = le.AppendUint16(le.AppendUint16(b, f.flags), f.method)
		b = append(b, "\x00\x00\x61\x5d"...) // 2026-11-01
		if f.flags&8 != 0 {
			b = append(b, make([]byte, 12)...)
		} else {
			b = le.AppendUint32(le.AppendUint32(le.AppendUint32(b, f.crc), uint32(f.packed)), uint32(f.size))
		}
		b = le.AppendUint16(le.AppendUint16(b, uint16(len(f.own))), uint16(len(f.ownExtra)))
		b = append(append(append(append(b, f.own...), f.ownExtra...), f.data...), f.after...)
		if f.ghost {
			b = own
		}

		list = append(list, "PK\x01\x02\x14\x03\x14\x00"...)
		list = le.AppendUint16(le.AppendUint16(list, f.flags), f.method)
		list = append(list, "\x00\x00\x61\x5d"...)
		list = le.AppendUint32(le.AppendUint32(le.AppendUint32(list, f.crc), uint32(f.packed)), uint32(f.size))
		list = le.AppendUint16(le.AppendUint16(list, uint16(len(f.name))), uint16(len(f.extra)))
		list = le.AppendUint16(list, uint16(len(f.comment)))
		list = append(list, 0, 0, 0, 0)
		list = le.AppendUint32(le.AppendUint32(list, f.mode<<16), uint32(at))
		list = append(append(append(list, f.name...), f.extra...), f.comment...)
	}
	b = append(b, a.gap...)
	at := len(b) - base
	b = append(append(b, list...), "PK\x05\x06\x00\x00\x00\x00"...)
	n := uint16(len(a.files) + a.count)
	b = le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, n), n), uint32(len(list))), uint32(at))
	b = append(le.AppendUint16(b, uint16(len(a.comment))), a.comment...)
	return append(b, a.behind...)
}

func (a *archiveOf) file(name string) *forged {
	return &a.files[slices.IndexFunc(a.files, func(f forged) bool { return f.name == name })]
}

// hold gives a file other contents, with the right sizes and checksum.
func (f *forged) hold(contents []byte) *forged {
	f.method, f.flags, f.data = 0, 1<<11, contents
	f.crc, f.packed, f.size = crc32.ChecksumIEEE(contents), uint64(len(contents)), uint64(len(contents))
	return f
}

// put adds a file behind the others.
func (a *archiveOf) put(name string, contents []byte) *forged {
	a.files = append(a.files, forged{name: name, own: name, mode: 0o100644})
	return a.files[len(a.files)-1].hold(contents)
}

// called changes both names of a file.
func (f *forged) called(name string) { f.name, f.own = name, name }

// deflated packs with the standard library.
func deflated(data []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 9)
	if err != nil {
		panic(err)
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func TestTheForgerMakesAPackAsAnnexDoes(t *testing.T) {
	for _, files := range [][]File{small(), large()} {
		b := packed(t, files)
		if !bytes.Equal(take(t, b).bytes(), b) {
			t.Error("it makes another archive, so that its cases prove nothing")
		}
	}
}
