// Package trend follows an AI management system through the git history of its
// records: how many requirements were implemented, operated and verified at each
// month end and each audit.
//
//	trends, err := trend.Read(ctx, trend.Input{
//		Dir: "records", Catalogs: frameworks.Files(), Reports: reports, AsOf: asOf,
//	})
//	trends[0].Points[3].Day                    // 2026-04-30
//	trends[0].Points[3].Requirements.Operating // 41
//
// Each point is the workspace as it was committed by that day, loaded and
// assessed by the rules and the catalogs of today, so that a step in the line is
// one of the organization and never one of annex. The last point is the present:
// it comes from the report of the working tree.
package trend

import (
	"context"
	"fmt"
	"io/fs"

	"annex/generator/aims"
	"annex/generator/history"
	"annex/generator/readiness"
)

// maxMonths is how many month ends a trend has at most: ten years, more than
// three rounds of certification. A wrong clock at the first commit would
// otherwise make hundreds.
const maxMonths = 120

// Input is what a trend is read from.
type Input struct {
	Dir      string              // of the workspace
	Repo     *history.Repo       // of the workspace, when it is open already; nil to open it
	None     error               // why it could not be opened, when that was tried already
	Catalogs fs.FS               // the built-in frameworks
	Reports  []*readiness.Report // of the working tree, one for each organization
	AsOf     aims.Date
	Version  string         // of annex; results of another version are not reused
	Cache    *history.Cache // nil for none
}

// Trend is how one organization went on, up to the as-of date.
type Trend struct {
	Organization *aims.Project
	Points       []Point  // oldest first; the last is the present
	Notes        []string // sentences: why there is no history, or not all of it
}

// Point is the organization on one day.
type Point struct {
	Day     aims.Date
	Audits  []*aims.Audit // that ended on the day
	Commit  string        // that held at the end of the day; "" for the working tree
	Problem string        // a sentence when there are no numbers, else ""
	Numbers
}

// Read makes the trend of each organization, in the order of the reports.
// Without a history a trend has the present alone, and a note that says why.
func Read(ctx context.Context, in Input) ([]Trend, error) {
	trends := make([]Trend, len(in.Reports))
	notes, err := in.past(ctx, trends)
	if ctx.Err() != nil {
		err = context.Cause(ctx) // whatever it led to
	}
	if err != nil {
		return nil, fmt.Errorf("reading the trend: %w", err)
	}
	for i, report := range in.Reports {
		t := &trends[i]
		t.Organization, t.Notes = report.Organization, notes
		t.Points = append(t.Points, Point{Day: in.AsOf, Audits: audits(report)[in.AsOf], Numbers: count(report)})
	}
	return trends, nil
}

// past adds the points before the as-of date, and returns what is to be said of
// the history as a whole.
func (in Input) past(ctx context.Context, trends []Trend) (notes []string, err error) {
	if in.None != nil {
		return []string{history.Sentence(in.None)}, nil
	}
	repo := in.Repo
	if repo == nil {
		if repo, err = history.Open(ctx, in.Dir); err != nil {
			return []string{history.Sentence(err)}, nil
		}
		defer repo.Close()
	}
	if repo.Shallow {
		notes = append(notes, history.ShallowSentence)
	}
	first, err := repo.First(ctx)
	if err != nil {
		return append(notes, history.Sentence(err)), nil
	}
	months, all := monthEnds(first, in.AsOf)
	if !all {
		notes = append(notes, fmt.Sprintf("The trend shows the last %d months; the history is longer.", maxMonths))
	}
	var tasks []task
	for i, report := range in.Reports {
		ended := audits(report)
		for _, day := range days(months, ended, first, in.AsOf) {
			commit, err := repo.At(ctx, day)
			if err != nil {
				return nil, err
			}
			trends[i].Points = append(trends[i].Points, Point{Day: day, Audits: ended[day], Commit: commit.ID})
			tasks = append(tasks, task{organization: report.Organization.ID, commit: commit, day: day})
		}
	}
	if err := in.solve(ctx, repo, tasks); err != nil {
		return nil, err
	}
	for i := range trends {
		for j := range trends[i].Points {
			p := &trends[i].Points[j]
			p.Numbers, p.Problem = tasks[0].Numbers, tasks[0].Problem
			tasks = tasks[1:]
		}
	}
	return notes, nil
}
