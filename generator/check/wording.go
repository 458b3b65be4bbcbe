package check

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/plain"
)

// wording looks for words in policies, procedures and plans that nobody can
// test, and for words that were accepted and are not there.
func wording(f *Facts, report func(Issue)) {
	var lexicon *plain.Lexicon
	for _, d := range f.Workspace.Documents {
		if d.Wording == nil || d.Project.Organization != f.Organization || d.Status == aims.Retired {
			continue
		}
		if lexicon == nil {
			lexicon = plain.New()
		}
		untestable(d, lexicon, report)
		acceptedUnused(d, lexicon, report)
	}
}

// mostWords is how many words the sentence about a document names.
const mostWords = 5

// untestable reports all words of a document as one issue, since a text may say
// "appropriate" on every line; [Diagnostics] tells each place.
func untestable(d *aims.Document, lexicon *plain.Lexicon, report func(Issue)) {
	issue := Issue{
		Code: diag.UntestableWord, Class: Informational, Subject: document(d), Owner: d.Owner,
		Help: "say what is measured, how often, by when, or who decides, or name the word in accepted_words",
	}
	var words []string
	for x := range notAccepted(d, lexicon) {
		if words == nil {
			issue.Pos = d.Origin.Pos
			issue.Pos.Line, issue.Pos.Column = int(x.Line), int(x.Column)
		}
		if word := `"` + x.Word + `"`; !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if words == nil {
		return
	}
	more := ""
	if n := len(words) - mostWords; n > 0 {
		words, more = words[:mostWords], fmt.Sprintf(" and %d more", n)
	}
	issue.Message = fmt.Sprintf("nobody can test %s%s in the document %q", strings.Join(words, ", "), more, d.Title)
	report(issue)
}

// notAccepted yields the words of a document that it does not accept.
func notAccepted(d *aims.Document, lexicon *plain.Lexicon) iter.Seq[aims.UntestableWord] {
	return func(yield func(aims.UntestableWord) bool) {
		for _, x := range d.Wording.Untestable {
			accepted := slices.ContainsFunc(d.Wording.Accepted, func(a string) bool { return lexicon.Find(a) == lexicon.Find(x.Word) })
			if !accepted && !yield(x) {
				return
			}
		}
	}
}

// wordPlaces makes diagnostics of issues about words. The texts for each word
// are made once.
type wordPlaces struct {
	lexicon *plain.Lexicon
	said    map[string]diag.Diagnostic
}

// count returns how many places issues stand for, at most.
func (*wordPlaces) count(issues []Issue) int {
	n := 0
	for _, i := range issues {
		if i.Code == diag.UntestableWord {
			n += len(i.Subject.Document.Wording.Untestable)
		}
	}
	return n
}

// add adds a diagnostic for each place that an issue stands for.
func (p *wordPlaces) add(list []diag.Diagnostic, i Issue) []diag.Diagnostic {
	if p.lexicon == nil {
		*p = wordPlaces{plain.New(), map[string]diag.Diagnostic{}}
	}
	for x := range notAccepted(i.Subject.Document, p.lexicon) {
		d, ok := p.said[x.Word]
		if !ok {
			w := p.lexicon.Find(x.Word)
			d = diag.New(i.Code, i.Pos, fmt.Sprintf("%q cannot be tested", x.Word),
				fmt.Sprintf("%s: %s; to keep it on purpose, write accepted_words = [%q] in the front matter", w.Why, w.Instead, x.Word))
			p.said[x.Word] = d
		}
		d.Pos = i.Pos
		d.Pos.Line, d.Pos.Column = int(x.Line), int(x.Column)
		list = append(list, d)
	}
	return list
}

func acceptedUnused(d *aims.Document, lexicon *plain.Lexicon, report func(Issue)) {
	for i, a := range d.Wording.Accepted {
		if slices.ContainsFunc(d.Wording.Untestable, func(x aims.UntestableWord) bool { return lexicon.Find(x.Word) == lexicon.Find(a) }) {
			continue
		}
		issue := Issue{
			Code: diag.AcceptedUnused, Class: Informational, Pos: d.Origin.Item("accepted_words", i), Subject: document(d), Owner: d.Owner,
			Message: fmt.Sprintf("the document %q accepts %q, but has no need to: the word is not there, or its sentence says enough", d.Title, a),
			Help:    "delete it from accepted_words",
		}
		if !d.Kind.Binding() {
			issue.Message = fmt.Sprintf("the document %q accepts %q, but is no policy, procedure or plan", d.Title, a)
			issue.Help = "delete accepted_words: annex looks for such words in policies, procedures and plans only"
		}
		report(issue)
	}
}
