package aims

import "testing"

// TestLineEndingsChangeNothingThatWasSigned holds that a copy of git on another
// system, or an editor, does not make a signoff stale, and that a word does.
func TestLineEndingsChangeNothingThatWasSigned(t *testing.T) {
	const text = "We look at people.\n\nEvery year.\n"
	want := DigestText([]byte(text))
	for _, c := range []struct {
		name, text string
		same       bool
	}{
		{"line endings of Windows", "We look at people.\r\n\r\nEvery year.\r\n", true},
		{"an empty line before and after", "\n" + text + "\n  ", true},
		{"another word", "We look at people.\n\nEach year.\n", false},
		{"a paragraph made one with the next", "We look at people.\nEvery year.\n", false},
		{"nothing", "", false},
	} {
		if got := DigestText([]byte(c.text)) == want; got != c.same {
			t.Errorf("%s: the same is %t, want %t", c.name, got, c.same)
		}
	}
}
