package secrets

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"golang.org/x/text/encoding/unicode"
)

// cases are one text of each kind of finding, with its rule and what must not be shown.
func cases() map[string]struct{ text, secret string } {
	iban := func(i int) string {
		account := fmt.Sprintf("37040044%010d", 532013000+i)
		rest := 0
		for _, c := range account + "131400" { // DE is 13 14
			rest = (rest*10 + int(c-'0')) % 97
		}
		return fmt.Sprintf("DE%02d%s", 98-rest, account)
	}
	card := func(i int) string {
		for d := range 10 {
			if n := fmt.Sprintf("4539%011d%d", 14880343600+i, d); luhn(n) {
				return n
			}
		}
		return ""
	}
	return map[string]struct{ text, secret string }{
		"private-key":         {"our key:\n" + privateKey(), strings.Repeat("MIIEpAxQ", 8)},
		"github-pat":          {"use " + token() + " to log in", token()},
		"generic-api-key":     {"api_" + "key = \"x7Kq9vT2mZp4Lw8R\"", "x7Kq9vT2mZp4Lw8R"},
		"password":            {"Password: " + password(), password()},
		"password-in-address": {"db is postgres://app:hunter" + "22@db.internal/records", "hunter" + "22"},
		"connection-string":   {"Server=db1;Database=records;User Id=app;Pass" + "word=hunter22;", "hunter22"},
		"mail-list":           {lines(12, func(i int) string { return fmt.Sprintf("person%d@clinic-north.de,staff", i) }), "person0@clinic-north.de"},
		"phone-list":          {lines(12, func(i int) string { return fmt.Sprintf("Person %d,+49 30 9018%04d", i, i) }), "9018"},
		"iban-list":           {lines(4, func(i int) string { return "paid to " + iban(i) }), "37040044"},
		"card-list":           {lines(4, func(i int) string { return "card " + card(i) }), "14880343600"},
		"national-id-list":    {lines(4, func(i int) string { return fmt.Sprintf("SSN 219-09-%04d", 9990+i) }), "219-09"},
	}
}

// TestEachKindIsFoundInEachContainer holds what the scanner is for.
func TestEachKindIsFoundInEachContainer(t *testing.T) {
	s := scanner(t)
	filler := strings.Repeat("Nothing here, and nothing there.\n", width/33)
	containers := []struct {
		name  string
		place string // what the place contains
		wrap  func(string) string
	}{
		{"a.txt", "line ", func(s string) string { return s }},
		{"windows.txt", "line ", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
		{"mark.txt", "line ", func(s string) string { return "\xef\xbb\xbf" + s }},
		{"utf16le.csv", "line ", func(s string) string { return utf16(t, unicode.LittleEndian, unicode.UseBOM, s) }},
		{"utf16be.csv", "line ", func(s string) string { return utf16(t, unicode.BigEndian, unicode.UseBOM, s) }},
		{"no-mark.csv", "line ", func(s string) string { return utf16(t, unicode.LittleEndian, unicode.IgnoreBOM, s) }},
		{"latin.txt", "line ", func(s string) string { return "Gr\xfc\xdfe\n" + s }},
		{"page.html", "line ", func(s string) string { return "<html><body><pre>" + escape(s) + "</pre></body></html>" }},
		{"a.json", "line ", func(s string) string { return `{"a": 1, "text": "` + "\n" + s + `"}` }},
		{"late.txt", "line ", func(s string) string { return filler + filler + s }},
		{"border.txt", "line ", func(s string) string { return filler[:width-overlap-30] + "\n" + s + filler }},
		{"end-of-window.txt", "line ", func(s string) string { return filler[:width-30] + "\n" + s + filler }},
		{"a.docx", "text", func(s string) string { return word(t, s) }},
		{"a.xlsx", "texts of cells", func(s string) string { return excel(t, s) }},
		{"a.pptx", "slide 2", func(s string) string {
			return zipped(t, entry{"[Content_Types].xml", ""}, entry{"ppt/slides/slide2.xml", "<p:sld><a:p><a:t>" + strings.ReplaceAll(escape(s), "\n", "</a:t></a:p><a:p><a:t>") + "</a:t></a:p></p:sld>"})
		}},
		{"a.odt", "text", func(s string) string {
			return zipped(t, entry{"mimetype", "application/vnd.oasis.opendocument.text"}, entry{"content.xml", "<text:p>" + strings.ReplaceAll(escape(s), "\n", "</text:p><text:p>") + "</text:p>"})
		}},
		{"a.zip", "line ", func(s string) string { return zipped(t, entry{"in/a.txt", s}) }},
		{"deep.zip", "line ", func(s string) string {
			return zipped(t, entry{"b.zip", zipped(t, entry{"c.zip", zipped(t, entry{"a.txt", s})})})
		}},
		{"report.zip", "text", func(s string) string { return zipped(t, entry{"a.docx", word(t, s)}) }},
		{"a.log.gz", "line ", func(s string) string { return gzipped(t, s) }},
	}
	for _, c := range containers {
		for rule, k := range cases() {
			r := scan(t, s, c.name, []byte(c.wrap(k.text)))
			if len(r.Findings) != 1 || r.Findings[0].Rule != rule {
				t.Errorf("%s in %s: found %+v", rule, c.name, r.Findings)
				continue
			}
			f := r.Findings[0]
			if !strings.Contains(f.Place, c.place) || !strings.HasPrefix(f.File, c.name) || f.Sentence == "" || f.Excerpt == "" || !strings.HasPrefix(f.Name, f.File+"#"+rule) {
				t.Errorf("%s in %s: found %+v", rule, c.name, f)
			}
			if len(r.Unread) > 0 {
				t.Errorf("%s: unread %v", c.name, r.Unread)
			}
			if shown := fmt.Sprintf("%+v", f); strings.Contains(shown, k.secret) {
				t.Errorf("%s: %s shows the secret", rule, shown)
			}
		}
	}
}

// TestNothingIsFoundWhereNothingIs holds that texts that speak about secrets and
// people are none.
func TestNothingIsFoundWhereNothingIs(t *testing.T) {
	s := scanner(t)
	for name, text := range map[string]string{
		"policy":        "Passwords: at least 12 characters. The password is kept in a manager. API keys: see [[key-management]].",
		"placeholders":  "password: ${DB_PASSWORD}\nPassword=<your password>\npostgres://user:{password}@host/db\npostgres://user:$PASSWORD@db.internal/x",
		"contacts":      lines(9, func(i int) string { return fmt.Sprintf("role%d@ostermark.de +49 30 9018 %04d", i, i) }),
		"examples":      lines(40, func(i int) string { return fmt.Sprintf("a%d@example.org b%d@example.com c@%d.invalid", i, i, i) }),
		"one and again": lines(40, func(int) string { return "info@ostermark.de, +49 30 901820" }),
		"two accounts":  "DE89370400440532013000 and GB82WEST12345698765432",
		"wrong IBANs":   lines(30, func(i int) string { return fmt.Sprintf("DE00%018d", i) }),
		"wrong cards":   lines(9, func(i int) string { return fmt.Sprintf("453914880343646%d", (8+i)%10) })[:40],
		"digests":       lines(30, func(i int) string { return fmt.Sprintf("key-ceremony-2026-03,%064x", i*i*7919) }),
		"ids":           "key: key-ceremony-2026-03\ntoken = validation-before-release-2026",
		"dates": lines(60, func(i int) string {
			return fmt.Sprintf("2026-%02d-%02d 0%d.11.2026 %d,%03d", i%12+1, i%28+1, i%9+1, i, i)
		}),
		"identifiers": lines(60, func(i int) string {
			return fmt.Sprintf("0.%d.%d 20260101%06d 550e8400-e29b-41d4-a716-4466554%05d", i, i, i, i)
		}),
		"not an address": lines(60, func(i int) string { return fmt.Sprintf("@team%d a@b user%d@host npm i @scope/pkg%d", i, i, i) }),
	} {
		if r := scan(t, s, "a.md", []byte(text)); len(r.Findings) > 0 {
			t.Errorf("%s: %+v", name, r.Findings)
		}
	}
}

// TestPlacesNamesAndCounts holds what a finding says of where and how often.
func TestPlacesNamesAndCounts(t *testing.T) {
	s := scanner(t)
	text := "one\ntwo\nuse " + token() + "\nand again " + token() + "\nthen " + another() + "\n"
	r := scan(t, s, "evidence/a.txt", []byte(text))
	if len(r.Findings) != 2 {
		t.Fatalf("found %+v", r.Findings)
	}
	places := map[string]int{}
	for _, f := range r.Findings {
		places[f.Place] = f.Count
	}
	if places["line 3"] != 2 || places["line 5"] != 1 {
		t.Errorf("found %+v", r.Findings)
	}
	if r := scan(t, s, "evidence/keys.p12", []byte("\x30\x82\x00\x01")); len(r.Findings) != 1 || r.Findings[0].Rule != "pkcs12-file" || len(r.Unread) != 1 {
		t.Errorf("a store of keys: %+v", r)
	}
	if r := scan(t, s, "a.txt", []byte(lines(countable+50, func(i int) string { return fmt.Sprintf("p%d@clinic-north.de", i) }))); len(r.Findings) != 1 || r.Findings[0].Count != countable || !strings.Contains(r.Findings[0].Sentence, "or more") {
		t.Errorf("many addresses: %+v", r.Findings)
	}
	if r := scan(t, s, "a.txt", []byte(lines(kept+50, func(i int) string { return fmt.Sprintf("gh"+"p_%036d", i*7919+1234567) + " x" }))); len(r.Findings) > kept+1 {
		t.Errorf("many secrets: %d findings", len(r.Findings))
	}
}

// TestAcceptingOneSecretDoesNotAcceptAnother holds what the names are for.
func TestAcceptingOneSecretDoesNotAcceptAnother(t *testing.T) {
	s := scanner(t)
	before := scan(t, s, "a.txt", []byte("use "+token()))
	accepted := []string{before.Findings[0].Name, "b.txt#mail-list"}
	j := before.Judge(accepted)
	if len(j.Accepted) != 1 || len(j.Open) != 0 || fmt.Sprint(j.Stale) != "[b.txt#mail-list]" {
		t.Errorf("the same: %+v", j)
	}
	later := scan(t, s, "a.txt", []byte("use "+token()+" and "+another()))
	if j := later.Judge(accepted); len(j.Accepted) != 1 || len(j.Open) != 1 {
		t.Errorf("another beside it: %+v", j)
	}
	moved := scan(t, s, "c.txt", []byte("use "+token()))
	if j := moved.Judge(accepted); len(j.Accepted) != 0 || len(j.Stale) != 2 {
		t.Errorf("in another file: %+v", j)
	}
}

// TestWhatCannotBeLookedIntoIsTold holds that nothing passes in silence.
func TestWhatCannotBeLookedIntoIsTold(t *testing.T) {
	s := scanner(t)
	for name, c := range map[string]struct{ data, why string }{
		"a.pdf":      {"%PDF-1.7\n", "PDF"},
		"a.png":      {"\x89PNG\r\n\x1a\n", "picture"},
		"a.doc":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"},
		"a.7z":       {"7z\xbc\xaf\x27\x1c", "archive"},
		"a.bin":      {"abc\x00\x01\x02def", "no text"},
		"broken.zip": {"PK\x03\x04 and no more", "broken"},
		"broken.gz":  {"\x1f\x8b and no more", "broken"},
		"deep.zip":   {zipped(t, entry{"b.zip", zipped(t, entry{"c.zip", zipped(t, entry{"d.zip", zipped(t, entry{"a.txt", "x"})})})}), "archive in an archive"},
	} {
		r := scan(t, s, name, []byte(c.data))
		if len(r.Unread) != 1 || !strings.Contains(r.Unread[0].Why, c.why) || !strings.HasPrefix(r.Unread[0].File, name) {
			t.Errorf("%s: %+v", name, r)
		}
	}
	r := scan(t, s, "a.docx", []byte(zipped(t, entry{"[Content_Types].xml", ""}, entry{"word/media/image1.png", "\x89PNG\r\n\x1a\n"})))
	if len(r.Unread) != 1 || r.Unread[0].File != "a.docx/word/media/image1.png" {
		t.Errorf("a picture in a document: %+v", r)
	}
}

// TestErrorsAreTheMachines holds that what cannot be read is an error, once.
func TestErrorsAreTheMachines(t *testing.T) {
	s := scanner(t)
	gone := errors.New("gone")
	if _, err := s.Scan(t.Context(), "a.txt", func() (io.ReadCloser, error) { return nil, gone }, 1); !errors.Is(err, gone) {
		t.Errorf("not opened: %v", err)
	}
	half := io.MultiReader(strings.NewReader(strings.Repeat("a", 9000)), failing{gone})
	if _, err := s.Scan(t.Context(), "a.txt", func() (io.ReadCloser, error) { return io.NopCloser(half), nil }, 1); !errors.Is(err, gone) {
		t.Errorf("not read: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestSeveralAtOnceFindTheSame holds that a scanner is safe to share, and that what
// it says depends on the file alone.
func TestSeveralAtOnceFindTheSame(t *testing.T) {
	s := scanner(t)
	var all strings.Builder
	for _, rule := range []string{"private-key", "github-pat", "mail-list", "card-list", "password"} {
		all.WriteString(cases()[rule].text + "\n")
	}
	want := fmt.Sprintf("%+v", scan(t, s, "a.txt", []byte(all.String())))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 5 {
				if got := fmt.Sprintf("%+v", scan(t, s, "a.txt", []byte(all.String()))); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}
		})
	}
	wait.Wait()
}
