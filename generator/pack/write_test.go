package pack

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestQuick will be replaced.
func TestQuick(t *testing.T) {
	var b bytes.Buffer
	big := strings.Repeat("a line of text\n", 400000)
	files := []File{
		{Path: "README.txt", Class: Guide, Classification: "public", Write: func(b *bytes.Buffer) error { b.WriteString("hello hello hello hello hello hello"); return nil }},
		{Path: "empty.txt", Class: Guide, Classification: "public", Write: func(b *bytes.Buffer) error { return nil }},
		{Path: "evidence/a/big.txt", Class: Evidence, Size: int64(len(big)), Copy: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(big)), nil }},
	}
	m, err := Write(context.Background(), &b, files, Options{Head: Head{Tool: "annex", AsOf: "2026-11-01"}})
	t.Log(m.Digest, err)
	os.WriteFile(filepath.Join("/tmp/h/kp", "q.zip"), b.Bytes(), 0o644)
}
