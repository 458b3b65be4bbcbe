package theme

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
)

// markup puts an error about HTML in plain words and finds its place where the
// library does not say it.
func (p *Templates) markup(x *mistake, err *template.Error) {
	text := p.texts[x.file]
	from, to := region(text, x.file, x.template)
	if x.line == 0 {
		x.offset = from + snippet(text[from:to], err.Description)
	}
	switch err.ErrorCode {
	case template.ErrEndContext:
		at, what := unclosedHTML(text[from:to])
		x.offset = from + at
		x.message = what + " does not close before the template ends"
		x.help = "close it; each template, and each {{define}}, has to close what it opens"
	case template.ErrBranchEnd:
		x.message = "the branches of this block end in different places of the HTML: one of them within a tag, a quote or a comment"
		x.help = "close in each branch what it opens, or put the block around whole tags"
	case template.ErrRangeLoopReentry:
		x.message = "this {{range}} ends within a tag, a quote or a comment, so that its next turn begins there"
		x.help = "close within the {{range}} what it opens"
	case template.ErrBadHTML:
		x.message, x.help = badHTML(err.Description)
	case template.ErrAmbigContext:
		x.message = "annex cannot tell in which part of an address this stands"
		x.help = "write the {{if}} around the whole address, once for each case"
	case template.ErrPredefinedEscaper:
		x.message = "html and urlquery cannot be used here"
		x.help = "leave it out; annex escapes every value by the place in which it stands"
	default:
		x.message = "the HTML cannot be understood: " + err.Description
		x.help = "close every tag, quote and comment that the template opens"
	}
}

// quoted finds the texts that a message of the library cites.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// snippet returns where the text that a message cites last stands, or 0.
func snippet(text, description string) int {
	all := quoted.FindAllString(description, -1)
	if len(all) == 0 {
		return 0
	}
	cited, err := strconv.Unquote(all[len(all)-1])
	if err != nil {
		return 0
	}
	return max(0, strings.Index(text, cited))
}

func badHTML(description string) (message, help string) {
	sign := ""
	if m := quoted.FindString(description); m != "" {
		sign, _ = strconv.Unquote(m) // of the library's own making
	}
	switch {
	case strings.Contains(description, "in attribute name"):
		return fmt.Sprintf("the sign %s stands where the name of an attribute belongs", sign),
			`a quote before it does not close, or a space or > is missing`
	case strings.Contains(description, "in unquoted attr"):
		return fmt.Sprintf("the sign %s stands in the value of an attribute that has no quotes", sign), `put the whole value between quotes: name="value"`
	}
	return "a tag goes on where a space or > belongs", "close the tag, or put a space before the next attribute"
}

// instruction finds what stands between double braces.
var instruction = regexp.MustCompile(`(?s)^\{\{.*?\}\}`)

// opener finds the name of a tag.
var opener = regexp.MustCompile(`^<([A-Za-z][A-Za-z0-9]*)`)

// unclosedHTML returns where the tag, comment or script begins that is open at
// the end of a text, and what to call it.
func unclosedHTML(text string) (at int, what string) {
	i := 0
	skip := func(end string) bool {
		n := strings.Index(strings.ToLower(text[i:]), end)
		if n < 0 {
			return false
		}
		i += n + len(end)
		return true
	}
	for i < len(text) {
		rest := text[i:]
		tag := opener.FindStringSubmatch(rest)
		at = i
		switch {
		case strings.HasPrefix(rest, "{{"):
			i += max(2, len(instruction.FindString(rest)))
		case strings.HasPrefix(rest, "<!--"):
			if !skip("-->") {
				return at, "the comment that begins here"
			}
		case tag != nil:
			closed, quote := tagEnd(rest)
			if quote != 0 {
				return at, fmt.Sprintf("a quote %c in the tag that begins here", quote)
			}
			if closed == 0 {
				return at, "the tag that begins here"
			}
			i += closed
			name := strings.ToLower(tag[1])
			if raw := name == "script" || name == "style" || name == "textarea" || name == "title"; raw && !skip("</"+name) {
				return at, "<" + name + "> that begins here"
			}
		default:
			i++
		}
	}
	return 0, "a tag, a quote or a comment"
}

// tagEnd returns the length of the tag that a text begins with, or 0 and the
// quote that is open at the end of the text.
func tagEnd(text string) (length int, quote byte) {
	for i := 0; i < len(text); {
		if n := len(instruction.FindString(text[i:])); n > 0 {
			i += n
			continue
		}
		c := text[i]
		i++
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i, 0
		}
	}
	return 0, quote
}
