package pack

import (
	"bytes"
	"testing"
)

// FuzzVerify holds that no archive makes Verify panic, fail or take much, and that
// what it calls whole is made of exactly the files that it says.
func FuzzVerify(f *testing.F) {
	b := packed(f, small())
	f.Add(b)
	for _, n := range []int{0, 21, 22, len(b) / 2, len(b) - 1} {
		f.Add(b[:n])
	}
	a := take(f, b)
	a.put("link", []byte("/etc/passwd")).mode = 0o120777
	a.front, a.gap, a.comment = "front", "gap", "comment"
	f.Add(a.bytes())
	for _, name := range []string{SumsName, ManifestName} {
		empty := take(f, b)
		empty.file(name).hold(nil)
		f.Add(empty.bytes())
	}
	f.Add(end{70_000, 5 << 32, 5 << 32}.bytes())
	f.Add(append((&entry{name: "a", size: 5 << 32, packed: 5 << 32, at: 5 << 32}).central(nil, 0), end{1, 75, 0}.bytes()...))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Verify(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{Unpacked: 8 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if r.Whole != (len(r.Findings) == 0) || r.Bytes > 8<<20 {
			t.Errorf("%+v", r)
		}
		if r.Whole && !bytes.Equal(take(t, b).bytes(), b) && r.Head.AsOf == head().AsOf {
			t.Error("it is whole, and has bytes that no file needs")
		}
	})
}
