package cli

import (
	"fmt"
	"strings"

	"annex/generator"
	"annex/generator/diag"
	"annex/generator/merge"
)

// plan prints what changes in plain words.
func (a *app) plan(in *generator.Import, written bool) {
	for _, r := range in.Records {
		name := r.ID
		if r.Title != "" && r.Title != r.ID {
			name += " (" + printable(r.Title) + ")"
		}
		if r.New() {
			a.say("%s: new %s %s, in %s", printable(r.At), r.Kind, printable(name), printable(r.Into))
		} else {
			a.say("%s: %s", printable(r.At), printable(name))
		}
		for _, f := range r.Fields {
			head := printable(f.Title)
			switch {
			case r.New():
				a.say("    %s: %s", head, merge.Whole(printable(f.After)))
			case f.After == "":
				a.say("    %s: %s is taken away", head, merge.Whole(printable(f.Before)))
			case f.Before == "":
				a.say("    %s: now %s", head, merge.Whole(printable(f.After)))
			default:
				before, after := merge.Apart(printable(f.Before), printable(f.After))
				a.say("    %s: %s, now %s", head, before, after)
			}
		}
	}
	a.problems("conflict", in.Conflicts)
	a.problems("refused", in.Refused)
	for _, n := range in.Notes {
		a.say("note: %s", printable(n))
	}
	a.summary(in, written)
}

func (a *app) problems(what string, list []merge.Problem) {
	for _, p := range list {
		place := p.At
		if p.ID != "" {
			place += " (" + p.ID + ")"
		}
		fmt.Fprintf(a.stderr, "%s: %s: %s\n", what, printable(place), printable(p.Message))
		if p.Help != "" {
			fmt.Fprintf(a.stderr, "    help: %s\n", printable(p.Help))
		}
	}
}

func (a *app) summary(in *generator.Import, written bool) {
	added := 0
	for _, r := range in.Records {
		if r.New() {
			added++
		}
	}
	var parts []string
	add := func(n int, one, many string) {
		if n == 1 {
			parts = append(parts, "1 "+one)
		} else if n > 1 {
			parts = append(parts, fmt.Sprintf("%d %s", n, many))
		}
	}
	add(len(in.Records)-added, "record changes", "records change")
	add(added, "record is new", "records are new")
	add(len(in.Conflicts), "row is in conflict", "rows are in conflict")
	add(len(in.Refused), "row or cell is refused", "rows or cells are refused")
	if len(parts) == 0 {
		switch {
		case in.Rows == 0:
			a.say("nothing was read from the workbook")
		case len(in.Notes) > 0:
			a.say("nothing changes (%s read); the notes say what was passed over", plural(in.Rows, "row"))
		default:
			a.say("nothing changes: the workbook says what the records say (%s read)", plural(in.Rows, "row"))
		}
		return
	}
	text := strings.Join(parts, ", ") + "."
	switch {
	case written && len(in.Files) > 0:
		text += fmt.Sprintf(" Wrote %s: %s", plural(len(in.Files), "file"), someFiles(in.Files)) + "\nnext: annex check, and export again before you go on in the workbook"
	case len(in.Files) > 0:
		text += " Nothing was written; add --write to change the records."
	default:
		text += " Nothing was written."
	}
	a.say("%s", text)
}

func someFiles(list []generator.Changed) string {
	var names []string
	for i, f := range list {
		if i == 5 {
			return strings.Join(names, ", ") + ", ..."
		}
		names = append(names, f.Path)
	}
	return strings.Join(names, ", ")
}

// printable takes signs out that could steer a terminal.
func printable(s string) string { return diag.Plain(s) }

// jsonPlan is the plan for scripts.
func jsonPlan(in *generator.Import, written bool) any {
	type field struct {
		Key    string `json:"key"`
		Cell   string `json:"cell"`
		Before string `json:"before"`
		After  string `json:"after"`
	}
	type record struct {
		Kind   string  `json:"kind"`
		ID     string  `json:"id"`
		New    bool    `json:"new"`
		Row    string  `json:"row"`
		File   string  `json:"file"`
		Fields []field `json:"fields"`
	}
	type problem struct {
		At      string `json:"at"`
		ID      string `json:"id"`
		Message string `json:"message"`
		Help    string `json:"help"`
	}
	out := struct {
		Written   bool      `json:"written"`
		Records   []record  `json:"records"`
		Conflicts []problem `json:"conflicts"`
		Refused   []problem `json:"refused"`
		Notes     []string  `json:"notes"`
	}{written && len(in.Files) > 0, []record{}, []problem{}, []problem{}, append([]string{}, in.Notes...)}
	for _, r := range in.Records {
		x := record{string(r.Kind), r.ID, r.New(), r.At, r.File(), nil}
		for _, f := range r.Fields {
			x.Fields = append(x.Fields, field{f.Key, f.At, f.Before, f.After})
		}
		out.Records = append(out.Records, x)
	}
	for _, p := range in.Conflicts {
		out.Conflicts = append(out.Conflicts, problem(p))
	}
	for _, p := range in.Refused {
		out.Refused = append(out.Refused, problem(p))
	}
	return out
}
