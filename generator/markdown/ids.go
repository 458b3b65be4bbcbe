package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
)

// ids makes the ids of headings. Unlike goldmark's own it keeps letters of all
// languages, and it stays clear of the ids that pages use themselves.
type ids struct {
	taken map[string]bool
	last  map[string]int // number last added to each id
}

func newIDs() parser.IDs {
	taken := map[string]bool{}
	for _, id := range []string{"main", "nav", "todo", "serves", "used-by", "search"} {
		taken[id] = true
	}
	return &ids{taken, map[string]int{}}
}

// Generate makes an id of the words of a heading.
func (s *ids) Generate(value []byte, _ ast.NodeKind) []byte {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(string(value))) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '_' || r == '.':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
	}
	id := strings.Trim(b.String(), "-")
	if id == "" {
		id = "section"
	}
	unique := id
	for s.taken[unique] {
		s.last[id] = max(s.last[id]+1, 2)
		unique = id + "-" + strconv.Itoa(s.last[id])
	}
	s.taken[unique] = true
	return []byte(unique)
}

// Put takes an id that a text gave itself.
func (s *ids) Put(value []byte) { s.taken[string(value)] = true }
