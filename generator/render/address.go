package render

import (
	"cmp"
	"strconv"
	"strings"
	"sync"

	"annex/generator/aims"
)

// pageRows is how many rows a list may have before it goes on on a next page.
const pageRows = 500

// addresses knows where records in long registers stand.
type addresses struct {
	evidence func() map[*aims.Record]int // shard of evidence.html
	risks    func() map[*aims.Record]int
	own      map[*aims.Record]bool // records that have a place on this site
	foreign  func(aims.Subject) (string, bool)
}

func newAddresses(w *aims.Workspace, several bool) addresses {
	a := addresses{evidence: shards(w.Evidence), risks: shards(w.Risks), own: map[*aims.Record]bool{}}
	if several {
		for x := range w.Subjects() {
			a.own[x.Record] = true
		}
		for _, p := range w.Projects {
			a.own[&p.Record] = true
		}
	}
	return a
}

// shards says on which page of a register each of its records stands.
func shards[T interface{ Head() *aims.Record }](list []T) func() map[*aims.Record]int {
	return sync.OnceValue(func() map[*aims.Record]int {
		on := make(map[*aims.Record]int, len(list))
		for i, x := range list {
			on[x.Head()] = i / pageRows
		}
		return on
	})
}

// shard returns the path of the n-th page of a list: risks.html, risks-2.html.
func shard(name string, n int) string {
	if n == 0 {
		return name + ".html"
	}
	return name + "-" + strconv.Itoa(n+1) + ".html"
}

func soaPath(f *aims.Framework) string       { return "soa/" + f.ID + ".html" }
func frameworkPath(f *aims.Framework) string { return "frameworks/" + f.ID + "/index.html" }
func matrixPath(name string, n int) string {
	if n == 0 {
		return "matrices/" + name + ".html"
	}
	return "matrices/" + shard(matrixShards(name), n)
}

// matrixShards is what the pages of a matrix beyond the first are named after.
// The name of a crosswalk ends with the id of a framework, which may end with a
// number: crosswalk-a-b-2 and the second page of crosswalk-a-b.
func matrixShards(name string) string {
	if strings.HasPrefix(name, "crosswalk-") {
		return name + "-"
	}
	return name
}

// assetPath is where a file that documents show stands in the site.
func assetPath(a *aims.Asset) string { return "files/" + cmp.Or(a.Place, a.File) }

// of returns the path of what a subject stands on, from the root of the site.
func (a addresses) of(x aims.Subject) string {
	if q := x.Requirement; q != nil {
		if q.Assessable() {
			return "frameworks/" + q.Framework.ID + "/" + q.Slug() + ".html"
		}
		return frameworkPath(q.Framework) + "#" + q.Slug()
	}
	if x.Statement != nil {
		return soaPath(x.Statement)
	}
	r := x.Record
	if r == nil {
		return "index.html"
	}
	if to, ok := a.foreign(x); ok {
		return to
	}
	switch x.Kind {
	case aims.KindDocument:
		return "documents/" + r.ID + ".html"
	case aims.KindControl:
		return "controls/" + r.ID + ".html"
	case aims.KindSystem:
		return "systems/" + r.ID + ".html"
	case aims.KindEvidence:
		return shard("evidence", a.evidence()[r]) + "#" + r.ID
	case aims.KindRisk:
		return shard("risks", a.risks()[r]) + "#" + r.ID
	case aims.KindObjective:
		return "objectives.html#" + r.ID
	case aims.KindRole:
		return "roles.html#" + r.ID
	case aims.KindParty:
		return "parties.html#" + r.ID
	case aims.KindAudit:
		return auditPath(r.ID, 0)
	case aims.KindFinding: // on the page of audits, whose ids it may share
		return "audits/index.html#finding_" + r.ID
	case aims.KindReview:
		return "reviews.html#" + r.ID
	}
	return projectPath(r)
}

func projectPath(r *aims.Record) string { return "projects/" + r.ID + ".html" }
