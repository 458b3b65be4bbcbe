package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"annex": main})
}

// TestScripts runs annex as users do. Each script of testdata/script holds one
// behaviour, and its first line says which. A script begins in a folder with a
// copy of testdata/house, a small workspace about which annex has nothing to
// say, on 2026-11-24. Rewrite what scripts compare with -update.
//
// Beside the commands of testscript there are
//
//	exits CODE command...   run a command that must end with this exit code
//	snapshot DIR COPY       copy a folder
//	unchanged DIR COPY      hold that a folder has the files and bytes of its copy
//	kept-all                hold that the last build wrote no file again
//	hold-lock FILE          hold a lock until the script ends
//	well-formed json|xml FILE
//	set-cells FILE SHEET B7=VALUE...
//	                        edit a workbook as somebody does in Excel
//	make-workbook FILE.xlsx FILE.csv
//	                        make the workbook of another program
//	show-cell FILE SHEET B7 print what a cell holds
//	make-pack DIR AUDIENCE DAY TO
//	                        write the records of a pack of a workspace, into a
//	                        zip file or a folder
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                filepath.Join("testdata", "script"),
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE_DATE_EPOCH", "1795521600")
			return os.CopyFS(env.WorkDir+"/house", os.DirFS(filepath.Join("testdata", "house")))
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, fmt.Errorf("there is no condition %s", name)
			}
			return os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":         exits,
			"snapshot":      snapshot,
			"unchanged":     unchanged,
			"kept-all":      keptAll,
			"hold-lock":     holdLock,
			"well-formed":   wellFormed,
			"set-cells":     setCells,
			"make-workbook": makeWorkbook,
			"show-cell":     showCell,
			"make-pack":     makePack,
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: snapshot DIR COPY")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unchanged DIR COPY")
	}
	now, before := contents(ts, args[0]), contents(ts, args[1])
	for name, data := range before {
		if other, ok := now[name]; !ok {
			ts.Fatalf("%s is gone from %s", name, args[0])
		} else if other != data {
			ts.Fatalf("%s has changed in %s", name, args[0])
		}
	}
	for name := range now {
		if _, ok := before[name]; !ok {
			ts.Fatalf("%s is new in %s", name, args[0])
		}
	}
}

// contents returns the files of a folder by their path, and its folders with
// empty contents.
func contents(ts *testscript.TestScript, dir string) map[string]string {
	files := map[string]string{}
	fsys := os.DirFS(ts.MkAbs(dir))
	ts.Check(fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			files[name+"/"] = ""
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = string(data)
		return err
	}))
	return files
}

func keptAll(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: kept-all")
	}
	m := regexp.MustCompile(`(\d+) files, (\d+) kept`).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil || m[1] != m[2] {
		ts.Fatalf("the build did not keep all files")
	}
}

func holdLock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold-lock FILE")
	}
	lock := flock.New(ts.MkAbs(args[0]))
	ok, err := lock.TryLock()
	ts.Check(err)
	if !ok {
		ts.Fatalf("%s is locked already", args[0])
	}
	ts.Defer(func() { ts.Check(lock.Unlock()) })
}

func wellFormed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: well-formed json|xml FILE")
	}
	data := []byte(ts.ReadFile(args[1]))
	switch args[0] {
	case "json":
		var value any
		ts.Check(json.Unmarshal(data, &value))
	case "xml":
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				ts.Fatalf("%s", err)
			}
		}
	default:
		ts.Fatalf("well-formed knows json and xml, not %s", args[0])
	}
}
