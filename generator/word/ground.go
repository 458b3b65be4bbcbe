package word

import (
	"strings"

	"annex/generator/aims"
	"annex/generator/docx"
)

func (w Maker) applies(a aims.Applicability) [][]docx.Run {
	var list [][]docx.Run
	switch {
	case !a.Decided:
		list = append(list, badge(docx.Unknown, "?", w.say("Undecided")))
	case a.Applicable:
		list = append(list, docx.Text(w.say("Yes")))
	default:
		list = append(list, badge(docx.Off, "–", w.say("Excluded")))
	}
	if a.Contradicted() {
		list = append(list, badge(docx.Bad, "▲", w.say("Contradiction")))
	}
	return list
}

// grounds are the reasons for a decision: those of the organization, and of each
// AI system that needs the control.
func (w Maker) grounds(a aims.Applicability) docx.Cell {
	var list [][]docx.Run
	switch d := a.Organization; {
	case d == nil && len(a.Systems) == 0:
		list = append(list, w.none())
	case d == nil:
	case d.Excluded() && a.Contradicted():
		list = append(list, append(docx.Strong(w.say("The organization leaves it out")+": "), w.ground(d)...))
	case d.Decided:
		list = append(list, w.ground(d))
	default:
		list = append(list, []docx.Run{{Text: w.say("The organization has not decided."), Quiet: true}})
	}
	for _, d := range a.Systems {
		list = append(list, append(docx.Strong(w.say("Needed by")+" "+d.Project.Title+": "), w.ground(d)...))
	}
	return cell(list...)
}

func (w Maker) ground(d *aims.Decision) []docx.Run {
	runs := docx.Text(d.Justification)
	if d.Justification == "" {
		runs = []docx.Run{{Text: w.say("No justification"), Quiet: true}}
	}
	var reasons []string
	for _, r := range d.Reasons {
		reasons = append(reasons, w.word(string(r)))
	}
	if len(reasons) > 0 {
		runs = append(runs, docx.Run{Text: " (" + strings.Join(reasons, ", ") + ")", Quiet: true})
	}
	if d.Basis != "" {
		runs = append(runs, docx.Run{Text: " (" + w.say("basis") + ": " + w.word(string(d.Basis)) + ")", Quiet: true})
	}
	return runs
}
