package readiness

import (
	"strings"

	"annex/generator/aims"
)

// Information is one piece of documented information that a clause calls for,
// and what answers it (stage 1).
type Information struct {
	Requirement *aims.Requirement
	Information aims.DocumentedInformation
	Documents   []*aims.Document  // approved ones that satisfy the clause
	Drafts      []*aims.Document  // not yet approved ones
	Statement   *aims.SoAApproval // of the Statement of Applicability that it is, approved or not; nil without one
	Register    bool              // whether the register of annex that answers it has entries
	Evidence    []*aims.Evidence  // in force, for information that is kept as a record
}

// IsStatement reports whether the information is a Statement of Applicability,
// which nothing but its own approval answers.
func (d Information) IsStatement() bool { return d.Information.Register == aims.RegisterSoA }

// Answered reports whether the documented information exists in force.
func (d Information) Answered() bool {
	return len(d.Documents) > 0 || d.Register || len(d.Evidence) > 0
}

func (r *Report) documented(q *aims.Requirement, info aims.DocumentedInformation) Information {
	d := Information{Requirement: q, Information: info, Register: r.registered(info.Register, q.Framework)}
	if d.IsStatement() {
		d.Statement = r.Organization.SoA(q.Framework)
		return d
	}
	record := info.KeptAs == "record"
	for _, doc := range r.Workspace.DocumentsFor(q) {
		switch {
		case record && intends(doc, info):
			// It says what to do, and is no record of having done it.
		case doc.Approved(r.AsOf):
			d.Documents = append(d.Documents, doc)
		case doc.Status != aims.Retired:
			d.Drafts = append(d.Drafts, doc)
		}
	}
	if record {
		d.Evidence = r.evidenceFor(q)
	}
	return d
}

// intends reports whether a document says what is to be done and not what was.
// A plan answers where a plan is what has to be kept: that of risk treatment.
func intends(d *aims.Document, info aims.DocumentedInformation) bool {
	if d.Kind == aims.Plan {
		return !strings.HasSuffix(info.ID, "-plan")
	}
	return d.Kind == aims.Policy || d.Kind == aims.Procedure
}

// evidenceFor returns the evidence in force of the controls that satisfy a
// requirement.
func (r *Report) evidenceFor(q *aims.Requirement) []*aims.Evidence {
	var controls []*Control
	for _, c := range r.Workspace.ControlsFor(q) {
		controls = append(controls, r.controls[c])
	}
	return InForce(controls)
}
