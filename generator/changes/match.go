package changes

import "annex/generator/aims"

// match returns what each record of the state after was before.
func match(before, after *aims.Workspace) map[*aims.Record]entry {
	was := map[string][]entry{}
	for _, e := range recordsOf(before) {
		if !e.nameless() {
			was[e.key()] = append(was[e.key()], e)
		}
	}
	old := map[*aims.Record]entry{}
	var open []entry
	for _, e := range recordsOf(after) {
		if list := was[e.key()]; len(list) > 0 {
			old[e.head] = list[0]
			was[e.key()] = list[1:]
		} else if e.about.Kind == string(aims.KindDecision) {
			open = append(open, e)
		}
	}
	// A project may be a stand-in in one of the states. A decision in it is the only
	// one on its requirement that is left.
	left := map[string][]entry{}
	for _, list := range was {
		for _, e := range list {
			if e.about.Kind == string(aims.KindDecision) {
				left[e.head.ID] = append(left[e.head.ID], e)
			}
		}
	}
	for _, e := range open {
		if list := left[e.head.ID]; len(list) == 1 && (list[0].head.Project.Withheld != "" || e.head.Project.Withheld != "") {
			old[e.head] = list[0]
			delete(left, e.head.ID)
		}
	}
	return old
}
