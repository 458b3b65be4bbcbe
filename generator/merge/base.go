package merge

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"annex/generator/aims"
	"annex/generator/export"
	"annex/generator/spreadsheet"
)

// base is what a sheet was when it was exported.
type base struct {
	sheet        string
	kind         aims.Kind
	within       string // framework of decisions
	organization string
	keys, heads  []string
	rows         map[string]baseRow // by id
	order        []string
}

type baseRow struct {
	values  []string // in the order of the keys
	derived string   // digest of what was derived
}

// NotOursError says that a workbook cannot be read back as an export of annex.
type NotOursError struct{ Message, Help string }

func (e *NotOursError) Error() string { return e.Message + ". " + e.Help }

// origin is what a workbook was when it was exported.
type origin struct {
	bases  []*base
	others map[string]string // digests of the sheets that cannot be read back, by name
}

// originOf reads the hidden sheet.
func originOf(book *spreadsheet.Workbook) (*origin, error) {
	for _, s := range book.Sheets {
		if len(s.Rows) == 0 { // it may have been made to show
			continue
		}
		first := texts(s.Rows[0])
		if len(first) < 2 || first[0] != export.LineForm {
			continue
		}
		if first[1] != strconv.Itoa(export.BaseForm) {
			return nil, &NotOursError{"this workbook was exported by a newer annex", "Update annex, or export again with this one"}
		}
		return basesOf(s.Rows[1:])
	}
	switch madeBy, madeFor := madeBy(book); {
	case madeFor != "":
		return nil, &NotOursError{fmt.Sprintf("this workbook was made for the audience %q, so it does not hold all that the records say", madeFor), "Export it again without --audience, and edit that"}
	case madeBy:
		return nil, &NotOursError{"this workbook holds only what annex derives from the records", "Edit soa, controls, evidence, risks or findings: annex export controls -o controls.xlsx"}
	}
	return nil, &NotOursError{
		"this workbook does not hold what annex needs to bring it back: it was made by another program, or its hidden sheet is gone",
		"Export it again with annex export, or say which column is what: --map ref=Control,applicable=Applicable",
	}
}

// madeBy reads the cover: whether annex made the workbook, and for which audience.
func madeBy(book *spreadsheet.Workbook) (ours bool, audience string) {
	for _, s := range book.Sheets {
		if s.Hidden || s.Name != spreadsheet.CoverName {
			continue
		}
		for _, r := range s.Rows {
			line := texts(r)
			ours = ours || len(line) > 1 && line[0] == export.MadeBy && strings.HasPrefix(line[1], "annex")
			if len(line) > 1 && line[0] == export.MadeFor {
				audience = Said(line[1])
			}
		}
	}
	return ours, strings.Trim(audience, `"`)
}

func basesOf(rows []spreadsheet.SheetRow) (*origin, error) {
	damaged := &NotOursError{"the hidden sheet of this workbook was changed", "Export it again with annex export, and copy your changes over"}
	o := &origin{others: map[string]string{}}
	bySheet := map[string]*base{}
	for _, r := range rows {
		line := texts(r)
		switch {
		case len(line) == 7 && line[0] == export.LineSheet:
			b := &base{sheet: line[1], kind: aims.Kind(line[2]), within: line[3], organization: line[4], rows: map[string]baseRow{}}
			if json.Unmarshal([]byte(line[5]), &b.keys) != nil || json.Unmarshal([]byte(line[6]), &b.heads) != nil || len(b.keys) != len(b.heads) || bySheet[b.sheet] != nil {
				return nil, damaged
			}
			for i, head := range b.heads {
				b.heads[i] = brief(head)
			}
			o.bases, bySheet[b.sheet] = append(o.bases, b), b
		case len(line) >= 6 && line[0] == export.LineRow:
			b := bySheet[line[1]]
			var values []string
			if b == nil || json.Unmarshal([]byte(strings.Join(line[5:], "")), &values) != nil || len(values) != len(b.keys) || export.Digest(values) != line[3] {
				return nil, damaged
			}
			if _, twice := b.rows[line[2]]; twice {
				return nil, damaged
			}
			b.rows[line[2]] = baseRow{values, line[4]}
			b.order = append(b.order, line[2])
		case len(line) == 3 && line[0] == export.LineOther:
			o.others[line[1]] = line[2]
		default:
			return nil, damaged
		}
	}
	return o, nil
}

// mostCells is how many cells of a line are read: more than the values of a row
// can take, or a sheet has columns.
const mostCells = 200

// texts returns the texts of a row from its first column on, with empty ones
// where a cell holds nothing.
func texts(r spreadsheet.SheetRow) []string {
	var list []string
	for _, c := range r.Cells {
		if c.Column > mostCells {
			break
		}
		for len(list) < c.Column-1 {
			list = append(list, "")
		}
		list = append(list, c.Text)
	}
	return list
}
