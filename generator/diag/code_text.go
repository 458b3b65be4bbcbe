package diag

// Codes about Markdown that annex does not pass through.
const (
	RawHTML       Code = "AX0351"
	UnsafeURL     Code = "AX0352"
	TooDeep       Code = "AX0353"
	BlockTooLarge Code = "AX0354"
)

func textFamily() Family {
	return Family{Title: "Document texts", About: "Markdown that annex does not pass through", Entries: []Entry{
		{
			RawHTML, Error, "raw HTML in a text",
			`annex builds pages that cannot carry foreign HTML, so HTML tags in a document are refused rather than dropped. Use Markdown, or put the tag between backquotes to show it as text.`,
		},
		{
			UnsafeURL, Error, "link with an unsafe address",
			`Links may lead to http, https and mailto addresses and to files of the workspace. Others, such as javascript: and data:, can run code in the reader's browser.`,
		},
		{
			TooDeep, Error, "lists or quotes nested too deeply",
			`Lists and quotes may be nested 100 levels deep. Deeper nesting is never meant and can use up all memory.`,
		},
		{
			BlockTooLarge, Error, "paragraph that is too long",
			`One paragraph, heading or table cell may have 16 KB of text. Break it up.`,
		},
	}}
}
