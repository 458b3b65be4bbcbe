package render

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/theme"
)

// words is the text of the interface in one language. English is the language
// of the templates themselves, so its catalog is empty: a text that the catalog
// does not have is shown as it stands.
type words struct {
	language string
	texts    map[string]string
}

// readWords reads the texts of a theme in a language.
func readWords(t *theme.Theme, language string) (words, error) {
	texts, err := t.Texts(language)
	return words{language, texts}, err
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
