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
	id := base(value)
	unique := s.next(value)
	if unique != id {
		_, number, _ := strings.Cut(unique[len(id):], "-")
		s.last[id], _ = strconv.Atoi(number)
	}
	s.taken[unique] = true
	return []byte(unique)
}

// next returns the id that a heading would get.
func (s *ids) next(value []byte) string {
	id := base(value)
	unique, last := id, s.last[id]
	for s.taken[unique] {
		last = max(last+1, 2)
		unique = id + "-" + strconv.Itoa(last)
	}
	return unique
}

// base makes an id of words, whatever others there are.
func base(value []byte) string {
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
	if id := strings.Trim(b.String(), "-"); id != "" {
		return id
	}
	return "section"
}

// Put takes an id that a text gave itself.
func (s *ids) Put(value []byte) { s.taken[string(value)] = true }
