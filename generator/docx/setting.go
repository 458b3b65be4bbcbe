package docx

// settings is the file that says how programs treat the text.
func settings(language string) []byte {
	m := &markup{}
	m.root("w:settings")
	m.empty("w:zoom", "w:percent", "100")
	m.value("w:defaultTabStop", "720")
	m.value("w:characterSpacingControl", "doNotCompress")
	m.open("w:footnotePr")
	m.empty("w:footnote", "w:id", "-1")
	m.empty("w:footnote", "w:id", "0")
	m.close()
	m.open("w:compat")
	m.empty("w:compatSetting", "w:name", "compatibilityMode", "w:uri", "http://schemas.microsoft.com/office/word", "w:val", "15")
	m.close()
	m.empty("w:themeFontLang", "w:val", region(language))
	m.close()
	return m.Bytes()
}

// fonts names what stands in for fonts that a computer does not have.
func fonts() []byte {
	m := &markup{}
	m.root("w:fonts")
	for _, x := range [][4]string{{sans, "Liberation Sans", "swiss", "variable"}, {mono, "Liberation Mono", "modern", "fixed"}} {
		m.open("w:font", "w:name", x[0])
		m.value("w:altName", x[1])
		m.value("w:charset", "00")
		m.value("w:family", x[2])
		m.value("w:pitch", x[3])
		m.close()
	}
	m.close()
	return m.Bytes()
}

// band is the file of the header or footer. It has no links: these would need
// relations of their own.
func (b *book) band(root, style string, band Band) []byte {
	f := &flow{markup: &markup{}, book: &book{document: b.document}}
	f.root(root)
	runs := append([]Run{}, band.Left...)
	if len(band.Right) > 0 {
		runs = append(append(runs, Run{Text: "\t"}), band.Right...)
	}
	f.paragraph(look{style: style, tab: b.document.textWidth()}, runs)
	f.close()
	return f.Bytes()
}
