package docx

import (
	"strconv"
	"strings"
)

// creator is who made the file.
const creator = "annex"

// core is the file with the properties that all kinds of packages have.
func (b *book) core() []byte {
	p := b.document.Properties
	m := &markup{}
	m.WriteString(declaration)
	m.open("cp:coreProperties",
		"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "xmlns:dc", "http://purl.org/dc/elements/1.1/",
		"xmlns:dcterms", "http://purl.org/dc/terms/", "xmlns:dcmitype", "http://purl.org/dc/dcmitype/", "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
	for _, x := range [][2]string{
		{"dc:title", b.document.Title},
		{"dc:subject", p.Subject},
		{"dc:creator", creator},
		{"cp:keywords", strings.Join(p.Keywords, ", ")},
		{"cp:lastModifiedBy", creator},
		{"cp:category", p.Category},
		{"cp:contentStatus", p.Status},
		{"dc:language", region(b.document.Language)},
		{"cp:version", p.Version},
	} {
		if x[1] != "" {
			m.element(x[0], x[1])
		}
	}
	if !p.Day.IsZero() {
		day := p.Day.UTC().Format("2006-01-02T15:04:05Z")
		m.element("dcterms:created", day, "xsi:type", "dcterms:W3CDTF")
		m.element("dcterms:modified", day, "xsi:type", "dcterms:W3CDTF")
	}
	m.close()
	return m.Bytes()
}

func (b *book) app() []byte {
	m := &markup{}
	m.WriteString(declaration)
	m.open("Properties", "xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
	m.element("Application", creator)
	m.close()
	return m.Bytes()
}

// custom is the file with properties of our own. Word counts them from 2.
func (b *book) custom() []byte {
	m := &markup{}
	m.WriteString(declaration)
	m.open("Properties",
		"xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "xmlns:vt", "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes")
	for i, p := range b.document.Properties.Custom {
		m.open("property", "fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "pid", strconv.Itoa(i+2), "name", p.Name)
		m.element("vt:lpwstr", p.Value)
		m.close()
	}
	m.close()
	return m.Bytes()
}
