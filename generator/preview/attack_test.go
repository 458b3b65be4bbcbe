package preview

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"annex/generator"
	"annex/generator/aims"
)

// secret stands in every file that no request may read.
const secret = "kept-from-view-7f3a"

// besieged is a workspace with secrets in and around it, and a page and evidence
// of each dangerous kind.
const besieged = `
-- annex.toml --
# kept-from-view-7f3a
frameworks = ["iso-42001"]

[organization]
name = "Org"

[site]
classification = "internal"
-- .env --
kept-from-view-7f3a
-- .git/config --
kept-from-view-7f3a
-- _drafts/index.html --
kept-from-view-7f3a
-- organization/project.toml --
# kept-from-view-7f3a
kind = "organization"
id = "org"
title = "Org"
-- organization/.notes.md --
kept-from-view-7f3a
-- organization/roles.toml --
[[role]]
id = "lead"
title = "Lead"
-- organization/controls.toml --
# kept-from-view-7f3a
[[control]]
id = "logs"
title = "Logs"
satisfies = ["iso-42001:A.6.2.8"]
owner = "lead"
status = "implemented"
cadence = "1 year"
documents = ["plan"]
description = "Text."

[[control]]
id = "second"
title = "Second"
satisfies = ["iso-42001:A.6.2.6"]
owner = "lead"
status = "implemented"
cadence = "1 year"
description = "Text."
-- organization/evidence/unused.txt --
kept-from-view-7f3a
-- organization/evidence/_private/unused.txt --
kept-from-view-7f3a
-- organization/documents/plan.md --
+++
id = "plan"
title = "Plan 0"
kind = "policy"
owner = "lead"
version = "1.0"
status = "draft"
classification = "internal"
satisfies = ["iso-42001:5.2"]
# kept-from-view-7f3a
+++

## Purpose

Text.
-- theme/templates/second.txt --
kept-from-view-7f3a
`

// evidence is the files that are referenced, by the id of their records.
var evidence = map[string]string{
	"page": "a.html", "old": "a.htm", "strict": "a.xhtml", "strict2": "a.xht", "drawing": "a.svg", "data": "a.xml", "sheet": "a.xsl",
	"archive": "a.mhtml", "feed": "a.atom", "triples": "a.rdf", "formula": "a.mml", "server": "a.shtml", "script": "a.js", "module": "a.mjs", "style": "a.css",
	"upper": "B.HTML", "text": "a.txt", "picture": "a.png", "table": "a.csv", "paper": "a.pdf", "sound": "a.wav", "none": "a", "unknown": "a.zzz", "binary": "a.wasm", "root": "index.html",
}

const active = `<script>alert(1)</script>`

// attacked is a preview that runs, and the folder it shows.
type attacked struct {
	*Preview
	dir string
}

// attack serves a workspace until the test ends. Prepare may change the
// preview before it runs, or be nil.
func attack(tb testing.TB, files string, prepare func(*Preview)) attacked {
	tb.Helper()
	around := tb.TempDir()
	dir := filepath.Join(around, "workspace")
	write(tb, filepath.Join(around, "outside.txt"), secret)
	for _, f := range txtar.Parse([]byte(files)).Files {
		write(tb, filepath.Join(dir, f.Name), string(f.Data))
	}
	var records strings.Builder
	for id, name := range evidence {
		write(tb, filepath.Join(dir, "organization/evidence", id, name), active)
		records.WriteString("[[evidence]]\nid = \"" + id + "\"\ntitle = \"T\"\neffective = 2026-05-01\ncontrols = [\"logs\"]\nfile = \"evidence/" + id + "/" + name + "\"\n\n")
	}
	write(tb, filepath.Join(dir, "organization/evidence.toml"), records.String())
	ctx, stop := context.WithCancel(context.Background())
	p, err := Open(ctx, Options{Generator: generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24), Version: "test"}})
	if err != nil {
		tb.Fatal(err)
	}
	if prepare != nil {
		prepare(p)
	}
	done := make(chan error)
	go func() { done <- p.Run(ctx) }()
	tb.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			tb.Error(err)
		}
	})
	return attacked{p, dir}
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// beside runs up to 16 subtests side by side, however few processors there are:
// some of them wait.
type beside struct {
	sync.WaitGroup
	places chan struct{}
}

func (b *beside) run(t *testing.T, name string, test func(t *testing.T)) {
	if b.places == nil {
		b.places = make(chan struct{}, 16)
	}
	b.places <- struct{}{}
	b.Go(func() {
		defer func() { <-b.places }()
		t.Run(name, test)
	})
}

// reply is what came back over a connection.
type reply struct {
	status int // 0 for none
	header http.Header
	body   string
	raw    string
}

// dial opens a connection that the test closes at its end.
func (a attacked) dial(tb testing.TB) net.Conn {
	tb.Helper()
	c, err := net.Dial("tcp", a.list[0].Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	return c
}

// send sends bytes as they are, but for PORT, and returns the reply.
func (a attacked) send(tb testing.TB, request string) reply {
	tb.Helper()
	c := a.dial(tb)
	defer c.Close()
	request = strings.ReplaceAll(request, "PORT", strconv.Itoa(a.port))
	_, _ = io.WriteString(c, request) // the server may hang up on the way
	method, _, _ := strings.Cut(request, " ")
	return receive(tb, c, method)
}

func receive(tb testing.TB, c net.Conn, method string) reply {
	tb.Helper()
	var raw bytes.Buffer
	in := bufio.NewReader(io.TeeReader(c, &raw))
	got, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		return reply{raw: raw.String()}
	}
	body, err := io.ReadAll(got.Body)
	if err != nil && got.StatusCode < 400 { // who sends too much may be cut off
		tb.Error(err)
	}
	if got.Close {
		_, _ = io.Copy(io.Discard, in) // more replies than one request has
	}
	return reply{got.StatusCode, got.Header, string(body), raw.String()}
}

// get asks for a path as it is written, as a browser would otherwise.
func (a attacked) get(tb testing.TB, target string) reply {
	tb.Helper()
	return a.send(tb, "GET "+target+" HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n")
}

// guarded are the headers of every answer.
var guarded = map[string]string{
	"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
	"Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
}

// plainRefusal is what the standard library says of bytes that are no request.
// It cannot be given headers, and tells nothing.
var plainRefusal = regexp.MustCompile(`^(|[45]\d\d [A-Za-z :-]{1,100}|Unsupported transfer encoding)$`)

// harmless reports what no reply may have.
func harmless(tb testing.TB, r reply) {
	tb.Helper()
	if strings.Contains(r.raw, secret) {
		tb.Errorf("tells a secret: %s", r.raw)
	}
	if strings.Count(r.raw, "HTTP/1.1 ") > 1 {
		tb.Errorf("more than one answer: %s", r.raw)
	}
	for name := range r.header {
		if name == "Server" || name == "X-Powered-By" || name == "Set-Cookie" || name == "Etag" || name == "Last-Modified" || strings.HasPrefix(name, "Access-Control-") {
			tb.Errorf("sends %s: %q", name, r.header[name])
		}
	}
	csp := r.header.Values("Content-Security-Policy")
	if len(csp) == 0 && (r.status == 0 || r.status >= 400 && plainRefusal.MatchString(r.body)) {
		return
	}
	if len(csp) != 1 || !strings.Contains(csp[0], "default-src 'none';") || !strings.Contains(csp[0], "frame-ancestors 'none'") {
		tb.Errorf("status %d with the policy %q", r.status, csp)
	}
	for name, want := range guarded {
		if got := r.header.Values(name); len(got) != 1 || got[0] != want {
			tb.Errorf("status %d with %s: %q", r.status, name, got)
		}
	}
}
