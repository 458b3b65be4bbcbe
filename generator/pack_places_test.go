package generator_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"

	"annex/content"
	"annex/generator/sample"
	"annex/generator/spreadsheet"
)

// TestExportsOfAPackLeadToItsFiles follows what the files of a pack for other
// programs say of places in it: addresses in OSCAL from where they stand, paths in
// lists from the top of the pack.
func TestExportsOfAPackLeadToItsFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		workspace        fs.FS
		audience         string
		addresses, paths int // at least
	}{
		"example":       {content.Example(), "certifier", 500, 2000},
		"organizations": {workspaceOf(t, "organizations"), "", 5, 50},
	} {
		t.Run(name, func(t *testing.T) {
			f := follower{T: t, pack: os.DirFS(unpackedFor(t, sample.Lay(t, c.workspace), c.audience))}
			err := fs.WalkDir(f.pack, ".", func(name string, d fs.DirEntry, err error) error {
				kind, list := path.Ext(name), strings.TrimSuffix(path.Base(name), path.Ext(name))
				switch {
				case err != nil || !strings.Contains(name, "exports/"):
				case kind == ".json":
					f.oscal(name)
				case list == "audit-index" || list == "evidence":
					f.list(name, kind)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if f.addresses < c.addresses || f.paths < c.paths {
				t.Errorf("%d addresses and %d paths lead to files", f.addresses, f.paths)
			}
		})
	}
}

// follower follows what files of a pack lead to.
type follower struct {
	*testing.T
	pack             fs.FS
	addresses, paths int
}

// oscal follows every address in a model that leads out of it.
func (f *follower) oscal(name string) {
	data, err := fs.ReadFile(f.pack, name)
	var model any
	if err == nil {
		err = json.Unmarshal(data, &model)
	}
	if err != nil {
		f.Fatal(err)
	}
	var walk func(x any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			if href, ok := x["href"].(string); ok {
				f.address(name, href, x["hashes"])
			}
			for _, y := range x {
				walk(y)
			}
		}
	}
	walk(model)
}

func (f *follower) address(from, href string, hashes any) {
	u, err := url.Parse(href)
	if err != nil || u.IsAbs() || u.Path == "" {
		return
	}
	f.addresses++
	data, err := fs.ReadFile(f.pack, path.Join(path.Dir(from), u.Path))
	if err != nil {
		f.Errorf("%s leads to %s: %v", from, href, err)
		return
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(data)); hashes != nil && !strings.Contains(fmt.Sprint(hashes), sum) {
		f.Errorf("%s: %s has the digest %s, not %v", from, href, sum, hashes)
	}
}

// list follows the paths in the columns of a list that hold any.
func (f *follower) list(name, kind string) {
	data, err := fs.ReadFile(f.pack, name)
	read := spreadsheet.Read
	if kind == ".csv" {
		read = spreadsheet.ReadCSV
	}
	var book *spreadsheet.Workbook
	if err == nil {
		book, err = read(bytes.NewReader(data), int64(len(data)))
	}
	if err != nil {
		f.Fatal(name, err)
	}
	before := f.paths
	for _, sheet := range book.Sheets {
		places := map[int]bool{}
		for _, r := range sheet.Rows {
			for _, c := range r.Cells {
				switch c.Text {
				case "File", "Page", "Pages of the documents", "Where the evidence is":
					places[c.Column] = true
					continue
				}
				if places[c.Column] {
					f.follow(name, c.Text)
				}
			}
		}
	}
	if f.paths == before {
		f.Errorf("%s leads to no file", name)
	}
}

func (f *follower) follow(from, lines string) {
	for line := range strings.Lines(lines) {
		to := strings.TrimSpace(line)
		if !strings.Contains(to, "/") || strings.Contains(to, "://") { // evidence that has no file in the pack
			continue
		}
		f.paths++
		if _, err := fs.Stat(f.pack, to); err != nil {
			f.Errorf("%s leads to %s: %v", from, to, err)
		}
	}
}
