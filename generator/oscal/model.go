package oscal

// The types here are the parts of OSCAL that annex writes, under the names that
// OSCAL gives them. Lists that are empty are left out, for the schema wants at
// least one element.

type root struct {
	Catalog             *catalog             `json:"catalog,omitempty"`
	Profile             *profile             `json:"profile,omitempty"`
	ComponentDefinition *componentDefinition `json:"component-definition,omitempty"`
	SecurityPlan        *securityPlan        `json:"system-security-plan,omitempty"`
	AssessmentPlan      *assessmentPlan      `json:"assessment-plan,omitempty"`
	AssessmentResults   *assessmentResults   `json:"assessment-results,omitempty"`
	PlanOfAction        *planOfAction        `json:"plan-of-action-and-milestones,omitempty"`
}

// head is what every model begins with.
type head struct {
	UUID     string   `json:"uuid"`
	Metadata metadata `json:"metadata"`
}

type metadata struct {
	Title              string             `json:"title"`
	Published          string             `json:"published,omitempty"`
	LastModified       string             `json:"last-modified"`
	Version            string             `json:"version"`
	OSCALVersion       string             `json:"oscal-version"`
	Props              []prop             `json:"props,omitempty"`
	Links              []link             `json:"links,omitempty"`
	Roles              []role             `json:"roles,omitempty"`
	Parties            []party            `json:"parties,omitempty"`
	ResponsibleParties []responsibleParty `json:"responsible-parties,omitempty"`
	Actions            []action           `json:"actions,omitempty"`
	Remarks            string             `json:"remarks,omitempty"`
}

type prop struct {
	Name    string `json:"name"`
	NS      string `json:"ns,omitempty"`
	Value   string `json:"value"`
	Class   string `json:"class,omitempty"`
	Remarks string `json:"remarks,omitempty"`
}

type link struct {
	Href string `json:"href"`
	Rel  string `json:"rel,omitempty"`
	Text string `json:"text,omitempty"`
}

type role struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Description string `json:"description,omitempty"`
	Props       []prop `json:"props,omitempty"`
}

type party struct {
	UUID    string   `json:"uuid"`
	Type    string   `json:"type"`
	Name    string   `json:"name"`
	Props   []prop   `json:"props,omitempty"`
	Members []string `json:"member-of-organizations,omitempty"`
	Remarks string   `json:"remarks,omitempty"`
}

type responsibleParty struct {
	RoleID  string   `json:"role-id"`
	Parties []string `json:"party-uuids"`
}

type responsibleRole struct {
	RoleID  string   `json:"role-id"`
	Props   []prop   `json:"props,omitempty"`
	Parties []string `json:"party-uuids,omitempty"`
}

type action struct {
	UUID        string             `json:"uuid"`
	Date        string             `json:"date,omitempty"`
	Type        string             `json:"type"`
	System      string             `json:"system"`
	Responsible []responsibleParty `json:"responsible-parties,omitempty"`
}

type backMatter struct {
	Resources []resource `json:"resources,omitempty"`
}

type resource struct {
	UUID        string    `json:"uuid"`
	Title       string    `json:"title,omitempty"`
	Description string    `json:"description,omitempty"`
	Props       []prop    `json:"props,omitempty"`
	Citation    *citation `json:"citation,omitempty"`
	Rlinks      []rlink   `json:"rlinks,omitempty"`
	Remarks     string    `json:"remarks,omitempty"`
}

type citation struct {
	Text string `json:"text"`
}

type rlink struct {
	Href   string `json:"href"`
	Hashes []hash `json:"hashes,omitempty"`
}

type hash struct {
	Algorithm string `json:"algorithm"`
	Value     string `json:"value"`
}

// part is a piece of text within a control, a group or a plan.
type part struct {
	ID    string `json:"id,omitempty"`
	UUID  string `json:"uuid,omitempty"` // only within a plan, which has no ids
	Name  string `json:"name"`
	NS    string `json:"ns,omitempty"`
	Title string `json:"title,omitempty"`
	Props []prop `json:"props,omitempty"`
	Prose string `json:"prose,omitempty"`
	Parts []part `json:"parts,omitempty"`
}
