package source

import (
	"fmt"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
)

// Reader reads one table strictly: each key is asked for by its type, what
// does not fit is a diagnostic, and [Reader.Done] reports every key that was
// never asked for.
type Reader struct {
	table *Table
	what  string
	sink  *[]diag.Diagnostic
	read  uint64          // which of the first 64 entries were asked for
	rest  map[string]bool // which of the others
	names []string        // asked for, to tell which there are; see [Reader.Done]
}

// NewReader returns a reader of t. What names the kind of table in sentences:
// "control", "front matter". Diagnostics are added to sink.
func NewReader(t *Table, what string, sink *[]diag.Diagnostic) *Reader {
	return &Reader{table: t, what: what, sink: sink}
}

// At returns the place of the table.
func (r *Reader) At() token.Position { return r.table.Position(r.table.Pos) }

// Pos returns the place of a key's value, or of the table without the key.
func (r *Reader) Pos(key string) token.Position {
	if v := r.value(key); v != nil {
		return r.table.Position(v.Pos)
	}
	return r.At()
}

// TextPos returns the place of the first character of a text's contents,
// behind its quotes.
func (r *Reader) TextPos(key string) token.Position {
	if v := r.value(key); v != nil && v.Text.Line > 0 {
		return r.table.Position(v.Text)
	}
	return r.Pos(key)
}

// Origin returns the places of the table and of all its values.
func (r *Reader) Origin() aims.Origin {
	if r.table.origin == nil {
		o := r.places()
		r.table.origin = &o
	}
	return *r.table.origin
}

func (r *Reader) places() aims.Origin {
	o := aims.Origin{Pos: r.At()}
	for i := range r.table.Entries {
		e := &r.table.Entries[i]
		o.Mark(e.Key, -1, r.table.Position(e.Value.Pos))
		for n := range e.Value.Items {
			o.Mark(e.Key, n, r.table.Position(e.Value.Items[n].Pos))
		}
	}
	return o
}

// Has reports whether the table has a key. It counts as asked for.
func (r *Reader) Has(key string) bool { return r.get(key) != nil }

// Given reports whether the table has a key, without counting it as asked for.
func (r *Reader) Given(key string) bool { return r.value(key) != nil }

func (r *Reader) get(key string) *Value {
	if !r.table.clean {
		if r.names == nil {
			r.names = make([]string, 0, 24) // as many keys as most tables may have
		}
		r.names = append(r.names, key)
	}
	i := r.table.find(key)
	switch {
	case i < 0:
		return nil
	case i < 64:
		r.read |= 1 << i
	case r.rest == nil:
		r.rest = map[string]bool{key: true}
	default:
		r.rest[key] = true
	}
	return &r.table.Entries[i].Value
}

// value returns the value of a key, without counting it as asked for; nil when
// there is none.
func (r *Reader) value(key string) *Value {
	if e := r.table.entry(key); e != nil {
		return &e.Value
	}
	return nil
}

func (r *Reader) report(code diag.Code, at Place, help, format string, args ...any) {
	*r.sink = append(*r.sink, diag.New(code, r.table.Position(at), fmt.Sprintf(format, args...), help))
}

func (r *Reader) wrongType(key string, v *Value, want, example string) {
	r.report(diag.WrongType, v.Pos, "write "+example, "%s must be %s, not %s", key, want, v.describe())
}

// Text reads an optional text.
func (r *Reader) Text(key string) string {
	item, _ := r.Ref(key)
	return item.Text
}

// RequiredText reads a text that must be there and not be empty.
func (r *Reader) RequiredText(key string) string {
	v := r.get(key)
	if v == nil {
		r.report(diag.MissingKey, r.table.Pos, fmt.Sprintf("add %s = \"...\"", key), "the %s has no %s", r.what, key)
		return ""
	}
	text := r.Text(key)
	if s, ok := v.Scalar.(string); ok && strings.TrimSpace(s) == "" {
		r.report(diag.MissingKey, v.Pos, "write it between the quotes", "the %s of the %s is empty", key, r.what)
	}
	return text
}

// Bool reads true or false, and whether the key was given.
func (r *Reader) Bool(key string) (value, given bool) {
	v := r.get(key)
	if v == nil {
		return false, false
	}
	b, ok := v.Scalar.(bool)
	if !ok {
		r.wrongType(key, v, "true or false", key+" = true or "+key+" = false, without quotes")
	}
	return b, ok
}

// Int reads an optional whole number from min to max; 0 when it is not given.
func (r *Reader) Int(key string, low, high int) int {
	v := r.get(key)
	if v == nil {
		return 0
	}
	n, ok := v.Scalar.(int64)
	switch {
	case !ok:
		r.wrongType(key, v, "a whole number", fmt.Sprintf("%s = a number from %d to %d, without quotes", key, low, high))
	case n < int64(low) || n > int64(high):
		r.report(diag.OutOfRange, v.Pos, fmt.Sprintf("give a number from %d to %d", low, high), "%s is %d", key, n)
	default:
		return int(n)
	}
	return 0
}

// Number reads an optional number.
func (r *Reader) Number(key string) (float64, bool) {
	v := r.get(key)
	if v == nil {
		return 0, false
	}
	switch n := v.Scalar.(type) {
	case int64:
		return float64(n), true
	case float64:
		return n, true
	}
	r.wrongType(key, v, "a number", key+" = 95, without quotes")
	return 0, false
}

// Date reads an optional day.
func (r *Reader) Date(key string) aims.Date {
	v := r.get(key)
	if v == nil {
		return aims.Date{}
	}
	d, ok := v.Scalar.(aims.Date)
	if ok {
		return d
	}
	help := "write a day as " + key + " = 2026-05-12, without quotes"
	if s, isText := v.Scalar.(string); isText {
		if d, err := aims.ParseDate(strings.TrimSpace(s)); err == nil {
			help = fmt.Sprintf("take the quotes away: %s = %s", key, d)
		}
		r.report(diag.BadDate, v.Pos, help, "%s is the text %q, not a date", key, s)
		return aims.Date{}
	}
	r.report(diag.BadDate, v.Pos, help, "%s must be a date, not %s", key, v.describe())
	return aims.Date{}
}

// Period reads an optional period such as "6 months".
func (r *Reader) Period(key string) aims.Period {
	v := r.get(key)
	if v == nil {
		return aims.Period{}
	}
	help := fmt.Sprintf("write %s = \"6 months\"; units are days, weeks, months and years", key)
	s, ok := v.Scalar.(string)
	if !ok {
		r.report(diag.BadPeriod, v.Pos, help, "%s must be a period, not %s", key, v.describe())
		return aims.Period{}
	}
	p, err := aims.ParsePeriod(s)
	if err != nil {
		r.report(diag.BadPeriod, v.Pos, help, "%s is %q, not a period", key, s)
	}
	return p
}

// ID reads an id, which must be there and be kebab-case.
func (r *Reader) ID(key string) string {
	id := r.RequiredText(key)
	if id == "" {
		return ""
	}
	if !isID(id) {
		help := "use small letters, digits and single hyphens, at most 64"
		if better := kebab(id); better != "" {
			help = fmt.Sprintf("write %s = %q", key, better)
		}
		r.report(diag.BadID, r.value(key).Pos, help, "%q is not an id", id)
		return ""
	}
	if Reserved(id) {
		r.report(diag.BadID, r.value(key).Pos, "add a word to it",
			"%q cannot be an id: pages are named after ids, and this name is taken by lists or by Windows", id)
		return ""
	}
	return id
}

// Reserved reports whether a page of this name would collide with a page of a
// list (index, index-2), or could not be copied to Windows.
func Reserved(id string) bool {
	if number, ok := strings.CutPrefix(id, "index-"); ok {
		return strings.Trim(number, "0123456789") == ""
	}
	device := strings.TrimRight(id, "0123456789")
	return slices.Contains([]string{"index", "con", "prn", "aux", "nul"}, id) ||
		len(id) == 4 && (device == "com" || device == "lpt")
}

func isID(s string) bool {
	if len(s) > 64 || s == "" || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	}) < 0
}

// kebab makes an id of a text, or "" when nothing is left of it.
func kebab(s string) string {
	s = regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(s), "-")
	return strings.Trim(s[:min(len(s), 64)], "-")
}

// Item is a text with its place.
type Item struct {
	Text string
	Pos  token.Position
}

// Ref reads an optional text together with its place. Empty texts count as not
// given.
func (r *Reader) Ref(key string) (Item, bool) {
	v := r.get(key)
	if v == nil {
		return Item{}, false
	}
	s, ok := v.Scalar.(string)
	if !ok {
		r.wrongType(key, v, "a text", key+" = \"...\" with quotes")
		return Item{}, false
	}
	return Item{s, r.table.Position(v.Pos)}, s != ""
}

// Refs reads an optional list of texts with their places.
func (r *Reader) Refs(key string) []Item {
	v := r.get(key)
	if v == nil {
		return nil
	}
	if !v.List {
		r.wrongType(key, v, "a list", key+" = [\"...\", \"...\"] with square brackets")
		return nil
	}
	list := make([]Item, 0, len(v.Items))
	for i := range v.Items {
		item := &v.Items[i]
		s, ok := item.Scalar.(string)
		if !ok {
			r.report(diag.WrongType, item.Pos, "put it between quotes", "%s is a list of texts, and this is %s", key, item.describe())
			continue
		}
		list = append(list, Item{s, r.table.Position(item.Pos)})
	}
	return list
}

// Pair is one key of a table whose keys are free.
type Pair struct {
	Name, Text string
	Pos        token.Position
}

// Pairs reads an optional table of texts whose keys are free.
func (r *Reader) Pairs(key string) []Pair {
	t := r.Table(key)
	if t == nil {
		return nil
	}
	var list []Pair
	for i := range t.table.Entries {
		e := &t.table.Entries[i]
		text, ok := e.Value.Scalar.(string)
		if !ok {
			r.report(diag.WrongType, e.Value.Pos, "put it between quotes", "%s is a table of texts, and this is %s", key, e.Value.describe())
			continue
		}
		list = append(list, Pair{e.Key, text, r.table.Position(e.Value.Pos)})
	}
	return list
}

// Table reads an optional table; nil when it is not there.
func (r *Reader) Table(key string) *Reader {
	v := r.get(key)
	if v == nil {
		return nil
	}
	if v.Table == nil {
		r.wrongType(key, v, "a table", "["+key+"] on a line of its own, and its keys below")
		return nil
	}
	return NewReader(v.Table, key, r.sink)
}

// Tables reads an optional array of tables.
func (r *Reader) Tables(key string) []*Reader {
	v := r.get(key)
	if v == nil {
		return nil
	}
	if !v.List {
		r.wrongType(key, v, "an array of tables", "[["+key+"]] with two brackets")
		return nil
	}
	var list []*Reader
	for i := range v.Items {
		item := &v.Items[i]
		if item.Table == nil {
			r.report(diag.WrongType, item.Pos, "write [["+key+"]] and its keys below", "%s is an array of tables, and this is %s", key, item.describe())
			continue
		}
		list = append(list, NewReader(item.Table, strings.TrimSpace(key), r.sink))
	}
	return list
}

// Word reads an optional text that must be one of a list of words.
func Word[T ~string](r *Reader, key string, allowed []T) T {
	item, ok := r.Ref(key)
	if !ok {
		return ""
	}
	return word(r, key, item, allowed)
}

// RequiredWord is Word for a key that must be there.
func RequiredWord[T ~string](r *Reader, key string, allowed []T) T {
	v := r.get(key)
	switch {
	case v == nil:
		r.report(diag.MissingKey, r.table.Pos, "add "+key+" = "+either(allowed), "the %s has no %q", r.what, key)
	case v.Scalar == "":
		r.report(diag.MissingKey, v.Pos, "write "+either(allowed), "%q of the %s is empty", key, r.what)
	default:
		return Word(r, key, allowed)
	}
	return ""
}

// either returns the words as they are written, with an or before the last.
func either[T ~string](allowed []T) string {
	words := make([]string, len(allowed))
	for i, w := range allowed {
		words[i] = fmt.Sprintf("%q", string(w))
	}
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// Words reads an optional list of texts, each one of a list of words.
func Words[T ~string](r *Reader, key string, allowed []T) []T {
	var list []T
	for _, item := range r.Refs(key) {
		if w := word(r, key, item, allowed); w != "" {
			list = append(list, w)
		}
	}
	return list
}

func word[T ~string](r *Reader, key string, item Item, allowed []T) T {
	if slices.Contains(allowed, T(item.Text)) {
		return T(item.Text)
	}
	words := make([]string, len(allowed))
	for i, w := range allowed {
		words[i] = string(w)
	}
	help := "it is one of " + strings.Join(words, ", ")
	if near := Nearest(item.Text, words); near != "" {
		help = fmt.Sprintf("did you mean %s? It is one of %s", near, strings.Join(words, ", "))
	}
	*r.sink = append(*r.sink, diag.New(diag.UnknownValue, item.Pos, fmt.Sprintf("%s cannot be %q", key, item.Text), help))
	return ""
}

// Unread returns the keys that nobody asked for.
func (r *Reader) Unread() []Item {
	var list []Item
	for i := range r.table.Entries {
		if e := &r.table.Entries[i]; i < 64 && r.read&(1<<i) == 0 || i >= 64 && !r.rest[e.Key] {
			list = append(list, Item{e.Key, r.table.Position(e.Pos)})
		}
	}
	return list
}

// Done reports every key that nobody asked for. A table without one is clean:
// who reads it again need not take note of what there is to ask for.
func (r *Reader) Done() {
	unread := r.Unread()
	if len(unread) == 0 {
		r.table.clean = true
		return
	}
	var names []string
	for _, name := range r.names {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, e := range unread {
		help := fmt.Sprintf("keys are %s", strings.Join(names, ", "))
		if near := Nearest(e.Text, names); near != "" {
			help = fmt.Sprintf("did you mean %s?", near)
		}
		*r.sink = append(*r.sink, diag.New(diag.UnknownKey, e.Pos, fmt.Sprintf("annex does not know the key %q in %s", e.Text, article(r.what)), help))
	}
}

func article(what string) string {
	switch {
	case strings.Contains(what, "."), what == "front matter":
		return what
	case strings.ContainsRune("aeiou", rune(what[0])):
		return "an " + what
	}
	return "a " + what
}
