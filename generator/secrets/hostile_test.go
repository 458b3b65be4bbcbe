package secrets

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// TestHostileFilesEndAndAreTold holds the limits. They are lowered here, so that the
// test needs no gigabytes.
func TestHostileFilesEndAndAreTold(t *testing.T) {
	s := scanner(t)
	s.limits.unpacked, s.limits.entries, s.limits.held, s.limits.directory = 4<<20, 50, 1<<20, 64<<10
	zeros := strings.Repeat("a", 3<<20)
	many := make([]entry, 60)
	for i := range many {
		many[i] = entry{fmt.Sprintf("%d.txt", i), "x"}
	}
	listed := make([]entry, 3000)
	for i := range listed {
		listed[i] = entry{fmt.Sprintf("%0100d.txt", i), ""}
	}
	spoilt := []byte(zipped(t, entry{"a.txt", strings.Repeat("abc ", 9000)}))
	for i := 40; i < 60; i++ {
		spoilt[i] ^= 0x55
	}
	for name, c := range map[string]struct{ data, why string }{
		"bomb":             {zipped(t, entry{"a.txt", zeros}, entry{"b.txt", zeros}), tooMuch},
		"bomb in a bomb":   {zipped(t, entry{"a.zip", zipped(t, entry{"a.txt", zeros}, entry{"b.txt", zeros})}), tooMuch},
		"bomb as document": {zipped(t, entry{"[Content_Types].xml", ""}, entry{"word/document.xml", zeros + zeros}), tooMuch},
		"packed bomb":      {gzipped(t, zeros+zeros), tooMuch},
		"packed for ever":  {gzipped(t, gzipped(t, gzipped(t, gzipped(t, "x")))), tooDeep},
		"many files":       {zipped(t, many...), tooMuch},
		"long list":        {zipped(t, listed...), tooMuch},
		"large inner zip":  {zipped(t, entry{"a.zip", "PK\x03\x04" + zeros[:2<<20]}), tooMuch},
		"spoilt":           {string(spoilt), broken},
	} {
		r := scan(t, s, "a.zip", []byte(c.data))
		if len(r.Unread) == 0 || r.Unread[0].Why != c.why {
			t.Errorf("%s: %+v", name, r.Unread)
		}
	}
}

// TestLongTextsNeedLittleMemory holds that memory does not depend on the length of a
// text, nor of a line of it, and that what stands at its end is found.
func TestLongTextsNeedLittleMemory(t *testing.T) {
	s := scanner(t)
	scan(t, s, "a.txt", []byte("x"))
	for name, piece := range map[string]string{
		"one line": "all is well ", "addresses": "a@b.de ", "keywords": "key token=secret ey eyJ password: AKIA ", "curl": "curl ",
		"headers": "-----BEGIN PRIVATE ", "digits": "4539148803436467 ", "quotes": "server=\"'\"'", "entities": "&&&lt", "phones": "+49 30 ( ) / ",
	} {
		size := int64(1 << 20)
		if name == "one line" {
			size = 96 << 20 // more than the heap may grow by
		}
		in := io.MultiReader(io.LimitReader(&repeated{piece: piece}, size), strings.NewReader("\nuse "+token()+" to log in"))
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := s.Scan(t.Context(), "a.html", func() (io.ReadCloser, error) { return io.NopCloser(in), nil }, size)
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, f := range r.Findings {
			found = found || f.Rule == "github-pat"
		}
		if !found {
			t.Errorf("%s: the token at the end is not found: %+v", name, r)
		}
		if held := int64(after.HeapSys) - int64(before.HeapSys); held > 64<<20 {
			t.Errorf("%s: the heap grew by %d MB", name, held>>20)
		}
	}
}

type repeated struct {
	piece string
	off   int
}

func (r *repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.piece[r.off]
		r.off = (r.off + 1) % len(r.piece)
	}
	return len(p), nil
}

// TestAContextEndsAScan holds that a scan can be stopped, in an archive too.
func TestAContextEndsAScan(t *testing.T) {
	s := scanner(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, data := range map[string]string{"a.txt": "text", "a.zip": zipped(t, entry{"a.txt", "text"})} {
		if _, err := s.Scan(ctx, name, func() (io.ReadCloser, error) { return atAnyPlace{bytes.NewReader([]byte(data))}, nil }, int64(len(data))); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRandomBytesHoldNothing holds that chance makes no finding of binaries, nor of
// texts of random letters.
func TestRandomBytesHoldNothing(t *testing.T) {
	s := scanner(t)
	dice := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		data := make([]byte, 100_000)
		for i := range data {
			data[i] = byte(dice.Uint32())
		}
		scan(t, s, "a.bin", data)
		for i := range data {
			data[i] = data[i]&0x3f + ' '
		}
		if r := scan(t, s, "a.txt", data); len(r.Findings) > 0 {
			t.Errorf("found %+v", r.Findings)
		}
	}
}

// FuzzScan holds that no file makes the scanner panic or show what it found.
func FuzzScan(f *testing.F) {
	s := scanner(f)
	s.limits.unpacked, s.limits.held = 1<<20, 1<<20
	for _, k := range cases() {
		f.Add("a.txt", []byte(k.text))
		f.Add("a.html", []byte(k.text))
		f.Add("a.zip", []byte(zipped(f, entry{"a.txt", k.text})))
		f.Add("a.docx", []byte(word(f, k.text)))
	}
	f.Add("a.jpg", photograph())
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		for _, found := range scan(t, s, name, data).Findings {
			if found.Name == "" || found.Sentence == "" || found.Excerpt == "" || found.Count < 1 {
				t.Errorf("%+v", found)
			}
		}
	})
}

// photograph is a small JPEG whose EXIF says where it was taken.
func photograph() []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	field := func(tag, kind uint16, count, value uint32) {
		tiff = binary.LittleEndian.AppendUint16(tiff, tag)
		tiff = binary.LittleEndian.AppendUint16(tiff, kind)
		tiff = binary.LittleEndian.AppendUint32(tiff, count)
		tiff = binary.LittleEndian.AppendUint32(tiff, value)
	}
	tiff = append(tiff, 1, 0)
	field(0x8825, 4, 1, 26) // the directory of GPS follows
	tiff = append(tiff, 0, 0, 0, 0, 2, 0)
	field(1, 2, 2, 'N')
	field(2, 5, 3, 56)
	tiff = append(tiff, 0, 0, 0, 0)
	for _, v := range []uint32{52, 1, 31, 1, 0, 1} {
		tiff = binary.LittleEndian.AppendUint32(tiff, v)
	}
	exif := append([]byte("Exif\x00\x00"), tiff...)
	jpeg := []byte{0xff, 0xd8, 0xff, 0xe1}
	jpeg = binary.BigEndian.AppendUint16(jpeg, uint16(len(exif)+2))
	return append(append(jpeg, exif...), 0xff, 0xd9)
}

// TestMetadataIsAKindOfItsOwn holds that it is told who wrote a file and where a
// picture was taken, but not of files that annex made.
func TestMetadataIsAKindOfItsOwn(t *testing.T) {
	s := scanner(t)
	core := func(who, last string) string {
		return zipped(t, entry{"[Content_Types].xml", ""}, entry{"docProps/core.xml", `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>` + who + `</dc:creator><cp:lastModifiedBy>` + last + `</cp:lastModifiedBy></cp:coreProperties>`})
	}
	open := bytes.Replace(photograph(), []byte{0x25, 0x88}, []byte{0x24, 0x88}, 1) // no position
	for name, c := range map[string]struct {
		data  string
		rule  string
		count int
	}{
		"a.docx":   {core("Petra Example", "Otto Example"), "author", 2},
		"own.docx": {core("annex", "annex"), "", 0},
		"a.odt":    {zipped(t, entry{"mimetype", ""}, entry{"meta.xml", `<o:meta xmlns:o="o" xmlns:meta="m"><meta:initial-creator>Petra Example</meta:initial-creator></o:meta>`}), "author", 1},
		"a.jpg":    {string(photograph()), "gps-position", 1},
		"b.jpg":    {string(open), "", 0},
		"in.zip":   {zipped(t, entry{"a.jpg", string(photograph())}), "gps-position", 1},
	} {
		r := scan(t, s, name, []byte(c.data))
		if c.rule == "" {
			if len(r.Findings) > 0 {
				t.Errorf("%s: %+v", name, r.Findings)
			}
			continue
		}
		if len(r.Findings) != 1 || r.Findings[0].Rule != c.rule || r.Findings[0].Kind != Metadata || r.Findings[0].Count != c.count || strings.Contains(fmt.Sprint(r), "Petra") {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}
