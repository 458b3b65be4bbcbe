package changes

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"

	"annex/generator/aims"
)

// FieldChange is a field with the value before and after, in the form of the
// files. For prose the values are left out, and the words are counted that only
// one of the two texts has: those of a passage that only moved are in neither
// count.
type FieldChange struct {
	Name           string              `json:"name"`
	Before         string              `json:"before"`
	After          string              `json:"after"`
	Text           bool                `json:"text,omitempty"`
	WordsAdded     int                 `json:"words_added,omitempty"`
	WordsRemoved   int                 `json:"words_removed,omitempty"`
	Classification aims.Classification `json:"classification,omitempty"` // highest of the records that the values name
}

// String returns the change in plain words: "owner: head-of-ml → head-of-ai",
// "description changed: 12 words added, 3 removed".
func (f FieldChange) String() string {
	if f.Text {
		return f.Name + " " + f.words()
	}
	return f.Name + ": " + orNone(f.Before) + " → " + orNone(f.After)
}

// Values returns what a table shows as before and after: for prose, after says
// how much of it changed.
func (f FieldChange) Values() (before, after string) {
	if f.Text {
		return "", f.words()
	}
	return orNone(f.Before), orNone(f.After)
}

// words says how much of a text changed.
func (f FieldChange) words() string {
	switch {
	case f.WordsAdded == 0 && f.WordsRemoved == 0:
		return "changed, but not its words"
	case f.WordsRemoved == 0:
		return fmt.Sprintf("changed: %s added", count(f.WordsAdded, "word"))
	case f.WordsAdded == 0:
		return fmt.Sprintf("changed: %s removed", count(f.WordsRemoved, "word"))
	}
	return fmt.Sprintf("changed: %s added, %d removed", count(f.WordsAdded, "word"), f.WordsRemoved)
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// fields compares two lists of fields by name, in the order of the second.
func (c classes) fields(before, after []aims.Field) []FieldChange {
	var list []FieldChange
	was := make(map[string]aims.Field, len(before))
	for _, f := range before {
		was[f.Name] = f
	}
	for _, now := range after {
		if old := was[now.Name]; old.Value != now.Value {
			list = append(list, c.field(old.Value, now.Value, now))
		}
		delete(was, now.Name)
	}
	for _, old := range before {
		if _, gone := was[old.Name]; gone && old.Value != "" {
			list = append(list, c.field(old.Value, "", old))
		}
	}
	return list
}

func (c classes) field(before, after string, f aims.Field) FieldChange {
	if f.Text {
		added, removed := compareWords(before, after)
		return FieldChange{Name: f.Name, Text: true, WordsAdded: added, WordsRemoved: removed}
	}
	return FieldChange{Name: f.Name, Before: before, After: after, Classification: c.naming(before, after)}
}

// compareWords counts the words that only one of two proses has.
func compareWords(before, after string) (added, removed int) {
	n := map[string]int{}
	for _, w := range wordsOf(after) {
		n[w]++
	}
	for _, w := range wordsOf(before) {
		n[w]--
	}
	for _, d := range n {
		added += max(d, 0)
		removed += max(-d, 0)
	}
	return added, removed
}

// wordsOf returns the words of a prose, without its markup and punctuation.
func wordsOf(prose string) []string {
	var b strings.Builder
	for {
		text, rest, found := strings.Cut(prose, "<")
		b.WriteString(text)
		if !found {
			break
		}
		b.WriteByte(' ')
		_, prose, _ = strings.Cut(rest, ">")
	}
	words := strings.Fields(html.UnescapeString(b.String()))
	for i, w := range words {
		words[i] = strings.TrimFunc(w, unicode.IsPunct)
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
