package docx

import "strconv"

// tableOfContents writes the headings of the document as Word's own table of
// contents, filled in, so that it is right without being updated.
func (f *flow) tableOfContents(c Contents) {
	depth := min(max(c.Depth, 1), 6)
	var list []entry
	for _, e := range f.book.contents {
		if e.level <= depth {
			list = append(list, e)
		}
	}
	if len(list) == 0 {
		return
	}
	f.open("w:sdt") // all of it goes when Word makes the contents anew
	f.open("w:sdtPr")
	f.open("w:docPartObj")
	f.value("w:docPartGallery", "Table of Contents")
	f.empty("w:docPartUnique")
	f.close()
	f.close()
	f.open("w:sdtContent")
	f.paragraph(look{style: "TOCHeading"}, Text(c.Title))
	for i, e := range list {
		f.open("w:p")
		f.open("w:pPr")
		f.value("w:pStyle", "TOC"+strconv.Itoa(e.level))
		f.close()
		if i == 0 {
			f.fieldMark("begin")
			f.open("w:r")
			f.element("w:instrText", ` TOC \o "1-`+strconv.Itoa(depth)+`" \n \h \z \u `, "xml:space", "preserve")
			f.close()
			f.fieldMark("separate")
		}
		f.open("w:hyperlink", "w:anchor", e.mark, "w:history", "1")
		f.words(Run{Text: e.text}, false)
		f.close()
		if i == len(list)-1 {
			f.fieldMark("end")
		}
		f.close()
	}
	f.close()
	f.close()
	f.paragraph(look{style: "Gap"}, nil)
}

func (f *flow) fieldMark(kind string) {
	f.open("w:r")
	f.empty("w:fldChar", "w:fldCharType", kind)
	f.close()
}
