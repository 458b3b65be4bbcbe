package history

import (
	"context"
	"slices"
	"sort"

	"annex/generator/aims"
)

// At returns the commit that held at the end of a day, or nil when the history
// begins later. A later day never gives an earlier commit: where clocks went
// wrong, the order of the commits counts and not what their days say.
func (r *Repo) At(ctx context.Context, day aims.Date) (*Commit, error) {
	if _, err := r.Commits(ctx); err != nil {
		return nil, err
	}
	at := sort.Search(len(r.commits), func(i int) bool { return !r.days[i].After(day) })
	if at == len(r.commits) {
		return nil, nil
	}
	return r.commits[at], nil
}

// First returns the day on which the history begins.
func (r *Repo) First(ctx context.Context) (aims.Date, error) {
	if _, err := r.Commits(ctx); err != nil {
		return aims.Date{}, err
	}
	return r.days[len(r.days)-1], nil
}

// inOrder returns the days of commits, which come newest first, such that none
// is before that of an older one. It keeps as many days as can be kept, so that
// one computer with a wrong clock does not move all the others. A commit from a
// clock that was behind gets the day of the one before it. One from a clock that
// was ahead gets the day of the next, which stands for it from then on.
func inOrder(commits []*Commit) []aims.Date {
	days := make([]aims.Date, len(commits)) // oldest first until the end
	for i, c := range commits {
		days[len(days)-1-i] = c.Day
	}
	kept := longest(days)
	for i, next := 0, 0; i < len(days); i++ {
		if next < len(kept) && kept[next] == i {
			next++
			continue
		}
		day := days[i]
		if i > 0 && day.Before(days[i-1]) {
			day = days[i-1]
		}
		if next < len(kept) && day.After(days[kept[next]]) {
			day = days[kept[next]]
		}
		days[i] = day
	}
	slices.Reverse(days)
	return days
}

// longest returns the places of the longest series of days that never goes
// back, by patience sorting.
func longest(days []aims.Date) []int {
	var tops []int // tops[n] is the place of the earliest day that ends a series of n+1
	before := make([]int, len(days))
	for i, day := range days {
		n := sort.Search(len(tops), func(n int) bool { return days[tops[n]].After(day) })
		before[i] = -1
		if n > 0 {
			before[i] = tops[n-1]
		}
		tops = append(tops[:n], append([]int{i}, tops[min(n+1, len(tops)):]...)...)
	}
	var series []int
	for at := tops[len(tops)-1]; at >= 0; at = before[at] {
		series = append(series, at)
	}
	slices.Reverse(series)
	return series
}
