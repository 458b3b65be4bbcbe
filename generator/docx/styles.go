package docx

import (
	"strconv"
	"strings"
)

// styles is the file with all looks.
func styles(language string) []byte {
	m := &markup{}
	m.root("w:styles")
	m.defaults(language)
	for _, s := range append(paragraphStyles(), textStyles()...) {
		m.style(s)
	}
	m.tableStyles()
	m.close()
	return m.Bytes()
}

func (m *markup) defaults(language string) {
	m.open("w:docDefaults")
	m.open("w:rPrDefault")
	m.open("w:rPr")
	m.font(sans)
	m.value("w:color", ink)
	m.value("w:sz", "20")
	m.value("w:szCs", "20")
	m.empty("w:lang", "w:val", region(language), "w:eastAsia", "ja-JP", "w:bidi", "ar-SA")
	m.close()
	m.close()
	m.open("w:pPrDefault")
	m.open("w:pPr")
	m.empty("w:spacing", "w:after", "0", "w:line", "252", "w:lineRule", "auto")
	m.close()
	m.close()
	m.close()
}

// region adds the country that Word wants to know of a language to choose its
// spelling.
func region(language string) string {
	switch language {
	case "", "en":
		return "en-GB"
	case "de", "fr", "es", "it", "nl", "pl", "pt":
		return language + "-" + strings.ToUpper(language)
	}
	return language
}

func (m *markup) font(name string) {
	m.empty("w:rFonts", "w:ascii", name, "w:hAnsi", name, "w:eastAsia", name, "w:cs", name)
}

// style writes one style. Word wants the properties in this order.
func (m *markup) style(s style) {
	kind := "paragraph"
	if s.run != "" {
		kind = s.run
	}
	attributes := []string{"w:type", kind, "w:styleId", s.id}
	if s.id == "Normal" {
		attributes = append(attributes, "w:default", "1")
	}
	m.open("w:style", attributes...)
	m.value("w:name", s.name)
	if s.base != "" {
		m.value("w:basedOn", s.base)
	}
	if s.next != "" {
		m.value("w:next", s.next)
	}
	if s.listed {
		m.empty("w:qFormat")
	}
	if kind == "paragraph" {
		m.paragraphLook(s)
	}
	m.textLook(s)
	m.close()
}

func (m *markup) paragraphLook(s style) {
	m.open("w:pPr")
	if s.keep {
		m.empty("w:keepNext")
	}
	if s.outline > 0 {
		m.empty("w:keepLines")
	}
	if s.below != "" {
		m.open("w:pBdr")
		m.empty("w:bottom", "w:val", "single", "w:sz", "4", "w:space", "4", "w:color", s.below)
		m.close()
	}
	if s.fill != "" {
		m.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", s.fill)
	}
	if s.id != "Normal" {
		spacing := []string{"w:before", strconv.Itoa(s.before), "w:after", strconv.Itoa(s.after)}
		if s.line > 0 {
			spacing = append(spacing, "w:line", strconv.Itoa(s.line), "w:lineRule", "auto")
		}
		m.empty("w:spacing", spacing...)
	}
	if s.indent > 0 {
		m.empty("w:ind", "w:left", strconv.Itoa(s.indent))
	}
	if s.outline > 0 {
		m.value("w:outlineLvl", strconv.Itoa(s.outline-1))
	}
	m.close()
}

func (m *markup) textLook(s style) {
	m.open("w:rPr")
	if s.font != "" {
		m.font(s.font)
	}
	if s.bold {
		m.empty("w:b")
		m.empty("w:bCs")
	}
	if s.italic {
		m.empty("w:i")
		m.empty("w:iCs")
	}
	if s.ink != "" {
		m.value("w:color", s.ink)
	}
	if s.size > 0 {
		m.value("w:sz", strconv.Itoa(s.size))
		m.value("w:szCs", strconv.Itoa(s.size))
	}
	if s.underline {
		m.value("w:u", "single")
	}
	if s.run != "" && s.fill != "" {
		m.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", s.fill)
	}
	if s.raised {
		m.value("w:vertAlign", "superscript")
	}
	m.close()
}

// tableStyles are hairlines between rows, and a list of facts.
func (m *markup) tableStyles() {
	for _, t := range []struct{ id, name, head string }{{"AnnexTable", "Annex Table", "F3F5F7"}, {"AnnexFacts", "Annex Facts", ""}} {
		m.open("w:style", "w:type", "table", "w:styleId", t.id, "w:customStyle", "1")
		m.value("w:name", t.name)
		m.open("w:tblPr")
		m.open("w:tblBorders")
		for _, side := range []string{"w:top", "w:bottom", "w:insideH"} {
			m.empty(side, "w:val", "single", "w:sz", "4", "w:space", "0", "w:color", hairline)
		}
		m.close()
		m.open("w:tblCellMar")
		for _, side := range []string{"w:left", "w:right"} {
			m.empty(side, "w:w", strconv.Itoa(cellMargin), "w:type", "dxa")
		}
		m.close()
		m.close()
		if t.head != "" {
			m.open("w:tblStylePr", "w:type", "firstRow")
			m.open("w:tcPr")
			m.open("w:tcBorders")
			m.empty("w:bottom", "w:val", "single", "w:sz", "8", "w:space", "0", "w:color", quiet)
			m.close()
			m.empty("w:shd", "w:val", "clear", "w:color", "auto", "w:fill", t.head)
			m.close()
			m.close()
		}
		m.close()
	}
}
