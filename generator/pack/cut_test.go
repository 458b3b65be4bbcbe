package pack

import (
	"bytes"
	"strings"
	"testing"
)

// TestAPackThatWasCutOffBehindAZip cuts packs behind the end of a zip within them,
// which is stored as it is or in blocks: it is not taken for the end of the pack.
func TestAPackThatWasCutOffBehindAZip(t *testing.T) {
	workbook := (&archiveOf{files: []forged{*(&forged{name: "[Content_Types].xml", own: "[Content_Types].xml", mode: 0o100644}).hold(noise(3000))}}).bytes()
	for title, inner := range map[string][]byte{
		"a workbook":       workbook,
		"a pack":           packed(t, []File{text("README.txt", "How to open this.\n"), copied("a.png", noise(20_000))}),
		"a large pack":     packed(t, []File{text("README.txt", "How to open this.\n"), copied("a.png", noise(wholeFile))}),
		"a streaming pack": packed(t, large()),
	} {
		t.Run(title, func(t *testing.T) {
			b := packed(t, []File{text("README.txt", "How to open this.\n"), copied("evidence/x.bin", inner), copied("last.bin", noise(2000))})
			end := bytes.Index(b, inner[len(inner)-endSize:]) + endSize
			if end < endSize {
				t.Fatal("the inner zip does not end as it is")
			}
			for _, n := range []int{0, 1, 21, 22, 100, 1500} {
				r := verified(t, b[:end+n])
				if len(r.Findings) != 1 || r.Findings[0].File != TheEnd || r.Findings[0].Kind != Damaged || !strings.HasPrefix(r.Findings[0].Text, "is missing: the file was cut off after ") {
					t.Errorf("%d bytes behind it: %+v", n, r.Findings)
				}
			}
		})
	}
}

// TestOtherFilesThanZips holds what is said of them.
func TestOtherFilesThanZips(t *testing.T) {
	b := packed(t, small())
	for _, c := range []struct{ title, contents, file, text string }{
		{"nothing", "", TheArchive, "is no zip: it has 0 bytes"},
		{"a page", "<!DOCTYPE html><title>404</title><p>Not found", TheArchive, "is no zip: it looks like a web page"},
		{"a page that begins with space", "\ufeff\r\n <html><title>404</title>", TheArchive, "is no zip: it looks like a web page"},
		{"text", strings.Repeat("Some words. ", 10_000), TheArchive, "is no zip: it neither begins nor ends as one"},
		{"zeros", strings.Repeat("\x00", 100), TheArchive, "is no zip: it neither begins nor ends as one"},
		{"a half", string(b[:len(b)/2]), TheEnd, "is missing: the file was cut off after 2 KB"},
		{"a half that was made as long", string(b[:len(b)/2]) + strings.Repeat("\x00", len(b)/2), TheEnd, "is missing: the file was cut off"},
	} {
		t.Run(c.title, func(t *testing.T) {
			r := verified(t, []byte(c.contents))
			if len(r.Findings) != 1 || r.Findings[0].Kind != Damaged || r.Findings[0].File != c.file || !strings.HasPrefix(r.Findings[0].Text, c.text) {
				t.Errorf("%+v", r.Findings)
			}
		})
	}
}
