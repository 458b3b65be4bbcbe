package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"

	"annex/generator/history"
)

// cache opens the user's cache for this very build of annex.
func cache() (*history.Cache, string) {
	build := buildID()
	if build == "" {
		return nil, ""
	}
	return history.OpenCache(""), build
}

// buildID names this very build of annex by the digest of its program, or is
// empty when that cannot be read. What another build derived from the git
// history may follow other rules, so that it must not be taken for this one's.
// The version does not tell builds apart while annex is being worked on.
func buildID() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return Version + " " + hex.EncodeToString(h.Sum(nil))
}
