package oscal

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"annex/generator/aims"
)

// ours is the UUID of annex's own namespace, from which all others follow. It
// must never change.
const ours = "0b7b5d0e-6a5f-4c1e-9f43-2a8d1c7e5b90"

// names gives everything the id that it has in every export.
type names struct {
	organization uuid.UUID
	tokens       map[*aims.Requirement]string
	places       map[*aims.Requirement]int // in the framework, counted from 1
}

func newNames(w *aims.Workspace, o *aims.Project) names {
	n := names{
		organization: uuid.NewSHA1(uuid.MustParse(ours), []byte(w.Organization.Name+"\x00"+o.ID)),
		tokens:       map[*aims.Requirement]string{},
		places:       map[*aims.Requirement]int{},
	}
	for _, f := range w.Frameworks {
		n.name(f)
	}
	return n
}

// uuid returns the UUID of something of the organization, by the words that tell
// it from everything else.
func (n names) uuid(words ...string) string {
	return uuid.NewSHA1(n.organization, []byte(strings.Join(words, "\x00"))).String()
}

// record returns the UUID of a record. Kinds have ids of their own, decisions
// and a few others are found otherwise.
func (n names) record(kind aims.Kind, r *aims.Record) string { return n.uuid(string(kind), r.ID) }

// name gives the entries of a framework their tokens. Refs that would have the
// same token have the same address in a site, which loading refuses. No ref adds
// an underscore, so that ids made of others are apart from them.
func (n names) name(f *aims.Framework) {
	for i, q := range f.Requirements {
		n.places[q] = i + 1
		n.tokens[q] = token(f.ID) + "_" + strings.TrimPrefix(token("x"+strings.ReplaceAll(q.Ref, "_", "-")), "x")
	}
}

// token returns a text as an OSCAL token in small letters: it begins with a
// letter or underscore and holds no other signs than . - _; Art. 5(1)(a) is
// art.5-1-a.
func token(text string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(text) {
		switch {
		case unicode.IsLetter(c) || unicode.IsNumber(c) || c == '.' || c == '_':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	t := strings.TrimRight(b.String(), "-")
	if first := strings.IndexFunc(t, unicode.IsLetter); first != 0 {
		t = "_" + t
	}
	return t
}

func catalogFile(f *aims.Framework) string   { return "catalog-" + f.ID + ".json" }
func statementFile(f *aims.Framework) string { return "profile-" + f.ID + ".json" }

// statementID returns the id of the part that holds what a requirement asks.
func statementID(control string) string { return control + "_smt" }

// pathAddress returns a path as an address.
func pathAddress(path string) string {
	if path == "" {
		return ""
	}
	return (&url.URL{Path: path}).String()
}

// day returns midnight UTC at the start of a day in the form of OSCAL, or "" for
// no day. OSCAL knows the years 1900 to 2999, but by a slip in its pattern no
// 29 February before 2000.
func day(d aims.Date) string {
	t := d.Time()
	if d.IsZero() || t.Year() < 1900 || t.Year() > 2999 || t.Year() < 2000 && t.Month() == time.February && t.Day() == 29 {
		return ""
	}
	return t.Format("2006-01-02T15:04:05Z")
}
