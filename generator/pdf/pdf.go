// Package pdf prints pages of a site with an installed browser. A page goes in
// as its path, and a tagged PDF with title, language, outline and page numbers
// comes out:
//
//	printer, err := pdf.Open(ctx, pdf.Options{File: site.File, Day: asOf})
//	defer printer.Close()
//	printed, err := printer.Print(ctx, "soa/iso-42001.html")
//
// The browser is started once, with a new profile in a private folder that goes
// with it. Each page gets a window of its own, in a context that shares nothing
// with the others, and lives no longer than its printing.
//
// # Where the pages come from
//
// From memory, at the made-up address http://annex.invalid/: the browser asks us
// for every file over the pipe that it is steered by, and we answer or refuse.
// Nothing of the site is on disk or behind a port, relative links and the content
// security policy work as on a web host, and nothing else can be loaded: all names
// are unknown to this browser.
//
// # Why this library
//
// The commands of the browser are those of github.com/chromedp/cdproto, which is
// generated from the protocol's own description. The program chromedp on top of it
// can steer a browser only through a port on the loopback, and whoever else is on
// the machine can take the browser over there and read what the user can read. So
// the messages go over two pipes that only we and the browser hold (--remote-debugging-pipe).
// A browser whose pipe is closed ends itself, even when annex was killed.
//
// # The same bytes
//
// The same pages, printed by the same browser with the same fonts, give the same
// bytes: times and numbers that only tell of the run are replaced, see [Stamp].
package pdf

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Options says what to print and how.
type Options struct {
	// Browser is the program to start. Empty for the one that the environment
	// variable ANNEX_BROWSER names, and else for the first that is found.
	Browser string

	// File returns a file of the site by its path, as in "assets/annex.css", and
	// false where the site has none. It is called from several goroutines.
	File func(path string) (content []byte, ok bool, err error)

	Day   time.Time     // that the PDF says it was made on
	Paper Paper         // A4 if not given
	Limit time.Duration // for one page, from the moment that it is its turn; 0 for a minute
}

// Paper is a size of sheets.
type Paper int

// The sizes of paper.
const (
	A4 Paper = iota
	Letter
)

// size returns the name of the paper in CSS, and its width and height in inches.
func (p Paper) size() (name string, width, height float64) {
	if p == Letter {
		return "letter", 8.5, 11
	}
	return "a4", 210 / 25.4, 297 / 25.4
}

// Printed is a page as PDF.
type Printed struct {
	Title   string // as the reader's window shows it
	Content []byte

	// Refused lists what the page asked for and did not get: addresses outside
	// of the site, and files that the site does not have. In order, each once.
	Refused []string
}

// Printer is a running browser that prints pages. It is safe for use from
// several goroutines.
type Printer struct {
	options Options
	browser *browser
	turns   chan struct{} // as many pages are open at a time
}

// atOnce is how many pages are open in the browser at a time, whoever asks: each
// has a process of its own of 60 to 100 MB.
const atOnce = 4

// startLimit is how long a browser may take until it answers. A cold disk takes
// seconds.
const startLimit = time.Minute

// Open starts a browser. The error is a [*MissingError] where there is none, and a
// [*StartError] where it does not start. The context is for the start alone.
func Open(ctx context.Context, o Options) (*Printer, error) {
	program, err := find(o.Browser, thisMachine())
	if err != nil {
		return nil, err
	}
	if o.Limit == 0 {
		o.Limit = time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	b, err := start(ctx, program)
	if err != nil {
		return nil, err
	}
	return &Printer{options: o, browser: b, turns: make(chan struct{}, atOnce)}, nil
}

// Close ends the browser and deletes its folder. Pages that are still being
// printed fail.
func (p *Printer) Close() error { return p.browser.close(waitLimit) }

// Print prints the page of the site at a path, as in "soa/iso-42001.html". The
// error is a [*PageError] where the page is to blame, and the context's where that
// ended.
func (p *Printer) Print(ctx context.Context, path string) (Printed, error) {
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return Printed{}, ctx.Err()
	}
	limited, cancel := context.WithTimeoutCause(ctx, p.options.Limit, errSlow)
	defer cancel()
	printed, err := p.print(limited, path)
	switch {
	case err == nil:
		return printed, nil
	case ctx.Err() != nil:
		return Printed{}, ctx.Err()
	case errors.Is(context.Cause(limited), errSlow):
		return Printed{}, &PageError{path, fmt.Sprintf("it was not ready to print after %s", p.options.Limit)}
	}
	return Printed{}, err
}

// errSlow is why the time of a page ended.
var errSlow = errors.New("the page is slow")

// PageError says that a page cannot be printed.
type PageError struct {
	Path    string
	Message string // in plain words
}

func (e *PageError) Error() string { return "the page " + e.Path + " cannot be printed: " + e.Message }
