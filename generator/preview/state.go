package preview

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"

	"annex/generator/diag"
	"annex/generator/source"
)

// state is what a page asks for when there is a new generation.
type state struct {
	Generation uint64    `json:"generation"`
	Page       string    `json:"page"`   // tag of the page that asks; "" when it is gone
	Style      string    `json:"style"`  // tag of the style sheet
	Script     string    `json:"script"` // tag of the scripts
	Failure    string    `json:"failure,omitempty"`
	Problems   []problem `json:"problems"` // the first of them
	More       int       `json:"more"`     // how many there are beyond those
}

// problem is a diagnostic as the page shows it. All of it is text.
type problem struct {
	Place   string   `json:"place"`
	Code    string   `json:"code"`
	Message string   `json:"message"`
	Number  int      `json:"number"` // of the line
	Line    string   `json:"line"`   // of the file
	Before  int      `json:"before"` // characters of the line before the place
	Notes   []string `json:"notes"`
	Help    string   `json:"help"`
}

// mostProblems is how many a page shows; annex check lists them all.
const mostProblems = 20

// problems returns diagnostics as pages show them, with the lines of the files as
// they are now.
func problems(list []diag.Diagnostic, dir string) []problem {
	var files fs.FS
	if root, err := source.Open(dir); err == nil {
		defer root.Close()
		files = root.FS()
	}
	excerpt := diag.Excerpts(files)
	shown := make([]problem, len(list))
	for i, d := range list {
		p := problem{
			Place: diag.Place(d), Code: string(d.Code), Message: plain(d.Message), Help: plain(d.Help), Number: d.Pos.Line,
		}
		p.Line, p.Before = part(excerpt(d), d.Pos.Column-1)
		for _, r := range d.Related {
			p.Notes = append(p.Notes, fmt.Sprintf("%s:%d:%d: %s", diag.Plain(r.Pos.Filename), r.Pos.Line, r.Pos.Column, plain(r.Message)))
		}
		shown[i] = p
	}
	return shown
}

// widest is how many characters a page shows of a line or a sentence, which can
// hold a whole file.
const widest = 600

// part returns what a page shows of a text around one of its characters, and how
// many characters of that stand before it.
func part(text string, at int) (shown string, before int) {
	all := []rune(text)
	at = max(0, min(at, len(all)))
	if len(all) <= widest {
		return text, at
	}
	from := max(0, min(at-widest/2, len(all)-widest))
	shown, before = string(all[from:from+widest]), at-from
	if from > 0 {
		shown, before = "…"+shown, before+1
	}
	if from+widest < len(all) {
		shown += "…"
	}
	return shown, before
}

// plain returns a sentence without control and direction signs.
func plain(text string) string {
	shown, _ := part(diag.Plain(text), 0)
	return shown
}

func (p *Preview) state(w http.ResponseWriter, r *http.Request) {
	g := p.now.Load()
	s := state{
		Generation: g.number, Page: g.tag(g.file(r.URL.Query().Get("path"))),
		Style: g.tag(styleFile), Script: g.tag(scriptFile) + g.tag(chartFile),
		Problems: g.shown, More: len(g.problems) - len(g.shown),
	}
	if g.failure != nil {
		s.Failure = plain(g.failure.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	data, err := json.Marshal(s)
	if err != nil {
		panic("preview: " + err.Error()) // plain values
	}
	answer(w, http.StatusOK, data)
}

// Assets whose changes a page has to know of.
const (
	styleFile  = "assets/annex.css"
	scriptFile = "assets/annex.js"
	chartFile  = "assets/charts.js"
)
