package preview

import (
	"bytes"
	"html"
	"slices"
)

// withClient returns a page with the style sheet and the script of the preview in
// its head: all that is needed when the server is gone. The script gets the tags
// of the page, and of the style sheet and the scripts that it was made with.
//
// Nothing is painted before the script has put back what a reload would lose, so
// that the page does not jump. The page's own policy would keep the script from
// asking the server anything. A page without an icon gets an empty one, or every
// browser would ask for one that the site does not have.
func withClient(m *made, style, scripts string) []byte {
	head, rest := m.content, []byte(nil)
	if at := bytes.Index(m.content, []byte("</head>")); at >= 0 {
		head, rest = m.content[:at], m.content[at:]
	}
	script := `<link rel="stylesheet" href="` + sheetPath + `"><script src="` + clientPath + `" defer blocking="render" data-page="` + m.tag + `" data-style="` + style + `" data-script="` + scripts + `"></script>`
	if !bytes.Contains(bytes.ToLower(head), []byte(`rel="icon"`)) {
		script += `<link rel="icon" href="data:,">`
	}
	return slices.Concat(allowed(head), []byte(script), rest)
}

// allowed adds to the policy in the head of a page that it may talk to where it
// came from.
func allowed(head []byte) []byte {
	const equiv, content = `http-equiv="content-security-policy"`, `content="`
	lower := lowerASCII(head)
	at := bytes.Index(lower, []byte(equiv))
	if at < 0 {
		return head
	}
	start := bytes.LastIndexByte(lower[:at], '<')
	end := bytes.IndexByte(lower[at:], '>')
	value := bytes.Index(lower[max(start, 0):], []byte(content))
	if start < 0 || end < 0 || value < 0 || start+value > at+end {
		return head
	}
	value += start + len(content)
	return slices.Concat(head[:value], []byte("connect-src 'self'; "), head[value:])
}

// lowerASCII returns text in lower case where every byte keeps its place:
// some letters have more or fewer bytes in lower case.
func lowerASCII(text []byte) []byte {
	lower := bytes.Clone(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	return lower
}

func escape(text string) string { return html.EscapeString(text) }
