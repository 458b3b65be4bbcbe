package theme

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"annex/generator/diag"
)

// Texts returns the texts of the interface in a language, by their English
// wording. A theme without them has none. The error is an [Error] when the file
// of the workspace cannot be understood.
func (t *Theme) Texts(language string) (map[string]string, error) {
	name := "lang/" + language + ".json"
	if !slices.Contains(t.Files("lang", ".json"), name) {
		return nil, nil
	}
	data, err := t.Read(name)
	if err != nil {
		return nil, err
	}
	var texts map[string]string
	err = json.Unmarshal(data, &texts)
	if err != nil && t.Own(name) {
		return nil, &Error{[]diag.Diagnostic{langMistake(name, string(data), err)}}
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s of the built-in theme: %w", name, err)
	}
	return texts, nil
}

const langHelp = `write {"English text": "text in the language of the file", ...}`

// langMistake says what is wrong with a file of texts.
func langMistake(name, text string, err error) diag.Diagnostic {
	report := func(pos token.Position, message, help string) diag.Diagnostic {
		return diag.New(diag.LangFile, pos, message, help)
	}
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset := int(syntax.Offset) - 1 // of the sign that was one too many
		if strings.Contains(syntax.Error(), "unexpected end") {
			offset = len(strings.TrimRight(text, " \t\r\n"))
			return report(place(name, text, offset), "the file ends in the middle", "close every quote and brace; "+langHelp)
		}
		return report(place(name, text, offset), notJSON(syntax.Error()), langHelp)
	case errors.As(err, &wrong) && wrong.Type.Kind() == reflect.Map:
		return report(at(name, 1, 1), fmt.Sprintf("the file holds %s where an object with texts belongs", kind(wrong.Value)), langHelp)
	case errors.As(err, &wrong):
		return report(place(name, text, valueBefore(text, int(wrong.Offset))), kind(wrong.Value)+" stands where a text belongs",
			`put the text between quotes: "..."`)
	}
	return report(at(name, 1, 1), err.Error(), langHelp)
}

// notJSON puts a message of the JSON library in plain words.
func notJSON(said string) string {
	switch {
	case strings.HasSuffix(said, "after object key:value pair"):
		return "a comma is missing before this"
	case strings.HasPrefix(said, "invalid character '}' looking for beginning of object key"):
		return "a comma stands after the last text"
	case strings.HasSuffix(said, "looking for beginning of object key string"), strings.HasSuffix(said, "looking for beginning of value"):
		return "a text between quotes belongs here"
	case strings.HasSuffix(said, "after object key"):
		return "a colon is missing before this"
	case strings.HasSuffix(said, "in string literal"):
		return `a text goes over the end of its line; write \n for a new line within a text, and close every quote`
	case strings.HasSuffix(said, "in string escape code"):
		return `this cannot follow \ in a text; write \\ for the sign itself`
	case strings.HasSuffix(said, "after top-level value"):
		return "something stands after the last brace"
	}
	return "this is not JSON: " + said
}

// literal is what a number, true, false or null is made of.
const literal = "0123456789+-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// valueBefore returns where the value begins that the library stopped at: at
// the end of a number, at the first sign of a list.
func valueBefore(text string, end int) int {
	return min(len(strings.TrimRight(text[:end], literal)), end-1)
}

// kind returns what the JSON library calls a value, with an article.
func kind(value string) string {
	value, _, _ = strings.Cut(value, " ")
	switch value {
	case "bool":
		return "true or false"
	case "array":
		return "a list"
	case "object":
		return "an object"
	}
	return "a " + value
}
