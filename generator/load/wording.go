package load

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/plain"
	"annex/generator/source"
)

// acceptedWords is the key of front matter that accepts untestable words.
const acceptedWords = "accepted_words"

// lexicon returns the untestable words of the site's language, or nil when none
// are known.
func (l *loader) lexicon() *plain.Lexicon {
	l.memory.speaks(l.ws.Site.Language)
	if l.ws.Site.Language != "en" {
		return nil
	}
	return plain.New()
}

// lexiconFor returns what to look for in a document: nothing in reports and
// records, which tell what was, and in what is retired.
func lexiconFor(front *source.Table, lexicon *plain.Lexicon) *plain.Lexicon {
	if !aims.DocumentKind(frontText(front, "kind")).Binding() || frontText(front, "status") == string(aims.Retired) {
		return nil
	}
	return lexicon
}

// wording reads the words that a document accepts and puts them beside those
// that were found; nil when there are neither. Texts that are no words of the
// list are diagnostics, for they would accept nothing.
func wording(front *source.Table, found []aims.UntestableWord, lexicon *plain.Lexicon) (*aims.Wording, []diag.Diagnostic) {
	if front == nil || lexicon == nil {
		return nil, nil
	}
	var diags []diag.Diagnostic
	var accepted []string
	for _, item := range source.NewReader(front, "front matter", &diags).Refs(acceptedWords) {
		word := strings.ToLower(item.Text)
		if lexicon.Find(word) == nil {
			diags = append(diags, diag.New(diag.UnknownValue, item.Pos, fmt.Sprintf("annex looks for no word %q, so that there is nothing to accept", item.Text),
				suggest(word, lexicon.Forms(), fmt.Sprintf("`annex explain %s` lists the words", diag.UntestableWord))))
			continue
		}
		accepted = append(accepted, word)
	}
	if found == nil && accepted == nil {
		return nil, diags
	}
	return &aims.Wording{Untestable: found, Accepted: accepted}, diags
}
