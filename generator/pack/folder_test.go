package pack

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// unpacked returns the folder of a pack.
func unpacked(t *testing.T) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	for _, f := range take(t, packed(t, small())).files {
		data := f.data
		if f.method != 0 {
			data = []byte(strings.Repeat("<p>The same words.</p>\n", 20))
		}
		m[f.name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	return m
}

func TestAFolderIsComparedWithItsManifest(t *testing.T) {
	const page, logs = "site/über.html", "evidence/logs/scan.png"
	for _, c := range []struct {
		title    string
		change   func(fstest.MapFS)
		want     []Finding // texts are beginnings
		harmless []string
	}{
		{"nothing", func(fstest.MapFS) {}, nil, nil},
		{"a look around", func(m fstest.MapFS) {
			for _, name := range []string{".DS_Store", "site/Thumbs.db", "evidence/desktop.ini"} {
				m[name] = &fstest.MapFile{Data: []byte("x")}
			}
		}, nil, []string{".DS_Store", "evidence/desktop.ini", "site/Thumbs.db"}},
		{"an added file", func(m fstest.MapFS) { m["site/more.html"] = &fstest.MapFile{Data: []byte("x")} }, []Finding{{Added, "site/more.html", "", "was added"}}, nil},
		{"a removed file", func(m fstest.MapFS) { delete(m, page) }, []Finding{{Removed, page, "", "is missing"}}, nil},
		{"a changed file", func(m fstest.MapFS) { m[page].Data = []byte("x") }, []Finding{{Changed, page, "", "was changed"}}, nil},
		{"a renamed file", func(m fstest.MapFS) { m["b"] = m[logs]; delete(m, logs) }, []Finding{{Renamed, "b", logs, "was renamed: in the manifest it is " + logs}}, nil},
		{"accents as signs of their own", func(m fstest.MapFS) { m["site/u\u0308ber.html"] = m[page]; delete(m, page) }, nil, nil},
		{"a copy in another case", func(m fstest.MapFS) { m["readme.txt"] = &fstest.MapFile{Data: []byte("x")} }, []Finding{{Added, "readme.txt", "", "was added: the manifest does not have it"}}, nil},
		{"a copy in another case that comes first", func(m fstest.MapFS) { m["EMPTY.txt"] = &fstest.MapFile{Data: []byte("x")} }, []Finding{{Added, "EMPTY.txt", "", "was added"}}, nil},
		{"a name in another case", func(m fstest.MapFS) { m["Readme.txt"] = m["README.txt"]; delete(m, "README.txt") }, []Finding{{Renamed, "Readme.txt", "README.txt", "was renamed: in the manifest it is README.txt, with other capital"}}, nil},
		{"a name in another case and other contents", func(m fstest.MapFS) {
			m["Readme.txt"] = &fstest.MapFile{Data: []byte("x")}
			delete(m, "README.txt")
		}, []Finding{{Renamed, "Readme.txt", "README.txt", "was renamed"}, {Changed, "README.txt", "", "was changed"}}, nil},
		{"accents as signs of their own in another case", func(m fstest.MapFS) { m["site/U\u0308ber.html"] = m[page]; delete(m, page) }, []Finding{{Renamed, "site/U\u0308ber.html", page, "was renamed"}}, nil},
		{"both forms of accents", func(m fstest.MapFS) { m["site/u\u0308ber.html"] = &fstest.MapFile{Data: []byte("x")} }, []Finding{{Added, "site/u\u0308ber.html", "", "was added"}}, nil},
		{"a link", func(m fstest.MapFS) { m["x"] = &fstest.MapFile{Data: []byte("README.txt"), Mode: fs.ModeSymlink} }, []Finding{{Unsafe, "x", "", "is a link"}}, nil},
		{"a device", func(m fstest.MapFS) { m[logs].Mode = fs.ModeDevice }, []Finding{{Removed, logs, "", "is missing"}, {Unsafe, logs, "", "is a link or another thing"}}, nil},
		{"no manifest", func(m fstest.MapFS) { delete(m, ManifestName) }, []Finding{{Removed, ManifestName, "", "is missing"}}, nil},
		{"no sums", func(m fstest.MapFS) { delete(m, SumsName) }, []Finding{{Removed, SumsName, "", "is missing"}}, nil},
		{"neither", func(m fstest.MapFS) { delete(m, SumsName); delete(m, ManifestName) }, []Finding{{Removed, ManifestName, "", "is missing, and MANIFEST.sha256 too"}}, nil},
		{"another manifest", func(m fstest.MapFS) { m[ManifestName].Data = append(slices.Clone(m[ManifestName].Data), ' ') }, []Finding{{Changed, ManifestName, "", "has something after"}}, nil},
		{"other sums", func(m fstest.MapFS) { m[SumsName].Data = append(slices.Clone(m[SumsName].Data), ' ') }, []Finding{{Changed, SumsName, "", "has a line that no sums have"}}, nil},
		{"empty sums", func(m fstest.MapFS) { m[SumsName].Data = nil }, []Finding{{Changed, SumsName, "", "is empty"}}, nil},
		{"empty sums alone", func(m fstest.MapFS) { m[SumsName].Data = nil; delete(m, ManifestName) }, []Finding{
			{Removed, ManifestName, "", "is missing"}, {Changed, SumsName, "", "is empty"},
		}, nil},
		{"an empty manifest and empty sums", func(m fstest.MapFS) { m[SumsName].Data, m[ManifestName].Data = nil, nil }, []Finding{
			{Changed, ManifestName, "", "ends too early"}, {Changed, SumsName, "", "is empty"},
		}, nil},
		{"sums without their last line and no manifest", func(m fstest.MapFS) {
			lines := bytes.SplitAfter(m[SumsName].Data, []byte("\n"))
			m[SumsName].Data = bytes.Join(lines[:len(lines)-2], nil)
			delete(m, ManifestName)
		}, []Finding{{Removed, ManifestName, "", "is missing"}}, nil},
		{"sums with the line ends of Windows", func(m fstest.MapFS) { crlf(m, SumsName); m[page].Data = []byte("x") }, []Finding{
			{Changed, SumsName, "", "has the line ends of Windows"}, {Changed, page, "", "was changed"},
		}, nil},
		{"sums and a manifest with the line ends of Windows", func(m fstest.MapFS) { crlf(m, SumsName); crlf(m, ManifestName) }, []Finding{
			{Changed, SumsName, "", "has the line ends of Windows"}, {Changed, ManifestName, "", "has the line ends of Windows"},
		}, nil},
		{"sums with the line ends of Windows alone", func(m fstest.MapFS) { crlf(m, SumsName); delete(m, ManifestName) }, []Finding{
			{Changed, SumsName, "", "has the line ends of Windows"}, {Removed, ManifestName, "", "is missing"},
		}, nil},
		{"a line less in the sums", func(m fstest.MapFS) {
			_, m[SumsName].Data, _ = cutLine(m[SumsName].Data)
		}, []Finding{{Changed, SumsName, "", "does not say the same as manifest.json: line 1 is"}}, nil},
		{"no signatures", func(m fstest.MapFS) { delete(m, SumsName+".sig"); delete(m, SumsName+".minisig") }, []Finding{
			{Removed, SumsName + ".minisig", "", "is missing: the pack was signed with the minisign key RWQ"}, {Removed, SumsName + ".sig", "", "is missing: the pack was signed with the SSH key SHA256:abc"},
		}, nil},
	} {
		t.Run(c.title, func(t *testing.T) {
			m := unpacked(t)
			c.change(m)
			r, err := VerifyFolder(t.Context(), m)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(r.Findings, c.want, func(got, want Finding) bool {
				return got.Kind == want.Kind && got.File == want.File && got.Was == want.Was && strings.HasPrefix(got.Text, want.Text)
			}) || r.Whole != (c.want == nil) || !slices.Equal(r.Harmless, c.harmless) {
				t.Errorf("%+v, harmless %v", r.Findings, r.Harmless)
			}
		})
	}
}

func crlf(m fstest.MapFS, name string) {
	m[name].Data = bytes.ReplaceAll(m[name].Data, []byte("\n"), []byte("\r\n"))
}

func cutLine(b []byte) (string, []byte, bool) {
	line, rest, ok := strings.Cut(string(b), "\n")
	return line, []byte(rest), ok
}

// TestAFolderAndItsZipHaveOneDigest holds that the chain of packs does not depend
// on who unpacked which.
func TestAFolderAndItsZipHaveOneDigest(t *testing.T) {
	dir := t.TempDir()
	for name, f := range maps.All(unpacked(t)) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	folder, err := VerifyFolder(t.Context(), os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if zip := verified(t, packed(t, small())); zip.Digest == "" || folder.Digest != zip.Digest || len(folder.Signatures) != 2 {
		t.Errorf("the folder has %s, the zip %s", folder.Digest, zip.Digest)
	}
}
