// Package docx writes Word files (Office Open XML, ECMA-376 transitional) from a
// small model of a document: blocks such as headings, paragraphs, lists and
// tables, with runs of text in them.
//
//	err := docx.Write(w, docx.Document{
//		Title:  "AI policy",
//		Blocks: []docx.Block{docx.Heading{Level: 1, Runs: docx.Text("Purpose")}, docx.Paragraph{Runs: docx.Text("Why.")}},
//	})
//
// [ParseHTML] makes blocks of the HTML that package markdown compiles texts to.
//
// The same document gives the same bytes: files stand in a fixed order with a
// fixed time, and the only dates are those of the document. A file holds no
// macro, and nothing outside it but links to http, https and mailto addresses.
//
// The writer is our own. Of the libraries for Go, godocx (tried at its commit of
// August 2025) copies 850 KB of template styles into each file and takes 54 ms
// for it, sets its own name as the author, and writes no footnotes, headers,
// footers, page numbers or contents; fumiama/go-docx is under the AGPL. What we
// need of the format is a dozen small files.
package docx

import (
	"fmt"
	"io"
	"time"
)

// Document is what becomes a Word file.
type Document struct {
	Title      string
	Subtitle   string
	Properties Properties
	Language   string // BCP 47, "en"
	Landscape  bool   // A4 across
	Header     Band   // on top of every page
	Footer     Band
	Blocks     []Block
}

// Properties are what file managers and search show of a file.
type Properties struct {
	Subject  string
	Category string
	Keywords []string
	Version  string
	Status   string
	Day      time.Time // of creation and last change; midnight UTC
	Custom   []Property
}

// Property is one property of our own.
type Property struct{ Name, Value string }

// Band is the text above or below every page, on its left and right side.
type Band struct{ Left, Right []Run }

// Write writes a document as a Word file. An error is one of the writer.
func Write(w io.Writer, d Document) error {
	b := newBook(d)
	b.body()
	if err := b.archive(w); err != nil {
		return fmt.Errorf("writing a Word file: %w", err)
	}
	return nil
}
