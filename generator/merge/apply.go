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
	own := map[string][]Record{}
	var order []string
	for _, r := range p.Records {
		if !r.New() {
			if own[r.Place.File] == nil {
				order = append(order, r.Place.File)
			}
			own[r.Place.File] = append(own[r.Place.File], r)
		}
	}
	for _, file := range order {
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		texts[file] = change(file, text, own[file], refused)
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

// change changes the records of one file. Where that fails each is tried alone,
// so that the one that cannot be changed is refused alone.
func change(file string, text []byte, records []Record, refused map[string]Problem) []byte {
	table, _ := source.ParseTOML(file, []byte(strings.TrimPrefix(string(text), "\ufeff")), 1)
	var all []edit.Change
	for _, r := range records {
		all = append(all, r.changes(table)...)
	}
	changed, err := edit.Apply(file, text, all)
	if err == nil {
		return changed
	}
	for _, r := range records {
		if _, err := edit.Apply(file, text, r.changes(table)); err != nil {
			refused[r.At] = problem(r, err)
		}
	}
	if len(refused) == 0 { // together alone they cannot be
		for _, r := range records {
			refused[r.At] = problem(r, err)
		}
	}
	return text
}

func (p *Plan) append(files fs.FS, texts map[string][]byte, r Record, refused map[string]Problem) error {
	text, known := texts[r.Into]
	if !known {
		problem, err := inTheWay(files, r)
		if err != nil {
			return err
		}
		if problem != nil {
			refused[r.At] = *problem
			return nil
		}
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

// inTheWay refuses a new record whose file or folder is something else.
func inTheWay(files fs.FS, r Record) (*Problem, error) {
	parts := strings.Split(r.Into, "/")
	for i := range parts {
		name := strings.Join(parts[:i+1], "/")
		info, err := fs.Lstat(files, name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("looking at %s: %w", name, err)
		}
		last := i == len(parts)-1
		what := "a link or a special file"
		switch {
		case !last && info.IsDir(), last && info.Mode().IsRegular():
			continue
		case info.IsDir():
			what = "a folder"
		case info.Mode().IsRegular():
			what = "a file"
		}
		message := fmt.Sprintf("%s is %s", name, what)
		if !last {
			message += ", so there can be no " + r.Into
		}
		return &Problem{r.At, r.ID, message, "the new record would go into " + r.Into + "; rename or delete what is in its way, or write the record into another file by hand"}, nil
	}
	return nil, nil
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
func (r Record) changes(table *source.Table) []edit.Change {
	var list []edit.Change
	for _, f := range r.Fields {
		list = append(list, edit.Change{Kind: string(r.Kind), Line: r.Place.Line, Column: r.Place.Column, Key: f.Key, Value: r.ended(f, table)})
	}
	return list
}

// ended gives a text the line end that its value in the file has at its end, and
// that a cell does not show.
func (r Record) ended(f Field, table *source.Table) any {
	s, ok := f.Value.(string)
	if !ok {
		return f.Value
	}
	if old, found := table.TextAt(string(r.Kind), r.Place.Line, r.Place.Column, f.Key); found {
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
