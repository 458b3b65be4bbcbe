package preview

import (
	"bytes"
	_ "embed"
	"io"
	"log"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// What the preview adds to a site. No site has paths that begin so.
const (
	clientPath = "/_annex/client.js"
	sheetPath  = "/_annex/client.css"
	statePath  = "/_annex/state"
	eventsPath = "/_annex/events"
)

//go:embed client.js
var client []byte

//go:embed client.css
var sheet []byte

// policy is the content security policy of everything that is served. The pages
// have one of their own in their heads, to which it adds what only a server can
// say.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; worker-src 'none'; frame-ancestors 'none'"

// confined is the policy of files of the workspace that the site carries, such
// as evidence: they are shown, but nothing in them runs or reaches the pages.
const confined = played + "; img-src data:; sandbox"

// played is the policy of those that a browser opens in a viewer of its own, out
// of which a sandbox keeps them: films, sounds and PDF.
const played = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"

// handler answers requests from the newest generation.
func (p *Preview) handler() http.Handler {
	hosts := p.hosts()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		if status, why := guard(r, hosts); status != 0 {
			h.Set("Allow", "GET, HEAD")
			h.Set("Connection", "close")
			http.Error(w, why, status)
			return
		}
		switch r.URL.Path {
		case clientPath:
			h.Set("Content-Type", "text/javascript; charset=utf-8")
			answer(w, http.StatusOK, client)
		case sheetPath:
			h.Set("Content-Type", "text/css; charset=utf-8")
			answer(w, http.StatusOK, sheet)
		case statePath:
			p.state(w, r)
		case eventsPath:
			p.events(w, r)
		default:
			p.show(w, r)
		}
	})
}

// show answers with what stands at a path of the site.
func (p *Preview) show(w http.ResponseWriter, r *http.Request) {
	g := p.now.Load()
	name := g.file(r.URL.Path)
	m, err := g.page(name)
	switch {
	case err != nil:
		notice(w, http.StatusInternalServerError, "This page could not be made.", err.Error())
	case m != nil && path.Ext(name) == ".html":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		answer(w, http.StatusOK, withClient(m, g.tag(styleFile), g.tag(scriptFile)+g.tag(chartFile)))
	case m != nil:
		w.Header().Set("Content-Type", contentType(name))
		answer(w, http.StatusOK, m.content)
	case name != "":
		p.copied(w, r, g, name)
	case g.site == nil:
		notice(w, http.StatusServiceUnavailable, "There is no site yet.", "It shows as soon as the mistakes are mended.")
	case g.file(r.URL.Path+"/") != "":
		to := url.URL{Path: "/" + path.Dir(g.file(r.URL.Path+"/")) + "/"} // by its own name, whatever the request calls it
		w.Header().Set("Location", to.EscapedPath())
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusTemporaryRedirect)
	default:
		notice(w, http.StatusNotFound, "This page is not part of the site.", "What it showed may have another id now, or was deleted. If it comes back, it shows here.")
	}
}

// copied answers with a file of the workspace that is part of the site.
func (p *Preview) copied(w http.ResponseWriter, r *http.Request, g *generation, name string) {
	f, err := g.site.Copied(name)
	if err != nil {
		notice(w, http.StatusNotFound, "This file cannot be read now.", "It was moved or deleted since the site was made, or annex may not read it.")
		return
	}
	defer f.Close()
	content, ok := f.(io.ReadSeeker)
	if !ok {
		panic("preview: a file that cannot seek")
	}
	kind := copiedType(name)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Security-Policy", confined)
	if kind == "application/pdf" || strings.HasPrefix(kind, "video/") || strings.HasPrefix(kind, "audio/") {
		w.Header().Set("Content-Security-Policy", played)
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileTime)) // every connection has deadlines
	http.ServeContent(unkept{w}, r, "", time.Time{}, content)
}

// unkept is an answer that no browser keeps, even when it is an error, which
// [http.ServeContent] takes that from.
type unkept struct{ http.ResponseWriter }

func (w unkept) WriteHeader(status int) {
	w.Header().Set("Cache-Control", "no-store")
	w.ResponseWriter.WriteHeader(status)
}

// copiedType returns the type of a file of the workspace. What a page could load
// as a script or a style of its own is text.
func copiedType(name string) string {
	kind := contentType(name)
	for _, active := range []string{"javascript", "ecmascript", "css"} {
		if strings.Contains(kind, active) {
			return "text/plain; charset=utf-8"
		}
	}
	return kind
}

// fileTime is how long an evidence file may take, which can be large.
const fileTime = 10 * time.Minute

// contentType returns the type of a file by its name. What the system does not
// know is for saving only.
func contentType(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".md", ".toml", ".txt", ".log":
		return "text/plain; charset=utf-8"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
	}
	return "application/octet-stream"
}

// answer sends a whole answer.
func answer(w http.ResponseWriter, status int, content []byte) {
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	_, _ = w.Write(content) // who went away needs no answer
}

// notice sends a page that says why there is no other. It listens for the next
// generation like all pages.
func notice(w http.ResponseWriter, status int, title, text string) {
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>annex</title></head><body class="annex-notice"><main><h1>`)
	b.WriteString(escape(title))
	b.WriteString("</h1><p>")
	b.WriteString(escape(plain(text)))
	b.WriteString("</p>")
	m := &made{}
	if status == http.StatusServiceUnavailable {
		m.tag = noSite
	} else {
		b.WriteString(`<p><a href="/">Go to the first page</a></p>`)
	}
	b.WriteString("</main></body></html>")
	m.content = b.Bytes()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	answer(w, status, withClient(m, "", ""))
}

// noSite is the tag of the page that stands in for a site that could not be made
// yet. It differs from that of a page which the site does not have, so that the
// one follows the other.
const noSite = "none"

// nowhere is the log of the server: what goes wrong between it and a browser is
// of no use to anybody.
func nowhere() *log.Logger { return log.New(io.Discard, "", 0) }
