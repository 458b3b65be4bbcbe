// Package browser_test opens sites in a browser, as their readers do. It is apart
// from the tests of package generator, which would take too long together.
package browser_test

import (
	"testing"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/diag"
)

func build(tb testing.TB, dir, out string) generator.Result {
	tb.Helper()
	result, err := generator.Build(tb.Context(), generator.Options{Dir: dir, Output: out, AsOf: aims.NewDate(2026, 11, 24), Version: "test"})
	if err != nil {
		tb.Fatal(err)
	}
	if c := diag.Count(result.Diagnostics); c.Errors > 0 || !result.Written {
		tb.Fatalf("%d errors, first %+v", c.Errors, result.Diagnostics[0])
	}
	return result
}
