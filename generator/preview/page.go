package preview

import (
	"bytes"
	"html"
	"slices"
)

// withClient returns a page with the script of the preview in its head. The
// page's own policy would keep the script from asking the server anything.
func withClient(m *made) []byte {
	head, rest := m.content, []byte(nil)
	if at := bytes.Index(m.content, []byte("</head>")); at >= 0 {
		head, rest = m.content[:at], m.content[at:]
	}
	script := `<script src="` + clientPath + `" defer data-page="` + m.tag + `"></script>`
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
