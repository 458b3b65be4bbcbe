package edit_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"golang.org/x/tools/txtar"

	"annex/generator/aims"
	"annex/generator/edit"
)

var update = flag.Bool("update", false, "write the texts after the changes anew")

// TestChangesLookAsTheyShould runs the cases in testdata. Each is a text before,
// changes, and the text after or the error. A change is a line
//
//	control 3 owner = "qa-lead"    the [[control]] on line 3
//	control 3:14 owner             at column 14 of that line; takes the key out
//	top version = 2                a key above all tables
//	new risk                       a new record; its keys follow, a line each
//
// and before them may stand how the file is stored: crlf, mark (a byte order
// mark), cut (no line break at the end).
func TestChangesLookAsTheyShould(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wrong := false
		for i := 0; i+2 < len(archive.Files); i += 3 {
			before, change, after := archive.Files[i], archive.Files[i+1], &archive.Files[i+2]
			name := strings.TrimSuffix(before.Name, ": before")
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+name, func(t *testing.T) {
				if before.Name != name+": before" || change.Name != name+": change" || after.Name != name+": after" && after.Name != name+": error" {
					t.Fatalf("sections %q, %q, %q", before.Name, change.Name, after.Name)
				}
				got, err := run(t, before.Data, string(change.Data))
				section := name + ": after"
				if err != nil {
					got, section = []byte(err.Error()+"\n"), name+": error"
				}
				if section != after.Name || !bytes.Equal(got, after.Data) {
					wrong = true
					if *update {
						after.Name, after.Data = section, got
					} else {
						t.Errorf("%s\n%s\nwant %s\n%s", section, got, after.Name, after.Data)
					}
				}
			})
		}
		if wrong && *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// run makes the changes of a case. The text comes and goes with plain line ends.
func run(t *testing.T, before []byte, script string) ([]byte, error) {
	t.Helper()
	var changes []edit.Change
	var pairs []edit.Pair
	kind := ""
	crlf, mark, cut := false, false, false
	line := regexp.MustCompile(`^(?:(top)|(\S+) (\d+)(?::(\d+))?) ([^ =]+)(?: = (.*))?$`)
	for s := range strings.Lines(script) {
		s = strings.TrimSuffix(s, "\n")
		parts := line.FindStringSubmatch(s)
		name, isNew := strings.CutPrefix(s, "new ")
		switch {
		case s == "crlf":
			crlf = true
		case s == "mark":
			mark = true
		case s == "cut":
			cut = true
		case isNew:
			kind = name
		case kind != "":
			key, v, _ := strings.Cut(s, " = ")
			pairs = append(pairs, edit.Pair{Key: key, Value: read(t, v)})
		case parts != nil:
			at, _ := strconv.Atoi(parts[3])
			column, _ := strconv.Atoi(parts[4])
			changes = append(changes, edit.Change{Kind: parts[2], Line: at, Column: column, Key: parts[5], Value: read(t, parts[6])})
		default:
			t.Fatalf("%q is no change", s)
		}
	}
	text := string(before)
	if cut {
		text = strings.TrimSuffix(text, "\n")
	}
	if crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if mark {
		text = "\ufeff" + text
	}
	got, err := edit.Apply("f.toml", []byte(text), changes)
	if kind != "" {
		got, err = edit.Append("f.toml", []byte(text), kind, pairs)
	}
	if err != nil {
		if got != nil {
			t.Error("a text beside an error")
		}
		return nil, err
	}
	s := string(got)
	if mark {
		rest, found := strings.CutPrefix(s, "\ufeff")
		if !found {
			t.Error("the byte order mark is lost")
		}
		s = rest
	}
	if crlf {
		if strings.Count(s, "\r\n") != strings.Count(s, "\n") || strings.Count(s, "\r") != strings.Count(s, "\n") {
			t.Errorf("line ends are mixed: %q", s)
		}
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	if cut {
		if strings.HasSuffix(s, "\n") {
			t.Error("there is a line break at the end")
		}
		s += "\n"
	}
	return []byte(s), nil
}

// read returns the value of a change in the way that it is written in TOML; nil
// for none.
func read(t *testing.T, s string) any {
	t.Helper()
	if s == "" {
		return nil
	}
	var values map[string]any
	if _, err := toml.Decode("x = "+s, &values); err != nil {
		t.Fatal(s, err)
	}
	switch v := values["x"].(type) {
	case time.Time:
		return aims.NewDate(v.Date())
	case []any:
		list := []string{}
		for _, item := range v {
			list = append(list, fmt.Sprint(item))
		}
		return list
	default:
		return v
	}
}
