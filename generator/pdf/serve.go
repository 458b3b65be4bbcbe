package pdf

import (
	"encoding/base64"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
)

// origin is where the pages seem to be. RFC 2606 keeps the name from ever being
// somebody's.
const origin = "http://annex.invalid/"

// request is a file that the browser wants.
type request struct {
	ID      fetch.RequestID `json:"requestId"`
	Frame   cdp.FrameID     `json:"frameId"`
	Kind    string          `json:"resourceType"`
	Request struct {
		URL    string `json:"url"`
		Method string `json:"method"`
	} `json:"request"`
}

// answer gives the browser a file of the site, or refuses. A page is given only as
// the one that is printed: it has no others in it, and does not lead elsewhere.
func (w *window) answer(r request) {
	var content []byte
	file, ok := inside(r.Request.URL)
	ok = ok && r.Request.Method == "GET"
	if r.Kind == "Document" {
		if r.Frame == w.frame && !w.opens.CompareAndSwap(false, true) {
			w.fail(&PageError{w.path, "it leads away to " + strings.TrimPrefix(r.Request.URL, origin)})
			return
		}
		ok = ok && r.Frame == w.frame
	}
	if ok {
		var err error
		if content, ok, err = w.printer.options.File(file); err != nil {
			w.fail(err)
			return
		}
	}
	if !ok {
		if file != "favicon.ico" || r.Kind != "Other" { // which the browser asks for by itself
			w.refuse(r.Request.URL)
		}
		_ = fetch.FailRequest(r.ID, network.ErrorReasonAborted).Do(w.ctx) // the page may be closed already
		return
	}
	_ = fetch.FulfillRequest(r.ID, 200).
		WithResponseHeaders([]*fetch.HeaderEntry{
			{Name: "Content-Type", Value: kind(file)}, {Name: "X-Content-Type-Options", Value: "nosniff"}, {Name: "Cache-Control", Value: "no-store"},
		}).WithBody(base64.StdEncoding.EncodeToString(content)).Do(w.ctx)
}

// refuse notes an address that the page asked for and did not get.
func (w *window) refuse(address string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refused = append(w.refused, strings.TrimPrefix(address, origin))
}

// inside returns the path in the site of an address, and false where that is
// outside.
func inside(address string) (file string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+"/" != origin || u.User != nil {
		return "", false
	}
	file = strings.TrimPrefix(u.Path, "/")
	return file, file != "" && path.Clean("/"+file) == "/"+file
}

// escape writes a path of the site as one of an address.
func escape(file string) string { return (&url.URL{Path: file}).EscapedPath() }

// kind returns the media type of a file by its name: of what pages consist of, the
// same on every machine.
func kind(file string) string {
	switch ext := strings.ToLower(path.Ext(file)); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + ext[1:]
	case ".jpg", ".jpeg":
		return "image/jpeg"
	}
	return "application/octet-stream"
}

// distinct returns the strings in order, each once.
func distinct(list []string) []string {
	list = slices.Sorted(slices.Values(list))
	return slices.Compact(list)
}
