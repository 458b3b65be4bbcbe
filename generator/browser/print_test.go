package browser_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"annex/content"
	"annex/generator/sample"
)

// TestPrintedPagesHaveTheirHeads prints long pages, with scripts and without:
// every sheet carries the running head, a table that goes on repeats its head as
// text, no head stays behind alone, and the approval is not torn apart.
func TestPrintedPagesHaveTheirHeads(t *testing.T) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext on the PATH")
	}
	browser := chromium(t)
	site := filepath.Join(t.TempDir(), "site")
	build(t, sample.Kept(t, content.Example()), site)
	for _, name := range []string{"scripts on", "scripts off"} {
		t.Run(name, func(t *testing.T) {
			print := func(page string) []string {
				tab := open(t, browser)
				tab.run(emulation.SetScriptExecutionDisabled(name == "scripts off"))
				tab.visit(filepath.Join(site, filepath.FromSlash(page)))
				return sheets(t, pdftotext, tab.pdf())
			}
			soa := print("soa/iso-42001.html")
			running(t, soa, "Statement of Applicability, ISO/IEC 42001:2023, version ")
			first, last := -1, -1
			for i, s := range soa {
				if strings.Contains(s, "Reference controls") && first < 0 {
					first = i
				}
				if strings.Contains(s, "A.10.4 Customers") {
					last = i
				}
				if strings.Contains(s, "Approval\n") && !strings.Contains(s, "Signature") {
					t.Errorf("sheet %d has the heading of the approval and not its table", i+1)
				}
			}
			if first < 0 || last < first+3 {
				t.Fatalf("the reference controls begin on sheet %d and end on %d", first+1, last+1)
			}
			for i := first; i <= last; i++ {
				if !strings.Contains(soa[i], "Justification") || !strings.Contains(soa[i], "How it is met") {
					t.Errorf("sheet %d does not repeat the head of the table\n%.300s", i+1, soa[i])
				}
			}
			law := print("frameworks/eu-ai-act/index.html")
			running(t, law, "EU AI Act · ")
			for i, s := range law {
				if strings.Contains(s, "Chapter I General provisions\n") && strings.Contains(s, "Flags") && !strings.Contains(s, "Art.2 Scope") {
					t.Errorf("sheet %d ends with the head of a table", i+1)
				}
			}
			audits := print("audits/index.html")
			running(t, audits, "Audits and findings · ")
			for i, s := range audits {
				if strings.Contains(s, "Age in days") && !strings.Contains(s, "Details") && !strings.Contains(s, "Corrective action") && i+1 < len(audits) {
					t.Errorf("sheet %d ends with the head of the findings", i+1)
				}
			}
		})
	}
}

// sheets returns the text of each sheet of a PDF.
func sheets(t *testing.T, pdftotext string, data []byte) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte("/StructTreeRoot")) {
		t.Error("the PDF is not tagged")
	}
	out, err := exec.Command(pdftotext, "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// running holds every sheet to the running head: what it is, whose, for whom and
// as of when.
func running(t *testing.T, sheets []string, title string) {
	t.Helper()
	for i, s := range sheets {
		line := strings.Join(strings.Fields(s), " ")
		if !strings.Contains(line, title) || !strings.Contains(line, "· Ostermark Mutual · Internal · as of 24 Nov 2026") {
			t.Errorf("sheet %d has no running head\n%.300s", i+1, s)
		}
	}
}
