package edit

import (
	"strings"
	"testing"
)

// TestABrokenResultIsNeverReturned makes splices that no change would make.
func TestABrokenResultIsNeverReturned(t *testing.T) {
	const text = "[[control]]\nid = \"a\" # c\nlist = [\"x\", \"y\"]\non = 2026-01-01\n"
	cases := []struct{ name, old, with, want string }{
		{"not TOML", "= \"a\"", "\"a\"", "this is not valid TOML"},
		{"another value", `"a"`, `"b"`, "would be lost"},
		{"a value less", "id = \"a\" # c\n", "", "would be lost"},
		{"a key more", "# c\n", "\nmore = 1\n", "it would say more"},
		{"an element less", `, "y"`, "", "would be lost"},
		{"elements in another order", `"x", "y"`, `"y", "x"`, "would be lost"},
		{"a record more", "on = ", "[[control]]\non = ", "would be lost"},
		{"an empty record more", "2026-01-01\n", "2026-01-01\n[[control]]\n", "would be lost"},
		{"another type", "2026-01-01", `"2026-01-01"`, "would be lost"},
	}
	for _, c := range cases {
		_, d, err := open("f.toml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		at := strings.Index(text, c.old)
		d.splice(at, at+len(c.old), c.with)
		got, err := d.finish("")
		if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	_, d, _ := open("f.toml", []byte(text))
	d.splice(4, 4, "")
	d.splice(0, 2, "[[")
	if got, err := d.finish(""); err != nil || string(got) != text {
		t.Errorf("nothing is something: %q, %v", got, err)
	}
	d.wanted[`."control"[0]."id"`] = "b"
	d.splice(18, 18, " ")
	if _, err := d.finish(""); err == nil {
		t.Error("a change that was not made is not missed")
	}
}
