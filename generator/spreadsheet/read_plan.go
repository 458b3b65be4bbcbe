package spreadsheet

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
)

// plan is what the main part of a workbook says of the rest.
type plan struct {
	from1904 bool // whether days are counted from 1904, as old Macs did
	sheets   []plannedSheet
}

type plannedSheet struct {
	name   string
	hidden bool
	part   string
}

// longestFormula is more bytes than the 8,192 signs take that a formula may have.
const longestFormula = 4 * 8192

// plan reads the main part of a workbook.
func (a *unpacked) plan(main string, links []relation) (plan, error) {
	byID := map[string]relation{}
	for _, r := range links {
		byID[r.id] = r
	}
	// A name for cells of another workbook: [1]Sheet!A1, '[1]My sheet'!A1.
	elsewhere := regexp.MustCompile(`(^|[^\pL\pN_.])\[[^\[\]]+\][\pL\pN_.]*!|'[^']*\[[^\[\]]+\][^']*'!`)
	var p plan
	taken := map[string]bool{}
	err := a.each(main, "workbook", func(in *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			p.from1904 = isOn(attribute(e, "date1904"))
		case "externalReferences":
			return forbiddenThings()[2].refusal(partPlace(main))
		case "sheets":
			return in.children(func(e xml.StartElement) error {
				s := plannedSheet{name: unescape(attribute(e, "name")), hidden: attribute(e, "state") != "" && attribute(e, "state") != "visible"}
				r, ok := byID[relationID(e)]
				switch same := strings.ToLower(s.name); {
				case !ok || a.parts[r.target] == nil:
					return damaged("its sheet %.60q is missing", s.name)
				case len(s.name) > longestName:
					return damaged("its sheet %.60q has a name that is longer than Excel has room for", s.name)
				case taken[same]:
					return damaged("it has two sheets with the name %.60q", s.name)
				case len(taken) == mostSheets:
					return refuse(splitIt, "The workbook has more than %d sheets.", mostSheets)
				default:
					taken[same] = true
				}
				switch s.part = r.target; r.kind {
				case "worksheet":
					p.sheets = append(p.sheets, s)
				case "chartsheet": // holds no cells
				default:
					return damaged("its sheet %.60q is a %.40q", s.name, r.kind)
				}
				return nil
			})
		case "definedNames":
			return in.children(func(e xml.StartElement) error {
				name := attribute(e, "name")
				if isOn(attribute(e, "vbProcedure")) || isOn(attribute(e, "xlm")) || isOn(attribute(e, "function")) {
					return forbiddenThings()[0].refusal(fmt.Sprintf("name %.60q", name))
				}
				text, err := in.text()
				if err != nil {
					return err
				}
				if len(text) > longestFormula {
					return damaged("its name %.60q stands for more than Excel has room for", name)
				}
				if elsewhere.MatchString(text) {
					return refuse("In Excel, choose “Formulas”, “Name manager”, delete that name, save it as .xlsx, and take that file.", "The workbook has a name, %.60q, for cells of another workbook.", name)
				}
				return nil
			})
		}
		return nil
	})
	if err == nil && len(taken) == 0 {
		err = damaged("it has no sheets")
	}
	return p, err
}

// relationID returns the id of the relation that an element stands for.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/relationships") {
			return a.Value
		}
	}
	return ""
}

// linked returns the part of a kind that the workbook links to, or none.
func linked(links []relation, kind string) string {
	for _, r := range links {
		if r.kind == kind && !r.external {
			return r.target
		}
	}
	return ""
}
