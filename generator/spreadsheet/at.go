package spreadsheet

// At returns the name of a cell as programs show it: B7 for column 2 of row 7.
func At(column, row int) string { return nameOf(column, row) }
