package pack

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"annex/generator/filename"
)

const (
	longestLine = 1 << 20 // of manifest.json, in bytes
	longestHead = 1 << 20
)

// errNewer says that a later annex wrote the pack.
var errNewer = errors.New("was written by a later annex, and this one does not know its form; verify the pack with that one")

// ReadManifest reads manifest.json. It takes exactly the bytes that annex writes
// for what is in it, so that no two programs can read different things from it.
func ReadManifest(r io.Reader) (Manifest, error) {
	in := bufio.NewReader(r)
	var head []byte
	for {
		line, err := readLine(in)
		if err != nil {
			return Manifest{}, err
		}
		if head = append(head, line...); string(head) == "{\r\n" {
			return Manifest{}, errors.New("has the line ends of Windows, which annex does not write: a program changed it")
		}
		if string(line) == filesLine {
			break
		}
		if len(head) > longestHead {
			return Manifest{}, errors.New("is no manifest of a pack: it has no list of files")
		}
	}
	m, err := readHead(head)
	if err != nil {
		return Manifest{}, err
	}
	for last := false; ; {
		line, err := readLine(in)
		if err != nil {
			return Manifest{}, err
		}
		if string(line) == "  ]\n" {
			break
		}
		if last || len(m.Files) == mostFiles {
			return Manifest{}, fmt.Errorf("has a line that should not be there: %.200q", line)
		}
		var f Record
		last = !bytes.HasSuffix(line, []byte(",\n"))
		if err := json.Unmarshal(bytes.TrimSuffix(bytes.TrimSpace(line), []byte(",")), &f); err != nil {
			return Manifest{}, fmt.Errorf("has a line that cannot be read: %.200q", line)
		}
		if want, err := f.line(last); err != nil || !bytes.Equal(want, line) {
			return Manifest{}, fmt.Errorf("has a line that annex would write differently: %.200q", line)
		}
		if filename.WrongPath("", f.Path) != "" || f.wrong() != "" || f.Size < 0 {
			return Manifest{}, fmt.Errorf("has a line that no file of a pack can have: %.200q", line)
		}
		f.Controls, f.Evidence = slices.Clip(slices.Clone(f.Controls)), slices.Clip(slices.Clone(f.Evidence))
		m.Files = append(m.Files, f)
	}
	rest, err := io.ReadAll(io.LimitReader(in, 10))
	if err != nil {
		return Manifest{}, err
	}
	if string(rest) != "}\n" {
		return Manifest{}, errors.New("has something after its last file")
	}
	if !slices.Equal(m.Counts, count(m.Files)) {
		return Manifest{}, errors.New("has other counts than files")
	}
	return m, nil
}

func readHead(text []byte) (Manifest, error) {
	var m Manifest
	whole := strings.TrimSuffix(string(text), "\n") + "]}"
	dec := json.NewDecoder(strings.NewReader(whole))
	dec.DisallowUnknownFields()
	err := dec.Decode(&m)
	if m.Format == format && m.Version > formatVersion {
		return m, errNewer
	}
	if err != nil || m.Format != format || m.Version != formatVersion {
		return m, errors.New("is no manifest of a pack: its first lines are not those that annex writes")
	}
	if why := wrongSignatures(m.Signatures); why != "" {
		return m, errors.New(why)
	}
	if why := m.Head.wrong(); why != "" {
		return m, errors.New("says what no pack can: " + why)
	}
	m.Head = m.Head.whole()
	want, err := m.head()
	if err != nil {
		return m, err
	}
	if !bytes.Equal(want, text) {
		return m, errors.New("has first lines that annex would write differently")
	}
	m.Files = nil
	return m, nil
}

// wrongSignatures says why a pack cannot have the signatures, or nothing.
func wrongSignatures(list []SignedBy) string {
	var files []string
	for _, s := range list {
		form, known := map[string]string{SumsName + ".minisig": "minisign", SumsName + ".sig": "SSH"}[s.File]
		if !known || s.Form != form || slices.Contains(files, s.File) {
			return fmt.Sprintf("lists a signature that no pack can have: %.200q", s.File)
		}
		files = append(files, s.File)
	}
	return ""
}

func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, nil
		case err == io.EOF:
			return nil, errors.New("ends too early")
		case err != bufio.ErrBufferFull:
			return nil, err
		case len(line) > longestLine:
			return nil, errors.New("has a line that is longer than annex writes")
		}
	}
}

// readSums reads MANIFEST.sha256.
func readSums(text []byte) ([]Record, error) {
	if len(text) == 0 {
		return nil, errors.New("is empty: somebody or a failing disk took away what was in it")
	}
	var list []Record
	for line := range bytes.Lines(text) {
		sum, name, ok := strings.Cut(string(line), "  ")
		var r Record
		name, whole := strings.CutSuffix(name, "\n")
		if !ok || !whole || r.SHA256.UnmarshalText([]byte(sum)) != nil || sum != r.SHA256.String() || len(list) == mostFiles || filename.WrongPath("", name) != "" {
			return nil, fmt.Errorf("has a line that no sums have: %.200q", line)
		}
		r.Path = name
		list = append(list, r)
	}
	return list, nil
}
