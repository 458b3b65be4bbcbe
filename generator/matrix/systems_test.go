package matrix

import (
	"fmt"
	"strings"
	"testing"
)

func aiSystem(id, keys string) string {
	return fmt.Sprintf("\n-- systems/%s/project.toml --\nkind = \"system\"\nid = %q\ntitle = \"System %s\"\n%s", id, id, id, keys)
}

// systemControl is a control at system level that is in place.
func systemControl(id, rest string) string {
	return fmt.Sprintf("[[control]]\nid = %q\ntitle = \"Control %s\"\nlevel = \"system\"\nstatus = \"implemented\"\n%s", id, id, rest)
}

// performed makes a control operate for one system.
func performed(id string) string {
	return fmt.Sprintf("[[control.execution]]\non = 2026-11-01\nsystem = %q\nresult = \"effective\"\nevidence = [\"e\"]\n", id)
}

const evidence = "[[evidence]]\nid = \"e\"\ntitle = \"Evidence\"\nnote = \"Seen.\"\neffective = 2026-11-01\n"

// heads names the columns of a matrix.
func heads(m *Matrix) string {
	list := []string{m.Corner}
	for _, c := range m.Columns {
		list = append(list, c.Title)
	}
	return strings.Join(list, ", ")
}

// TestControlsBySystem holds that a system without a control and a control
// without a system are left out, and that a crossing that does not exist is no
// gap.
func TestControlsBySystem(t *testing.T) {
	m := ControlsBySystem(report(t, evidence+
		systemControl("all", performed("a")+performed("b"))+
		systemControl("last", performed("b"))+
		systemControl("limited", "systems = [\"b\"]\n"+performed("b"))+
		systemControl("some", performed("a"))+
		systemControl("gone", "systems = [\"retired\"]\n")+
		"[[control]]\nid = \"once\"\ntitle = \"Once\"\nstatus = \"planned\"\n"+
		aiSystem("a", "")+aiSystem("b", "")+aiSystem("retired", "stage = \"retired\"\n")))
	if got := heads(m); got != "Control, System a, System b" || !m.Heat {
		t.Errorf("columns %s, heat %t", got, m.Heat)
	}
	check(t, m, `
Control all | operating | operating
! Control last | implemented | operating
Control limited |  | operating
! Control some | operating | implemented
`)
}

func TestASystemThatNoControlReachesIsLeftOut(t *testing.T) {
	m := ControlsBySystem(report(t, systemControl("c", "systems = [\"b\"]\n")+aiSystem("a", "")+aiSystem("b", "")))
	if got := heads(m); got != "Control, System b" {
		t.Errorf("columns %s", got)
	}
	check(t, m, `
! Control c | implemented
`)
}

// grid makes so many controls and systems. Every control operates for the
// system 00 and is only in place for the others.
func grid(controls, systems int) string {
	var b strings.Builder
	b.WriteString(evidence)
	for i := range controls {
		b.WriteString(systemControl(fmt.Sprintf("c-%02d", i), performed("s-00")))
	}
	for i := range systems {
		b.WriteString(aiSystem(fmt.Sprintf("s-%02d", i), ""))
	}
	return b.String()
}

// TestControlsBySystemIsNeverWiderThanAPage holds its three shapes on both
// sides of the width at which they change.
func TestControlsBySystemIsNeverWiderThanAPage(t *testing.T) {
	behind := "Control c-00, Control c-01, Control c-02, Control c-03, Control c-04"
	for _, c := range []struct {
		name              string
		controls, systems int
		corner            string
		columns, rows     int
		gaps              int
		heat              bool
		first, second     string
	}{
		{"as many systems as fit", wideAt + 1, wideAt, "Control", wideAt, wideAt + 1, wideAt + 1, true, "! Control c-00 | operating | implemented", "! Control c-01 | operating | implemented"},
		{"one system more than fit", 2, wideAt + 1, "AI system", 2, wideAt + 1, wideAt, true, "System s-00 | operating | operating", "! System s-01 | implemented | implemented"},
		{"as many controls as fit", wideAt, wideAt + 1, "AI system", wideAt, wideAt + 1, wideAt, true, "System s-00 | operating | operating", "! System s-01 | implemented | implemented"},
		{"more of both than fit", wideAt + 1, wideAt + 1, "AI system", 3, wideAt + 1, wideAt, false, fmt.Sprintf("System s-00 | %d | %d | ", wideAt+1, wideAt+1), fmt.Sprintf("! System s-01 | %d | 0 | %s and %d more", wideAt+1, behind, wideAt-4)},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := ControlsBySystem(report(t, grid(c.controls, c.systems)))
			for _, r := range m.Rows {
				if len(r.Cells) != c.columns {
					t.Errorf("%s has %d cells", r.Head.Title(), len(r.Cells))
				}
			}
			if m.Corner != c.corner || len(m.Columns) != c.columns || len(m.Rows) != c.rows || m.Gaps != c.gaps || m.Heat != c.heat {
				t.Errorf("%s, %d columns, %d rows, %d gaps, heat %t", heads(m), len(m.Columns), len(m.Rows), m.Gaps, m.Heat)
			}
			lines := strings.Split(draw(m), "\n")
			if !strings.HasPrefix(lines[0], c.first) || !strings.HasPrefix(lines[1], c.second) {
				t.Errorf("first rows %q, %q", lines[0], lines[1])
			}
		})
	}
}

// TestSystemsListTheControlsThatLagBehind holds that a system only counts the
// controls that are performed for it.
func TestSystemsListTheControlsThatLagBehind(t *testing.T) {
	text := strings.Replace(grid(wideAt+1, wideAt+1), "[[control]]",
		systemControl("limited", "systems = [\"s-00\"]\n")+"[[control]]", 1)
	m := ControlsBySystem(report(t, text))
	if got := heads(m); got != "AI system, Controls, At work, Not at work" {
		t.Errorf("columns %s", got)
	}
	first, rest, _ := strings.Cut(draw(m), "\n")
	second, _, _ := strings.Cut(rest, "\n")
	if want := fmt.Sprintf("! System s-00 | %d | %d | Control limited", wideAt+2, wideAt+1); first != want {
		t.Errorf("got %q, want %q", first, want)
	}
	if want := fmt.Sprintf("! System s-01 | %d | 0 | ", wideAt+1); !strings.HasPrefix(second, want) {
		t.Errorf("got %q, want %q", second, want)
	}
}
