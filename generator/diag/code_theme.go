package diag

// Codes about the theme of a workspace: its templates and the texts of its
// interface.
const (
	TemplateSyntax  Code = "AX1101"
	TemplateFails   Code = "AX1102"
	TemplateHTML    Code = "AX1103"
	LangFile        Code = "AX1104"
	UnusedTemplate  Code = "AX1105"
	UnusedThemeFile Code = "AX1106"
	ThemeFileLarge  Code = "AX1107"
)

func themeFamily() Family {
	return Family{Title: "Themes", About: "the templates, styles, scripts and texts in the folder theme", Entries: []Entry{
		{
			TemplateSyntax, Error, "template that cannot be read",
			`A template is HTML with instructions between double braces. One of them cannot be understood: a function has a name that annex does not know, an {{if}}, {{range}}, {{with}} or {{define}} has no {{end}}, or a quote or brace does not close. The position is where reading had to stop; the mistake is there or just before it.`,
		},
		{
			TemplateFails, Error, "template that fails on a page",
			`The template can be read, but no page can be made from it: it asks for a field that is not there, calls a function with values that it cannot use, or calls a template that does not exist. Compare it with the template of the same name that comes with annex.`,
		},
		{
			TemplateHTML, Error, "template whose HTML is not whole",
			`annex fills values into a template by the place in which they stand: in text, in an attribute, in an address. It cannot tell the place when a tag, a quote or a comment does not close, or when it closes in one branch of an {{if}} only. Each template, and each branch, has to close what it opens.`,
		},
		{
			LangFile, Error, "texts of the interface that cannot be read",
			`A file in theme/lang is a JSON object: each name is a text of the interface in English as templates have it, each value the same text in the language of the file. Often a comma is missing between two lines, or stands after the last one.`,
		},
		{
			UnusedTemplate, Note, "template that no page uses",
			`A file in theme/templates takes the place of the built-in template with the same name, or holds parts that other templates call with {{template "name" .}}. Nothing asks for this one, so it changes nothing.`,
		},
		{
			UnusedThemeFile, Note, "file of the theme in a place without a meaning",
			`A theme has templates/*.html, styles/*.css, scripts/*.js and lang/*.json, each directly in its folder. Other files change nothing. Begin the name of a file that should stay where it is with an underscore.`,
		},
		{
			ThemeFileLarge, Error, "template or texts larger than annex reads",
			`A template and a file with texts of the interface may have 512 KB each. Larger ones are not meant to be read by people, and are most often another file under a wrong name.`,
		},
	}}
}
