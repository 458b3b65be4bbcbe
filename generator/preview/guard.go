package preview

import (
	"net/http"
	"slices"
	"strings"
)

// guard refuses what does not come from a browser of this computer that shows
// the preview itself. Drafts are confidential, and any page that the same
// browser has open can send requests to the preview, under a name of its own
// that it lets point to this computer (DNS rebinding), or across sites.
//
// It returns 0 for a request to answer, otherwise the status and a sentence.
func guard(r *http.Request, hosts []string) (status int, why string) {
	// A target with an address of its own (http://...) is for proxies, and comes
	// before Host.
	if !slices.Contains(hosts, r.Host) || !strings.HasPrefix(r.RequestURI, "/") {
		return http.StatusMisdirectedRequest, "The preview answers under the address that annex serve printed, and under no other name."
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return http.StatusMethodNotAllowed, "The preview only shows pages."
	}
	if r.ContentLength != 0 || len(r.TransferEncoding) > 0 {
		return http.StatusBadRequest, "The preview takes no data."
	}
	for _, origin := range r.Header.Values("Origin") {
		if !slices.ContainsFunc(hosts, func(h string) bool { return origin == "http://"+h }) {
			return http.StatusForbidden, "Another site asked for this page."
		}
	}
	if !ownSite(r.Header) {
		return http.StatusForbidden, "Another site asked for this page."
	}
	return 0, ""
}

// ownSite reports whether what the browser tells of a request (Sec-Fetch-*)
// says that the preview itself or the user made it. Somebody who follows a link
// from elsewhere is welcome, as long as it fills the window. A port is no border
// between sites to a browser, so "same-site" may be any program of this computer.
func ownSite(h http.Header) bool {
	for _, site := range h.Values("Sec-Fetch-Site") {
		switch site {
		case "same-origin", "none":
		default:
			if h.Get("Sec-Fetch-Mode") != "navigate" || h.Get("Sec-Fetch-Dest") != "document" {
				return false
			}
		}
	}
	return true
}
