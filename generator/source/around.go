package source

// TextAt returns the text under a key of the table of a kind that begins at a
// place, as an array of tables has it; false where there is none.
func (t *Table) TextAt(kind string, line, column int, key string) (string, bool) {
	if t == nil {
		return "", false
	}
	e := t.entry(kind)
	if e == nil {
		return "", false
	}
	at := Place{int32(line), int32(column)}
	for _, x := range e.Value.Items {
		if x.Table == nil || x.Table.Pos != at && x.Pos != at {
			continue
		}
		if own := x.Table.entry(key); own != nil {
			s, ok := own.Value.Scalar.(string)
			return s, ok
		}
	}
	return "", false
}

// Around returns the record of a file that a place is in: its kind, its id or,
// of a decision, its requirement, and the key whose value stands there, if any.
func (t *Table) Around(line, column int) (kind, id, key string) {
	at := Place{int32(line), int32(column)}
	best := Place{}
	var found *Table
	for i := range t.Entries {
		e := &t.Entries[i]
		for _, x := range e.Value.Items {
			if x.Table != nil && !x.Table.Pos.After(at) && !best.After(x.Table.Pos) {
				best, found, kind = x.Table.Pos, x.Table, e.Key
			}
		}
	}
	if found == nil {
		return "", "", ""
	}
	last := Place{}
	for i := range found.Entries {
		e := &found.Entries[i]
		if s, ok := e.Value.Scalar.(string); ok && (e.Key == "id" || e.Key == "requirement" && kind == "decision") {
			id = s
		}
		if !e.Pos.After(at) && !last.After(e.Pos) {
			last, key = e.Pos, e.Key
		}
	}
	return kind, id, key
}

// After reports whether a place comes after another.
func (p Place) After(other Place) bool {
	return p.Line > other.Line || p.Line == other.Line && p.Column > other.Column
}
