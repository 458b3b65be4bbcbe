// Package source reads the files of a workspace: TOML records and Markdown
// documents with TOML front matter, each value with its place.
//
//	table, diags := source.ParseTOML("controls.toml", text, 1)
//	r := source.NewReader(table, "control", &diags)
//	title := r.RequiredText("title") // a diagnostic if it is missing or no text
//	r.Done()                         // a diagnostic for each key not asked for
//
// It is the only package that imports the TOML library. Files are reached
// through an [fs.FS]; [Open] makes one that cannot leave the workspace.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"annex/generator/diag"
)

// MaxTextSize is the largest record file or document that is read, in bytes.
const MaxTextSize = 512 << 10

// Root is an open workspace.
type Root struct{ root *os.Root }

// Open opens a workspace. Reads below it cannot leave it, through links or
// otherwise.
func Open(dir string) (*Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("opening the workspace: %w", err)
	}
	return &Root{root}, nil
}

// FS returns the files of the workspace.
func (r *Root) FS() fs.FS { return r.root.FS() }

// Close ends the reading.
func (r *Root) Close() error { return r.root.Close() }

// File is a regular file of the workspace.
type File struct {
	Path string // relative, with slashes
	Size int64
	info fs.FileInfo
}

// Written returns when the file was last written.
func (f File) Written() time.Time { return f.info.ModTime() }

// Same reports whether a file seems to be the one that was listed before: the
// same file on the disk, of the same size, last written at the same moment. What
// was written twice within one tick of the disk's clock seems the same as well.
func (f File) Same(before File) bool {
	a, b := f.info, before.info
	return a != nil && b != nil && f.Size == before.Size && a.ModTime().Equal(b.ModTime()) &&
		(runtime.GOOS == "windows" || os.SameFile(a, b)) // Windows would have to open both
}

// Files lists the files of a workspace in the order of their paths. Names that
// begin with a dot or an underscore are left out; links and special files are
// diagnostics, and so is a built site, which is left out with all below it.
func Files(fsys fs.FS) ([]File, []diag.Diagnostic, error) {
	var files []File
	var diags []diag.Diagnostic
	err := walk(fsys, func(name string, d fs.DirEntry) error {
		switch {
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			diags = append(diags, special(name))
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // gone since the folder was listed
		}
		if err != nil {
			return err
		}
		files = append(files, File{name, info.Size(), info})
		return nil
	})
	return files, diags, err
}

// Folders lists the folders in which [Files] looks, the workspace itself first.
// One that goes away meanwhile is left out.
func Folders(fsys fs.FS) ([]string, error) {
	var folders []string
	err := walk(fsys, func(name string, d fs.DirEntry) error {
		if d.IsDir() {
			folders = append(folders, name)
		}
		return nil
	})
	return folders, err
}

// Look returns a file as [Files] would list it; false when it would list none.
func Look(fsys fs.FS, name string) (File, bool) {
	info, err := fs.Lstat(fsys, name)
	if err != nil || !info.Mode().IsRegular() {
		return File{}, false
	}
	return File{name, info.Size(), info}, true
}

// Hidden reports whether a path leads through a name that annex leaves alone:
// one that begins with a dot or an underscore.
func Hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part != "." && (strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_")) {
			return true
		}
	}
	return false
}

// walk visits what is not hidden and lies in no built site. What goes away
// after its folder was listed is left out.
func walk(fsys fs.FS, visit func(name string, d fs.DirEntry) error) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name != "." && errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case name != "." && Hidden(d.Name()), name != "." && d.IsDir() && isSite(fsys, name):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		return visit(name, d)
	})
}

// OpenFile opens a regular file of the workspace. It refuses links and special
// files, a pipe would wait for ever, and what stands below a link: [Files] lists
// nothing there, whatever the name said before.
func OpenFile(fsys fs.FS, name string) (fs.File, error) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := fs.Lstat(fsys, dir)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			return nil, fmt.Errorf("opening %s: %s is a link or a special file", name, dir)
		}
	}
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("opening %s: this is a link or a special file", name)
	}
	return fsys.Open(name)
}

// SiteMarker is the file that marks a folder as a site made by annex.
const SiteMarker = ".annex-site"

// isSite reports whether a folder is a built site. A project is none, whatever
// its marker says: its records would be dropped in silence.
func isSite(fsys fs.FS, dir string) bool {
	if _, err := fs.Lstat(fsys, path.Join(dir, "project.toml")); err == nil {
		return false
	}
	_, err := fs.Lstat(fsys, path.Join(dir, SiteMarker))
	return err == nil
}

// ReadText reads a record file or document as text without a byte order mark.
// The text is nil when it is no regular file, too large or not UTF-8.
func ReadText(fsys fs.FS, name string) ([]byte, []diag.Diagnostic, error) {
	info, err := fs.Lstat(fsys, name) // before it is opened: a pipe would wait for ever
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, []diag.Diagnostic{special(name)}, nil
	}
	return ReadListed(fsys, name)
}

func special(name string) diag.Diagnostic {
	return diag.New(diag.SpecialFile, start(name), "this is a link or a special file, not a plain file",
		"put a copy of the file in its place")
}

// ReadListed is ReadText for a file that [Files] listed, which has looked at it
// already.
func ReadListed(fsys fs.FS, name string) ([]byte, []diag.Diagnostic, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, []diag.Diagnostic{special(name)}, nil
	}
	if info.Size() > MaxTextSize {
		return nil, []diag.Diagnostic{diag.New(diag.FileTooLarge, start(name),
			fmt.Sprintf("the file has %d KB; annex reads up to %d KB", info.Size()>>10, MaxTextSize>>10),
			"split it, or keep it as an evidence file")}, nil
	}
	text := make([]byte, 0, info.Size()+bytes.MinRead)
	buffer := bytes.NewBuffer(text)
	if _, err := buffer.ReadFrom(f); err != nil {
		return nil, nil, err
	}
	text = bytes.TrimPrefix(buffer.Bytes(), []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, []diag.Diagnostic{diag.New(diag.NotUTF8, place(name, text, 1, FirstInvalid(text)), "the file is not UTF-8 text",
			"save it as UTF-8 in your editor")}, nil
	}
	return text, bidi(name, text), nil
}

// FirstInvalid returns the offset of the first byte that is not UTF-8.
func FirstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

// bidi finds signs that turn the direction of text.
func bidi(name string, text []byte) []diag.Diagnostic {
	var diags []diag.Diagnostic
	for i := 0; i+2 < len(text); i++ {
		if text[i] != 0xe2 {
			continue
		}
		r, _ := utf8.DecodeRune(text[i:])
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			diags = append(diags, diag.New(diag.BidiControl, place(name, text, 1, i),
				fmt.Sprintf("a hidden sign (U+%04X) turns the direction of the text here", r), "delete it unless the language needs it"))
		}
	}
	return diags
}

// fence is the line that opens and closes front matter.
const fence = "+++"

// SplitFrontMatter splits a document into its front matter and its body, each
// with the line on which it begins.
func SplitFrontMatter(name string, text []byte) (front []byte, frontLine int, body []byte, bodyLine int, diags []diag.Diagnostic) {
	first, rest, ok := bytes.Cut(text, []byte("\n"))
	if strings.TrimRight(string(first), " \t\r") != fence {
		return nil, 0, nil, 0, []diag.Diagnostic{diag.New(diag.FrontMatterMissing, start(name), "the document has no front matter",
			"begin the file with a line +++, then id = \"...\" and title = \"...\", then a line +++")}
	}
	line := 2
	for at := 0; ok && at <= len(rest); line++ {
		end := bytes.IndexByte(rest[at:], '\n')
		last := end < 0
		if last {
			end = len(rest) - at
		}
		if strings.TrimRight(string(rest[at:at+end]), " \t\r") == fence {
			return rest[:at], 2, rest[min(at+end+1, len(rest)):], line + 1, nil
		}
		if last {
			break
		}
		at += end + 1
	}
	return nil, 0, nil, 0, []diag.Diagnostic{diag.New(diag.FrontMatterOpen, start(name), "the front matter does not close",
		"add a line +++ below the last key")}
}

func start(name string) token.Position {
	return token.Position{Filename: name, Line: 1, Column: 1}
}
