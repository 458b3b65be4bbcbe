package oscal

import (
	"annex/generator/aims"
	"annex/generator/readiness"
)

// props is a list of properties of our own. What has no value is left out.
type props []prop

func (p *props) add(name, value string) { p.explain(name, value, "", "") }

// explain adds a property with its class and remarks, both of which may be empty.
func (p *props) explain(name, value, class, remarks string) {
	if value = plain(value); value == "" {
		return
	}
	if class != "" {
		class = token(class)
	}
	*p = append(*p, prop{Name: name, NS: Namespace, Value: value, Class: class, Remarks: remarks})
}

func (p *props) day(name string, d aims.Date) { p.add(name, d.String()) }

// plainly adds a property that OSCAL itself has a name for.
func (p *props) plainly(name, value string) {
	if value = plain(value); value != "" {
		*p = append(*p, prop{Name: name, Value: value})
	}
}

// add adds each of several words.
func addAll[T ~string](p *props, name string, words []T) {
	for _, w := range words {
		p.add(name, string(w))
	}
}

// flags adds what needs attention, each kind with its day once.
func (p *props) flags(flags []readiness.Flag) {
	type seen struct {
		kind readiness.FlagKind
		day  aims.Date
	}
	known := map[seen]bool{}
	for _, f := range flags {
		if hidden(f) {
			f.Date = aims.Date{}
		}
		if key := (seen{f.Kind, f.Date}); !known[key] {
			known[key] = true
			p.explain("flag", string(f.Kind), "", f.Date.String())
		}
	}
}

// hidden reports whether the day of a flag is that of a withheld record.
func hidden(f readiness.Flag) bool {
	return f.Control != nil && f.Control.Withheld != "" || f.Document != nil && f.Document.Withheld != "" || f.Evidence != nil && f.Evidence.Withheld != "" ||
		f.Finding != nil && f.Finding.Withheld != "" || f.System != nil && f.System.Withheld != ""
}

// about begins the properties of a record: its id and class, or only that it is
// withheld.
func about(r *aims.Record) props {
	var p props
	if r.Withheld != "" {
		p.add("withheld", r.Withheld)
		return p
	}
	p.add("id", r.ID)
	p.add("classification", string(r.Classification))
	return p
}
