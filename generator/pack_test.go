package generator_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/pack"
	"annex/generator/sample"
)

// packed returns the zip for an audience.
func packed(tb testing.TB, dir, audience string, wish generator.PackWish) []byte {
	tb.Helper()
	var b bytes.Buffer
	o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: audience}
	result, err := generator.MakePack(tb.Context(), o, wish, func(p *generator.Pack) error {
		for _, f := range p.Scan.Open {
			tb.Errorf("the scan found %s: %s", f.Name, f.Sentence)
		}
		_, err := p.Write(tb.Context(), &b)
		return err
	})
	if err != nil || b.Len() == 0 {
		tb.Fatalf("%v, %d errors", err, diag.Count(result.Diagnostics).Errors)
	}
	return b.Bytes()
}

// unzipped unpacks a zip into a new folder.
func unzipped(tb testing.TB, data []byte) string {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	dir := filepath.Join(tb.TempDir(), "pack")
	sample.Put(tb, dir, z)
	return dir
}

// everything returns the names and bytes of a zip in small letters, with all that
// is packed in its files, and in theirs. PDF are read as text.
func everything(t *testing.T, data []byte) string {
	t.Helper()
	var b strings.Builder
	var open func(data []byte)
	open = func(data []byte) {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		fmt.Fprintf(&b, "\n%s", z.Comment)
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "\n%s %s %s\n%s", f.Name, f.Comment, f.Extra, inner)
			if strings.HasSuffix(f.Name, ".pdf") && bytes.HasPrefix(inner, []byte("%PDF")) {
				fmt.Fprintf(&b, "\n%s", textOf(t, inner))
			}
			open(inner)
		}
	}
	open(data)
	return strings.ToLower(b.String())
}

// textOf returns the text and the properties of a PDF, where there is a program
// that reads it.
func textOf(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, args := range [][]string{{"pdftotext", name, "-"}, {"pdfinfo", name}} {
		out, _ := exec.Command(args[0], args[1:]...).CombinedOutput()
		text += string(out)
	}
	return text
}

// TestCanariesInPacks makes the pack of the canary workspace for every reader and
// looks for each canary in every byte of it, however often it is packed.
func TestCanariesInPacks(t *testing.T) {
	t.Parallel()
	n := hatch(t)
	dir := n.keep(t)
	for _, r := range readers() {
		t.Run(r.id, func(t *testing.T) {
			text := everything(t, packed(t, dir, r.id, generator.PackWish{NoPDF: r.id != "public", Prefix: "pack", Seed: "seed"}))
			withheld, seen := 0, 0
			for _, c := range n.canaries {
				found := strings.Contains(text, c.word)
				switch {
				case found && !r.may(c):
					at := strings.Index(text, c.word)
					t.Errorf("%s (%s, %s) is in the pack: %s", c.word, c.level.class, c.in, text[max(0, at-120):min(len(text), at+60)])
				case found:
					seen++
				case !r.may(c):
					withheld++
				}
			}
			t.Logf("%d of %d canaries in the pack, %d withheld", seen, len(n.canaries), withheld)
			if seen == 0 || withheld == 0 && r.id != "restricted" {
				t.Error("the pack shows none, or nothing is withheld")
			}
		})
	}
}

// TestEvidenceOfOtherSystemsStaysBehind makes the pack for one AI system: what the
// controls of the organization showed at work for the others does not go along,
// though its records stand with the organization.
func TestEvidenceOfOtherSystemsStaysBehind(t *testing.T) {
	dir := forAudiences(t, content.Example(), "[[audience]]\nid = \"one\"\nceiling = \"restricted\"\nprojects = [\"health-pricing\"]\n")
	text := everything(t, packed(t, dir, "one", generator.PackWish{NoPDF: true, Prefix: "pack"}))
	for word, want := range map[string]bool{"validation of claims triage 3.2, may 2026": false, "validation-report-claims-triage": false, "validation-report-health-pricing": true} {
		if strings.Contains(text, word) != want {
			t.Errorf("that %q is in the pack is %v", word, !want)
		}
	}
}

// TestSourcesAreNoEvidence holds that no record lends its class to what people keep
// records and documents in: none of it goes along as a file.
func TestSourcesAreNoEvidence(t *testing.T) {
	dir := forAudiences(t, content.Example(), "[[audience]]\nid = \"one\"\nceiling = \"public\"\nwatermark = \"never to be seen\"\n[[audience]]\nid = \"two\"\nceiling = \"public\"\n")
	text := "[[role]]\nid = \"r-x\"\ntitle = \"R\"\nclassification = \"public\"\n"
	for i, file := range []string{"../annex.toml", "records/never.toml", "documents/planning/ai-risk-procedure.md", "../systems/fraud-signals/project.toml"} {
		text += fmt.Sprintf("[[evidence]]\nid = \"source-%d\"\ntitle = \"T\"\nclassification = \"public\"\neffective = 2026-11-01\nfile = %q\n", i, file)
	}
	if err := os.MkdirAll(filepath.Join(dir, "organization", "records"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"sources.toml": text, "records/never.toml": "# never to be seen\n"} {
		if err := os.WriteFile(filepath.Join(dir, "organization", filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := everything(t, packed(t, dir, "two", generator.PackWish{NoPDF: true, Prefix: "pack"}))
	for _, word := range []string{"never to be seen", "evidence/other/annex.toml", "evidence/other/project.toml", "evidence/other/ai-risk-procedure.md"} {
		if strings.Contains(all, word) {
			t.Errorf("%q is in the pack", word)
		}
	}
	if !strings.Contains(all, "source-3") {
		t.Error("the records of the evidence are not in the pack")
	}
}

// TestTheSamePackHasTheSameBytes makes the pack in another time zone, with another
// number of processors, from another folder and from an archive with PDF.
func TestTheSamePackHasTheSameBytes(t *testing.T) {
	wish := generator.PackWish{NoPDF: true, Prefix: "stage-1"}
	first := packed(t, sample.Lay(t, content.Example()), "certifier", wish)
	zone, procs := time.Local, runtime.GOMAXPROCS(1)
	t.Cleanup(func() {
		time.Local = zone
		runtime.GOMAXPROCS(procs)
	})
	time.Local = time.FixedZone("far", 14*3600)
	if again := packed(t, sample.Lay(t, content.Example()), "certifier", wish); !bytes.Equal(first, again) {
		t.Error("another folder, time zone and number of processors gave other bytes")
	}
	wish.Seed = "another"
	if other := packed(t, sample.Lay(t, content.Example()), "certifier", wish); bytes.Equal(first, other) {
		t.Error("another seed gave the same bytes")
	}
}

// TestAPackIsWhole verifies packs of all workspaces, zipped and unpacked, and holds
// that what the manifest says of the head is so.
func TestAPackIsWhole(t *testing.T) {
	data := packed(t, sample.Lay(t, content.Example()), "certifier", generator.PackWish{NoPDF: true, Prefix: "stage-1", Before: strings.Repeat("ab", 32)})
	report, err := pack.Verify(t.Context(), bytes.NewReader(data), int64(len(data)), pack.Limits{})
	if err != nil || !report.Whole {
		t.Fatalf("%v %+v", err, report.Findings)
	}
	h := report.Head
	if h.Organization != "Ostermark Mutual" || h.AsOf != "2026-11-24" || h.Audience.ID != "certifier" || h.Audience.Ceiling != "confidential" ||
		len(h.Catalogs) != 2 || h.Before != strings.Repeat("ab", 32) || h.Seed != "ostermark 2026-11-24" || len(h.Withheld) == 0 {
		t.Errorf("the manifest says %+v", h)
	}
	dir := unzipped(t, data)
	report, err = pack.VerifyFolder(t.Context(), os.DirFS(dir))
	if err != nil || !report.Whole {
		t.Fatalf("%v %+v", err, report.Findings)
	}
	for _, name := range []string{"index.html", "README.txt", "site/index.html", "site/soa/iso-42001.html", "exports/soa-iso-42001.xlsx", "exports/soa-iso-42001.docx", "exports/audit-index.xlsx", "records/annex.toml"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// TestPacksThatAreNotMade holds the sentences for what the user asked wrongly.
func TestPacksThatAreNotMade(t *testing.T) {
	dir := sample.Lay(t, content.Example())
	none := func(*generator.Pack) error { t.Error("a pack was made"); return nil }
	for _, c := range []struct{ audience, prefix, want string }{
		{"", "x", "a pack is for somebody"},
		{"nobody", "x", `there is no audience "nobody"`},
		{"certifier", strings.Repeat("long", 40), "characters"},
	} {
		o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: c.audience}
		if _, err := generator.MakePack(t.Context(), o, generator.PackWish{NoPDF: true, Prefix: c.prefix}, none); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.audience, err, c.want)
		}
	}
	sample.Append(t, filepath.Join(dir, "annex.toml"), "\nnonsense = 1\n")
	o := generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test", Audience: "certifier"}
	if result, err := generator.MakePack(t.Context(), o, generator.PackWish{NoPDF: true, Prefix: "x"}, none); err != nil || diag.Count(result.Diagnostics).Errors == 0 {
		t.Errorf("%v, %d diagnostics", err, len(result.Diagnostics))
	}
}

// BenchmarkPack makes the pack of the example, without PDF.
func BenchmarkPack(b *testing.B) {
	dir := sample.Lay(b, content.Example())
	for b.Loop() {
		b.SetBytes(int64(len(packed(b, dir, "certifier", generator.PackWish{NoPDF: true, Prefix: "stage-1"}))))
	}
}
