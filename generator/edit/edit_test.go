package edit_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"annex/generator/aims"
	"annex/generator/edit"
)

func ExampleApply() {
	text := "[[control]]\nid    = \"validation\"   # by hand\nowner = 'head-of-ml'   # or deputy\n"
	after, err := edit.Apply("controls.toml", []byte(text), []edit.Change{
		{Kind: "control", Line: 1, Key: "owner", Value: "qa-lead"},
		{Kind: "control", Line: 1, Key: "on", Value: aims.NewDate(2026, 11, 24)},
	})
	fmt.Print(string(after), err)
	// Output:
	// [[control]]
	// id    = "validation"   # by hand
	// owner = 'qa-lead'   # or deputy
	// on    = 2026-11-24
	// <nil>
}

func TestValuesThatTOMLCannotHoldAreRefused(t *testing.T) {
	text := []byte("[[control]]\nid = \"x\"\n")
	for _, value := range []any{
		"a\xffb",
		[]string{"x", "\xff"},
		aims.Date{},
		aims.NewDate(-5, 1, 1), aims.NewDate(10000, 1, 1),
		7, float32(1), time.Now(),
		[]any{"x"},
		map[string]any{},
		edit.Pair{},
	} {
		got, err := edit.Apply("f.toml", text, []edit.Change{{Kind: "control", Line: 1, Key: "id", Value: value}})
		var problem *edit.Problem
		if got != nil || !errors.As(err, &problem) || problem.Pos.Line != 1 || problem.Message == "" || problem.Help == "" {
			t.Errorf("%#v: %q, %v", value, got, err)
		}
		if got, err := edit.Append("f.toml", text, "risk", []edit.Pair{{Key: "id", Value: value}}); got != nil || err == nil {
			t.Errorf("%#v is appended: %q", value, got)
		}
	}
	for _, key := range []string{"", ".", "a.", ".a", "a..b", "\xff"} {
		if got, err := edit.Apply("f.toml", text, []edit.Change{{Kind: "control", Line: 1, Key: key, Value: "x"}}); got != nil || err == nil {
			t.Errorf("key %q: %q", key, got)
		}
	}
}

func TestAProblemLeavesAllAsItIsAndAllProblemsAreTold(t *testing.T) {
	got, err := edit.Apply("f.toml", []byte("[[control]]\nid = \"x\"\n"), []edit.Change{
		{Kind: "control", Line: 1, Key: "id", Value: "y"},
		{Kind: "control", Line: 2, Key: "id", Value: "y"},
		{Kind: "control", Line: 1, Key: "id.x", Value: "y"},
	})
	if got != nil || err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("%q, %v", got, err)
	}
	for _, text := range []string{"a", "a = 1\na = 2", "x = \"\xff\"", "a = " + strings.Repeat("[", 500)} {
		if got, err := edit.Apply("f.toml", []byte(text), nil); got != nil || err == nil {
			t.Errorf("%q is no TOML: %q", text, got)
		}
		if got, err := edit.Append("f.toml", []byte(text), "risk", nil); got != nil || err == nil {
			t.Errorf("%q is no TOML: %q", text, got)
		}
	}
}

func TestTwoWaysToOnePlaceAreNoticed(t *testing.T) {
	text := "[[control]]\n[control.note]\nx = 1\n"
	for _, values := range [][2]any{{int64(2), int64(3)}, {int64(2), nil}} {
		got, err := edit.Apply("f.toml", []byte(text), []edit.Change{
			{Kind: "control", Line: 1, Key: "note.x", Value: values[0]},
			{Kind: "control.note", Line: 2, Key: "x", Value: values[1]},
		})
		if got != nil || err == nil {
			t.Errorf("%v: %q", values, got)
		}
	}
	got, err := edit.Apply("f.toml", []byte(text), []edit.Change{
		{Kind: "control", Line: 1, Key: "note.y", Value: true},
		{Kind: "control.note", Line: 2, Key: "y", Value: true},
	})
	if got != nil || err == nil {
		t.Errorf("added twice: %q", got)
	}
}

// TestEveryValidTextCanBeEdited adds a key at the top of each text that the TOML
// library is tested with, and a record at its end.
func TestEveryValidTextCanBeEdited(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/BurntSushi/toml").Output()
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	err = filepath.WalkDir(filepath.Join(strings.TrimSpace(string(dir)), "internal", "toml-test", "tests", "valid"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".toml") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		pairs := []edit.Pair{{Key: "a", Value: "one\ntwo\"\"\""}, {Key: "b.c", Value: []string{"x", ""}}, {Key: "d", Value: math.NaN()}}
		got, err := edit.Append(path, text, "brand new", pairs)
		if err != nil {
			t.Error(err)
			return nil
		}
		if !strings.HasPrefix(string(got), string(text)) {
			t.Errorf("%s: more than the end is changed", path)
		}
		got, err = edit.Apply(path, got, []edit.Change{{Key: "quite-new", Value: "x"}})
		if err != nil {
			t.Error(err)
			return nil
		}
		back, err := edit.Apply(path, got, []edit.Change{{Key: "quite-new"}})
		if err != nil || !strings.HasPrefix(string(back), string(text)) {
			t.Errorf("%s is not what it was: %v\n%s", path, err, back)
		}
		return nil
	})
	if err != nil || count < 150 {
		t.Fatal(count, err)
	}
}

// TestAppendedRecordsSayWhatTheyShould appends random records to random files.
func TestAppendedRecordsSayWhatTheyShould(t *testing.T) {
	start := *seed
	if start == 0 {
		start = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", start)
	for n := range uint64(*edits / 4) {
		i := inventor{rand.New(rand.NewPCG(start, n))}
		text := i.document()
		kind := pick(i.Rand, "control", "risk", "party", "two words", "new")
		record := map[string]any{}
		var pairs []edit.Pair
		for k := range i.IntN(6) {
			key := pick(i.Rand, "key", "a.b", "é", "long-key") + fmt.Sprint(k)
			v := i.newValue("")
			pairs = append(pairs, edit.Pair{Key: key, Value: v})
			if v != nil {
				path := []any{}
				for name := range strings.SplitSeq(key, ".") {
					path = append(path, name)
				}
				put(record, path, expected(nil, v))
			}
		}
		got, err := edit.Append("f.toml", []byte(text), kind, pairs)
		if err != nil {
			t.Fatalf("edit %d: %v\n%s", n, err, text)
		}
		now := decode(t, string(got))
		before := decode(t, text)
		var had []any
		switch list := before[kind].(type) {
		case []map[string]any:
			for _, x := range list {
				had = append(had, x)
			}
		case []any:
			had = list
		}
		last := at(now, []any{kind, len(had)})
		before[kind] = append(had, last)
		if got, want := fmt.Sprint(plain(now)), fmt.Sprint(plain(before)); got != want {
			t.Fatalf("edit %d: something else changed\n%s\n%s", n, got, want)
		}
		if got, want := breaks(fmt.Sprintf("%#v", plain(last))), fmt.Sprintf("%#v", plain(record)); strings.ReplaceAll(got, `\r\n`, `\n`) != strings.ReplaceAll(want, `\r\n`, `\n`) {
			t.Fatalf("edit %d: the record says\n%s, not\n%s", n, got, want)
		}
	}
}

// FuzzApply holds that no text and no change makes a panic or broken TOML.
func FuzzApply(f *testing.F) {
	for n := range uint64(30) {
		i := inventor{rand.New(rand.NewPCG(7, n))}
		f.Add(i.document(), "control", 3, 0, "id", i.words("x"), byte(n))
		f.Add(i.document(), "", 1, 0, "top0", i.words("one\ntwo"), byte(n))
	}
	f.Add("control = [ {id = \"a\"}, {} ]", "control", 1, 13, "title", "x", byte(0))
	f.Fuzz(func(t *testing.T, text, kind string, line, column int, key, words string, what byte) {
		var v any
		switch what % 7 {
		case 0, 1:
			v = words
		case 2:
			v = strings.Split(words, " ")
		case 3:
			v = int64(len(words))
		case 4:
			v = aims.NewDate(2000+int(what), 1, 1)
		case 5:
			v = []string{}
		}
		check := func(got []byte, err error) {
			var values map[string]any
			if _, broken := toml.Decode(string(got), &values); err == nil && broken != nil {
				t.Errorf("%q becomes %q: %v", text, got, broken)
			}
		}
		check(edit.Apply("f.toml", []byte(text), []edit.Change{{Kind: kind, Line: line, Column: column, Key: key, Value: v}}))
		check(edit.Append("f.toml", []byte(text), kind, []edit.Pair{{Key: key, Value: v}}))
	})
}

func BenchmarkApply(b *testing.B) {
	var text strings.Builder
	var changes []edit.Change
	for n := range 1500 {
		changes = append(changes, edit.Change{Kind: "control", Line: 1 + 5*n, Key: "owner", Value: "b"}, edit.Change{Kind: "control", Line: 1 + 5*n, Key: "new", Value: []string{"x"}})
		fmt.Fprintf(&text, "[[control]]\nid = \"c%d\"\nowner = \"a\"\ndescription = \"\"\"\n%s\"\"\"\n", n, strings.Repeat("word ", 50))
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if _, err := edit.Apply("f.toml", []byte(text.String()), changes); err != nil {
			b.Fatal(err)
		}
	}
}
