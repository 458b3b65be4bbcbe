package pack

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// TestAPartOfTheSumsIsNoPack has sums that are longer than in any pack: a signature
// of their beginning must not pass for one of the pack.
func TestAPartOfTheSumsIsNoPack(t *testing.T) {
	long := append(bytes.Repeat([]byte(sumLine(Sum{}, "a")), largestSums/len(sumLine(Sum{}, "a"))+1), "more\n"...)
	a := take(t, packed(t, small()))
	a.file(SumsName).hold(long)
	m := fstest.MapFS{}
	for _, f := range a.files {
		m[f.name] = &fstest.MapFile{Data: f.data}
	}
	zip := verified(t, a.bytes())
	folder, err := VerifyFolder(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []Report{zip, folder} {
		if r.Whole || r.Sums != nil || r.Digest != "" || !strings.Contains(fmt.Sprint(r.Findings), "{limit MANIFEST.sha256  is longer than in any pack") {
			t.Errorf("%d bytes of sums, digest %q, findings %.500v", len(r.Sums), r.Digest, r.Findings)
		}
	}
}

// TestSumsThatUnpackToMoreThanTheySayAreNotSigned holds the same for packed sums
// whose record in the archive has a smaller size.
func TestSumsThatUnpackToMoreThanTheySayAreNotSigned(t *testing.T) {
	a := take(t, packed(t, small()))
	f := a.file(SumsName)
	text := bytes.Repeat(f.data, 20)
	f.method, f.data = 8, deflated(text)
	f.packed = uint64(len(f.data))
	if r := verified(t, a.bytes()); r.Whole || r.Sums != nil || r.Digest != "" {
		t.Errorf("%d bytes of sums, digest %q", len(r.Sums), r.Digest)
	}
}

// TestSignaturesOfOneName holds that many do not fill memory.
func TestSignaturesOfOneName(t *testing.T) {
	a := take(t, packed(t, small()))
	for range 10 {
		a.put(SumsName+".sig", []byte("x"))
	}
	if r := verified(t, a.bytes()); r.Whole || len(r.Signatures) != 2 {
		t.Errorf("%d signatures", len(r.Signatures))
	}
}

// TestSumsThatNobodyWouldReadAreNotWritten holds the limit of MANIFEST.sha256.
func TestSumsThatNobodyWouldReadAreNotWritten(t *testing.T) {
	files := make([]File, 190_000)
	for i := range files {
		files[i] = text(fmt.Sprintf("%06d%s/%s", i, strings.Repeat("計", 80), strings.Repeat("計", 80)), "")
	}
	err := Check(files, Options{Head: head()})
	if err == nil || !strings.Contains(err.Error(), "MANIFEST.sha256 would have 1") {
		t.Errorf("%v", err)
	}
}

// TestAGuardThatNobodyWouldReadIsNotWritten holds the limits of the others.
func TestAGuardThatNobodyWouldReadIsNotWritten(t *testing.T) {
	var b bytes.Buffer
	_, err := (&archive{out: &b}).plain(ManifestName, 10, bytesOf([]byte("eleven byte")))
	if err == nil || b.Len() > 0 || !strings.Contains(err.Error(), "manifest.json would have 11 bytes, and the most is 10 bytes") {
		t.Errorf("%v", err)
	}
}
