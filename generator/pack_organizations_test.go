package generator_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"annex/generator"
	"annex/generator/pack"
	"annex/generator/sample"
)

// TestAPackNamesAllItsOrganizations holds that a pack of two organizations does not
// speak of one, and that nobody is sent to look for evidence that is not there.
func TestAPackNamesAllItsOrganizations(t *testing.T) {
	dir := t.TempDir()
	sample.Put(t, dir, workspaceOf(t, "organizations", edit{
		"annex.toml", "[certification]", "[[audience]]\nid = \"certifier\"\ntitle = \"The certifier\"\nceiling = \"internal\"\n\n[certification]",
	}))
	data := packed(t, dir, "certifier", generator.PackWish{NoPDF: true, Prefix: "stage-1"})
	report, err := pack.Verify(t.Context(), bytes.NewReader(data), int64(len(data)), pack.Limits{})
	if err != nil || !report.Whole {
		t.Fatalf("%v %+v", err, report.Findings)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	in, err := z.Open("README.txt")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	const want = "Halvard North and Halvard South"
	if report.Head.Organization != want || !strings.HasPrefix(string(text), want+"\r\n") || !strings.Contains(string(text), "its files are not in this pack") {
		t.Errorf("the manifest names %q, and README.txt says\n%.900s", report.Head.Organization, text)
	}
}
