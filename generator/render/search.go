package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"annex/generator/aims"
)

// searchPath is the file with all that can be searched for. It is a script that
// assigns, since pages opened from disk cannot load data; the script of the site
// loads it when somebody begins to search.
const searchPath = "search/index.js"

// searchItem is one thing to find, as a row of the file: its title, what it is,
// where it stands, and further words by which it is found.
type searchItem [4]string

// searchPage makes the list of everything that has an address: requirements,
// documents with their headings, and records of all kinds.
func (s *part) searchPage(yield func(Page) bool) bool {
	return yield(Page{Path: searchPath, Write: func(b *bytes.Buffer) error {
		b.WriteString("var annexSearch=")
		encoder := json.NewEncoder(b) // it escapes what could end a script
		if err := encoder.Encode(s.searchItems()); err != nil {
			return fmt.Errorf("making the search: %w", err)
		}
		return nil
	}})
}

func (s *part) searchItems() []searchItem {
	w := s.Workspace
	items := []searchItem{}
	for _, x := range s.sections {
		items = append(items, searchItem{s.words.say(x.Title), s.words.say("Page"), x.Path, ""})
	}
	for _, f := range w.Frameworks {
		for _, q := range f.Assessable() {
			items = append(items, searchItem{q.Ref + " " + q.Title, f.Title, s.paths.of(subject(q)), q.String()})
		}
	}
	for _, d := range w.Documents {
		var headings []string
		for _, h := range d.Body.Headings {
			headings = append(headings, h.Text)
		}
		items = append(items, s.searchItem(d, d.ID+" "+strings.Join(headings, "; ")))
	}
	items = append(items, searchRecords(s, w.Controls)...)
	for _, x := range w.Systems() {
		items = append(items, s.searchItem(x, x.ID))
	}
	items = append(items, searchRecords(s, w.Risks)...)
	items = append(items, searchRecords(s, w.Objectives)...)
	items = append(items, searchRecords(s, w.Evidence)...)
	items = append(items, searchRecords(s, w.Audits)...)
	items = append(items, searchRecords(s, w.Findings)...)
	items = append(items, searchRecords(s, w.Reviews)...)
	for _, r := range w.Roles {
		items = append(items, s.searchItem(r, r.ID+" "+r.Person))
	}
	return append(items, searchRecords(s, w.Parties)...)
}

func searchRecords[T interface{ Head() *aims.Record }](s *part, list []T) []searchItem {
	items := make([]searchItem, len(list))
	for i, x := range list {
		items[i] = s.searchItem(x, x.Head().ID)
	}
	return items
}

func (s *part) searchItem(x any, words string) searchItem {
	sub := subject(x)
	return searchItem{sub.Title(), s.words.word(string(sub.Kind)), s.paths.of(sub), words}
}
