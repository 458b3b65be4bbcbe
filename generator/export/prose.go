package export

import (
	"annex/generator/aims"
	"annex/generator/markdown"
)

// prose returns a text of a record: its Markdown, or its words where the
// Markdown does not go along.
func (x *lister) prose(p *aims.Prose) string {
	if p.Markdown != "" || p.IsZero() {
		return p.Markdown
	}
	return x.plain(p)
}

// plain returns the words of a text.
func (x *lister) plain(p *aims.Prose) string { return markdown.Lines(p.Told(x.w.Whole())) }
