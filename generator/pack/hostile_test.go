package pack

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestHostileArchivesAreTold changes one thing of a pack and asks for the finding.
func TestHostileArchivesAreTold(t *testing.T) {
	const logs, page = "evidence/logs/scan.png", "site/über.html"
	for _, c := range []struct {
		title  string
		change func(*archiveOf)
		kind   Kind
		file   string
		text   string
	}{
		{"a comment", func(a *archiveOf) { a.comment = "hello" }, Layout, TheEnd, "followed by 5 bytes"},
		{"data behind", func(a *archiveOf) { a.behind = "hello" }, Layout, TheEnd, "followed by 5 bytes"},
		{"data in front", func(a *archiveOf) { a.front = "#!/bin/sh\n" }, Layout, TheArchive, "begins with 10 bytes"},
		{"data in front that places count from", func(a *archiveOf) { a.front, a.shifted = "#!/bin/sh\n", true }, Layout, TheArchive, "begins with 10 bytes"},
		{"a zip in front", func(a *archiveOf) { a.front, a.shifted = string(a.bytes()), true }, Layout, TheArchive, "that belong to no file"},
		{"data between files", func(a *archiveOf) { a.file(page).after = "hidden" }, Layout, page, "followed by 6 bytes that belong to no file"},
		{"data before the directory", func(a *archiveOf) { a.gap = "hidden" }, Layout, SumsName + ".sig", "followed by 6 bytes"},
		{"data behind the packed data", func(a *archiveOf) {
			f := a.file(page)
			f.data = append(f.data, "hidden"...)
			f.packed += 6
		}, Damaged, page, "more bytes than unpacking needs"},
		{"a wrong number of files", func(a *archiveOf) { a.count = 1 }, Damaged, TheEnd, "says that there are 9 files, and the directory of the archive has 8"},

		{"a file twice", func(a *archiveOf) { a.put(page, []byte("other")) }, Unsafe, page, "there twice"},
		{"names that differ in case", func(a *archiveOf) { a.put("readme.TXT", []byte("other")) }, Unsafe, "readme.TXT", "differ in case"},
		{"names that differ in the form of accents", func(a *archiveOf) { a.put("site/u\u0308ber.html", nil) }, Unsafe, "site/u\u0308ber.html", "differ in case or in the form of accents"},
		{"a file and a folder", func(a *archiveOf) { a.put("README.txt/x", nil) }, Unsafe, "README.txt/x", "is a file, and a folder"},
		{"a link", func(a *archiveOf) { f := a.put("link", []byte("/etc/passwd")); f.mode = 0o120777 }, Unsafe, "link", "symbolic link"},
		{"a device", func(a *archiveOf) { f := a.put("null", nil); f.mode = 0o020666 }, Unsafe, "null", "is a device"},
		{"a pipe", func(a *archiveOf) { f := a.put("pipe", nil); f.mode = 0o010666 }, Unsafe, "pipe", "is a device"},
		{"a folder", func(a *archiveOf) { f := a.put("dir/", nil); f.mode = 0o040755 }, Layout, TheArchive, `has entries for folders (1, such as "dir/")`},
		{"a folder with contents", func(a *archiveOf) { a.put("dir/", []byte("hidden")).mode = 0o040755 }, Added, "dir/", "was added"},
		{"a folder that leads out", func(a *archiveOf) { a.put("../dir/", nil).mode = 0o040755 }, Unsafe, "../dir/", "leads elsewhere"},
		{"a folder that is a file too", func(a *archiveOf) { a.put("README.txt/", nil).mode = 0o040755 }, Unsafe, "README.txt/", "is a file, and a folder"},
		{"a link for a folder", func(a *archiveOf) { a.put("dir/", nil).mode = 0o120777 }, Unsafe, "dir/", "symbolic link"},
		{"a program", func(a *archiveOf) { a.file(page).mode = 0o100755 }, Damaged, page, "that annex does not write"},
		{"an absolute name", func(a *archiveOf) { a.put("/etc/cron.d/x", nil) }, Unsafe, "/etc/cron.d/x", "begins with a slash"},
		{"a way out", func(a *archiveOf) { a.put("site/../../x", nil) }, Unsafe, "site/../../x", "leads elsewhere"},
		{"a way out for Windows", func(a *archiveOf) { a.put(`..\x`, nil) }, Unsafe, `..\x`, "sign that Windows"},
		{"a drive", func(a *archiveOf) { a.put("C:/x", nil) }, Unsafe, "C:/x", "sign that Windows"},
		{"a stream of NTFS", func(a *archiveOf) { a.put("README.txt:x", nil) }, Unsafe, "README.txt:x", "sign that Windows"},
		{"a NUL", func(a *archiveOf) { a.put("a.txt\x00.exe", nil) }, Unsafe, "a.txt\x00.exe", "sign that Windows"},
		{"an empty name", func(a *archiveOf) { a.put("", nil) }, Unsafe, "", "is empty"},
		{"a reserved name", func(a *archiveOf) { a.put("aux.txt", nil) }, Unsafe, "aux.txt", "reserved on Windows"},
		{"letters in another order", func(a *archiveOf) { a.put("a\u202Etxt.exe", nil) }, Unsafe, "a\u202Etxt.exe", "another order"},
		{"no UTF-8", func(a *archiveOf) { a.put("a\xff", nil) }, Unsafe, "a\xff", "not UTF-8"},
		{"a long name", func(a *archiveOf) { a.put(strings.Repeat("a/", 2000)+"a", nil) }, Unsafe, strings.Repeat("a/", 2000) + "a", "too long for Windows"},
		{"two names", func(a *archiveOf) { a.file(page).own = "site/uber2.html" }, Damaged, page, `"site/uber2.html" in front of its data`},

		{"encryption", func(a *archiveOf) { a.file(page).flags |= 1 }, Unsafe, page, "encrypted"},
		{"strong encryption", func(a *archiveOf) { a.file(page).flags |= 1 | 1<<6 }, Unsafe, page, "encrypted"},
		{"bzip2", func(a *archiveOf) { a.file(page).method = 12 }, Layout, page, "packed in a way that annex does not use"},
		{"method 99", func(a *archiveOf) { a.file(page).method = 99 }, Layout, page, "packed in a way that annex does not use"},
		{"stored instead of deflated", func(a *archiveOf) { a.file(page).method = 0 }, Damaged, page, ""},
		{"an extra field in the directory", func(a *archiveOf) { a.file(page).extra = "UT\x01\x00x" }, Layout, page, "extra field"},
		{"an extra field in front of the data", func(a *archiveOf) { a.file(page).ownExtra = "UT\x01\x00x" }, Damaged, page, "does not go with the directory"},
		{"a comment of a file", func(a *archiveOf) { a.file(page).comment = "x" }, Layout, page, "has a comment"},
		{"an extra field that names another file", func(a *archiveOf) { a.file(page).extra = "up\x09\x00\x01\x00\x00\x00\x00evil" }, Layout, page, "extra field"},
		{"a wrong checksum", func(a *archiveOf) { a.file(logs).crc++ }, Damaged, logs, "wrong checksum"},
		{"a size that is too small", func(a *archiveOf) { a.file(page).size-- }, Damaged, page, "wrong checksum or size"},
		{"a size that is too large", func(a *archiveOf) { a.file(page).size++ }, Damaged, page, "wrong checksum or size"},
		{"a wrong packed size", func(a *archiveOf) { a.file(page).packed-- }, Layout, page, "followed by 1 bytes"},
		{"sizes after the data of a small file", func(a *archiveOf) {
			f := a.file(page)
			le := binary.LittleEndian
			f.flags |= 8
			f.after = string(le.AppendUint32(le.AppendUint32(le.AppendUint32([]byte("PK\x07\x08"), f.crc), uint32(f.packed)), uint32(f.size)))
		}, Layout, page, "another way than annex packs"},
		{"the same contents packed harder", func(a *archiveOf) {
			f := a.file(page)
			f.data = append(slices.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 3), f.data...) // empty blocks
			f.packed += 15
		}, Layout, page, "packed bytes are not those that annex wrote"},

		{"two files with the same bytes", func(a *archiveOf) {
			f := *a.file(page)
			f.ghost, f.at = true, 1
			a.files = append(a.files, f)
		}, Unsafe, page, "shares them with another file"},
		{"a file within the data of another", func(a *archiveOf) {
			inner := (&archiveOf{files: []forged{*(&forged{name: "inner", own: "inner", mode: 0o100644}).hold([]byte("hidden"))}}).bytes()
			a.file("README.txt").hold(inner)
			f := (&forged{name: "inner", own: "inner", mode: 0o100644, ghost: true, at: 30 + len("README.txt")}).hold([]byte("hidden"))
			a.files = slices.Insert(a.files, 1, *f)
		}, Damaged, "README.txt", "another length"},
		{"more than it takes on", func(a *archiveOf) { a.file(logs).size = 0xfffffffe }, Limit, TheArchive, "fill disks"},
		{"a bomb that states a small size", func(a *archiveOf) {
			f := a.file(page)
			f.data = deflated(make([]byte, 5<<20))
			f.packed = uint64(len(f.data))
		}, Limit, page, "unpacks to more"},

		{"a bomb that nobody listed", func(a *archiveOf) {
			f := a.put("more", nil)
			f.method, f.data = 8, deflated(make([]byte, 5<<20))
			f.packed, f.size = uint64(len(f.data)), 10
		}, Added, "more", "the manifest does not have it"},
		{"a bomb for a manifest", func(a *archiveOf) {
			f := a.file(ManifestName)
			f.method, f.data = 8, deflated(make([]byte, 5<<20))
			f.packed, f.size = uint64(len(f.data)), 10
		}, Damaged, ManifestName, "is damaged"},
		{"folders in folders", func(a *archiveOf) { a.put(strings.Repeat("a/", 40)+"a", nil) }, Unsafe, strings.Repeat("a/", 40) + "a", "too deep: it has 41 names"},
		{"folders without end", func(a *archiveOf) { a.put(strings.Repeat("a/", 32_000)+"a", nil) }, Unsafe, strings.Repeat("a/", 32_000) + "a", "too long for Windows"},

		{"an added file", func(a *archiveOf) { a.put("more.txt", []byte("x")) }, Added, "more.txt", "the manifest does not have it"},
		{"a removed file", func(a *archiveOf) { a.files = slices.Delete(a.files, 0, 1) }, Removed, "README.txt", "is missing"},
		{"a renamed file", func(a *archiveOf) { a.file(logs).called("evidence/logs/other.png") }, Renamed, "evidence/logs/other.png", "in the manifest it is " + logs},
		{"a changed file", func(a *archiveOf) { a.file(logs).hold([]byte("x")) }, Changed, logs, "made to fit"},
		{"another order", func(a *archiveOf) { a.files[0], a.files[1] = a.files[1], a.files[0] }, Layout, TheArchive, "in another order"},
		{"no manifest", func(a *archiveOf) { a.files = slices.Delete(a.files, 4, 5) }, Removed, ManifestName, "is missing"},
		{"no sums", func(a *archiveOf) { a.files = slices.Delete(a.files, 5, 6) }, Removed, SumsName, "is missing"},
		{"empty sums", func(a *archiveOf) { a.file(SumsName).hold(nil) }, Changed, SumsName, "is empty"},
		{"an empty manifest", func(a *archiveOf) { a.file(ManifestName).hold(nil) }, Changed, ManifestName, "ends too early"},
		{"neither", func(a *archiveOf) { a.files = slices.Delete(a.files, 4, 6) }, Removed, ManifestName, "no pack of annex"},
		{"a signature that was taken away", func(a *archiveOf) { a.files = a.files[:7] }, Removed, SumsName + ".sig", "was signed with the SSH key SHA256:abc"},
		{"a manifest that was packed", func(a *archiveOf) {
			f := a.file(ManifestName)
			f.method, f.data = 8, deflated(f.data)
			f.packed = uint64(len(f.data))
		}, Layout, ManifestName, "is packed in another way"},
		{"a manifest that was packed to fill memory", func(a *archiveOf) {
			f := a.file(ManifestName)
			line := `    {"path":"README.txt","evidence":["` + strings.Repeat(`","`, 100_000) + "\"]},\n"
			text := append(f.data[:bytes.Index(f.data, []byte(filesLine))+len(filesLine)], line...)
			f.hold(text)
			f.method, f.data = 8, deflated(text)
			f.packed = uint64(len(f.data))
		}, Limit, ManifestName, "is longer than in any pack"},
		{"sums that were packed to fill memory", func(a *archiveOf) {
			f := a.file(SumsName)
			text := bytes.Repeat(f.data, 500)
			f.hold(text)
			f.method, f.data = 8, deflated(text)
			f.packed = uint64(len(f.data))
		}, Limit, SumsName, "is longer than in any pack"},
		{"sums with a name that forges a line", func(a *archiveOf) {
			f := a.file(SumsName)
			f.hold(bytes.Replace(f.data, []byte("README.txt"), []byte("READ\rME.txt"), 1))
			a.files = slices.Delete(a.files, 4, 5)
		}, Changed, SumsName, "has a line that no sums have"},
		{"another signature", func(a *archiveOf) { a.put(SumsName+".asc", []byte("x")) }, Added, SumsName + ".asc", "was added"},
		{"a huge signature", func(a *archiveOf) { a.file(SumsName + ".sig").hold(make([]byte, 70_000)) }, Limit, SumsName + ".sig", "no signature has"},
	} {
		t.Run(c.title, func(t *testing.T) {
			a := take(t, packed(t, small()))
			c.change(a)
			b := a.bytes()
			r, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{Unpacked: 1 << 20})
			if err != nil {
				t.Fatal(err)
			}
			if r.Whole || !slices.ContainsFunc(r.Findings, func(f Finding) bool {
				return f.Kind == c.kind && f.File == c.file && strings.Contains(f.Text, c.text)
			}) {
				t.Errorf("findings: %+v", r.Findings)
			}
		})
	}
}

// TestASignatureThatWasAddedLater changes neither whether a pack is whole nor its
// digest: somebody else vouches for it too.
func TestASignatureThatWasAddedLater(t *testing.T) {
	unsigned := packed(t, small(), func(o *Options) { o.Keys, o.Signers = nil, nil })
	a := take(t, unsigned)
	a.put(SumsName+".sig", []byte("SSH"))
	before, after := verified(t, unsigned), verified(t, a.bytes())
	if !before.Whole || len(before.Signatures) > 0 || !after.Whole || len(after.Signatures) != 1 || before.Digest != after.Digest {
		t.Errorf("%+v\n%+v", before, after)
	}
}

// TestSumsWithTheLineEndsOfWindows holds that they are one thing, and not one a file.
func TestSumsWithTheLineEndsOfWindows(t *testing.T) {
	a := take(t, packed(t, small()))
	f := a.file(SumsName)
	f.hold(bytes.ReplaceAll(f.data, []byte("\n"), []byte("\r\n")))
	r := verified(t, a.bytes())
	if len(r.Findings) != 1 || r.Findings[0].File != SumsName || r.Findings[0].Kind != Changed || !strings.HasPrefix(r.Findings[0].Text, "has the line ends of Windows") ||
		r.Digest != sumOf(f.data).String() || r.Head.AsOf == "" {
		t.Errorf("%+v", r)
	}
}

// TestAPackThatIsCutOffIsTold cuts at every byte.
func TestAPackThatIsCutOffIsTold(t *testing.T) {
	b := packed(t, small())
	for n := range b {
		if r := verified(t, b[:n]); r.Whole {
			t.Fatalf("%d bytes of %d are whole", n, len(b))
		}
		if r := verified(t, b[n+1:]); r.Whole {
			t.Fatalf("the last %d bytes of %d are whole", len(b)-n-1, len(b))
		}
	}
}

// TestADirectoryCannotTakeMemory has the end state a directory of gigabytes, and a
// real one of records without end.
func TestADirectoryCannotTakeMemory(t *testing.T) {
	record := string((&entry{name: "a"}).central(nil, 0))
	for title, b := range map[string][]byte{
		"stated": append(append(make([]byte, 100), end{1, 1 << 40, 0}.bytes()...), "x"...),
		"real":   append([]byte(strings.Repeat(record, 2_000_000)), end{2_000_000, int64(len(record)) * 2_000_000, 0}.bytes()...),
		"long":   append([]byte(strings.Repeat(record, 300_000)), end{300_000, int64(len(record)) * 300_000, 0}.bytes()...),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := verified(t, b)
		runtime.ReadMemStats(&after)
		if r.Whole || len(r.Findings)+r.Omitted == 0 {
			t.Errorf("%s: it is whole", title)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 200<<20 {
			t.Errorf("%s: it took %d MB", title, took>>20)
		}
	}
}

// forgedManifest changes manifest.json, and MANIFEST.sha256 to go with it if asked.
func forgedManifest(a *archiveOf, change func(string) string, sums bool) {
	m := a.file(ManifestName)
	old := fmt.Sprint(sumOf(m.data))
	m.hold([]byte(change(string(m.data))))
	if sums {
		s := a.file(SumsName)
		s.hold(bytes.ReplaceAll(s.data, []byte(old), []byte(sumOf(m.data).String())))
	}
}

func TestAManifestThatWasChangedIsTold(t *testing.T) {
	replace := func(old, with string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, with, 1) }
	}
	for _, c := range []struct {
		title      string
		change     func(string) string
		sums       bool
		kind       Kind
		file, text string
	}{
		{"alone", replace("internal", "public"), false, Changed, ManifestName, "one of the two was changed"},
		{"a key twice", replace("\"tool\": \"annex\",\n", "\"tool\": \"annex\",\n  \"tool\": \"annex\",\n"), true, Changed, ManifestName, "write differently"},
		{"an unknown key", replace("\"tool\"", "\"note\": 1,\n  \"tool\""), true, Changed, ManifestName, "not those that annex writes"},
		{"space", replace("  \"tool\"", "   \"tool\""), true, Changed, ManifestName, "write differently"},
		{"space in a file", replace(`{"path":"README.txt"`, `{ "path":"README.txt"`), true, Changed, ManifestName, "write differently"},
		{"a file twice in a key", replace(`{"path":"README.txt"`, `{"path":"x","path":"README.txt"`), true, Changed, ManifestName, "write differently"},
		{"a path that leads out", replace(`{"path":"README.txt"`, `{"path":"../README.txt"`), true, Changed, ManifestName, "no file of a pack"},
		{"who it is for, with the sums", replace("certifier", "everybody"), true, "", "", ""}, // a signature alone tells
		{"counts of files", replace("\"what\": \"site\",\n      \"n\": 3", "\"what\": \"site\",\n      \"n\": 2"), true, Changed, ManifestName, "other counts"},
		{"no list of signatures", replace("\"signatures\": [\n    {\n      \"file\": \"MANIFEST.sha256.minisig\",\n      \"form\": \"minisign\",\n      \"key\": \"RWQ\"\n    },\n    {\n      \"file\": \"MANIFEST.sha256.sig\",\n      \"form\": \"SSH\",\n      \"key\": \"SHA256:abc\"\n    }\n  ]", "\"signatures\": null"), true, Changed, ManifestName, "write differently"},
		{"a signature of an unknown form", replace(`"form": "SSH"`, `"form": "PGP"`), true, Changed, ManifestName, "a signature that no pack can have"},
		{"a signature twice", replace("MANIFEST.sha256.minisig\",\n      \"form\": \"minisign", "MANIFEST.sha256.sig\",\n      \"form\": \"SSH"), true, Changed, ManifestName, "a signature that no pack can have"},
		{"a file for a signature", replace(`"file": "MANIFEST.sha256.sig"`, `"file": "README.txt"`), true, Changed, ManifestName, "a signature that no pack can have"},
		{"an organization of two lines", replace("Example Ltd", `Example\nThe pack is whole.`), true, Changed, ManifestName, "the name of the organization \"Example\\nThe pack"},
		{"a seed that clears the screen", replace("stage-1", `\u001b[2J`), true, Changed, ManifestName, "the seed of the sample"},
		{"an id of two lines", replace("logs-2026", `logs\n2026`), true, Changed, ManifestName, "no file of a pack"},
		{"an empty id", replace("logs-2026", ""), true, Changed, ManifestName, "no file of a pack"},
		{"a long id", replace("logs-2026", strings.Repeat("a", 201)), true, Changed, ManifestName, "no file of a pack"},
		{"many ids", replace(`"logs-2026"`, `"a"`+strings.Repeat(`,"a"`, 1000)), true, Changed, ManifestName, "no file of a pack"},
		{"a class of two lines", replace(`"class":"evidence"`, `"class":"evi\ndence"`), true, Changed, ManifestName, "no file of a pack"},
		{"the date", replace("2026-11-01", "2026-11-02"), true, Layout, TheArchive, "another day than the as-of date"},
		{"no date", replace("2026-11-01", "someday"), true, Layout, TheArchive, "another day than the as-of date"},
		{"another size", replace(`"path":"README.txt","size":18`, `"path":"README.txt","size":19`), true, Changed, ManifestName, "has 19 bytes, and it has 18"},
		{"a path", replace(`"path":"README.txt"`, `"path":"README.TXT"`), true, Changed, SumsName, "does not say the same"},
		{"a later form", replace("\"version\": 1", "\"version\": 2"), true, Layout, ManifestName, "a later annex"},
		{"no text at all", func(string) string { return "" }, true, Changed, ManifestName, "ends too early"},
		{"something behind it", func(s string) string { return s + " " }, true, Changed, ManifestName, "after its last file"},
		{"another form", func(string) string { return "[]\n" + filesLine }, true, Changed, ManifestName, "no manifest of a pack"},
	} {
		t.Run(c.title, func(t *testing.T) {
			a := take(t, packed(t, small()))
			forgedManifest(a, c.change, c.sums)
			r := verified(t, a.bytes())
			if c.kind == "" {
				if !r.Whole {
					t.Errorf("findings: %+v", r.Findings)
				}
				return
			}
			if !slices.ContainsFunc(r.Findings, func(f Finding) bool {
				return f.Kind == c.kind && f.File == c.file && strings.Contains(f.Text, c.text)
			}) {
				t.Errorf("findings: %+v", r.Findings)
			}
		})
	}
}
