package preview

import (
	"strings"
	"testing"
	"time"
)

// page asks for a page with more header lines.
func page(lines ...string) string {
	return "GET /controls/logs.html HTTP/1.1\r\nHost: localhost:PORT\r\n" + strings.Join(append(lines, "Connection: close"), "\r\n") + "\r\n\r\n"
}

// named asks under another name.
func named(host string) string {
	return "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"
}

func method(name string) string {
	return name + " /index.html HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"
}

// fetched asks as a browser says that a page of some site asked.
func fetched(site, mode, dest string) string {
	return page("Sec-Fetch-Site: "+site, "Sec-Fetch-Mode: "+mode, "Sec-Fetch-Dest: "+dest)
}

const smuggled = "GET /index.html HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n"

// requests are sent byte by byte.
var requests = []struct {
	name, request string
	status        int
}{
	// Names. What the address bar of a browser at home says is answered.
	{"the printed address", named("localhost:PORT"), 200},
	{"the address in numbers", named("127.0.0.1:PORT"), 200},
	{"the address in numbers of the other kind", named("[::1]:PORT"), 200},
	{"a foreign name", named("evil.example"), 421},
	{"a foreign name with our port, rebound to this computer", named("evil.example:PORT"), 421},
	{"a rebinding service in numbers", named("127.0.0.1.nip.io:PORT"), 421},
	{"a rebinding service in hex", named("7f000001.c0a80001.rbndr.us:PORT"), 421},
	{"a name that public DNS has for this computer", named("localtest.me:PORT"), 421},
	{"a name below localhost, which browsers resolve", named("evil.localhost:PORT"), 421},
	{"a name that begins like ours", named("localhost.evil.example:PORT"), 421},
	{"a name that ends like ours", named("evil-localhost:PORT"), 421},
	{"our name without a port", named("localhost"), 421},
	{"our name with the port of another program", named("localhost:80"), 421},
	{"our name with a port that begins like ours", named("localhost:PORT0"), 421},
	{"our name with an empty port", named("localhost:"), 421},
	{"our name with zeros before the port", named("localhost:0PORT"), 421},
	{"our name with the dot of the root", named("localhost.:PORT"), 421},
	{"our name in capitals, which no browser sends", named("LOCALHOST:PORT"), 421},
	{"our name as the user of another", named("localhost:PORT@evil.example"), 400},
	{"another as the user of our name", named("evil@localhost:PORT"), 400},
	{"our name in a path", named("evil.example/localhost:PORT"), 400},
	{"two names in one line", named("localhost:PORT, evil.example"), 400},
	{"another loopback address", named("127.0.0.2:PORT"), 421},
	{"the address of no interface", named("0.0.0.0:PORT"), 421},
	{"the address as one number", named("2130706433:PORT"), 421},
	{"the short address", named("127.1:PORT"), 421},
	{"the address in octal", named("0177.0.0.1:PORT"), 421},
	{"the old address within the new kind", named("[::ffff:127.0.0.1]:PORT"), 421},
	{"the new kind with a zone", named("[::1%25lo]:PORT"), 421},
	{"the new kind written long", named("[0:0:0:0:0:0:0:1]:PORT"), 421},
	{"the new kind without brackets", named("::1:PORT"), 421},
	{"an empty name", named(""), 421},
	{"our name and a foreign one", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example\r\n\r\n", 400},
	{"a foreign name and ours", "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: localhost:PORT\r\n\r\n", 400},
	{"no name", "GET / HTTP/1.1\r\n\r\n", 400},
	{"no name, in the old protocol", "GET / HTTP/1.0\r\n\r\n", 421},
	{"our name, in the old protocol", "GET / HTTP/1.0\r\nHost: localhost:PORT\r\n\r\n", 200},
	{"no protocol", "GET /\r\n\r\n", 400},
	{"a newer protocol", "GET / HTTP/3.0\r\nHost: localhost:PORT\r\n\r\n", 505},
	{"a name through a proxy's header", page("X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"), 200}, // which counts for nothing
	{"another path through a proxy's header", page("X-Original-URL: /annex.toml", "X-Rewrite-URL: /.git/config"), 200},
	{"another method through a header", page("X-HTTP-Method-Override: DELETE"), 200},

	// Targets that are no path.
	{"a proxy request to a foreign name", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"a proxy request that hides a foreign name", "GET http://localhost:PORT/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421},
	{"a proxy request with a user", "GET http://evil@localhost:PORT/ HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"a file address", "GET file:///etc/passwd HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"a path without its slash", "GET annex.toml HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 400},
	{"a star", "GET * HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"a backslash for the slash", "GET \\index.html HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 400},

	// Methods.
	{"post", method("POST"), 405},
	{"put", method("PUT"), 405},
	{"delete", method("DELETE"), 405},
	{"patch", method("PATCH"), 405},
	{"trace, to read headers", method("TRACE"), 405},
	{"options, to ask for leave", method("OPTIONS"), 405},
	{"options of the server", "OPTIONS * HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"a question for leave across sites", "OPTIONS /index.html HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n\r\n", 405},
	{"a tunnel to another computer", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", 421},
	{"a tunnel to this computer", "CONNECT localhost:PORT HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 421},
	{"the first words of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 421},
	{"an upgrade to HTTP/2", page("Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), 200}, // which is not made
	{"a method of WebDAV", method("PROPFIND"), 405},
	{"get in small letters", method("get"), 405},
	{"a method with a space before it", " GET / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 400},
	{"TLS to a server without it", "\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 400},

	// Bodies, and requests within them.
	{"a body", page("Content-Length: 5") + "hello", 400},
	{"a body without contents", page("Content-Length: 0"), 200},
	{"a body of negative length", page("Content-Length: -1"), 400},
	{"a body of length +5", page("Content-Length: +5") + "hello", 400},
	{"a body of two lengths", page("Content-Length: 0", "Content-Length: 5") + "hello", 400},
	{"a body of no end", page("Content-Length: 99999999999999999999"), 400},
	{"a body that waits for leave", page("Content-Length: 5", "Expect: 100-continue"), 400},
	{"an expectation", page("Expect: the-unexpected"), 417},
	{"a body in chunks", page("Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n\r\n", 400},
	{"a body in chunks without one", page("Transfer-Encoding: chunked") + "0\r\n\r\n", 400},
	{"a body in chunks with headers behind it", page("Transfer-Encoding: chunked", "Trailer: Host") + "0\r\nHost: evil.example\r\n\r\n", 400},
	{"a request in a body by its length", page("Content-Length: 50") + smuggled, 400},
	{"a request behind chunks, with a length too", page("Content-Length: 6", "Transfer-Encoding: chunked") + "0\r\n\r\n" + smuggled, 400},
	{"a request within a length, with chunks too", page("Transfer-Encoding: chunked", "Content-Length: 4") + "1\r\nZ\r\n0\r\n\r\n" + smuggled, 400},
	{"chunks that a space hides", page("Transfer-Encoding : chunked") + "0\r\n\r\n" + smuggled, 400},
	{"chunks by a word that is none", page("Transfer-Encoding: xchunked") + smuggled, 501},
	{"chunks in a list", page("Transfer-Encoding: identity, chunked") + smuggled, 501},
	{"chunks twice", page("Transfer-Encoding: chunked", "Transfer-Encoding: chunked") + smuggled, 501},
	{"chunks on a folded line", page("Transfer-Encoding:\r\n chunked") + "0\r\n\r\n" + smuggled, 400},
	{"chunks behind a vertical tab", page("Transfer-Encoding: \x0bchunked") + smuggled, 400},
	{"our name folded into a foreign one", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n evil.example\r\n\r\n", 400},
	{"a folded line before all headers", "GET / HTTP/1.1\r\n Host: localhost:PORT\r\n\r\n", 400},
	{"lines without carriage returns, and a body", "GET / HTTP/1.1\nHost: localhost:PORT\nContent-Length: 50\n\n" + smuggled, 400},
	{"lines of carriage returns alone", "GET / HTTP/1.1\rHost: localhost:PORT\r\r", 400},
	{"a carriage return within a header", page("X-A: b\rContent-Length: 50"), 400},
	{"a zero within a header", page("X-A: b\x00c"), 400},
	{"a header without a name", page(": b"), 400},
	{"a header with a sign that names have not", page("X A: b"), 400},
	{"a line that is no header", page("hello"), 400},
	{"a foreign name in a header that looks like the name", page("Host : evil.example"), 400},

	// Other origins.
	{"its own origin", page("Origin: http://localhost:PORT"), 200},
	{"its own origin in numbers", page("Origin: http://127.0.0.1:PORT"), 200},
	{"a foreign origin", page("Origin: https://evil.example"), 403},
	{"no origin, as sandboxes and data addresses have it", page("Origin: null"), 403},
	{"an empty origin", page("Origin: "), 403},
	{"the origin of a file", page("Origin: file://"), 403},
	{"the origin of an extension", page("Origin: chrome-extension://abcdefghijklmnop"), 403},
	{"the origin of another program of this computer", page("Origin: http://localhost:3000"), 403},
	{"our name without its port as the origin", page("Origin: http://localhost"), 403},
	{"our name over TLS as the origin", page("Origin: https://localhost:PORT"), 403},
	{"our name in capitals as the origin", page("Origin: HTTP://LOCALHOST:PORT"), 403},
	{"our name with a path as the origin", page("Origin: http://localhost:PORT/"), 403},
	{"our name as the beginning of an origin", page("Origin: http://localhost:PORT.evil.example"), 403},
	{"our name as the user of an origin", page("Origin: http://localhost:PORT@evil.example"), 403},
	{"our origin and a foreign one", page("Origin: http://localhost:PORT", "Origin: https://evil.example"), 403},
	{"our origin and a foreign one in one line", page("Origin: http://localhost:PORT https://evil.example"), 403},
	{"a foreign origin that names its path", "GET /_annex/state?path=/ HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: https://evil.example\r\n\r\n", 403},
	{"a foreign stream of events", "GET /_annex/events HTTP/1.1\r\nHost: localhost:PORT\r\nOrigin: https://evil.example\r\n\r\n", 403},
	{"a foreign web socket", page("Origin: https://evil.example", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), 403},

	// What browsers say of who asks.
	{"a link or bookmark of the user", fetched("none", "navigate", "document"), 200},
	{"a page of our own", fetched("same-origin", "cors", "empty"), 200},
	{"a link on a foreign page", fetched("cross-site", "navigate", "document"), 200},
	{"a link on a page of another program", fetched("same-site", "navigate", "document"), 200},
	{"a word that browsers do not have yet", fetched("same-galaxy", "cors", "empty"), 403},
	{"an empty word", fetched("", "cors", "empty"), 403},
	{"a foreign frame that calls itself a document", fetched("cross-site", "nested-navigate", "document"), 403},
	{"a foreign link that fills no window", fetched("cross-site", "navigate", "empty"), 403},
	{"a foreign script that calls itself a document", fetched("cross-site", "no-cors", "document"), 403},
	{"a foreign page behind one of our own", page("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"), 403},
	{"a foreign page without mode and use", page("Sec-Fetch-Site: cross-site"), 403},
}

// uses are what browsers say that a page of another site asks for, by the ways
// of asking.
var uses = map[string]string{
	"navigate":    "iframe frame object embed fencedframe",
	"no-cors":     "script style image video audio track object embed empty report paintworklet xslt",
	"cors":        "empty script font manifest image",
	"same-origin": "worker sharedworker serviceworker",
	"websocket":   "websocket empty",
}

func TestRequestsAreAnsweredToTheirOwnPagesOnly(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, func(p *Preview) { p.headerTime = 700 * time.Millisecond })
	var all beside
	defer all.Wait()
	count := 0
	send := func(name, request string, status int) {
		count++
		all.run(t, name, func(t *testing.T) {
			r := a.send(t, request)
			if r.status != status {
				t.Errorf("status %d, want %d: %s", r.status, status, r.raw)
			}
			harmless(t, r)
			if r.status >= 400 && len(r.body) > 200 {
				t.Errorf("says too much: %s", r.body)
			}
		})
	}
	for _, x := range requests {
		send(x.name, x.request, x.status)
	}
	for _, site := range []string{"cross-site", "same-site"} {
		for mode, list := range uses {
			for _, dest := range strings.Fields(list) {
				send(site+" "+dest+" by "+mode, fetched(site, mode, dest), 403)
			}
		}
	}
	t.Logf("%d requests", count)
}
