package secrets

import (
	"cmp"
	"slices"
)

// Kind tells what a finding is about.
type Kind string

const (
	Secret       Kind = "secret"        // a key, a token, a password
	PersonalData Kind = "personal-data" // a list of people or of what is theirs
	Metadata     Kind = "metadata"      // who made an office file, where a picture was taken
)

// Report is what was found in files, and which of them were not looked into.
type Report struct {
	Findings []Finding
	Unread   []Unread
}

// Finding is one secret, or one list, in one file.
type Finding struct {
	File     string `json:"file"`  // path in the pack; in an archive with the path in it: logs.zip/2026/app.log
	Place    string `json:"place"` // "line 3", or the part of an office file; empty where the whole file is meant
	Kind     Kind   `json:"kind"`
	Rule     string `json:"rule"`     // such as private-key or mail-list
	Sentence string `json:"sentence"` // for people who are no programmers
	Excerpt  string `json:"excerpt"`  // masked: it never shows the secret
	Count    int    `json:"count"`    // how often it stands there, or how many different items the list has
	Name     string `json:"name"`     // by which it can be accepted
}

// Unread is a file that could not be looked into, and why, in a sentence.
type Unread struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// Add takes the findings of another report in.
func (r *Report) Add(other Report) {
	r.Findings = append(r.Findings, other.Findings...)
	r.Unread = append(r.Unread, other.Unread...)
}

// sorted returns the report in an order that depends on its content alone.
func (r Report) sorted() Report {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(r.Unread, func(a, b Unread) int { return cmp.Compare(a.File, b.File) })
	return r
}

// Judged are the findings of a report, told apart by what somebody has accepted.
type Judged struct {
	Open     []Finding // these stop a pack
	Accepted []Finding
	Stale    []string // accepted names that are no finding any more
}

// Judge tells which findings are accepted: those whose name is in the list. The
// name of a secret holds four digits of its digest, so that another secret in the
// same file is not accepted with it. More digits would help to guess a password,
// as the list may go with the pack. Metadata is among the open ones too; its Kind
// lets a caller tell of it without stopping.
func (r Report) Judge(accepted []string) Judged {
	used := map[string]bool{}
	var j Judged
	for _, f := range r.Findings {
		if slices.Contains(accepted, f.Name) {
			used[f.Name] = true
			j.Accepted = append(j.Accepted, f)
		} else {
			j.Open = append(j.Open, f)
		}
	}
	for _, name := range accepted {
		if !used[name] && !slices.Contains(j.Stale, name) {
			j.Stale = append(j.Stale, name)
		}
	}
	return j
}
