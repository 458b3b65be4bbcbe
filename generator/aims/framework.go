package aims

import (
	"slices"
	"strings"
)

// Framework is a standard, law or guideline as a catalog of requirements.
type Framework struct {
	ID        string
	Title     string // ISO/IEC 42001:2023
	FullTitle string
	Edition   string
	Version   string // of the catalog, not of the framework
	Kind      string // standard, law, guideline or questionnaire
	Unit      string // what one requirement is called: clause, article, subcategory, question
	Reference string // where the reference controls stand, "Annex A"; empty when there are none
	Note      string // what a reader must know of the framework as a whole
	Sources   []string
	Doubts    []string // what the catalog is not sure of

	Requirements  []*Requirement  // headings included, in the framework's own order
	Circumstances []*Circumstance // that obligations ask for
	Obligations   []*Obligation   // rules from which the duties of an AI system follow
	byRef         map[string]*Requirement
}

// RequirementKind says what an entry of a catalog is.
type RequirementKind string

// The kinds of entries. Only clauses and controls are assessable in a
// management system standard.
const (
	HeadingEntry     RequirementKind = "heading" // a clause that only groups others
	Clause           RequirementKind = "clause"
	Area             RequirementKind = "area" // a group of reference controls with its objective
	ReferenceControl RequirementKind = "control"
)

// RequirementKinds returns all kinds of entries.
func RequirementKinds() []RequirementKind {
	return []RequirementKind{HeadingEntry, Clause, Area, ReferenceControl}
}

// Requirement is one entry of a framework: a clause, a reference control, or a
// heading over them.
type Requirement struct {
	Framework    *Framework
	Ref          string // 6.1.3 or A.6.2.4
	Kind         RequirementKind
	Title        string
	Parent       *Requirement
	ObjectiveRef string // of an area, A.6.1.1
	Asks         string // what it asks, in our words
	Auditors     []string
	Evidence     []string
	Guidance     string        // where the framework guides on it, B.6.2.4
	Note         string        // about the entry itself: new in an edition, amended, in doubt
	Addressees   []string      // whom it binds, when not everybody: provider, controller
	Classes      []RiskClass   // with which it may be the ground of a classification; none otherwise
	Applications []Application // since when it applies; none when it always did
	Documented   []DocumentedInformation
}

// DocumentedInformation is a document or record that a requirement calls for.
type DocumentedInformation struct {
	ID       string
	Title    string
	KeptAs   string // document (maintained) or record (retained)
	Register string // the register of annex that answers it, or empty
}

// RegisterSoA is the register that answers with the Statement of Applicability.
const RegisterSoA = "soa"

// Registers returns the registers of annex that can answer documented
// information.
func Registers() []string {
	return []string{RegisterSoA, "risks", "risk-treatment", "objectives", "audits", "findings", "reviews", "evidence"}
}

// Prohibited reports whether the entry is a practice that nobody may follow: a
// system that does is of the prohibited class.
func (r *Requirement) Prohibited() bool { return slices.Contains(r.Classes, ClassProhibited) }

// Assessable reports whether the entry can be satisfied, as opposed to a
// heading or an area.
func (r *Requirement) Assessable() bool { return r.Kind == Clause || r.Kind == ReferenceControl }

// IsReferenceControl reports whether applicability is decided for it.
func (r *Requirement) IsReferenceControl() bool { return r.Kind == ReferenceControl }

// String returns the requirement as users write it: iso-42001:A.6.2.4.
func (r *Requirement) String() string { return r.Framework.ID + ":" + r.Ref }

// Slug returns the ref in the form it has in addresses: a-6-2-4 for A.6.2.4.
func (r *Requirement) Slug() string {
	var b strings.Builder
	for _, c := range strings.ToLower(r.Ref) {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			b.WriteRune(c)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// NewFramework indexes the requirements of a framework and returns it.
func NewFramework(f Framework) *Framework {
	f.byRef = make(map[string]*Requirement, len(f.Requirements))
	for _, r := range f.Requirements {
		r.Framework = &f
		f.byRef[r.Ref] = r
	}
	for _, c := range f.Circumstances {
		c.Framework = &f
	}
	return &f
}

// Described returns the full title and the edition as sentences, as far as they
// are known.
func (f *Framework) Described() string {
	var parts []string
	for _, text := range []string{f.FullTitle, f.Edition} {
		if text != "" {
			parts = append(parts, text+".")
		}
	}
	return strings.Join(parts, " ")
}

// Standard reports whether the framework is the standard of a management system,
// which is audited and may be certified.
func (f *Framework) Standard() bool { return f.Kind == "standard" }

// Find returns the entry with a ref, or nil.
func (f *Framework) Find(ref string) *Requirement { return f.byRef[ref] }

// Assessable returns the entries that can be satisfied, in order.
func (f *Framework) Assessable() []*Requirement {
	return f.filter((*Requirement).Assessable)
}

// ReferenceControls returns the entries for which applicability is decided.
func (f *Framework) ReferenceControls() []*Requirement {
	return f.filter((*Requirement).IsReferenceControl)
}

func (f *Framework) filter(keep func(*Requirement) bool) []*Requirement {
	var list []*Requirement
	for _, r := range f.Requirements {
		if keep(r) {
			list = append(list, r)
		}
	}
	return list
}

// Within reports whether r is an entry or stands below it.
func (r *Requirement) Within(entry *Requirement) bool {
	for up := r; up != nil; up = up.Parent {
		if up == entry {
			return true
		}
	}
	return false
}

// Top returns the entry at the top of r's branch: clause 6 for 6.1.3, area A.6
// for A.6.2.4.
func (r *Requirement) Top() *Requirement {
	for r.Parent != nil {
		r = r.Parent
	}
	return r
}
