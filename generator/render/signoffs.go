package render

import "annex/generator/aims"

// reviewsView is the register of management reviews and of signoffs.
type reviewsView struct {
	Reviews  []*aims.Review
	Signoffs []signoffRow
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
	v := reviewsView{Reviews: s.Workspace.Reviews}
	for _, x := range s.Workspace.Signoffs {
		v.Signoffs = append(v.Signoffs, s.signoffRow(x))
	}
	return v
}

func (s *part) signoffRow(x *aims.Signoff) signoffRow {
	return signoffRow{x, len(x.Marks) > 0, x.Changed(s.Workspace)}
}

// makeSignoffs sorts the signoffs by what was signed.
func (s *part) makeSignoffs() {
	s.signedBy = map[any][]signoffRow{}
	for _, x := range s.Workspace.Signoffs {
		if key := subjectKey(x.Signed); key != nil {
			s.signedBy[key] = append(s.signedBy[key], s.signoffRow(x))
		}
	}
}
