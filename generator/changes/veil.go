package changes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"annex/generator/aims"
)

// withheld stands for a record that a reader may not see.
const withheld = "withheld"

// veil is what a state does not show.
type veil struct {
	w     *aims.Workspace
	ids   map[string]bool // of stand-ins
	kinds map[string]int  // how many stand-ins there are of a kind

	foreign []string // prefixes of requirements of which the other state does not know
}

// beside returns the veil for a comparison with another state. Where that is a
// pack without a framework, what is said of the framework is not compared: it is
// left out there from every record.
func (v veil) beside(other *aims.Workspace) veil {
	for _, f := range v.w.Frameworks {
		if other.Cut != nil && other.Framework(f.ID) == nil {
			v.foreign = append(v.foreign, f.ID+":", f.ID)
		}
	}
	return v
}

// strange reports whether a value names a framework of which the other state does
// not know, or a requirement of it.
func (v veil) strange(value string) bool {
	return slices.ContainsFunc(v.foreign, func(f string) bool {
		return value == f || strings.HasSuffix(f, ":") && strings.HasPrefix(value, f)
	})
}

func veilOf(w *aims.Workspace) veil {
	v := veil{w: w, ids: map[string]bool{}, kinds: map[string]int{}}
	for _, e := range recordsOf(w) {
		if e.head.Withheld != "" {
			v.kinds[e.about.Kind]++
			if e.nameless() {
				v.ids[e.head.ID] = true
			}
		}
	}
	return v
}

// appeared says what became of a record that this state before does not show.
func (v veil) appeared(e entry) Change {
	if v.mayHide(e) {
		return NewlyShown
	}
	return Added
}

// vanished says what became of a record that this state after does not show.
func (v veil) vanished(e entry) Change {
	if v.mayHide(e) {
		return NotShown
	}
	return Removed
}

// mayHide reports whether a record of another state may be there all the same: as
// a stand-in, or as something of a framework that does not go along.
func (v veil) mayHide(e entry) bool {
	if e.nameless() || v.kinds[e.about.Kind] > 0 && e.about.Kind != string(aims.KindDecision) {
		return true
	}
	switch x := e.record.(type) {
	case *aims.Decision:
		return v.w.Cut != nil && v.w.Framework(x.Requirement.Framework.ID) == nil
	case *aims.Signoff:
		return v.w.Cut != nil && x.Signed.Statement != nil && v.w.Framework(x.Signed.Statement.ID) == nil
	}
	return false
}

// shownID returns the id of a record, or that it is withheld.
func shownID(r *aims.Record) string {
	if r.Withheld != "" {
		return withheld
	}
	return r.ID
}

// fields returns fields without the ids of stand-ins: two packs number them
// differently, and no record changed by it.
func (v veil) fields(list []aims.Field) []aims.Field {
	if v.w.Cut == nil && v.foreign == nil {
		return list
	}
	list = slices.Clone(list)
	for i := range list {
		list[i].Value = v.value(list[i])
	}
	return list
}

var standIn = regexp.MustCompile(`<ref to="(?:[a-z]+:)?(withheld-[a-z]+-[0-9]+)"></?`)

func (v veil) value(f aims.Field) string {
	switch {
	case f.Text:
		return standIn.ReplaceAllStringFunc(f.Value, func(s string) string {
			if id := standIn.FindStringSubmatch(s)[1]; v.ids[id] {
				return `<ref to="` + withheld + `"></`
			}
			return s
		})
	case f.Form == aims.ListForm:
		return v.list(f.Items())
	case strings.HasPrefix(f.Name, "digest."):
		return v.signed(f.Value)
	case v.strange(f.Value):
		return ""
	case v.ids[f.Value]:
		return withheld
	}
	return f.Value
}

// list returns a list with its stand-ins counted: "ai-policy, 2 withheld".
func (v veil) list(items []string) string {
	known := slices.DeleteFunc(slices.Clone(items), v.strange)
	shown := slices.DeleteFunc(slices.Clone(known), func(id string) bool { return v.ids[id] })
	n := len(known) - len(shown)
	if n == 0 {
		return strings.Join(shown, ", ")
	}
	return strings.Join(append(shown, strconv.Itoa(n)+" "+withheld), ", ")
}

// signed returns what a digest of a signoff tells: for an audience it is made anew
// of what it sees.
func (v veil) signed(digest string) string {
	if v.w.Cut == nil {
		return digest
	}
	if digest == "changed" {
		return "changed since it was signed"
	}
	if digest == "" {
		return ""
	}
	return "as it was signed"
}

// tables returns the tables within a record, without the ids of stand-ins.
func (v veil) tables(record any) []aims.Table {
	list := tablesOf(record)
	if v.w.Cut == nil && v.foreign == nil {
		return list
	}
	list = slices.Clone(list)
	for i, t := range list {
		rows := make([][]aims.Field, len(t.Rows))
		for n, row := range t.Rows {
			rows[n] = v.fields(row)
		}
		list[i].Rows = rows
	}
	return list
}

// settings returns what annex.toml says in one of two states. A pack knows no
// audience but its own, so that audiences are only compared where both know them.
func settings(of, other State) []aims.Field {
	list := of.Workspace.Settings()
	a, b := of.Workspace.Cut, other.Workspace.Cut
	if a == nil && b == nil || a != nil && b != nil && a.Audience.ID == b.Audience.ID {
		return list
	}
	return slices.DeleteFunc(list, func(f aims.Field) bool {
		return strings.HasPrefix(f.Name, "audience.") || f.Name == "site.classification" // which follows from the ceiling
	})
}

// hides reports whether records of a kind are withheld in the state.
func (s side) hides(kind aims.Kind) bool { return s.veil.kinds[string(kind)] > 0 }

// lost says that a record of the state before is not in this one.
func (s side) lost(kind aims.Kind, name string, r *aims.Record) string {
	switch {
	case r.Withheld != "":
		return called(name, r) + " was there before."
	case s.hides(kind):
		return called(name, r) + " is no longer shown: it was removed, or is withheld now."
	}
	return called(name, r) + " is no longer recorded."
}

// lostAudit is lost for the audit that covered a requirement.
func (p *pair) lostAudit(a *aims.Audit) string {
	switch name := called("internal audit", &a.Record); {
	case a.Withheld != "":
		return name + " covered it before."
	case p.after.hides(aims.KindAudit):
		return name + ", which covered it, is no longer shown: it was removed, or is withheld now."
	default:
		return name + ", which covered it, is no longer recorded."
	}
}

// called returns a record as a sentence begins with it: The control "Watch".
func called(name string, r *aims.Record) string {
	if r.Withheld != "" {
		if name == "evidence" {
			return "Evidence that is withheld"
		}
		article := "A "
		if strings.ContainsRune("aeiou", rune(name[0])) {
			article = "An "
		}
		return article + name + " that is withheld"
	}
	return "The " + name + " " + strconv.Quote(r.Title)
}
