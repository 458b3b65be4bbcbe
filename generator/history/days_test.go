package history

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"annex/generator/aims"
)

func TestTheCommitThatHeldAtTheEndOfADay(t *testing.T) {
	w := newRepository(t)
	w.commitEach("2026-01-10", "2026-01-10T13:00:00+0000", "2026-02-01", "2026-03-15")
	r := w.open("")
	for day, want := range map[string]string{
		"2026-01-09": "none", "2026-01-10": "2026-01-10T13:00:00+0000", "2026-01-31": "2026-01-10T13:00:00+0000",
		"2026-02-01": "2026-02-01", "2026-03-14": "2026-02-01", "2026-03-15": "2026-03-15", "2030-01-01": "2026-03-15",
	} {
		date, _ := aims.ParseDate(day)
		c, err := r.At(context.Background(), date)
		got := "none"
		if c != nil {
			got = c.Subject
		}
		if err != nil || got != want {
			t.Errorf("on %s: %s, want %s (%v)", day, got, want, err)
		}
	}
	if first, err := r.First(context.Background()); err != nil || first.String() != "2026-01-10" {
		t.Errorf("begins on %s, %v", first, err)
	}
}

// TestOneWrongClockMovesNoOtherCommit reads days oldest first, and what days
// they count as.
func TestOneWrongClockMovesNoOtherCommit(t *testing.T) {
	for _, c := range []struct{ name, days, want string }{
		{"one", "5", "5"},
		{"right", "1 2 2 3", "1 2 2 3"},
		{"behind", "10 20 1 30", "10 20 20 30"},
		{"behind at the end", "10 20 1", "10 20 20"},
		{"ahead", "10 90 20 30", "10 20 20 30"},
		{"ahead at the beginning", "90 10 20", "10 10 20"},
		{"ahead and behind", "10 20 90 1 30", "10 20 30 30 30"},
		{"ahead at the end is not known yet", "10 20 90", "10 20 90"},
		{"a day back by time zone", "10 11 10 12", "10 10 10 12"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var list []*Commit
			for _, field := range strings.Fields(c.days) {
				var n int
				fmt.Sscan(field, &n)
				list = append([]*Commit{{Day: aims.NewDate(2026, 1, 1).AddDays(n)}}, list...)
			}
			got := ""
			for _, day := range inOrder(list) {
				got = fmt.Sprint(aims.NewDate(2026, 1, 1).DaysUntil(day)) + " " + got
			}
			if strings.TrimSpace(got) != c.want {
				t.Errorf("%s counts as %s, want %s", c.days, got, c.want)
			}
		})
	}
}

func TestDaysInOrderNeverGoBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		list := make([]*Commit, 1+random.IntN(12))
		right := true
		for i := range list {
			list[i] = &Commit{Day: aims.NewDate(2026, 1, 1+random.IntN(9))}
			right = right && (i == 0 || !list[i].Day.After(list[i-1].Day))
		}
		days := inOrder(list)
		for i := range days {
			if i > 0 && days[i].After(days[i-1]) {
				t.Fatalf("%v", days)
			}
			if right && days[i] != list[i].Day {
				t.Fatalf("right days changed: %v", days)
			}
		}
	}
}
