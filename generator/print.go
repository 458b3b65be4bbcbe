package generator

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"annex/generator/pdf"
	"annex/generator/render"
	"annex/generator/source"
)

// Printed is a page of the site as PDF.
type Printed struct {
	Path    string // in the site: soa/iso-42001.html
	Name    string // for a file: soa-iso-42001.pdf
	Title   string
	Content []byte

	// Refused lists what the page asked for and did not get, since it is not a
	// part of the site. Only a theme of the user's own can ask for such.
	Refused []string
}

// Paper is a size of sheets to print on.
type Paper = pdf.Paper

// The sizes of paper. The tables with many columns lie on their side on either.
const (
	A4     = pdf.A4
	Letter = pdf.Letter
)

// Print makes the site of a workspace in memory, as [Build] does, and has an
// installed browser print pages of it: index.html, soa/iso-42001.html,
// documents/ai-policy.html. Each goes to a function as soon as it is printed, in
// the order of the list. With errors in the workspace nothing is printed, and the
// result holds them.
//
// The error is a [*pdf.MissingError] where there is no browser, a [*pdf.StartError]
// where it does not start, a [*pdf.PageError] where a page cannot be printed, and
// an [*InputError] where the site has no such page.
func Print(ctx context.Context, o Options, pages []string, paper Paper, each func(Printed) error) (Result, error) {
	return withSite(ctx, o, func(workspace fs.FS, site *render.Site, _ *Result) error {
		held := hold(workspace, site)
		for _, p := range pages {
			if _, ok := held.pages[p]; !ok || path.Ext(p) != ".html" {
				return &InputError{fmt.Sprintf("the site has no page %s to print", p)}
			}
		}
		return held.print(ctx, o, pages, paper, each)
	})
}

// held is a whole site whose files are made when they are asked for. It is safe
// for use from several goroutines.
type held struct {
	fsys   fs.FS // of the workspace
	pages  map[string]render.Page
	copies map[string]string // files of the workspace by their place in the site
}

func hold(fsys fs.FS, site *render.Site) *held {
	h := &held{fsys: fsys, pages: map[string]render.Page{}, copies: map[string]string{}}
	for p := range site.Pages() {
		h.pages[p.Path] = p
	}
	for c := range site.Copies() {
		h.copies[c.To] = c.From
	}
	return h
}

// file returns the bytes at a path of the site.
func (h *held) file(name string) (content []byte, ok bool, err error) {
	if p, ok := h.pages[name]; ok {
		var b bytes.Buffer
		err := p.Write(&b)
		return b.Bytes(), err == nil, err
	}
	from, ok := h.copies[name]
	if !ok {
		return nil, false, nil
	}
	f, err := source.OpenFile(h.fsys, from)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	content, err = io.ReadAll(f)
	if err != nil {
		return nil, false, fmt.Errorf("reading %s: %w", from, err)
	}
	return content, true, nil
}

// printing is how many pages are printed side by side. Two keep two cores busy: a
// page is half the time in the browser's one process that writes PDF.
const printing = 2

// print prints pages side by side and hands them on in their order.
func (h *held) print(ctx context.Context, o Options, pages []string, paper Paper, each func(Printed) error) (err error) {
	printer, err := pdf.Open(ctx, pdf.Options{File: h.file, Day: o.AsOf.Time(), Paper: paper})
	if err != nil {
		return err
	}
	defer func() {
		if closed := printer.Close(); err == nil {
			err = closed
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	type outcome struct {
		printed Printed
		err     error
	}
	coming := make(chan chan outcome, printing-1)
	running.Go(func() {
		defer close(coming)
		for _, p := range pages {
			c := make(chan outcome, 1)
			select {
			case coming <- c:
			case <-ctx.Done():
				return
			}
			running.Go(func() {
				sheet, err := printer.Print(ctx, p)
				c <- outcome{Printed{Path: p, Name: fileName(p), Title: sheet.Title, Content: sheet.Content, Refused: sheet.Refused}, err}
			})
		}
	})
	for c := range coming {
		o := <-c
		if o.err != nil {
			return o.err
		}
		if err := each(o.printed); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// fileName returns a name for the file of a page: its path without folders. That
// of the first page says what it is.
func fileName(page string) string {
	if page == "index.html" {
		return "readiness.pdf"
	}
	parts := strings.Split(strings.TrimSuffix(page, ".html"), "/")
	if last := len(parts) - 1; last > 0 && parts[last] == "index" {
		parts = slices.Delete(parts, last, last+1)
	}
	return strings.Join(parts, "-") + ".pdf"
}
