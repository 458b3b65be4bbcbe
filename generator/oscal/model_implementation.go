package oscal

// componentDefinition says of each component which controls it implements.
type componentDefinition struct {
	head
	Components []definedComponent `json:"components,omitempty"`
	BackMatter *backMatter        `json:"back-matter,omitempty"`
}

type definedComponent struct {
	UUID             string                  `json:"uuid"`
	Type             string                  `json:"type"`
	Title            string                  `json:"title"`
	Description      string                  `json:"description"`
	Props            []prop                  `json:"props,omitempty"`
	Links            []link                  `json:"links,omitempty"`
	ResponsibleRoles []responsibleRole       `json:"responsible-roles,omitempty"`
	Implementations  []controlImplementation `json:"control-implementations,omitempty"`
}

type controlImplementation struct {
	UUID         string                   `json:"uuid"`
	Source       string                   `json:"source"`
	Description  string                   `json:"description"`
	Requirements []implementedByComponent `json:"implemented-requirements"`
}

type implementedByComponent struct {
	UUID             string            `json:"uuid"`
	ControlID        string            `json:"control-id"`
	Description      string            `json:"description"`
	Props            []prop            `json:"props,omitempty"`
	Links            []link            `json:"links,omitempty"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
}

// securityPlan says of each control by which components it is implemented.
type securityPlan struct {
	head
	Profile         reference            `json:"import-profile"`
	Characteristics characteristics      `json:"system-characteristics"`
	Implementation  systemImplementation `json:"system-implementation"`
	Controls        systemControls       `json:"control-implementation"`
	BackMatter      *backMatter          `json:"back-matter,omitempty"`
}

type reference struct {
	Href    string `json:"href"`
	Remarks string `json:"remarks,omitempty"`
}

type characteristics struct {
	IDs         []systemID        `json:"system-ids"`
	Name        string            `json:"system-name"`
	Description string            `json:"description"`
	Props       []prop            `json:"props,omitempty"`
	Information systemInformation `json:"system-information"`
	Status      state             `json:"status"`
	Boundary    described         `json:"authorization-boundary"`
}

type systemID struct {
	Type string `json:"identifier-type"`
	ID   string `json:"id"`
}

type systemInformation struct {
	Types []informationType `json:"information-types"`
}

type informationType struct {
	UUID        string `json:"uuid"`
	Title       string `json:"title"`
	Description string `json:"description"`
}

type state struct {
	State   string `json:"state"`
	Remarks string `json:"remarks,omitempty"`
}

type described struct {
	Description string `json:"description"`
}

type systemImplementation struct {
	Users      []user            `json:"users"`
	Components []systemComponent `json:"components"`
}

type user struct {
	UUID    string   `json:"uuid"`
	Title   string   `json:"title"`
	RoleIDs []string `json:"role-ids,omitempty"`
}

type systemComponent struct {
	UUID             string            `json:"uuid"`
	Type             string            `json:"type"`
	Title            string            `json:"title"`
	Description      string            `json:"description"`
	Props            []prop            `json:"props,omitempty"`
	Links            []link            `json:"links,omitempty"`
	Status           state             `json:"status"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
}

type systemControls struct {
	Description  string                `json:"description"`
	Requirements []implementedBySystem `json:"implemented-requirements"`
}

type implementedBySystem struct {
	UUID             string            `json:"uuid"`
	ControlID        string            `json:"control-id"`
	Props            []prop            `json:"props,omitempty"`
	Links            []link            `json:"links,omitempty"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
	ByComponents     []byComponent     `json:"by-components,omitempty"`
	Remarks          string            `json:"remarks,omitempty"`
}

type byComponent struct {
	ComponentUUID    string            `json:"component-uuid"`
	UUID             string            `json:"uuid"`
	Description      string            `json:"description"`
	Props            []prop            `json:"props,omitempty"`
	Links            []link            `json:"links,omitempty"`
	Status           *state            `json:"implementation-status,omitempty"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
}
