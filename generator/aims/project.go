package aims

// Project is a folder of records: an organization project, or an AI system
// project beside it.
type Project struct {
	Record
	Kind          ProjectKind
	Dir           string // of the project, relative to the workspace, with slashes
	Scope         Prose  // of the management system (clause 4.3)
	AIRoles       []AIRole
	AcceptUpTo    int // risk score up to which a risk may be retained; 0 when not set
	SoAs          []*SoAApproval
	System        *System       // of a system project, else nil
	Organization  *Project      // the organization project a system belongs to; itself for an organization
	Certification Certification // of an organization project; zero for that of the workspace
	Certificates  []*Certificate
	Shared        []*Document // of other organization projects, that count here as well
}

// SoAApproval is the approval of the Statement of Applicability for one
// framework.
type SoAApproval struct {
	Framework  *Framework
	Scope      Prose // of the management system for the framework; empty where it is the project's
	Version    string
	Status     DocumentStatus
	ApprovedBy *Role
	ApprovedOn Date
	NextReview Date
	Origin     Origin
}

// In reports whether the approval holds on a day: it names who approved the
// statement, and when, and that day has come.
func (s *SoAApproval) In(asOf Date) bool {
	return s != nil && s.Status == Approved && s.ApprovedBy != nil && !s.ApprovedOn.IsZero() && !s.ApprovedOn.After(asOf)
}

// Certificate is a certificate that the organization holds for a framework. It
// lasts for three years with a surveillance each year (ISO/IEC 17021-1 9.1.3).
type Certificate struct {
	Framework *Framework
	Body      string
	Number    string
	IssuedOn  Date
	ExpiresOn Date
	Origin    Origin
}

// In reports whether the certificate is in force on a day.
func (c *Certificate) In(asOf Date) bool {
	return !c.IssuedOn.After(asOf) && !c.ExpiresOn.Before(asOf)
}

// SoA returns the approval for a framework, or nil.
func (p *Project) SoA(f *Framework) *SoAApproval {
	for _, s := range p.SoAs {
		if s.Framework == f {
			return s
		}
	}
	return nil
}

// ScopeFor returns the scope of the management system for a framework: what its
// Statement of Applicability says of it, or else the scope of the project.
func (p *Project) ScopeFor(f *Framework) *Prose {
	if s := p.SoA(f); s != nil && !s.Scope.IsZero() {
		return &s.Scope
	}
	return &p.Scope
}

// System is an AI system: what an AI system project describes.
type System struct {
	*Record          // of its project
	Purpose          Prose
	Description      Prose
	Roles            []SystemRole
	Stage            Stage
	AIRoles          []AIRole // ISO/IEC 42001's words for our part
	RiskClass        RiskClass
	RiskClassBasis   string
	Grounds          []*Requirement // entries of a law that the class rests on
	Circumstances    []*Circumstance
	Owner            *Role
	IntendedUsers    string
	AffectedPersons  string
	Data             string
	Models           string
	Suppliers        string
	HumanOversight   string
	DeployedOn       Date
	RetiredOn        Date
	ImpactAssessment *Document
	ImpactReview     Date
}

// Retired reports whether the system is out of use on a day.
func (s *System) Retired(asOf Date) bool {
	if !s.RetiredOn.IsZero() {
		return !s.RetiredOn.After(asOf)
	}
	return s.Stage == StageRetired
}
