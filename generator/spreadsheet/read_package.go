package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
)

const contentTypes = "[content_types].xml"

// relation is a link of one part to another, or to the outside.
type relation struct {
	id       string
	kind     string // last word of its type in lower case: "worksheet"
	target   string // name of a part
	external bool
}

// inspect looks at every part of a workbook, refuses what is not read at all,
// and returns the name of the main part.
func (a *unpacked) inspect() (main string, err error) {
	if a.parts[contentTypes] == nil {
		return "", a.notAPackage()
	}
	if err := a.readTypes(); err != nil {
		return "", err
	}
	root, err := a.relations("_rels/.rels")
	if err != nil {
		return "", err
	}
	for _, r := range root {
		if r.kind == "officedocument" && !r.external {
			main = r.target
			break
		}
	}
	if err := a.checkMain(main); err != nil {
		return "", err
	}
	things := forbiddenThings()
	for _, name := range a.names {
		if err := a.checkPart(name, things); err != nil {
			return "", err
		}
	}
	return main, nil
}

// notAPackage says what a zip is that does not list the types of its parts.
func (a *unpacked) notAPackage() error {
	if a.parts["mimetype"] != nil {
		kind, err := a.begin("mimetype", 100)
		if err != nil {
			return err
		}
		if strings.Contains(string(kind), "opendocument") {
			return refuse(saveAsXLSX, "This is an OpenDocument file (such as .ods), not an Excel workbook.")
		}
	}
	for _, name := range a.names {
		if strings.HasSuffix(name, ".iwa") || name == "index.zip" {
			return refuse("Open it in Numbers, choose “File”, “Export to”, “Excel”, and take that file.", "This is a Numbers file of Apple, not an Excel workbook.")
		}
	}
	return refuse("If there is a workbook within, unpack it and hand in that.", "This is a zip, but no Excel workbook.")
}

// readTypes reads what kind of thing each part says it is.
func (a *unpacked) readTypes() error {
	ending, single := map[string]string{}, map[string]string{}
	err := a.each(contentTypes, "Types", func(_ *part, e xml.StartElement) error {
		into, key := ending, strings.ToLower(attribute(e, "Extension"))
		if e.Name.Local == "Override" {
			into, key = single, strings.TrimPrefix(strings.ToLower(attribute(e, "PartName")), "/")
		}
		if _, twice := into[key]; twice {
			return damaged("it says twice what %.80q is", key)
		}
		into[key] = strings.ToLower(attribute(e, "ContentType"))
		return nil
	})
	if err != nil {
		return err
	}
	a.types = map[string]string{}
	for _, name := range a.names {
		kind, ok := single[name]
		if !ok {
			kind = ending[strings.TrimPrefix(path.Ext(name), ".")]
		}
		a.types[name] = kind
	}
	return nil
}

// checkMain refuses a package that is no workbook of the kind that is read.
func (a *unpacked) checkMain(main string) error {
	kind := a.types[main]
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(kind, w) })
	}
	switch {
	case a.parts[main] == nil:
		return damaged("it does not say where its sheets are")
	case has("sheet.binary"):
		return refuse(saveAsPlain, "This is an Excel file of the binary kind (.xlsb).")
	case has("macroenabled"):
		return forbiddenThings()[0].refusal(partPlace(main))
	case has("wordprocessingml"):
		return refuse("Copy the table into a workbook, save it as .xlsx, and take that file.", "This is a Word document, not an Excel workbook.")
	case has("presentationml"):
		return refuse("Copy the table into a workbook, save it as .xlsx, and take that file.", "This is a PowerPoint presentation, not an Excel workbook.")
	case !has("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml"):
		return refuse(saveAsXLSX, "This is not an Excel workbook.")
	}
	return nil
}

// checkPart refuses a part that is forbidden by its name or its type, or that
// links to one, or to the outside.
func (a *unpacked) checkPart(name string, things []forbidden) error {
	for _, f := range things {
		if slices.ContainsFunc(f.names, func(s string) bool { return strings.HasPrefix(name, s) }) ||
			slices.ContainsFunc(f.types, func(s string) bool { return strings.Contains(a.types[name], s) }) {
			return f.refusal(partPlace(name))
		}
	}
	if strings.HasPrefix(name, "customxml/") && !strings.HasSuffix(name, ".rels") {
		// Power Query keeps its programs here, in UTF-16; others keep harmless things.
		head, err := a.begin(name, 4096)
		if err != nil {
			return err
		}
		if bytes.Contains(bytes.ReplaceAll(head, []byte{0}, nil), []byte("DataMashup")) {
			return refuse("In Excel, choose “Data”, “Queries & connections”, delete each query, save it as .xlsx, and take that file.", "The workbook holds queries (Power Query), which are programs.")
		}
	}
	if !strings.HasSuffix(name, ".rels") {
		return nil
	}
	links, err := a.relations(name)
	if err != nil {
		return err
	}
	for _, r := range links {
		for _, f := range things {
			if slices.Contains(f.links, r.kind) {
				return f.refusal(partPlace(name))
			}
		}
		if r.external && r.kind != "hyperlink" { // a hyperlink does nothing until somebody follows it
			return refuse(saveValues, "The workbook takes something from elsewhere (%.40q, as its part %.200q says).", r.kind, name)
		}
	}
	return nil
}

// refusal refuses a workbook for what it holds at a place.
func (f forbidden) refusal(place string) *RefusedError {
	e := refuse(f.help, "%s", f.cause)
	e.Place = place
	return e
}

// partPlace names a part. Names of parts may hold any sign, even those that steer a
// terminal, and are quoted wherever they stand.
func partPlace(name string) string { return fmt.Sprintf("part %.200q", name) }

// relationsOf returns the links of a part, none if it has none.
func (a *unpacked) relationsOf(name string) ([]relation, error) {
	list := path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")
	if a.parts[list] == nil {
		return nil, nil
	}
	return a.relations(list)
}

// relations reads a list of links.
func (a *unpacked) relations(name string) ([]relation, error) {
	folder := path.Dir(path.Dir(name)) // xl/_rels/workbook.xml.rels is about xl/workbook.xml
	var list []relation
	taken := map[string]bool{}
	err := a.each(name, "Relationships", func(_ *part, e xml.StartElement) error {
		r := relation{
			id:       attribute(e, "Id"),
			kind:     strings.ToLower(path.Base(attribute(e, "Type"))),
			external: !strings.EqualFold(attribute(e, "TargetMode"), "Internal") && attribute(e, "TargetMode") != "",
		}
		if target := strings.ToLower(attribute(e, "Target")); !r.external {
			if !strings.HasPrefix(target, "/") {
				target = folder + "/" + target
			}
			r.target = strings.TrimPrefix(path.Clean("/"+target), "/")
		}
		if taken[r.id] {
			return damaged("its part %.200q uses the id %.40q twice", name, r.id)
		}
		taken[r.id] = true
		list = append(list, r)
		return nil
	})
	return list, err
}
