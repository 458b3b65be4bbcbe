package secrets_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/secrets"
)

// scanAll scans all files of a folder and returns the bytes that they have.
func scanAll(t testing.TB, s *secrets.Scanner, dir string) (all secrets.Report, size int64) {
	t.Helper()
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		size += info.Size()
		report, err := s.Scan(t.Context(), name, func() (io.ReadCloser, error) { return root.Open(name) }, info.Size())
		all.Add(report)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, size
}

const example = "../../content/example"

// made makes the site and the exports of the example.
func made(t testing.TB) string {
	t.Helper()
	o := generator.Options{Dir: example, Output: t.TempDir() + "/site", AsOf: aims.NewDate(2026, 11, 26), Version: "test"}
	if _, err := generator.Build(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	return o.Output
}

// TestTheExampleHoldsNoSecrets holds that a management system as people write it is
// free of findings, in its records and evidence and in what is made of them, and that
// all of it was looked into.
func TestTheExampleHoldsNoSecrets(t *testing.T) {
	s, err := secrets.New()
	if err != nil {
		t.Fatal(err)
	}
	for of, dir := range map[string]string{"records and evidence": example, "site and exports": made(t)} {
		r, size := scanAll(t, s, dir)
		for _, f := range r.Findings {
			t.Errorf("%s: %+v", of, f)
		}
		for _, u := range r.Unread {
			t.Errorf("%s: not looked into: %+v", of, u)
		}
		if size < 1<<20 {
			t.Errorf("%s: only %d bytes", of, size)
		}
	}
}

// Example shows what is told of a list of people.
func Example() {
	s, err := secrets.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	var list strings.Builder
	for i := range 12 {
		fmt.Fprintf(&list, "nurse%d@clinic-north.de,ward %d\n", i, i%4)
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(list.String())), nil }
	report, err := s.Scan(context.Background(), "organization/evidence/users.csv", open, int64(list.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Judge(nil).Open {
		fmt.Println(f.Sentence)
		fmt.Println(f.Place, f.Excerpt)
		fmt.Println(f.Name)
	}
	// Output:
	// This file has 12 different mail addresses.
	// line 1 n•••@•••.de
	// organization/evidence/users.csv#mail-list
}
