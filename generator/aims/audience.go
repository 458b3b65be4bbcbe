package aims

// Audience is who a build is for: a ceiling of classification, and a choice of
// frameworks and projects.
type Audience struct {
	ID         string
	Title      string
	Ceiling    Classification // the highest that it may see
	Frameworks []*Framework   // none for all in use
	Projects   []*Project     // none for all
	Evidence   bool           // whether evidence files go along; their records always do
	History    bool           // whether what git knows goes along
	Drafts     bool           // whether documents that are not approved go along
	Watermark  string         // shown on every page; empty for none
	Accept     []string       // names of findings of the scan that may go along in a pack
	Origin     Origin
}

// Wants reports whether a framework goes along.
func (a *Audience) Wants(f *Framework) bool { return chosen(a.Frameworks, f) }

// Reaches reports whether a project goes along. An organization project does
// with each AI system of its own that is chosen.
func (a *Audience) Reaches(p *Project) bool {
	if p == nil || chosen(a.Projects, p) {
		return true
	}
	for _, own := range a.Projects {
		if own.Organization == p {
			return true
		}
	}
	return false
}

func chosen[T any](list []*T, x *T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return len(list) == 0
}

// Audience returns the audience with an id, or nil.
func (w *Workspace) Audience(id string) *Audience {
	for _, a := range w.Audiences {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Cut says for whom a workspace was cut down and what was left out, in numbers.
// Package audience makes it.
type Cut struct {
	Audience *Audience
	Left     []Left
}

// Left is how many things of a kind were left out.
type Left struct {
	What string // Documents
	N    int
}

// Lower returns the lower of two classifications.
func (c Classification) Lower(other Classification) Classification {
	if c.Above(other) {
		return other
	}
	return c
}

// Draft reports whether the document is not approved yet.
func (d *Document) Draft() bool { return d.Status == Draft || d.Status == InReview }

// Fields returns what annex.toml says of the audience.
func (a *Audience) Fields() []Field {
	ids := make([]string, len(a.Frameworks))
	for i, f := range a.Frameworks {
		ids[i] = f.ID
	}
	return []Field{
		word("id", a.ID),
		word("title", a.Title),
		word("ceiling", a.Ceiling),
		words("frameworks", ids),
		many("projects", a.Projects),
		yes("evidence", a.Evidence, true),
		yes("history", a.History, true),
		yes("drafts", a.Drafts, true),
		word("watermark", a.Watermark),
		words("accept", a.Accept),
	}
}
