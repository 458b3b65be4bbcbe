package edit_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"

	"annex/generator/aims"
	"annex/generator/edit"
	"annex/generator/source"
)

var (
	edits = flag.Int("edits", 3000, "how many random edits to make")
	seed  = flag.Uint64("seed", 0, "where random edits begin; 0 for a new place each time")
)

// place is a key of a record of a text, as the loader sees it, or a key that the
// record could have.
type place struct {
	kind         string
	line, column int
	key          string
	path         []any         // in the decoded document
	value        *source.Value // nil for a key that the record lacks
	inline       bool
}

// change returns the change of the key to a value.
func (p place) change(v any) edit.Change {
	return edit.Change{Kind: p.kind, Line: p.line, Column: p.column, Key: p.key, Value: v}
}

// places lists the keys of all records of a text.
func places(t *testing.T, text string) []place {
	t.Helper()
	root, diags := source.ParseTOML("f.toml", []byte(strings.TrimPrefix(text, "\ufeff")), 1)
	if diags != nil {
		t.Fatalf("%v in\n%s", diags, text)
	}
	var list []place
	headers := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	var visit func(p place, table *source.Table, key string, path []any)
	visit = func(p place, table *source.Table, key string, path []any) {
		for i := range table.Entries {
			e := &table.Entries[i]
			if strings.Contains(e.Key, ".") {
				continue
			}
			name, to := key+e.Key, append(slices.Clone(path), e.Key)
			kind := e.Key
			if p.kind != "" {
				kind = p.kind + "." + name
			} else if key != "" {
				kind = name
			}
			tables := false
			for n := range e.Value.Items {
				if item := &e.Value.Items[n]; item.Table != nil {
					tables = true
					line := strings.TrimLeft(headers[item.Table.Pos.Line-1], " \t")
					record := place{kind: kind, line: int(item.Table.Pos.Line), column: int(item.Table.Pos.Column), inline: !strings.HasPrefix(line, "[[")}
					visit(record, item.Table, "", append(slices.Clone(to), n))
				}
			}
			switch {
			case e.Value.Table != nil:
				visit(p, e.Value.Table, name+".", to)
			case !tables:
				q := p
				q.key, q.path, q.value = name, to, &e.Value
				list = append(list, q)
			}
		}
		if p.kind == "" && key == "" && len(path) == 0 || key != "" {
			return
		}
		q := p
		q.key, q.path = "brand-new", append(slices.Clone(path), "brand-new")
		list = append(list, q)
	}
	visit(place{}, root, "", nil)
	return list
}

func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var values map[string]any
	if _, err := toml.Decode(text, &values); err != nil {
		t.Fatalf("%v in\n%q", err, text)
	}
	return values
}

// newValue returns a value to write, often of the type of what is there.
func (i inventor) newValue(old any) any {
	switch i.IntN(12) {
	case 0:
		return nil
	case 1:
		return i.IntN(2) == 0
	case 2:
		return int64(i.Uint64())
	case 3:
		return pick(i.Rand, 0, -1, 0.1, 1e300, 5e-324, math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), float64(i.IntN(100)))
	case 4:
		return aims.NewDate(1+i.IntN(9998), time.Month(1+i.IntN(12)), 1+i.IntN(28))
	case 5, 6, 7, 8:
		was, isList := texts(old)
		if !isList && i.IntN(3) > 0 {
			break
		}
		list := []string{}
		for _, s := range was {
			if i.IntN(3) > 0 {
				list = append(list, s)
			}
		}
		for range i.IntN(3) {
			list = append(list, i.words(""))
		}
		if i.IntN(4) == 0 {
			i.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		}
		return list
	}
	like, _ := old.(string)
	return i.words(like)
}

// expected returns what a list decodes as once it is to hold texts: what stays in
// the old order, then what comes in the new one.
func expected(old any, v any) any {
	switch v := v.(type) {
	case string:
		return breaks(v)
	case []string:
		left := map[string]int{}
		for _, s := range v {
			left[breaks(s)]++
		}
		var list []string
		items, _ := old.([]any)
		for _, item := range items {
			if s, ok := item.(string); ok && left[breaks(s)] > 0 {
				left[breaks(s)]--
				list = append(list, s)
			}
		}
		var added []string
		for _, s := range slices.Backward(v) {
			if s = breaks(s); left[s] > 0 {
				left[s]--
				added = append(added, s)
			}
		}
		slices.Reverse(added)
		return append(list, added...)
	}
	return v
}

// TestOnlyWhatIsChangedChanges makes random edits in the records of the example
// and in invented ones.
func TestOnlyWhatIsChangedChanges(t *testing.T) {
	start := *seed
	if start == 0 {
		start = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", start)
	files, pieces := records(t), pieces(t)
	for n := range uint64(*edits) {
		i := inventor{rand.New(rand.NewPCG(start, n))}
		text := i.document()
		if n%4 == 0 {
			text = pieces[i.IntN(len(pieces))]
			if n%400 == 0 {
				text = files[i.IntN(len(files))]
			}
			if n%8 == 0 {
				text = strings.ReplaceAll(text, "\n", "\r\n")
			}
		}
		list := places(t, text)
		if len(list) == 0 {
			continue
		}
		p := list[i.IntN(len(list))]
		var old any
		if p.value != nil {
			old = at(decode(t, text), p.path)
		}
		v := i.newValue(old)
		if !tryEdit(t, text, p, old, v) {
			t.Fatalf("edit %d of seed %d", n, start)
		}
		if n%10 == 0 && !tryMany(t, i, text, list) {
			t.Fatalf("edits %d of seed %d", n, start)
		}
	}
}

// records returns the texts of the record files of the example and the starter.
func records(t testing.TB) []string {
	t.Helper()
	var files []string
	for _, dir := range []string{"../../content/example", "../../content/starter"} {
		err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".toml") {
				var text []byte
				text, err = os.ReadFile(path)
				files = append(files, string(text))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 30 {
		t.Fatalf("only %d record files", len(files))
	}
	return files
}

// pieces returns a few records of each file at a time, which takes less time than
// whole files.
func pieces(t testing.TB) []string {
	t.Helper()
	header := regexp.MustCompile(`(?m)^\[\[[a-z]+\]\]`)
	var list []string
	for _, text := range records(t) {
		start := 0
		for _, at := range header.FindAllStringIndex(text, -1) {
			if at[0]-start > 1000 {
				list = append(list, text[start:at[0]])
				start = at[0]
			}
		}
		list = append(list, text[start:])
	}
	return list
}

// tryEdit makes one edit and holds what must be true of it.
func tryEdit(t *testing.T, text string, p place, old, v any) bool {
	t.Helper()
	ok := true
	wrong := func(format string, args ...any) {
		ok = false
		t.Errorf("%s\n%s %d:%d %s = %#v\nbefore\n%s", fmt.Sprintf(format, args...), p.kind, p.line, p.column, p.key, v, text)
	}
	got, err := edit.Apply("f.toml", []byte(text), nil)
	if err != nil || string(got) != text {
		wrong("no change is a change: %v", err)
	}
	got, err = edit.Apply("f.toml", []byte(text), []edit.Change{p.change(v)})
	if err != nil {
		_, isList := old.([]any)
		if _, becomesList := v.([]string); isList && !becomesList && strings.Contains(err.Error(), "comments") {
			return ok
		}
		wrong("refused: %v", err)
		return ok
	}
	after := string(got)
	want := decode(t, text)
	v = expected(old, v)
	put(want, p.path, v)
	if s, isText := v.(string); isText { // a line break within takes the form of the file
		now := decode(t, after)
		if got, _ := at(now, p.path).(string); breaks(got) != s {
			wrong("it says %q", got)
		}
		put(now, p.path, s)
		if !reflect.DeepEqual(plain(now), plain(want)) {
			wrong("something else changed:\n%s", after)
		}
	} else if now := decode(t, after); !reflect.DeepEqual(plain(now), plain(want)) {
		wrong("it says %v, wanted %v:\n%s", at(now, p.path), v, after)
	}
	if from, to, lines := touched(t, text, p, v == nil); !strings.HasPrefix(after, text[:from]) || !strings.HasSuffix(after, text[to:]) || len(after) < from+len(text)-to {
		wrong("more than %q is touched:\n%s", text[from:to], after)
	} else if lines && after != text[:from]+text[to:] {
		wrong("%q is not all that goes:\n%s", text[from:to], after)
	}
	// Wanted once more it changes nothing.
	if again, err := edit.Apply("f.toml", got, []edit.Change{p.change(v)}); err != nil || string(again) != after {
		wrong("twice is not once: %v\n%s\n%s", err, after, again)
	}
	return ok && tryBack(t, text, after, p, old)
}

// tryBack sets a value back to what it was.
func tryBack(t *testing.T, text, after string, p place, old any) bool {
	t.Helper()
	was := plain(old)
	if list, isList := texts(old); isList {
		was = append([]string{}, list...)
	} else if _, isTime := old.(time.Time); isTime && reflect.TypeOf(was) != reflect.TypeFor[aims.Date]() {
		return true
	} else if _, isNaN := was.(string); isNaN && reflect.TypeOf(old) != reflect.TypeFor[string]() {
		was = old
	} else if _, other := old.([]any); other {
		return true // a list of numbers cannot be written
	}
	back, err := edit.Apply("f.toml", []byte(after), []edit.Change{p.change(was)})
	if err != nil {
		if strings.Contains(err.Error(), "comments") {
			return true
		}
		t.Errorf("%s cannot be set back: %v\n%s", p.key, err, after)
		return false
	}
	want, now := decode(t, text), decode(t, string(back))
	for _, document := range []map[string]any{want, now} {
		if list, isList := texts(at(document, p.path)); isList {
			for i, s := range list {
				list[i] = breaks(s)
			}
			slices.Sort(list)
			put(document, p.path, list)
		} else if s, isText := at(document, p.path).(string); isText {
			put(document, p.path, breaks(s))
		}
	}
	if !reflect.DeepEqual(plain(want), plain(now)) {
		t.Errorf("%s is not set back\nbefore\n%s\nthere\n%s\nback\n%s", p.key, text, after, back)
		return false
	}
	return true
}

// tryMany makes several edits of one file at once.
func tryMany(t *testing.T, i inventor, text string, list []place) bool {
	t.Helper()
	want := decode(t, text)
	var changes []edit.Change
	chosen := map[string]bool{}
	for range 1 + i.IntN(12) {
		p := list[i.IntN(len(list))]
		id := fmt.Sprint(p.path)
		if chosen[id] {
			continue
		}
		chosen[id] = true
		old := at(want, p.path)
		v := i.newValue(old)
		if _, err := edit.Apply("f.toml", []byte(text), []edit.Change{p.change(v)}); err != nil {
			continue // such as a list with comments that is to be a text
		}
		changes = append(changes, p.change(v))
		put(want, p.path, expected(old, v))
	}
	got, err := edit.Apply("f.toml", []byte(text), changes)
	if err != nil {
		t.Errorf("%v\n%#v\nbefore\n%s", err, changes, text)
		return false
	}
	now := decode(t, string(got))
	for id := range maps.Keys(chosen) {
		for _, p := range list {
			if fmt.Sprint(p.path) == id {
				if s, isText := at(now, p.path).(string); isText {
					put(now, p.path, breaks(s))
				}
				if s, isText := at(want, p.path).(string); isText {
					put(want, p.path, breaks(s))
				}
			}
		}
	}
	if !reflect.DeepEqual(plain(now), plain(want)) {
		t.Errorf("several changes are not each of them\n%#v\nbefore\n%s\nafter\n%s", changes, text, got)
		return false
	}
	return true
}
