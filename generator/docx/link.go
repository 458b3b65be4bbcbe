package docx

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// relation leads from one file of the document to another, or out of it.
type relation struct {
	id, kind, target string
	external         bool
}

// relations are the addresses that the text of one file leads to.
type relations struct {
	list []relation
	ids  map[string]string // by address
}

// add returns the id of an address, and false for one that no link may have.
func (r *relations) add(address string) (string, bool) {
	clean, ok := webAddress(address)
	if !ok {
		return "", false
	}
	if id, known := r.ids[clean]; known {
		return id, true
	}
	if r.ids == nil {
		r.ids = map[string]string{}
	}
	id := "rIdLink" + strconv.Itoa(len(r.list)+1)
	r.ids[clean] = id
	r.list = append(r.list, relation{id, relationTypes + "hyperlink", clean, true})
	return id, true
}

// xml returns the file of relations, or nil for none at all.
func (r *relations) xml(more []relation) []byte {
	if len(r.list)+len(more) == 0 {
		return nil
	}
	m := &markup{}
	m.WriteString(declaration)
	m.open("Relationships", "xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")
	for _, x := range append(more, r.list...) {
		attributes := []string{"Id", x.id, "Type", x.kind, "Target", x.target}
		if x.external {
			attributes = append(attributes, "TargetMode", "External")
		}
		m.empty("Relationship", attributes...)
	}
	m.close()
	return m.Bytes()
}

// maxAddress is the length of the longest address that Word follows.
const maxAddress = 2000

// webAddress returns an address as Word takes it, and false for one that is not
// http, https or mailto. Word calls a whole file broken for one address that
// is not well formed.
func webAddress(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.User != nil || !plainHost(u) {
			return "", false
		}
	case "mailto":
		if u.Opaque == "" || strings.ContainsFunc(u.Opaque, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>"\^{|}`+"`", r) }) {
			return "", false
		}
	default:
		return "", false
	}
	clean := u.String()
	return clean, len(clean) <= maxAddress
}

// plainHost reports whether an address names a host that every program takes,
// and writes it in their letters.
func plainHost(u *url.URL) bool {
	if ascii, err := idna.Lookup.ToASCII(u.Host); err == nil {
		u.Host = ascii
	}
	host := u.Hostname()
	if host == "" || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return false
	}
	if n, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || n > 65535) {
		return false
	}
	return !strings.ContainsFunc(host, func(r rune) bool {
		return r >= 0x80 || !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._", r))
	})
}
