package browser_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"annex/content"
	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/pdf"
	"annex/generator/sample"
)

// print prints pages of a workspace.
func print(t *testing.T, dir string, paper generator.Paper, pages ...string) (list []generator.Printed) {
	t.Helper()
	result, err := generator.Print(t.Context(), options(dir), pages, paper, func(p generator.Printed) error {
		list = append(list, p)
		return nil
	})
	var missing *pdf.MissingError
	if errors.As(err, &missing) && os.Getenv("ANNEX_TEST_BROWSER") != "required" {
		t.Skip(err)
	}
	if err != nil || diag.Count(result.Diagnostics).Errors > 0 {
		t.Fatalf("%v, %d errors", err, diag.Count(result.Diagnostics).Errors)
	}
	return list
}

func options(dir string) generator.Options {
	return generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test"}
}

// TestPagesOfTheExampleArePrinted prints what a certifier asks for: readiness,
// Statement of Applicability, policy. They come in order, with names and titles,
// with charts, and the same again.
func TestPagesOfTheExampleArePrinted(t *testing.T) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("there is no pdftotext on the PATH")
	}
	dir := sample.Kept(t, content.Example())
	pages := []string{"index.html", "soa/iso-42001.html", "documents/ai-policy.html", "documents/index.html"}
	first := print(t, dir, generator.A4, pages...)
	want := []struct{ name, title, says string }{
		{"readiness.pdf", "Readiness · Ostermark Mutual", "Next actions"},
		{"soa-iso-42001.pdf", "Statement of Applicability, ISO/IEC 42001:2023, version 1.3 · Ostermark Mutual", "A.10.4 Customers"},
		{"documents-ai-policy.pdf", "AI policy, version 2.1 · Ostermark Mutual", "What we promise"},
		{"documents.pdf", "Documents · Ostermark Mutual", "AI policy"},
	}
	if len(first) != len(want) {
		t.Fatalf("%d pages printed", len(first))
	}
	for i, w := range want {
		got := first[i]
		if got.Path != pages[i] || got.Name != w.name || got.Title != w.title || len(got.Refused) > 0 {
			t.Errorf("%s: %q, %q, refused %q", got.Path, got.Name, got.Title, got.Refused)
		}
		all := sheets(t, pdftotext, got.Content)
		if !strings.Contains(strings.Join(strings.Fields(strings.Join(all, " ")), " "), w.says) {
			t.Errorf("%s does not say %q", got.Path, w.says)
		}
		last := strings.Join(strings.Fields(all[len(all)-1]), " ")
		if n := len(all); !strings.Contains(last, "page "+strconv.Itoa(n)+" of "+strconv.Itoa(n)) {
			t.Errorf("%s: the last sheet says not that it is %d of %d", got.Path, n, n)
		}
		for _, leak := range []string{"annex.invalid", dir, "/URI (f"} {
			if bytes.Contains(got.Content, []byte(leak)) {
				t.Errorf("%s: the PDF has %s", got.Path, leak)
			}
		}
	}
	if !bytes.Contains(first[0].Content, []byte("/Alt (Status by clause and control area)")) {
		t.Error("the chart of the first page is not drawn, or has no words for who cannot see it")
	}
	backward := slices.Clone(pages)
	slices.Reverse(backward)
	for i, again := range print(t, dir, generator.A4, backward...) {
		if !bytes.Equal(again.Content, first[len(first)-1-i].Content) {
			t.Errorf("%s: other bytes the second time", again.Path)
		}
	}
}

// TestPrintingIsRefusedInWords holds what is said where there is nothing to print.
func TestPrintingIsRefusedInWords(t *testing.T) {
	dir := sample.Lay(t, content.Example())
	none := func(generator.Printed) error { t.Error("something was printed"); return nil }
	for _, page := range []string{"soa/iso-9999.html", "assets/annex.css", "", "../index.html"} {
		_, err := generator.Print(t.Context(), options(dir), []string{"index.html", page}, generator.A4, none)
		var failed *generator.InputError
		if !errors.As(err, &failed) || err.Error() != "the site has no page "+page+" to print" {
			t.Errorf("%q: %v", page, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.toml"), []byte("[[control]]\nnonsense = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := generator.Print(t.Context(), options(dir), []string{"index.html"}, generator.A4, none)
	if err != nil || diag.Count(result.Diagnostics).Errors == 0 {
		t.Errorf("%v, %d diagnostics", err, len(result.Diagnostics))
	}
}

// TestPrintingStopsWithWhoTakesThePages holds that an error of the function ends
// all, and comes back as it is.
func TestPrintingStopsWithWhoTakesThePages(t *testing.T) {
	print(t, sample.Lay(t, content.Starter()), generator.Letter, "index.html") // skips where there is no browser
	full := errors.New("the disk is full")
	count := 0
	_, err := generator.Print(t.Context(), options(sample.Lay(t, content.Example())), []string{"index.html", "next.html", "risks.html", "roles.html", "about.html"}, generator.A4,
		func(generator.Printed) error { count++; return full })
	if !errors.Is(err, full) || count != 1 {
		t.Errorf("%v after %d", err, count)
	}
}

// TestWithoutABrowserOnlyPrintingFails holds that the same workspace can be built.
func TestWithoutABrowserOnlyPrintingFails(t *testing.T) {
	dir := sample.Lay(t, content.Starter())
	t.Setenv("ANNEX_BROWSER", "")
	t.Setenv("PATH", t.TempDir())
	_, err := generator.Print(t.Context(), options(dir), []string{"index.html"}, generator.A4, nil)
	var missing *pdf.MissingError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "everything but PDF works without") {
		t.Errorf("%v", err)
	}
	build(t, dir, filepath.Join(t.TempDir(), "site"))
}
