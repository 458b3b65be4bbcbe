package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestTheSameFilesMakeTheSameBytes(t *testing.T) {
	want := packed(t, large())
	if !bytes.Equal(packed(t, large()), want) {
		t.Error("a second pack has other bytes")
	}
	if !bytes.Equal(packed(t, large(), func(o *Options) { o.Workers = 7 }), want) {
		t.Error("a pack made by seven workers has other bytes")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(packed(t, large()), want) {
		t.Error("a pack made on one core has other bytes")
	}
}

// TestAReaderInPiecesMakesTheSameBytes reads a streamed file a few bytes at a time.
func TestAReaderInPiecesMakesTheSameBytes(t *testing.T) {
	for _, f := range large() {
		if f.Copy == nil {
			continue
		}
		want := packed(t, []File{f})
		open := f.Copy
		f.Copy = func() (io.ReadCloser, error) {
			in, err := open()
			return struct {
				io.Reader
				io.Closer
			}{short{in}, in}, err
		}
		if !bytes.Equal(packed(t, []File{f}), want) {
			t.Errorf("%s read in pieces has other bytes", f.Path)
		}
	}
}

type short struct{ io.Reader }

func (s short) Read(p []byte) (int, error) { return s.Reader.Read(p[:min(len(p), 1777)]) }

// TestContentsInMemoryMakeTheSameBytes holds that it does not matter whether a
// file is written or copied.
func TestContentsInMemoryMakeTheSameBytes(t *testing.T) {
	for _, f := range large() {
		if f.Copy == nil {
			continue
		}
		want, open := packed(t, []File{f}), f.Copy
		f.Copy, f.Size = nil, 0
		f.Write = func(b *bytes.Buffer) error {
			in, err := open()
			if err == nil {
				_, err = b.ReadFrom(in)
			}
			return err
		}
		if !bytes.Equal(packed(t, []File{f}), want) {
			t.Errorf("%s has other bytes", f.Path)
		}
	}
}

func TestWrongPathsAreToldAtOnceAndNothingIsWritten(t *testing.T) {
	files := []File{
		text("fine.txt", ""), text("../up.txt", ""), text("a//b", ""), text("C:/x", ""), text("e\u0301", ""),
		text("nul.txt", ""), text("a.", ""), text("Fine.TXT", ""), text("Manifest.JSON", ""), text("manifest.sha256.SIG", ""),
		text("fine.txt/below", ""), text(strings.Repeat("long/", 32)+"1234567890", ""),
		{Path: "nothing"},
		{Path: "sum", SHA256: "abc", Write: text("", "").Write},
	}
	var b bytes.Buffer
	_, err := Write(t.Context(), &b, files, Options{Head: head(), Prefix: "stage-1-pack-x"})
	var wrong *FilesError
	if !errors.As(err, &wrong) || b.Len() > 0 {
		t.Fatalf("%v, and %d bytes were written", err, b.Len())
	}
	want := []string{
		`"../up.txt" has a part "..", which leads elsewhere`,
		`"a//b" has an empty part: a slash at the end, or two in a row`,
		`"C:/x" has a part "C:" that has a sign that Windows does not allow`,
		"\"e\u0301\" has accents as signs of their own (it is not in the form NFC)",
		`"nul.txt" is reserved on Windows`,
		`"a." ends in a dot or a space, which Windows drops`,
		`"fine.txt" and "Fine.TXT" are one file on many systems: they differ in case or in the form of accents only`,
		`"Manifest.JSON" is the name of a file that annex makes`,
		`"manifest.sha256.SIG" is the name of a file that annex makes`,
		`"fine.txt" is a file, and a folder "fine.txt" is there too`,
		`"` + strings.Repeat("long/", 32) + `1234567890" is too long for Windows: with the folder it has 185 characters, 5 more than the 180 that are safe`,
		`"nothing" has no contents, or two`,
		`"sum" should have the SHA-256 "abc", which is none: it has 64 signs of 0 to 9 and a to f`,
	}
	if !slices.Equal(wrong.Wrong, want) {
		t.Errorf("it tells\n%s", strings.Join(wrong.Wrong, "\n"))
	}
	if !strings.HasPrefix(err.Error(), "13 files cannot go into the pack; nothing was written:\n") {
		t.Errorf("it says %s", err)
	}
}

func TestWhatStopsWriting(t *testing.T) {
	broken := errors.New("the disk is gone")
	shrunk, grown, other, torn := copied("e.bin", noise(100)), copied("e.bin", noise(100)), copied("e.bin", noise(100)), copied("big.bin", noise(wholeFile+1))
	shrunk.Size, grown.Size = 101, 99
	other.SHA256 = strings.Repeat("0", 64)
	bigger, changed := copied("big.bin", noise(wholeFile+1)), copied("big.bin", noise(wholeFile+1))
	bigger.Size--
	bigger.Size += 2
	changed.SHA256 = strings.Repeat("0", 64)
	torn.Copy = func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(bytes.NewReader(noise(wholeFile)), faulty{broken})), nil
	}
	closed := copied("e.bin", noise(10))
	closed.Copy = func() (io.ReadCloser, error) { return nil, broken }
	for _, c := range []struct {
		title  string
		file   File
		change func(*Options)
		text   string
	}{
		{"a file that shrank", shrunk, nil, "packing e.bin: the file changed while it was read"},
		{"a file that grew", grown, nil, "packing e.bin: the file changed while it was read"},
		{"a large file that shrank", bigger, nil, "packing big.bin: the file changed while it was read"},
		{"another file than was recorded", other, nil, "e.bin is not the file that was recorded, or was changed while it was packed: its SHA-256 is "},
		{"another large file than was recorded", changed, nil, "big.bin is not the file that was recorded, or was changed while it was packed: its SHA-256 is "},
		{"a file that cannot be opened", closed, nil, "packing e.bin: the disk is gone"},
		{"a file that cannot be read to its end", torn, nil, "packing big.bin: the disk is gone"},
		{"a page that cannot be written", File{Path: "p.html", Write: func(*bytes.Buffer) error { return broken }}, nil, "packing p.html: the disk is gone"},
		{"no date", text("a", ""), func(o *Options) { o.Head.AsOf = "today" }, `the as-of date "today" is not a date like 2026-11-01`},
		{"a date before zips", text("a", ""), func(o *Options) { o.Head.AsOf = "1979-12-31" }, "a zip knows the years 1980 to 2107"},
		{"a seed that is not UTF-8", text("a", ""), func(o *Options) { o.Head.Seed = "\xff" }, `the seed of the sample "\xff" is not UTF-8`},
		{"an organization of two lines", text("a", ""), func(o *Options) { o.Head.Organization = "A\nB" }, `the name of the organization "A\nB" has a line break`},
		{"an audience of two lines", text("a", ""), func(o *Options) { o.Head.Audience.Title = "A\u2028B" }, "the title of the audience"},
		{"a catalog that rings", text("a", ""), func(o *Options) { o.Head.Catalogs = []Catalog{{"a", "b", "\a"}} }, "the version of a catalog"},
		{"a key of two lines", text("a", ""), func(o *Options) { o.Keys, o.Signers = []Key{{Name: "a\nb"}}, []Signer{signer("sig", "x")} }, "the key of a signature"},
		{"an endless seed", text("a", ""), func(o *Options) { o.Head.Seed = strings.Repeat("a", longestHead) }, "is far too long"},
		{"a control of two lines", File{Path: "a", Write: text("", "").Write, Controls: []string{"a\nb"}}, nil, `"a" serves "a\nb", which has a line break`},
		{"evidence without an id", File{Path: "a", Write: text("", "").Write, Evidence: []string{""}}, nil, "an id has 1 to 200 bytes"},
		{"a class that is not UTF-8", File{Path: "a", Write: text("", "").Write, Class: "\xff"}, nil, `"a" has the class or classification "\xff"`},
		{"controls without end", File{Path: "a", Write: text("", "").Write, Controls: slices.Repeat([]string{"a"}, 1001)}, nil, "serves 1001 controls"},
		{"a name that no pack can have", text("a", ""), func(o *Options) { o.Prefix = "a:b" }, `"a:b" is no name for a pack`},
		{"a name that leaves no room", text("a", ""), func(o *Options) { o.Prefix = strings.Repeat("a", 170) }, "is no name for a pack"},
		{"a signature that cannot be made", text("a", ""), func(o *Options) {
			o.Keys, o.Signers = []Key{{}}, []Signer{func([]byte) (string, []byte, error) { return "", nil, broken }}
		}, "signing the pack: the disk is gone"},
		{"two signatures of a kind", text("a", ""), func(o *Options) {
			o.Keys, o.Signers = []Key{{}, {}}, []Signer{signer("sig", "x"), signer("sig", "x")}
		}, "two keys would make MANIFEST.sha256.sig"},
		{"more keys than signatures", text("a", ""), func(o *Options) { o.Keys = []Key{{}} }, "there are 1 keys and 0 that sign"},
		{"a signature of an unknown kind", text("a", ""), func(o *Options) { o.Keys, o.Signers = []Key{{}}, []Signer{signer("asc", "x")} }, `is called "MANIFEST.sha256.asc", and its key makes MANIFEST.sha256.sig`},
		{"a signature of another kind than the key", text("a", ""), func(o *Options) { o.Keys, o.Signers = []Key{{Minisign: true}}, []Signer{signer("sig", "x")} }, "and its key makes MANIFEST.sha256.minisig"},
		{"a huge signature", text("a", ""), func(o *Options) {
			o.Keys, o.Signers = []Key{{}}, []Signer{signer("sig", strings.Repeat("x", 70_000))}
		}, "which no signature has"},
	} {
		t.Run(c.title, func(t *testing.T) {
			o := Options{Head: head()}
			if c.change != nil {
				c.change(&o)
			}
			files := []File{text("first", "x"), c.file, text("last", "x")}
			_, err := Write(t.Context(), io.Discard, files, o)
			if err == nil || !strings.Contains(err.Error(), c.text) {
				t.Errorf("error = %v", err)
			}
		})
	}
}

type faulty struct{ err error }

func (f faulty) Read([]byte) (int, error) { return 0, f.err }

// TestAFullDiskStopsWriting fails the n-th write, for every n.
func TestAFullDiskStopsWriting(t *testing.T) {
	full := errors.New("no space left")
	for n := 0; ; n++ {
		left := n
		_, err := Write(t.Context(), writer(func([]byte) error {
			if left--; left < 0 {
				return full
			}
			return nil
		}), small(), Options{Head: head()})
		if err == nil {
			if n < 10 {
				t.Errorf("it got through after %d writes", n)
			}
			return
		}
		if !errors.Is(err, full) {
			t.Fatalf("write %d: %v", n, err)
		}
	}
}

func TestWritingAndVerifyingEndWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	files := append(large(), File{Path: "stop", Write: func(*bytes.Buffer) error { cancel(); return nil }}, text("after", ""))
	if _, err := Write(ctx, io.Discard, files, Options{Head: head()}); !errors.Is(err, context.Canceled) {
		t.Errorf("writing: %v", err)
	}
	b := packed(t, large())
	if _, err := Verify(ctx, bytes.NewReader(b), int64(len(b)), Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("verifying: %v", err)
	}
}

func TestTheManifestSaysWhatIsInThePack(t *testing.T) {
	var b, signed bytes.Buffer
	m, err := Write(t.Context(), &b, large(), Options{Head: head(), Keys: keys()[1:], Signers: []Signer{func(text []byte) (string, []byte, error) {
		signed.Write(text)
		return SumsName + ".sig", []byte("s"), nil
	}}})
	if err != nil {
		t.Fatal(err)
	}
	a := take(t, b.Bytes())
	read, err := ReadManifest(bytes.NewReader(a.file(ManifestName).data))
	if err != nil {
		t.Fatal(err)
	}
	want := head()
	want.Signatures = []SignedBy{{SumsName + ".sig", "SSH", "SHA256:abc"}}
	if fmt.Sprint(read.Head) != fmt.Sprint(want) || !slices.Equal(read.Counts, []Count{{"site", 4}, {"evidence", 3}}) || fmt.Sprint(read.Files) != fmt.Sprint(m.Files) {
		t.Errorf("manifest.json says %+v", read)
	}
	if got := read.Files[3]; got.Path != "evidence/logs/scan.png" || got.Size != 40 || got.SHA256 != sha256.Sum256(noise(40)) || got.Packed != got.SHA256 ||
		got.Class != Evidence || got.Classification != "confidential" || !slices.Equal(got.Controls, []string{"logs"}) || !slices.Equal(got.Evidence, []string{"logs-2026"}) {
		t.Errorf("of a file it says %+v", got)
	}
	for i, f := range m.Files {
		if f.Packed != sumOf(a.files[i].data) {
			t.Errorf("%s: its packed bytes have another sum", f.Path)
		}
	}
	sums := a.file(SumsName).data
	if !bytes.Equal(sums, signed.Bytes()) || m.Digest != sumOf(sums) || verified(t, b.Bytes()).Digest != m.Digest.String() {
		t.Error("the digest is not that of MANIFEST.sha256, or another text was signed")
	}
}

// TestStoredSizeIsWhatTheLibraryMakes holds the rule that decides about 64 bits.
func TestStoredSizeIsWhatTheLibraryMakes(t *testing.T) {
	for _, size := range []int{1, 65534, 65535, 65536, 131070, 131071, wholeFile + 1} {
		var n counter
		if err := deflateTo(&n, bytes.NewReader(noise(size)), 0); err != nil {
			t.Fatal(err)
		}
		if int64(n) != storedSize(int64(size)) {
			t.Errorf("%d bytes become %d, and %d were foretold", size, n, storedSize(int64(size)))
		}
	}
}
