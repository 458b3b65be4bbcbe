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
	own := map[string][]*Record{}
	var order []string
	for i := range p.Records {
		if r := &p.Records[i]; !r.New() {
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
	added := map[string][]*Record{}
	for i := range p.Records {
		if r := &p.Records[i]; r.New() {
			name := r.Into + "\n" + string(r.Kind)
			if added[name] == nil {
				order = append(order, name)
			}
			added[name] = append(added[name], r)
		}
	}
	for _, name := range order {
		if records := added[name]; records != nil {
			if err := p.add(files, texts, records, refused); err != nil {
				return nil, err
			}
		}
	}
	return refused, nil
}

// change changes the records of one file.
func change(file string, text []byte, records []*Record, refused map[string]Problem) []byte {
	table, _ := source.ParseTOML(file, []byte(strings.TrimPrefix(string(text), "\ufeff")), 1)
	return without(text, records, refused, func(records []*Record) ([]byte, error) {
		var all []edit.Change
		for _, r := range records {
			all = append(all, r.changes(table)...)
		}
		return edit.Apply(file, text, all)
	})
}

// without makes a text out of records, without those that cannot be in it. These
// are found by halves, so that one of thousands costs little.
func without(text []byte, records []*Record, refused map[string]Problem, make func([]*Record) ([]byte, error)) []byte {
	made, err := make(records)
	if err == nil {
		return made
	}
	before := len(refused)
	var search func(records []*Record, err error)
	search = func(records []*Record, err error) {
		if len(records) == 1 {
			refused[records[0].At] = problem(*records[0], err)
			return
		}
		for _, half := range [][]*Record{records[:len(records)/2], records[len(records)/2:]} {
			if _, err := make(half); err != nil {
				search(half, err)
			}
		}
	}
	search(records, err)
	if len(refused) == before { // only together they cannot be
		for _, r := range records {
			refused[r.At] = problem(*r, err)
		}
	}
	return text
}

// roomy is how large a file may grow by new records, in bytes. The largest that is
// read is [source.MaxTextSize].
const roomy = source.MaxTextSize * 3 / 4

// add appends new records of one kind to their file, and to others beside it when
// it grows too large.
func (p *Plan) add(files fs.FS, texts map[string][]byte, records []*Record, refused map[string]Problem) error {
	into := records[0].Into
	for n := 2; len(records) > 0; n++ {
		text, known := texts[into]
		if !known {
			problem, err := inTheWay(files, *records[0])
			if err != nil {
				return err
			}
			if problem != nil {
				for _, r := range records {
					refused[r.At] = Problem{r.At, r.ID, problem.Message, problem.Help}
				}
				return nil
			}
			if text, err = fs.ReadFile(files, into); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("reading %s: %w", into, err)
			}
		}
		fit, size := 0, len(text)
		for ; fit < len(records); fit++ {
			if size += records[fit].size(); size > roomy && (fit > 0 || len(text) > 0) {
				break
			}
		}
		if fit > 0 {
			own := records[:fit]
			texts[into] = without(text, own, refused, func(records []*Record) ([]byte, error) {
				all := make([][]edit.Pair, len(records))
				for i, r := range records {
					all[i] = r.pairs()
				}
				return edit.Append(into, text, string(records[0].Kind), all...)
			})
		}
		records = records[fit:]
		stem := strings.TrimSuffix(into, ".toml")
		if n > 2 {
			stem = strings.TrimSuffix(stem, fmt.Sprintf("-%d", n-1))
		}
		into = fmt.Sprintf("%s-%d.toml", stem, n)
		for _, r := range records {
			r.Into = into
		}
	}
	return nil
}

// size is about how many bytes a new record takes in its file.
func (r Record) size() int {
	n := len(r.ID) + 40
	for _, f := range r.Fields {
		n += len(f.Key) + len(f.After) + 20
	}
	return n
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
