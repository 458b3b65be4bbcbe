package render

import "annex/generator/aims"

// reviewsView is the register of management reviews and of signoffs.
type reviewsView struct {
	Reviews  []*aims.Review
	Signoffs []signoffRow
}

// topic returns what an input of a management review is about (9.3.2), in our
// own words.
func (s *part) topic(x aims.ReviewTopic) string {
	titles := map[aims.ReviewTopic]string{
		"previous-actions": "What became of the actions of earlier reviews",
		"changes-issues":   "What changed inside and around the organization",
		"changes-parties":  "What interested parties need and expect now",
		"performance":      "How the management system performs",
		"nonconformities":  "Nonconformities and corrective actions",
		"monitoring":       "Results of monitoring and measurement",
		"audits":           "Results of audits",
		"objectives":       "How far the objectives are",
		"improvement":      "Where to improve",
	}
	title, ok := titles[x]
	if !ok {
		return s.words.word(string(x))
	}
	return s.words.say(title)
}

// signoffRow is one signoff, and what is no more as it was signed.
type signoffRow struct {
	*aims.Signoff
	Fixed   bool // whether it has a digest
	Changed []string
}

// Stale reports whether something changed after it was signed.
func (r signoffRow) Stale() bool { return len(r.Changed) > 0 }

func (s *part) reviewsView() reviewsView {
	return reviewsView{Reviews: s.Workspace.Reviews, Signoffs: s.signoffs}
}

// makeSignoffs compares each signoff with what stands there now, once, and sorts
// them by what was signed.
func (s *part) makeSignoffs() {
	s.signedBy = map[any][]signoffRow{}
	for _, x := range s.Workspace.Signoffs {
		row := signoffRow{x, len(x.Marks) > 0, x.Changed(s.Workspace)}
		s.signoffs = append(s.signoffs, row)
		if key := subjectKey(x.Signed); key != nil {
			s.signedBy[key] = append(s.signedBy[key], row)
		}
	}
}
