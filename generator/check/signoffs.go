package check

import (
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
)

// signoffs finds what changed after it was signed, and signoffs that do not fix
// what was signed.
func signoffs(f *Facts, report func(Issue)) {
	for _, s := range f.Workspace.Signoffs {
		if s.Project.Organization != f.Organization || s.Decision != aims.SignApproved || s.On.After(f.AsOf) {
			continue
		}
		issue := Issue{Class: Unjustified, Pos: s.Origin.Key("subject"), Subject: s.Signed, Owner: s.By, Project: s.Project}
		if len(s.Marks) == 0 {
			issue.Code, issue.Class = diag.SignoffUndigested, Informational
			issue.Message = fmt.Sprintf("the signoff %q does not fix what was signed", s.Title)
			issue.Help = fmt.Sprintf("`annex new signoff ID --of %s:%s` writes one with a digest of each field", s.SubjectKind, s.Subject)
			report(issue)
			continue
		}
		if changed := s.Changed(f.Workspace); len(changed) > 0 {
			issue.Code = diag.SignoffStale
			issue.Message = fmt.Sprintf("the %s changed after %q was signed on %s: %s", signedKind(s.SubjectKind), s.Title, s.On.Words(), strings.Join(changed[:min(8, len(changed))], ", "))
			if n := len(changed) - 8; n > 0 {
				issue.Message += fmt.Sprintf(" and %d more", n)
			}
			issue.Help = fmt.Sprintf("have it signed again (`annex new signoff ID --of %s:%s`), or undo the change", s.SubjectKind, s.Subject)
			report(issue)
		}
	}
}

// signedKind names in a sentence what a signoff is about.
func signedKind(k aims.SignoffKind) string {
	switch k {
	case aims.SignSoA:
		return "Statement of Applicability"
	case aims.SignReview:
		return "management review"
	}
	return string(k)
}
