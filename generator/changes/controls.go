package changes

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/readiness"
)

// controlTurns compares whether controls operate, in every place where they are
// performed.
func (p *pair) controlTurns(turn func(*Turn, bool)) {
	for _, c := range p.after.report.Workspace.Controls {
		now, was := p.after.controls[c.ID], p.before.controls[c.ID]
		if was == nil {
			continue
		}
		t := Turn{About: about(control(c)), Topic: OfControl, Before: was.State.String(), After: now.State.String()}
		fell, rose := p.places(was, now, false), p.places(was, now, true)
		if was.State >= readiness.Operating && now.State < readiness.Operating || len(fell) > 0 {
			down := t
			down.Sentence = fmt.Sprintf("The control %q no longer operates%s.", c.Title, partly(fell, was.State < readiness.Operating))
			down.Because = p.whyControl(was, now)
			down.About = down.naming(recordsFor(fell)...)
			turn(&down, true)
		}
		if was.State < readiness.Operating && now.State >= readiness.Operating || len(rose) > 0 {
			up := t
			up.Sentence = fmt.Sprintf("The control %q operates now%s.", c.Title, partly(rose, now.State < readiness.Operating))
			up.Because = p.performed(was, now)
			up.About = up.naming(recordsFor(rose)...)
			turn(&up, false)
		}
	}
	for _, c := range p.before.report.Workspace.Controls {
		was := p.before.controls[c.ID]
		if was != nil && p.after.controls[c.ID] == nil && was.State >= readiness.Operating && !p.after.hides(aims.KindControl) {
			turn(&Turn{
				About: gone(about(control(c))), Topic: OfControl, Before: was.State.String(),
				Sentence: fmt.Sprintf("The control %q operated and is no longer recorded.", c.Title),
			}, true)
		}
	}
}

// places returns the AI systems for which a control stopped or began to operate.
func (p *pair) places(was, now *readiness.Control, rose bool) []*aims.System {
	var list []*aims.System
	for _, r := range now.Runs {
		before := runIn(was, r.System)
		if r.System == nil || before == nil {
			continue
		}
		from, to := before.State >= readiness.Operating, r.State >= readiness.Operating
		if from != to && to == rose {
			list = append(list, r.System)
		}
	}
	return list
}

// runIn returns how a control was performed for a system of the other state.
func runIn(c *readiness.Control, s *aims.System) *readiness.Run {
	for i, r := range c.Runs {
		if s != nil && s.Withheld != "" {
			return nil // in the other state it has another id
		}
		if r.System == nil && s == nil || r.System != nil && s != nil && r.System.ID == s.ID {
			return &c.Runs[i]
		}
	}
	return nil
}

// partly names the AI systems of a control that turned for these and not as a
// whole.
func partly(systems []*aims.System, partly bool) string {
	if !partly {
		return ""
	}
	return place(systems)
}

// place says for which AI systems something holds; nothing for the organization.
func place(systems []*aims.System) string {
	titles := make([]string, len(systems))
	for i, s := range systems {
		titles[i] = fmt.Sprintf("%q", s.Title)
	}
	switch last := len(titles) - 1; last {
	case -1:
		return ""
	case 0:
		return " for the AI system " + titles[0]
	default:
		return " for the AI systems " + strings.Join(titles[:last], ", ") + " and " + titles[last]
	}
}

func recordsFor(systems []*aims.System) []*aims.Record {
	list := make([]*aims.Record, len(systems))
	for i, s := range systems {
		list[i] = s.Record
	}
	return list
}
