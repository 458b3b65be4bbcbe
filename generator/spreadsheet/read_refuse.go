package spreadsheet

import "fmt"

// RefusedError says why a file is not read, for somebody who does not program.
type RefusedError struct {
	Place string // `sheet "Risks", cell B7`, or empty for the file as a whole
	Cause string // a sentence
	Help  string // sentences that say how to get a file that is read
}

// Error returns place, cause and help in one line.
func (e *RefusedError) Error() string {
	if e.Place == "" {
		return e.Cause + " " + e.Help
	}
	return e.Place + ": " + e.Cause + " " + e.Help
}

// What helps in most cases.
const (
	saveAnew    = "Open it in Excel or LibreOffice, save it under a new name as “Excel workbook (.xlsx)”, and take that file."
	saveValues  = "Copy the cells, paste them as values into a new workbook, save it as .xlsx, and take that file."
	splitIt     = "Leave out what is not needed, or split it into several files."
	getItAgain  = "Get the file again from where it came; if it opens in Excel or LibreOffice, save it from there under a new name as .xlsx."
	saveAsXLSX  = "Open it in the program that made it, and save or export it as “Excel workbook (.xlsx)”."
	saveAsPlain = "Open it in Excel, choose “Save as”, take “Excel workbook (*.xlsx)” without a password, and hand in that file."
)

func refuse(help, cause string, values ...any) *RefusedError {
	return &RefusedError{Cause: fmt.Sprintf(cause, values...), Help: help}
}

// damaged refuses a file that breaks the rules of its form.
func damaged(cause string, values ...any) *RefusedError {
	return refuse(getItAgain, "The workbook is damaged: "+cause+".", values...)
}

// forbidden is something that a workbook may hold and we do not take. It is known
// by the type of a part, by the type of a link to it, or by where it lies: who
// hides it from one of them shows it to another. All are in lower case.
type forbidden struct {
	cause, help string
	types       []string // that the content type of a part contains
	links       []string // last words of the type of a relationship
	names       []string // beginnings of the name of a part
}

// forbiddenThings lists what is refused. Everything in it either runs, or brings
// values from elsewhere that nobody sees in the file.
func forbiddenThings() []forbidden {
	const withoutMacros = "Open it in Excel, choose “Save as”, take “Excel workbook (*.xlsx)”, which leaves macros out, and hand in that file."
	return []forbidden{
		{
			"The workbook holds macros or sheets of commands, which are programs.", withoutMacros,
			[]string{"macroenabled", "vbaproject", "vbadata", "macrosheet", "dialogsheet"},
			[]string{"vbaproject", "vbaprojectsignature", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet"},
			[]string{"xl/vba", "xl/macrosheets/", "xl/intlmacrosheets/", "xl/dialogsheets/"},
		},
		{
			"The workbook brings buttons of its own for the menus of Excel, which start macros.", withoutMacros,
			[]string{"attachedtoolbars"},
			[]string{"extensibility", "attachedtoolbars"},
			[]string{"customui/", "xl/attachedtoolbars"},
		},
		{
			"The workbook takes values from other workbooks or programs.",
			"In Excel, choose “Data”, “Edit links”, “Break link” for each of them, save it as .xlsx, and take that file.",
			[]string{"externallink", "volatiledependencies"},
			[]string{"externallink", "externallinkpath", "volatiledependencies"},
			[]string{"xl/externallinks/", "xl/volatiledependencies"},
		},
		{
			"The workbook has other files or objects embedded in it.",
			"Hand those in as files of their own. " + saveValues,
			[]string{"oleobject"},
			[]string{"oleobject", "package", "attachment"},
			[]string{"xl/embeddings/"},
		},
		{
			"The workbook holds ActiveX controls, which are programs.", saveValues,
			[]string{"activex"},
			[]string{"control", "activexcontrolbinary"},
			[]string{"xl/activex/"},
		},
		{
			"The workbook takes values from a database or from the web.",
			"In Excel, choose “Data”, “Queries & connections”, delete each of them, save it as .xlsx, and take that file. " +
				"If that does not do, copy the cells and paste them as values into a new workbook.",
			[]string{"connections+xml", "querytable", "model+data"},
			[]string{"connections", "querytable", "powerpivotdata"},
			[]string{"xl/connections", "xl/querytables/", "xl/model/"},
		},
		{
			"The workbook brings an add-in from the web, which is a program.", saveValues,
			[]string{"webextension"},
			[]string{"webextension", "webextensiontaskpanes"},
			[]string{"xl/webextensions/", "xl/taskpanes"},
		},
	}
}
