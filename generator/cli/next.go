package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"annex/generator"
	"annex/generator/aims"
	"annex/generator/check"
	"annex/generator/diag"
	"annex/generator/source"
)

func (a *app) nextCommand() *cobra.Command {
	var asOf, project, owner string
	var limit int
	var asJSON bool
	c := &cobra.Command{
		Use: "next [DIR]", Short: "print what to do next, in the order in which to take it", Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			o, err := options(args, asOf)
			if err != nil {
				return err
			}
			return a.next(c.Context(), o, choice{project, owner, limit, asJSON})
		},
	}
	c.Flags().StringVar(&project, "project", "", "only the actions of the project with this id")
	c.Flags().StringVar(&owner, "owner", "", "only the actions of the role with this id")
	c.Flags().IntVarP(&limit, "limit", "n", 0, "print at most so many (default all)")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	asOfFlag(c, &asOf)
	return c
}

// choice says which of the actions to print, and how.
type choice struct {
	project, owner string
	limit          int
	json           bool
}

func (a *app) next(ctx context.Context, o generator.Options, c choice) error {
	standings, result, err := generator.Standings(ctx, o)
	if err != nil {
		return err
	}
	if n := diag.Count(result.Diagnostics).Errors; n > 0 {
		fmt.Fprintf(a.stderr, "The workspace has %s; `annex check` lists them. Nothing can be said before they are mended.\n", plural(n, "error"))
		return errFindings
	}
	if err := c.known(standings); err != nil {
		return err
	}
	var all []check.Issue
	for _, s := range standings {
		all = append(all, s.Issues...)
	}
	list := check.Next(slices.DeleteFunc(all, c.leavesOut))
	total := len(list)
	if c.limit > 0 {
		list = list[:min(c.limit, len(list))]
	}
	if c.json {
		return a.nextJSON(list, o.AsOf)
	}
	for _, s := range standings {
		if name := s.Sentence(); name != "" && c.owner == "" && c.project == "" {
			a.say("%s", diag.Plain(name))
		}
	}
	a.actions(list)
	switch {
	case total == 0:
		a.say("Nothing is open as of %s.", o.AsOf.Words())
	case len(list) < total:
		a.say("\n%d of %s as of %s", len(list), plural(total, "action"), o.AsOf.Words())
	default:
		a.say("\n%s as of %s", plural(total, "action"), o.AsOf.Words())
	}
	return nil
}

// known refuses a project or role that is not there.
func (c choice) known(standings []generator.Standing) error {
	var projects, roles []string
	for _, s := range standings {
		for _, p := range s.Report.Workspace.Projects {
			projects = append(projects, p.ID)
		}
		for _, r := range s.Report.Workspace.Roles {
			roles = append(roles, r.ID)
		}
	}
	for _, x := range []struct {
		flag, what, id string
		ids            []string
	}{{"--project", "project", c.project, projects}, {"--owner", "role", c.owner, roles}} {
		if x.id == "" || slices.Contains(x.ids, x.id) {
			continue
		}
		if near := source.Nearest(x.id, x.ids); near != "" {
			return usage("%s: there is no %s %q; did you mean %s?", x.flag, x.what, x.id, near)
		}
		return usage("%s: there is no %s %q", x.flag, x.what, x.id)
	}
	return nil
}

func (c choice) leavesOut(i check.Issue) bool {
	return c.project != "" && (i.Project == nil || i.Project.ID != c.project) ||
		c.owner != "" && (i.Owner == nil || i.Owner.ID != c.owner)
}

// actions prints the list, grouped as next.html has it.
func (a *app) actions(list []check.Issue) {
	for n, i := range list {
		if n == 0 || list[n-1].Class != i.Class {
			a.say("\n%s", i.Class.Title())
		}
		line := "- " + i.Message
		var extra []string
		if i.Owner != nil {
			extra = append(extra, i.Owner.Title)
		}
		if !i.Due.IsZero() {
			extra = append(extra, i.Due.Words())
		}
		if len(extra) > 0 {
			line += " (" + strings.Join(extra, ", ") + ")"
		}
		a.say("%s\n  %s: %s", diag.Plain(line), i.Pos, diag.Plain(i.Help))
	}
}

// action is one next action as JSON.
type action struct {
	Code    diag.Code `json:"code"`
	Class   string    `json:"class"`
	Message string    `json:"message"`
	Help    string    `json:"help,omitempty"`
	Owner   string    `json:"owner,omitempty"`
	Due     string    `json:"due,omitempty"`
	Project string    `json:"project,omitempty"`
	File    string    `json:"file"`
	Line    int       `json:"line"`
	Column  int       `json:"column"`
}

func (a *app) nextJSON(list []check.Issue, asOf aims.Date) error {
	out := struct {
		AsOf    string   `json:"as_of"`
		Actions []action `json:"actions"`
	}{asOf.String(), []action{}}
	for _, i := range list {
		x := action{
			Code: i.Code, Class: i.Class.String(), Message: i.Message, Help: i.Help, Due: i.Due.String(),
			File: i.Pos.Filename, Line: i.Pos.Line, Column: i.Pos.Column,
		}
		if i.Owner != nil {
			x.Owner = i.Owner.ID
		}
		if i.Project != nil {
			x.Project = i.Project.ID
		}
		out.Actions = append(out.Actions, x)
	}
	e := json.NewEncoder(a.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}
