// Package revision reads the versions of each document out of the git history
// of a workspace: what its front matter said at every commit that changed it,
// and in which role its author acted.
//
//	known, err := revision.Read(ctx, repo, cache)
//	versions := known.Of(workspace)
//	versions[policy][0].Version // "2.1", the newest first
//	versions[policy][0].Author  // the role whose person made the commit
//
// Persons are named by role alone: a commit of somebody whom no role names has
// no author here. Names, mail addresses and messages of commits stay in git.
package revision

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"annex/generator/aims"
	"annex/generator/diag"
	"annex/generator/history"
	"annex/generator/source"
)

// Most is how many revisions of a document are kept, the newest ones.
const Most = 50

// Revision is a document as one commit left it.
type Revision struct {
	On         aims.Date
	Author     *aims.Role // nil when no role names the person
	Version    string
	Status     aims.DocumentStatus
	ApprovedBy *aims.Role // nil when it was nobody, or a role that is gone
	ApprovedOn aims.Date
	Withheld   bool // it was classified higher than the document is now, so only the day is told
	Broken     bool // its front matter could not be read
}

// found is what is kept of a revision in the cache.
type found struct {
	Path, On, Person                        string
	Version, Status, ApprovedBy, ApprovedOn string
	Classification                          string
	Broken                                  bool
}

// History is the revisions of all documents that there ever were.
type History struct{ list []found } // newest first

// Read reads the history of all documents.
func Read(ctx context.Context, repo *history.Repo, cache *history.Cache) (*History, error) {
	list, err := read(ctx, repo, cache)
	if err != nil {
		return nil, fmt.Errorf("reading the revisions of documents: %w", err)
	}
	return &History{list}, nil
}

// Of returns the revisions of every document of a workspace, newest first. A
// document that was moved begins anew.
func (h *History) Of(w *aims.Workspace) map[*aims.Document][]Revision {
	people := map[string]*aims.Role{}
	roles := map[string]*aims.Role{}
	for _, r := range w.Roles {
		roles[r.ID] = r
		if r.Person != "" {
			people[strings.ToLower(r.Person)] = r
		}
	}
	versions := map[*aims.Document][]Revision{}
	for _, x := range h.list {
		d := w.DocumentAt(x.Path)
		if d == nil || len(versions[d]) == Most {
			continue
		}
		on, err := aims.ParseDate(x.On)
		if err != nil {
			continue // a cache of something else
		}
		r := Revision{On: on, Author: people[strings.ToLower(x.Person)], Broken: x.Broken}
		if aims.Classification(x.Classification).Above(d.Classification) {
			versions[d] = append(versions[d], Revision{On: on, Withheld: true})
			continue
		}
		r.Version, r.Status, r.ApprovedBy = x.Version, aims.DocumentStatus(x.Status), roles[x.ApprovedBy]
		if day, err := aims.ParseDate(x.ApprovedOn); err == nil {
			r.ApprovedOn = day
		}
		versions[d] = append(versions[d], r)
	}
	return versions
}

// read returns the revisions of all documents, newest first. They follow from
// the newest commit of the folder alone, which is what the cache knows them by.
func read(ctx context.Context, repo *history.Repo, cache *history.Cache) ([]found, error) {
	key := "revisions 1 " + repo.Tip()
	var list []found
	if data, ok := cache.Get(key); ok && json.Unmarshal(data, &list) == nil {
		return list, nil
	}
	commits, err := repo.Commits(ctx)
	if err != nil {
		return nil, err
	}
	list = nil
	for _, c := range commits {
		for _, change := range c.Changes {
			if change.After == "" || !strings.HasSuffix(change.Path, ".md") {
				continue
			}
			x := found{Path: change.Path, On: c.Day.String(), Person: c.Author}
			text, err := repo.Blob(change.After)
			if err != nil {
				x.Broken = true
			} else {
				x.front(text)
			}
			list = append(list, x)
		}
	}
	if data, err := json.Marshal(list); err == nil {
		cache.Put(key, data)
	}
	return list, nil
}

// front reads the front matter of a document as far as it tells a version.
func (x *found) front(text []byte) {
	front, line, _, _, diags := source.SplitFrontMatter(x.Path, text)
	if len(diags) > 0 || len(text) > source.MaxTextSize {
		x.Broken = true
		return
	}
	table, _ := source.ParseTOML(x.Path, front, line)
	if table == nil {
		x.Broken = true
		return
	}
	var ignored []diag.Diagnostic
	r := source.NewReader(table, "front matter", &ignored)
	x.Version, x.Status, x.ApprovedBy = r.Text("version"), r.Text("status"), r.Text("approved_by")
	x.ApprovedOn, x.Classification = r.Date("approved_on").String(), r.Text("classification")
	if x.Classification == "" {
		x.Classification = string(aims.Confidential)
	}
}
