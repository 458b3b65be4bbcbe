// Package export says what of a management system goes into which file for
// other programs: as tables, each of a name, columns and rows.
//
//	tables := export.Changes(c)
//	err := spreadsheet.WriteXLSX(w, spreadsheet.Book{Title: "Changes", Day: asOf, Tables: tables})
//
// How a table becomes a workbook or CSV is the business of package spreadsheet.
// What is read rather than counted goes into Word files, see [Word]:
//
//	word := export.Word{Workspace: w, AsOf: asOf, Texts: texts, Files: files}
//	err := docx.Write(out, word.Statement(st))
package export
