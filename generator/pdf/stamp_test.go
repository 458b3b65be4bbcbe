package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// made makes a PDF as browsers write it, out of the texts of its objects: the first
// is the information, the second the catalog, the third the root of the structure.
func made(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var table strings.Builder
	fmt.Fprintf(&table, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "%strailer\n<</Size %d\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", table.String(), len(objects)+1, start)
	return b.Bytes()
}

const (
	catalog   = "<</Type /Catalog\n/Pages 4 0 R\n/StructTreeRoot 3 0 R>>"
	structure = "<</Type /StructTreeRoot\n/K 5 0 R>>"
	sheets    = "<</Type /Pages\n/Count 0\n/Kids []>>"
)

// TestTimesBecomeTheDay holds that only the times of the information change, in any
// time zone, and that no byte moves for them.
func TestTimesBecomeTheDay(t *testing.T) {
	day := time.Date(2031, 2, 3, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ name, info, want string }{
		{"universal", "<</Title (x)\n/CreationDate (D:20261126101136+00'00')\n/ModDate (D:20261126101136+00'00')>>", "<</Title (x)\n/CreationDate (D:20310203000000+00'00')\n/ModDate (D:20310203000000+00'00')>>"},
		{"behind", "<</CreationDate (D:20261126101136-05'30')>>", "<</CreationDate (D:20310203000000+00'00')>>"},
		{"Z", "<</CreationDate (D:20261126101136Z)>>", "<</CreationDate (D:20310203000000Z)>>"},
		{"in a title", `<</Title (/ModDate \(D:20261126101136Z\))>>`, `<</Title (/ModDate \(D:20261126101136Z\))>>`},
		{"none", "<</Title (x)>>", "<</Title (x)>>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			elsewhere := "<</CreationDate (D:20200101000000Z)>>"
			catalog := "<</Type /Catalog\n/Pages 3 0 R>>" // without a structure, so that nothing moves
			got, err := stamp(made(c.info, catalog, sheets, elsewhere), day)
			if want := made(c.want, catalog, sheets, elsewhere); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// TestTheMapOfNamesMovesWhatFollows compares with a PDF that had the map from the
// start: all places are right.
func TestTheMapOfNamesMovesWhatFollows(t *testing.T) {
	const mapped = "<</RoleMap <</Strong /Span /Em /Span>>\n/Type /StructTreeRoot\n/K 5 0 R>>"
	for _, tail := range [][]string{{sheets}, {sheets, "<</S /Document>>", "<<>>"}, {}} {
		before := made(append([]string{"<</Title (x)>>", catalog, structure}, tail...)...)
		want := made(append([]string{"<</Title (x)>>", catalog, mapped}, tail...)...)
		got, err := stamp(before, asOf)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%v\n%s\nwant\n%s", err, got, want)
		}
		again, err := stamp(got, asOf)
		if err != nil || !bytes.Equal(again, got) {
			t.Errorf("the second time: %v\n%s", err, again)
		}
		if r := understood(t, got); r.Trailer().Key("Root").Key("StructTreeRoot").Key("RoleMap").Key("Strong").Name() != "Span" {
			t.Error("a reader does not find the map")
		}
	}
}

// TestAnotherFormIsAnError holds that what browsers do not write is refused and
// not mangled.
func TestAnotherFormIsAnError(t *testing.T) {
	good := string(made("<</Title (x)>>", catalog, structure, sheets))
	for name, content := range map[string]string{
		"empty":              "",
		"no PDF":             "<!doctype html>",
		"cut off":            good[:len(good)-9],
		"no end":             strings.Replace(good, "startxref", "startxxxx", 1),
		"a table elsewhere":  strings.Replace(good, "startxref\n", "startxref\n9", 1),
		"a table too long":   strings.Replace(good, "xref\n0 5\n", "xref\n0 9\n", 1),
		"a table of streams": strings.Replace(good, "xref\n0 5\n", "9 0 obj\n", 1),
		"no information":     strings.Replace(good, "/Info", "/Imfo", 1),
		"no such object":     strings.Replace(good, "/Info 1", "/Info 7", 1),
		"another object":     strings.Replace(good, "1 0 obj", "8 0 obj", 1),
		"no catalog":         strings.Replace(good, "/Root", "/Boot", 1),
		"no structure":       strings.Replace(good, "3 0 obj", "4 0 obj", 1),
		"an address of ours": strings.Replace(good, "(x)>>", "(x)/URI (http://annex.invalid/index.html)>>", 1),
	} {
		if got, err := stamp([]byte(content), asOf); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
	if _, err := stamp([]byte(good), asOf); err != nil {
		t.Error(err)
	}
}

// FuzzStamp holds that nothing panics, and that what was stamped can be stamped.
func FuzzStamp(f *testing.F) {
	f.Add(made("<</CreationDate (D:20261126101136-05'30')>>", catalog, structure, sheets))
	f.Add([]byte("xref\n0 1\n0000000000 65535 f \ntrailer\n\nstartxref\n0\n%%EOF"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := stamp(content, asOf)
		if err != nil {
			return
		}
		if again, err := stamp(got, asOf); err == nil && !bytes.Equal(again, got) {
			t.Errorf("%q, and then %q", got, again)
		}
	})
}

// TestAddressesInsideTheSite holds which are a file of it.
func TestAddressesInsideTheSite(t *testing.T) {
	for address, want := range map[string]string{
		"http://annex.invalid/index.html":               "index.html",
		"http://annex.invalid/a/b.css?x#y":              "a/b.css",
		"http://annex.invalid/a%20b.png":                "a b.png",
		"http://annex.invalid/%C3%A4.html":              "ä.html",
		"http://annex.invalid/":                         "",
		"http://annex.invalid":                          "",
		"http://annex.invalid//a":                       "",
		"http://annex.invalid/a/../b":                   "",
		"http://annex.invalid/%2e%2e/b":                 "",
		"http://annex.invalid/a/":                       "",
		"https://annex.invalid/a":                       "",
		"http://annex.invalid:81/a":                     "",
		"http://a@annex.invalid/a":                      "",
		"http://annex.invalid.example.org/a":            "",
		"file:///etc/passwd":                            "",
		"data:text/html,x":                              "",
		"http://%zz/":                                   "",
		"http://annex.invalid/soa/iso-42001.html#a-2-2": "soa/iso-42001.html",
	} {
		got, ok := inside(address)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: %q, %v", address, got, ok)
		}
		if back, ok := inside(origin + escape(want)); want != "" && (!ok || back != want) {
			t.Errorf("%s comes back as %q", want, back)
		}
	}
}
