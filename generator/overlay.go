package generator

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// overlay is a workspace in which some files have other texts than on the disk,
// so that changes can be checked before they are made.
type overlay struct {
	fs.FS
	texts map[string][]byte
}

// Open opens a file, with its other text if it has one.
func (o overlay) Open(name string) (fs.File, error) {
	if text, ok := o.texts[name]; ok {
		return &openText{Reader: bytes.NewReader(text), textInfo: textInfo{name, int64(len(text))}}, nil
	}
	return o.FS.Open(name)
}

// Lstat looks at a file without following links.
func (o overlay) Lstat(name string) (fs.FileInfo, error) {
	if text, ok := o.texts[name]; ok {
		return textInfo{name, int64(len(text))}, nil
	}
	info, err := fs.Lstat(o.FS, name)
	if err != nil && o.holds(name) {
		return textInfo{name: name, size: -1}, nil
	}
	return info, err
}

// ReadLink completes [fs.ReadLinkFS].
func (o overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.FS, name) }

// holds reports whether a new file stands below a folder.
func (o overlay) holds(dir string) bool {
	for name := range o.texts {
		if strings.HasPrefix(name, dir+"/") {
			return true
		}
	}
	return false
}

// ReadDir lists a folder with the new files in it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(o.FS, name)
	if err != nil && !o.holds(name) {
		return nil, err
	}
	for file, text := range o.texts {
		rest := file
		if name != "." {
			var below bool
			if rest, below = strings.CutPrefix(file, name+"/"); !below {
				continue
			}
		}
		first, _, deeper := strings.Cut(rest, "/")
		info := textInfo{first, int64(len(text))}
		if deeper {
			info.size = -1
		}
		switch i := slices.IndexFunc(list, func(e fs.DirEntry) bool { return e.Name() == first }); {
		case i < 0:
			list = append(list, fs.FileInfoToDirEntry(info))
		case !deeper:
			list[i] = fs.FileInfoToDirEntry(info)
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// textInfo describes a file of an overlay; of size -1, a folder above one.
type textInfo struct {
	name string
	size int64
}

func (i textInfo) Name() string       { return path.Base(i.name) }
func (i textInfo) Size() int64        { return max(i.size, 0) }
func (i textInfo) ModTime() time.Time { return time.Time{} }
func (i textInfo) IsDir() bool        { return i.size < 0 }
func (i textInfo) Sys() any           { return nil }
func (i textInfo) Mode() fs.FileMode {
	if i.IsDir() {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

// openText is an open file of an overlay.
type openText struct {
	*bytes.Reader
	textInfo
}

func (f *openText) Stat() (fs.FileInfo, error) { return f.textInfo, nil }
func (f *openText) Size() int64                { return f.textInfo.Size() }
func (f *openText) Close() error               { return nil }
