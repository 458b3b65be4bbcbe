// Package aims is the model of an AI management system: the organization, its
// projects and AI systems, the frameworks it follows, and the records and
// documents that show how it does.
//
// A [Workspace] is what one folder of text files says, with every reference
// resolved to a pointer and every record carrying the place it was read from.
// Package load makes it; nothing changes it afterwards. Words are those of
// ISO/IEC 42001: a [Requirement] is one assessable item of a [Framework], a
// [Control] is what the organization does, a [Decision] says whether a
// reference control applies.
//
// What depends on the day is a pure function that takes the as-of [Date]:
//
//	control.NextDue(asOf)      // when the control must be performed again
//	evidence.Current(asOf)     // whether the evidence is in force
//
// The package imports nothing of annex and touches no file.
package aims

import "go/token"

// Workspace is a whole AI management system, and the frameworks beside it.
// Records are sorted by id, projects with the organization first.
type Workspace struct {
	Organization  Organization
	Site          Site
	Certification Certification
	Frameworks    []*Framework // in use, in the order of annex.toml
	Crosswalks    []*Crosswalk // between frameworks in use
	Projects      []*Project
	Audiences     []*Audience // in the order of annex.toml

	Documents  []*Document
	Controls   []*Control
	Decisions  []*Decision // in the natural order of their requirements
	Evidence   []*Evidence
	Risks      []*Risk
	Objectives []*Objective
	Roles      []*Role
	Parties    []*Party
	Audits     []*Audit
	Findings   []*Finding
	Reviews    []*Review
	Signoffs   []*Signoff
	Assets     []*Asset // files that documents show or link to

	Cut  *Cut // for an audience; nil for the workspace as it is
	AsOf Date // that a pack speaks for; zero for a workspace, which speaks for any day

	whole *Workspace // that this one is a part of; nil for the whole
	relations
}

// Organization is the legal entity that runs the management system.
type Organization struct {
	Name      string
	LegalName string
	Address   string
}

// Site holds what annex.toml says of the site as a whole.
type Site struct {
	Title          string
	Language       string // BCP 47, "en" or "de"
	Classification Classification
}

// Certification holds the planned dates of certification; each may be zero.
type Certification struct {
	Body   string
	Stage1 Date
	Stage2 Date
}

// Kind names a kind of record or document, as it stands in double brackets.
type Kind string

// The kinds of things that have an id of their own.
const (
	KindDocument  Kind = "document"
	KindControl   Kind = "control"
	KindDecision  Kind = "decision"
	KindEvidence  Kind = "evidence"
	KindRisk      Kind = "risk"
	KindObjective Kind = "objective"
	KindRole      Kind = "role"
	KindParty     Kind = "party"
	KindAudit     Kind = "audit"
	KindFinding   Kind = "finding"
	KindReview    Kind = "review"
	KindSignoff   Kind = "signoff"
	KindSystem    Kind = "system"
	KindProject   Kind = "project"
)

// Record is what every record has.
type Record struct {
	ID             string
	Title          string
	Project        *Project
	Classification Classification
	Withheld       string // why this is a stand-in, "confidential"; empty for the record itself
	Origin         Origin
}

// Head returns the record itself; it lets code treat all kinds alike.
func (r *Record) Head() *Record { return r }

// Origin says where a record was read from: the place of the record and of
// each of its keys.
type Origin struct {
	Pos  token.Position // of the table's name, or of the front matter
	keys []keyPlace
}

type keyPlace struct {
	name         string
	item         int32 // index in a list, -1 for the value as a whole
	line, column int32
}

// Mark records the place of the value of a key. Item is the index of an
// element of a list, or -1 for the whole value.
func (o *Origin) Mark(key string, item int, pos token.Position) {
	o.keys = append(o.keys, keyPlace{key, int32(item), int32(pos.Line), int32(pos.Column)})
}

// Key returns the place of the value of a key, or that of the record when the
// record does not have the key.
func (o *Origin) Key(name string) token.Position { return o.Item(name, -1) }

// Item returns the place of the i-th element of a list, or the nearest place
// that is known.
func (o *Origin) Item(name string, i int) token.Position {
	best := o.Pos
	for _, k := range o.keys {
		if k.name == name && (k.item == int32(i) || k.item == -1) {
			best = token.Position{Filename: o.Pos.Filename, Line: int(k.line), Column: int(k.column)}
			if k.item == int32(i) {
				break
			}
		}
	}
	return best
}

// Has reports whether the record gave the key.
func (o *Origin) Has(name string) bool {
	for _, k := range o.keys {
		if k.name == name {
			return true
		}
	}
	return false
}
