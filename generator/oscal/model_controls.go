package oscal

// catalog is a framework.
type catalog struct {
	head
	Controls   []*control  `json:"controls,omitempty"`
	Groups     []*group    `json:"groups,omitempty"`
	BackMatter *backMatter `json:"back-matter,omitempty"`
}

// group has groups or controls, never both.
type group struct {
	ID       string     `json:"id"`
	Class    string     `json:"class,omitempty"`
	Title    string     `json:"title"`
	Props    []prop     `json:"props,omitempty"`
	Parts    []part     `json:"parts,omitempty"`
	Groups   []*group   `json:"groups,omitempty"`
	Controls []*control `json:"controls,omitempty"`
}

type control struct {
	ID       string     `json:"id"`
	Class    string     `json:"class,omitempty"`
	Title    string     `json:"title"`
	Props    []prop     `json:"props,omitempty"`
	Parts    []part     `json:"parts,omitempty"`
	Controls []*control `json:"controls,omitempty"`
}

// profile is a choice of the controls of catalogs.
type profile struct {
	head
	Imports    []profileImport `json:"imports"`
	Merge      *merge          `json:"merge,omitempty"`
	Modify     *modify         `json:"modify,omitempty"`
	BackMatter *backMatter     `json:"back-matter,omitempty"`
}

type profileImport struct {
	Href    string      `json:"href"`
	All     *everything `json:"include-all,omitempty"`
	Include []selection `json:"include-controls,omitempty"`
	Exclude []selection `json:"exclude-controls,omitempty"`
}

// everything is written as an object without anything in it.
type everything struct{}

type selection struct {
	IDs []string `json:"with-ids"`
}

type merge struct {
	AsIs bool `json:"as-is"`
}

type modify struct {
	Alters []alter `json:"alters,omitempty"`
}

type alter struct {
	ControlID string     `json:"control-id"`
	Adds      []addition `json:"adds"`
}

type addition struct {
	Position string `json:"position"`
	Props    []prop `json:"props"`
}
