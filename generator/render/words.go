package render

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"annex/generator/aims"
)

// words is the text of the interface in one language. English is the language
// of the templates themselves, so its catalog is empty: a text that the catalog
// does not have is shown as it stands.
type words struct {
	language string
	texts    map[string]string
}

// readWords reads lang/<language>.json of a theme.
func readWords(theme fs.FS, language string) (words, error) {
	w := words{language: language}
	data, err := fs.ReadFile(theme, "lang/"+language+".json")
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return w, fmt.Errorf("reading the texts of the theme: %w", err)
	}
	if err := json.Unmarshal(data, &w.texts); err != nil {
		return w, fmt.Errorf("reading lang/%s.json of the theme: %w", language, err)
	}
	return w, nil
}

// say returns a text of the interface, with its %s filled in.
func (w words) say(text string, args ...any) string {
	if own, ok := w.texts[text]; ok {
		text = own
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// count returns a text with a number in it: one for 1, many for every other.
func (w words) count(n int, one, many string) string {
	if n == 1 {
		return w.say(one, n)
	}
	return w.say(many, n)
}

// word returns what an enumerated word of the files is called on pages:
// "partly-effective" is "Partly effective".
func (w words) word(s string) string {
	if s == "" {
		return ""
	}
	text := strings.ReplaceAll(s, "-", " ")
	return w.say(strings.ToUpper(text[:1]) + text[1:])
}

// date returns a day as running text has it: 24 Nov 2026.
func (w words) date(d aims.Date) string {
	if d.IsZero() {
		return w.say("None")
	}
	t := d.Time()
	return fmt.Sprintf("%d %s %d", t.Day(), w.say(t.Format("Jan")), t.Year())
}
