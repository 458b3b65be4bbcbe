package merge

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"annex/generator/edit"
	"annex/generator/source"
)

// Apply returns the texts of the files that the plan changes or adds, by their
// paths in the workspace. Records that cannot be changed in their file go from
// the plan to what is refused. An error is one of the file system.
func (p *Plan) Apply(files fs.FS) (map[string][]byte, error) {
	texts := map[string][]byte{}
	for {
		clear(texts)
		refused, err := p.apply(files, texts)
		if err != nil || len(refused) == 0 {
			return texts, err
		}
		p.Refuse(refused)
	}
}

// Refuse takes records out of the plan, by their rows, each with its reason.
func (p *Plan) Refuse(why map[string]Problem) {
	p.Records = slices.DeleteFunc(p.Records, func(r Record) bool {
		problem, ok := why[r.At]
		if ok {
			p.Refused = append(p.Refused, problem)
		}
		return ok
	})
}

func (p *Plan) apply(files fs.FS, texts map[string][]byte) (map[string]Problem, error) {
	refused := map[string]Problem{}
	changes := map[string][]edit.Change{}
	var order []string
	for _, r := range p.Records {
		if r.New() {
			continue
		}
		file := r.Place.File
		if _, known := texts[file]; !known {
			text, err := fs.ReadFile(files, file)
			if err != nil {
				return nil, fmt.Errorf("reading %s: %w", file, err)
			}
			texts[file] = text
			order = append(order, file)
		}
		own := r.changes(texts[file])
		if _, err := edit.Apply(file, texts[file], own); err != nil { // each alone, so that it is refused alone
			refused[r.At] = problem(r, err)
			continue
		}
		changes[file] = append(changes[file], own...)
	}
	for _, file := range order {
		text, err := edit.Apply(file, texts[file], changes[file])
		if err != nil {
			return nil, fmt.Errorf("changing %s: %w", file, err)
		}
		texts[file] = text
	}
	for _, r := range p.Records {
		if r.New() {
			if err := p.append(files, texts, r, refused); err != nil {
				return nil, err
			}
		}
	}
	return refused, nil
}

func (p *Plan) append(files fs.FS, texts map[string][]byte, r Record, refused map[string]Problem) error {
	text, known := texts[r.Into]
	if !known {
		var err error
		text, err = fs.ReadFile(files, r.Into)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("reading %s: %w", r.Into, err)
		}
	}
	text, err := edit.Append(r.Into, text, string(r.Kind), r.pairs())
	if err != nil {
		refused[r.At] = problem(r, err)
		return nil
	}
	texts[r.Into] = text
	return nil
}

// problem says why a record cannot be changed in its file.
func problem(r Record, err error) Problem {
	var why *edit.Problem
	if errors.As(err, &why) {
		return Problem{r.At, r.ID, fmt.Sprintf("%s: %s", why.Pos, why.Message), why.Help}
	}
	return Problem{r.At, r.ID, err.Error(), "change it in its file"}
}

// changes returns what to change in the text of the record's file.
func (r Record) changes(text []byte) []edit.Change {
	var list []edit.Change
	for _, f := range r.Fields {
		list = append(list, edit.Change{Kind: string(r.Kind), Line: r.Place.Line, Column: r.Place.Column, Key: f.Key, Value: r.ended(f, text)})
	}
	return list
}

// ended gives a text the line end that its value in the file has at its end, and
// that a cell does not show.
func (r Record) ended(f Field, text []byte) any {
	s, ok := f.Value.(string)
	if !ok {
		return f.Value
	}
	table, _ := source.ParseTOML(r.Place.File, []byte(strings.TrimPrefix(string(text), "\ufeff")), 1)
	if old, found := table.TextAt(string(r.Kind), r.Place.Line, f.Key); found {
		if strings.HasSuffix(old, "\n") {
			return s + "\n"
		}
		return s
	}
	return lines(s)
}

// lines gives a text of several lines an end, so that it is written as one.
func lines(s string) string {
	if strings.Contains(s, "\n") {
		return s + "\n"
	}
	return s
}

// pairs returns the keys of a new record, what it is known by first.
func (r Record) pairs() []edit.Pair {
	known := "id"
	if r.Kind == "decision" {
		known = "requirement"
	}
	list := []edit.Pair{{Key: known, Value: r.ID}}
	for _, f := range r.Fields {
		value := f.Value
		if s, ok := value.(string); ok {
			value = lines(s)
		}
		list = append(list, edit.Pair{Key: f.Key, Value: value})
	}
	return list
}
