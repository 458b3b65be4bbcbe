package aims

// Crosswalk relates the requirements of two frameworks in pairs. It helps to
// find one's way from one framework to the other; it proves no conformity.
type Crosswalk struct {
	From, To  *Framework
	Title     string
	Version   string
	Note      string
	Sources   []string
	Doubts    []string
	Strengths []*Strength
	Pairs     []*Pair
}

// Strength says how much two requirements have in common, in the words of one
// crosswalk.
type Strength struct {
	ID     string
	Title  string
	Means  string
	Shares Sharing
}

// Sharing says what the work for two clauses of management systems may share.
type Sharing string

// The forms of sharing.
const (
	SharesProcess Sharing = "process" // one process can serve both
	SharesForm    Sharing = "form"    // the same steps, each with its own subject
)

// Sharings returns both forms.
func Sharings() []Sharing { return []Sharing{SharesProcess, SharesForm} }

// Pair relates one requirement to another.
type Pair struct {
	Crosswalk  *Crosswalk
	From, To   *Requirement
	Strength   *Strength
	Provenance string // editorial, or who published the pair
	Note       string
}

// Neighbour is a requirement of another framework that a crosswalk relates.
type Neighbour struct {
	Requirement *Requirement
	Pair        *Pair
}

// Other returns the end of the pair that is not q.
func (p *Pair) Other(q *Requirement) *Requirement {
	if p.From == q {
		return p.To
	}
	return p.From
}
