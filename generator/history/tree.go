package history

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"
)

// MaxBlob is the largest file that is read out of the history, in bytes.
// Records and documents are far smaller; evidence is not read.
const MaxBlob = 64 << 20

// Blob returns the content of a file by its name in git.
func (r *Repo) Blob(id string) ([]byte, error) {
	if !isID(id) {
		return nil, fmt.Errorf("reading a file of the history: %q is no name of a content", id)
	}
	return r.objects.read(id, "blob")
}

// Tree returns git's name of the folder as it was at a commit. Two commits with
// the same name have the same files. The error is [fs.ErrNotExist] when the
// folder was not there.
func (r *Repo) Tree(c *Commit) (string, error) {
	id := c.root
	for step := range strings.SplitSeq(strings.TrimSuffix(r.prefix, "/"), "/") {
		if step == "" {
			break // the repository itself
		}
		data, err := r.objects.read(id, "tree")
		if err != nil {
			return "", err
		}
		if id = folder(data, step, len(id)/2); id == "" {
			return "", fmt.Errorf("finding the folder in commit %.7s: %w", c.ID, fs.ErrNotExist)
		}
	}
	return id, nil
}

// folder finds a folder in a tree object: "<mode> <name>\0<id>" for each entry,
// the id in binary.
func folder(tree []byte, name string, idSize int) string {
	for len(tree) > 0 {
		head, rest, ok := bytes.Cut(tree, []byte{0})
		if !ok || len(rest) < idSize {
			return ""
		}
		if string(head) == "40000 "+name {
			return hex.EncodeToString(rest[:idSize])
		}
		tree = rest[idSize:]
	}
	return ""
}
