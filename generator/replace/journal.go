package replace

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	journalFile = Dir + "/journal.json"
	journalNew  = Dir + "/journal.new"
	none        = "none" // digest of a file that is not there
)

// journal says what goes where, until all of it is there.
type journal struct {
	Files   []entry  `json:"files"`
	Folders []string `json:"folders"` // that are made for new files, outermost first
}

// entry is one file of a journal.
type entry struct {
	Path    string      `json:"path"`
	Before  string      `json:"before"` // SHA-256 in hexadecimal digits, or none
	After   string      `json:"after"`  // the same
	Staged  int         `json:"staged"` // names the two texts in the folder
	mode    fs.FileMode // of the old file
	missing []string    // folders above it
}

func (e entry) newText() string { return Dir + "/" + strconv.Itoa(e.Staged) + ".new" }
func (e entry) oldText() string { return Dir + "/" + strconv.Itoa(e.Staged) + ".old" }

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// check refuses a journal that this package would not write: a workspace that
// came from elsewhere may hold one, and it must not reach what annex leaves alone,
// such as the settings of git.
func (j journal) check() error {
	seen := map[string]bool{}
	for i, e := range j.Files {
		if !plain(e.Path) || path.Ext(e.Path) != ".toml" || e.Staged != i+1 || seen[e.Path] {
			return fmt.Errorf("%q is no file that an import changes, or is there twice", e.Path)
		}
		seen[e.Path] = true
	}
	for _, dir := range j.Folders {
		below := func(e entry) bool { return strings.HasPrefix(e.Path, dir+"/") }
		if !plain(dir) || !slices.ContainsFunc(j.Files, below) {
			return fmt.Errorf("%q is no folder that an import makes", dir)
		}
	}
	return nil
}

// plain reports whether a path leads down, through no hidden name, and means the
// same on all systems.
func plain(name string) bool {
	return name != "." && fs.ValidPath(name) && !strings.ContainsAny(name, "\\:\x00") && !strings.Contains("/"+name, "/.")
}

// write brings a journal to the disk as a whole.
func (t *Turn) write(j journal) error {
	text, err := json.MarshalIndent(j, "", "  ")
	if err != nil {
		return err
	}
	if err := t.fs.Create(journalNew, append(text, '\n'), 0); err != nil {
		return err
	}
	if err := t.fs.SyncDir(Dir); err != nil { // the texts are there before the journal is
		return err
	}
	if err := t.fs.Rename(journalNew, journalFile); err != nil {
		return err
	}
	if err := t.fs.SyncDir(Dir); err != nil {
		return errors.Join(err, t.fs.Remove(journalFile))
	}
	return nil
}

// read returns the journal of an interrupted run; false if there is none.
func (t *Turn) read() (journal, bool, error) {
	var j journal
	text, err := t.fs.ReadFile(journalFile)
	if errors.Is(err, fs.ErrNotExist) {
		return j, false, nil
	}
	if err == nil {
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err = decoder.Decode(&j); err == nil {
			err = j.check()
		}
		if err != nil {
			return j, false, fmt.Errorf("%s is not as annex writes it (%w); look through the records, delete the folder %s, and run the import again", journalFile, err, Dir)
		}
	}
	return j, err == nil, err
}
