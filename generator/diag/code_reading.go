package diag

// Codes about files that cannot be read as text records or documents.
const (
	TOMLSyntax         Code = "AX0101"
	FrontMatterOpen    Code = "AX0102"
	FrontMatterMissing Code = "AX0103"
	FileTooLarge       Code = "AX0104"
	NotUTF8            Code = "AX0105"
	SpecialFile        Code = "AX0106"
	UnusedFile         Code = "AX0107"
	FileName           Code = "AX0108"
	BidiControl        Code = "AX0109"
)

func readingFamily() Family {
	return Family{Title: "Reading files", About: "files that cannot be read as text records or documents", Entries: []Entry{
		{
			TOMLSyntax, Error, "TOML that cannot be read",
			`The file is not valid TOML. Often a quote, a bracket or an equals sign is missing, or a key is given twice in one table. The position is where reading had to stop; the mistake is there or just before it.`,
		},
		{
			FrontMatterOpen, Error, "front matter that does not close",
			`A document begins with a line of three plus signs, keys, and a second line of three plus signs. The second line is missing, so annex cannot tell keys from text.`,
		},
		{
			FrontMatterMissing, Error, "Markdown file without front matter",
			`Every Markdown file below a project is a governed document with an id, an owner and a version. Add front matter between two lines of three plus signs, move the file into the project's evidence folder if it is evidence, or begin its name with an underscore to keep it out of the site.`,
		},
		{
			FileTooLarge, Error, "file larger than annex reads",
			`A document or record file may have 512 KB. Split a document that is longer; keep data as evidence files, which may have any size.`,
		},
		{
			NotUTF8, Error, "text that is not UTF-8",
			`The file has bytes that are not UTF-8 text. Save it again as UTF-8 (editors call it that in their 'save with encoding' menu).`,
		},
		{
			SpecialFile, Error, "link or special file",
			`annex reads plain files only. A symbolic link could point outside the workspace, and a device or pipe never ends. Put a copy of the file in its place.`,
		},
		{
			UnusedFile, Note, "file that nothing uses",
			`Nothing in the workspace refers to this file, so it does not reach the site. Point to it from an evidence record or a document, delete it, or begin its name with an underscore.`,
		},
		{
			FileName, Error, "file name that is not safe everywhere",
			`The file would be copied into the site, and its name cannot exist on every system: Windows refuses some names and signs, paths over 180 characters break there, and two names that differ only in upper and lower case become one. Rename the file.`,
		},
		{
			BidiControl, Warning, "hidden text direction sign",
			`The line holds a sign that turns the direction of text and cannot be seen. It can make a sentence read differently from what it says. Delete it unless you write a language that needs it.`,
		},
	}}
}
