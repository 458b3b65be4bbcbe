// Package changes compares two states of a management system and says what
// became of it between them, what passed and now fails first.
//
//	c := changes.Compare(
//		changes.State{Label: "v1.4", Day: may, Workspace: old, Reports: ..., Statements: ...},
//		changes.State{Label: "today", Day: november, Workspace: now, Reports: ..., Statements: ...},
//	)
//	fall := c.Organizations[0].Fails[0]
//	fall.Sentence            // The control "Review of triage" no longer operates.
//	fall.Because[0].Sentence // The evidence "Report of May" expired on 1 Sep 2026.
//
// States differ by their records, by their frameworks, and by their day alone:
// a control that nobody performs stops operating. Records are matched by kind
// and id, decisions by project and requirement. A record whose id changed is
// therefore one that was removed and one that was added.
//
// A state may be a pack, in which stand-ins are in the place of what its reader
// may not see. A stand-in has another id in each pack, so that none is compared
// with another; they are counted. Where there are any, a record that is not there
// may be withheld: it is said to be no longer shown, not to be removed.
//
// Compare is a pure function. Every entry names what it is about, so that pages
// can link to it, and carries a classification that covers every record whose
// name or value it shows; [Changes.Within] leaves out what is above a ceiling.
package changes

import (
	"annex/generator/aims"
	"annex/generator/readiness"
	"annex/generator/soa"
)

// State is one state of a management system, with what was derived from it.
type State struct {
	Label      string // a revision, the name of a folder or pack
	Day        aims.Date
	Workspace  *aims.Workspace // as a whole
	Reports    []*readiness.Report
	Statements []*soa.Statement // of all organizations
}

// Changes is what became of a management system from one state to another.
type Changes struct {
	Before        Point           `json:"before"`
	After         Point           `json:"after"`
	Organizations []*Organization `json:"organizations"`
	Settings      []FieldChange   `json:"settings"` // of annex.toml
	Catalogs      []Catalog       `json:"catalogs"`
	Notes         []string        `json:"notes,omitempty"` // what a reader of packs must know first
	veiled        bool            // something is withheld in one of the states
}

// Point names a state.
type Point struct {
	Label string `json:"label"`
	Day   string `json:"day"` // 2026-05-12

	Audience *Audience `json:"audience,omitempty"` // that a pack is for; nil for a whole workspace
}

// Organization is what became of one organization project and its AI systems.
// Where the organization is in one of the states only, nothing fails or passes.
type Organization struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Project *aims.Project `json:"-"` // after, or before where it is gone
	Fails   []Turn        `json:"fails"`
	Passes  []Turn        `json:"passes"`
	Records []Group       `json:"records"`
	Counts  Counts        `json:"counts"`
}

// About names what an entry is about.
type About struct {
	Kind           string              `json:"kind"` // of a record, or requirement
	ID             string              `json:"id"`   // of a requirement or a decision iso-42001:A.6.2.4
	Gone           bool                `json:"gone,omitempty"`
	Classification aims.Classification `json:"classification,omitempty"` // highest of the records named; none when no record is
	Subject        aims.Subject        `json:"-"`                        // to link to; in the state before when Gone, else in that after
	Record         *aims.Record        `json:"-"`                        // nil for a requirement
}

// Topic says what kind of thing turned.
type Topic string

// The topics of turns, in their order.
const (
	OfRequirement Topic = "requirement" // its state
	OfControl     Topic = "control"     // whether it operates
	OfInformation Topic = "information" // whether documented information of stage 1 exists
	OfRow         Topic = "row"         // of a Statement of Applicability: whether it is decided, without contradiction
	OfEvidence    Topic = "evidence"    // whether it is in force
)

// Turn is something that passed and now fails, or failed and now passes.
type Turn struct {
	About
	Topic    Topic    `json:"topic"`
	Sentence string   `json:"sentence"`
	Before   string   `json:"state_before"` // gap, operating, expired
	After    string   `json:"state_after"`
	Because  []Reason `json:"because"`
}

// Reason is one cause of a turn.
type Reason struct {
	About
	Sentence string `json:"sentence"`
}

// Compare says what became of a management system from one state to another.
func Compare(before, after State) *Changes {
	c := &Changes{
		Before:        point(before),
		After:         point(after),
		Organizations: []*Organization{},
		Settings:      []FieldChange{},
		Catalogs:      catalogs(before.Workspace, after.Workspace),
	}
	classes := classesOf(before.Workspace, after.Workspace)
	c.Settings = append(c.Settings, classes.fields(settings(before, after), settings(after, before))...)
	records := classes.records(before, after)
	for _, p := range pairs(before, after) {
		o := &Organization{ID: p.project.ID, Title: p.project.Title, Project: p.project, Fails: []Turn{}, Passes: []Turn{}, Records: []Group{}}
		o.Records = append(o.Records, grouped(records, o.ID)...)
		o.Counts = p.counts()
		if p.before.report != nil && p.after.report != nil {
			p.turns(o)
		}
		c.Organizations = append(c.Organizations, o)
	}
	c.veiled = len(veilOf(before.Workspace).ids)+len(veilOf(after.Workspace).ids) > 0
	c.Notes = c.notes(before, after)
	return c
}

// None reports whether the states do not differ.
func (c *Changes) None() bool {
	for _, o := range c.Organizations {
		if !o.None() {
			return false
		}
	}
	return len(c.Settings)+len(c.Catalogs) == 0
}

// None reports whether nothing became of the organization.
func (o *Organization) None() bool {
	return len(o.Fails)+len(o.Passes)+len(o.Records) == 0 && !o.Counts.differ()
}
