package merge

import (
	"go/token"

	"annex/generator/source"
)

// At returns the record of the plan that stands at a place of a changed file, and
// the field whose value is there; nil for neither.
func (p *Plan) At(pos token.Position, table *source.Table) (*Record, *Field) {
	if table == nil {
		return nil, nil
	}
	kind, id, key := table.Around(pos.Line, pos.Column)
	for i := range p.Records {
		r := &p.Records[i]
		if string(r.Kind) != kind || r.ID != id || r.File() != pos.Filename {
			continue
		}
		for k := range r.Fields {
			if r.Fields[k].Key == key {
				return r, &r.Fields[k]
			}
		}
		return r, nil
	}
	return nil, nil
}

// File is the file that a record stands in or goes into.
func (r Record) File() string {
	if r.New() {
		return r.Into
	}
	return r.Place.File
}
