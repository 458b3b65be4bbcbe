package preview

import (
	"fmt"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"testing"
)

// hidden are files in and around the workspace that are no part of the site.
var hidden = []string{
	"annex.toml", ".env", ".git/config", "_drafts/index.html", "organization/project.toml", "organization/.notes.md", "organization/controls.toml",
	"organization/documents/plan.md", "organization/evidence/unused.txt", "organization/evidence/_private/unused.txt", "theme/templates/second.txt",
	"organization/evidence/page/a.html", "evidence/unused.txt", "../outside.txt", "../../../../../../../../etc/passwd", "/etc/passwd", "DIR/annex.toml",
	"con", "aux.html", "nul", "com1.txt",
}

// ways are those of asking for a file: FILE is its path, and a name says where
// the way is known from.
var ways = []struct{ name, target string }{
	{"as it is", "/FILE"},
	{"absolute", "//FILE"},
	{"absolute, three slashes", "///FILE"},
	{"in this folder", "/./FILE"},
	{"above the root", "/../FILE"},
	{"far above the root", "/../../../../../../../../FILE"},
	{"above the root without its slash", "..//FILE"},
	{"out of a folder of the site (MkDocs CVE-2021-40978)", "/assets/../../FILE"},
	{"out of a page", "/index.html/../FILE"},
	{"out of evidence", "/evidence/page/../../organization/FILE"},
	{"out of a folder that is not there", "/nothing/../FILE"},
	{"dots in hex", "/%2e%2e/FILE"},
	{"dots in hex, capitals", "/%2E%2E/FILE"},
	{"one dot in hex", "/.%2e/FILE"},
	{"the slash in hex", "/..%2fFILE"},
	{"dots and slash in hex", "/%2e%2e%2f%2e%2e%2fFILE"},
	{"a leading slash in hex", "/%2fFILE"},
	{"hex in hex", "/%252e%252e%252fFILE"},
	{"a backslash", `/..\FILE`},
	{"backslashes", `\..\FILE`},
	{"a backslash in hex", "/..%5cFILE"},
	{"a leading backslash in hex", "/%5cFILE"},
	{"a backslash in hex in hex", "/..%255cFILE"},
	{"a long form of UTF-8 (IIS, 2000)", "/..%c0%afFILE"},
	{"long dots of UTF-8", "/%c0%ae%c0%ae/FILE"},
	{"wide dots", "/%ef%bc%8e%ef%bc%8e/FILE"},
	{"a wide slash", "/..%ef%bc%8fFILE"},
	{"signs that Windows shortens to dots", "/%e2%80%a5/FILE"},
	{"hex of four digits (IIS)", "/..%u2215FILE"},
	{"half a hex sign", "/..%2FILE"},
	{"four dots", "/....//FILE"},
	{"a parameter (Tomcat)", "/..;/FILE"},
	{"a parameter behind", "/FILE;.html"},
	{"a zero behind", "/FILE%00"},
	{"a zero and an ending", "/FILE%00.html"},
	{"a zero in front", "/%00/FILE"},
	{"a line end behind", "/FILE%0a"},
	{"a line end and an ending", "/FILE%0d%0a.html"},
	{"raw (Vite CVE-2025-30208)", "/FILE?raw"},
	{"raw with two marks (Vite CVE-2025-30208)", "/@fs/FILE?raw??"},
	{"import and raw (Vite CVE-2025-30208)", "/@fs/FILE?import&raw??"},
	{"inline and import (Vite CVE-2025-31125)", "/@fs/FILE?inline&import"},
	{"inline, wasm and init (Vite CVE-2025-31125)", "/@fs/FILE?inline=1.wasm?init"},
	{"url (Vite)", "/@fs/FILE?url"},
	{"an image's query (Vite CVE-2025-31486)", "/@fs/FILE?.svg?.wasm?init"},
	{"a fragment in the target (Vite CVE-2025-32395)", "/@fs/x/x/x/vite/#/../../../../../FILE"},
	{"the file system (Vite)", "/@fs/FILE"},
	{"an id (Vite)", "/@id/FILE"},
	{"a trailing slash (Vite CVE-2025-46565)", "/FILE/."},
	{"a slash behind", "/FILE/"},
	{"a file address", "/file:///FILE"},
	{"a fragment in hex", "/index.html%23/../FILE"},
	{"a query in hex", "/index.html%3f/../FILE"},
	{"a drive", "/C:/FILE"},
	{"a drive and a backslash", "/c:%5cFILE"},
	{"another computer", `/\\127.0.0.1\c$\FILE`},
	{"a device path of Windows", "/%5c%5c%3f%5cFILE"},
	{"a stream of NTFS", "/FILE::$DATA"},
	{"a dot behind", "/FILE."},
	{"a blank behind", "/FILE%20"},
	{"a blank in front", "/%20/FILE"},
	{"a home folder", "/~/FILE"},
	{"a process", "/proc/self/cwd/FILE"},
	{"the folder of the theme", "/theme/../FILE"},
	{"the preview's own paths", "/_annex/../FILE"},
	{"the preview's own paths, down", "/_annex/FILE"},
	{"files that documents show", "/files/FILE"},
	{"files that documents show, and up", "/files/../FILE"},
	{"evidence", "/evidence/FILE"},
	{"evidence, and up", "/evidence/page/../FILE"},
	{"the tag of a page", "/_annex/state/FILE"},
	{"a very long way", "/" + strings.Repeat("a/../", 1000) + "FILE"},
}

func TestNoPathLeavesTheSite(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	t.Logf("%d ways to %d files", len(ways), len(hidden))
	var all beside
	defer all.Wait()
	for _, way := range ways {
		all.run(t, way.name, func(t *testing.T) {
			for _, file := range hidden {
				target := strings.ReplaceAll(way.target, "FILE", strings.ReplaceAll(file, "DIR", a.dir))
				r := a.get(t, target)
				if r.status != http.StatusNotFound && r.status != http.StatusBadRequest && r.status != http.StatusMisdirectedRequest {
					t.Errorf("%s: status %d", target, r.status)
				}
				if strings.Contains(r.raw, "root:") {
					t.Errorf("%s reads the passwords", target)
				}
				harmless(t, r)
			}
		})
	}
}

func TestTheStateTellsTagsOfPagesOnly(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for _, file := range hidden {
		for _, query := range []string{"path=/" + file, "path=" + file, "path=/../" + file, "path=%2f%2e%2e%2f" + file, "path=/index.html&path=/" + file, "path=/x%00" + file, "path;=/" + file} {
			r := a.get(t, "/_annex/state?"+query)
			harmless(t, r)
			if r.status != 200 || !strings.Contains(query, "index") && !strings.Contains(r.body, `"page":""`) {
				t.Errorf("%s: status %d, %s", query, r.status, r.body)
			}
		}
	}
}

func TestEverythingThatCanBeReadIsTheSite(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for name := range a.now.Load().site.Paths {
		r := a.get(t, "/"+name)
		harmless(t, r)
		if r.status != 200 {
			t.Errorf("%s: status %d", name, r.status)
		}
	}
}

func TestHeadHasTheHeadersOfGetAndNothingElse(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	until(t, "the edition with what git knows", func() bool { return a.now.Load().number > 1 })
	for _, target := range []string{
		"/", "/index.html", "/controls", "/nothing", "/assets/annex.css", "/evidence/text/a.txt", "/evidence/page/a.html",
		"/_annex/client.js", "/_annex/client.css", "/_annex/state?path=/", "/_annex/nothing",
	} {
		get := a.get(t, target)
		head := a.send(t, "HEAD "+target+" HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n")
		harmless(t, head)
		get.header.Del("Date")
		head.header.Del("Date")
		if head.status != get.status || fmt.Sprint(head.header) != fmt.Sprint(get.header) {
			t.Errorf("HEAD of %s: %d %v, not %d %v", target, head.status, head.header, get.status, get.header)
		}
		if !strings.HasSuffix(head.raw, "\r\n\r\n") {
			t.Errorf("HEAD of %s has a body: %s", target, head.raw)
		}
	}
	// A stream has no end; HEAD must not wait for it, on a connection that stays open.
	head := a.send(t, "HEAD /_annex/events HTTP/1.1\r\nHost: localhost:PORT\r\nConnection: close\r\n\r\n")
	harmless(t, head)
	if head.status != 200 || head.header.Get("Content-Type") != "text/event-stream" || len(a.open) != 0 {
		t.Errorf("HEAD of the events: %s", head.raw)
	}
}

// TestEvidenceIsShownAndNeverRun holds that what other people wrote has no power
// over the pages: opened it is in a sandbox, and a page cannot load it as a
// script or a style.
func TestEvidenceIsShownAndNeverRun(t *testing.T) {
	t.Parallel()
	// A computer may know more types than Go does, and some run.
	for ext, kind := range map[string]string{".zzz": "text/html", ".mjs": "application/javascript", ".atom": "application/atom+xml", ".mml": "application/mathml+xml", ".shtml": "text/html", ".xht": "application/xhtml+xml"} {
		if err := mime.AddExtensionType(ext, kind); err != nil {
			t.Fatal(err)
		}
	}
	a := attack(t, besieged, nil)
	for id, name := range evidence {
		r := a.get(t, "/evidence/"+id+"/"+name)
		harmless(t, r)
		kind, csp := r.header.Get("Content-Type"), r.header.Get("Content-Security-Policy")
		if r.status != 200 || r.body != active {
			t.Errorf("%s: status %d, %q", name, r.status, r.body)
		}
		if strings.Contains(kind, "javascript") || strings.Contains(kind, "css") || kind == "" {
			t.Errorf("%s is %q, which a page can load", name, kind)
		}
		if (!strings.HasSuffix(csp, "; sandbox") || strings.Contains(csp, "script-src")) && (csp != played || name != "a.pdf" && name != "a.wav") {
			t.Errorf("%s is %q with the policy %q", name, kind, csp)
		}
	}
	for _, ask := range []string{"bytes=900-", "bytes=0-4", "bytes=-1", "bytes=0-0,2-2,4-4", "bytes=5-1", "lines=1-2", "bytes=" + strings.Repeat("0-,", 1000)} {
		harmless(t, a.send(t, "GET /evidence/text/a.txt HTTP/1.1\r\nHost: localhost:PORT\r\nRange: "+ask+"\r\nConnection: close\r\n\r\n"))
	}
}

// TestNothingLeadsElsewhere holds that no answer sends a browser to another site.
func TestNothingLeadsElsewhere(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for _, target := range []string{
		"//evil.example", "//evil.example/", "//evil.example/..", "///evil.example", `/\evil.example`, `/\/evil.example`, "/%2fevil.example", "/%2f%2fevil.example", "/%5cevil.example",
		"/%09/evil.example", "/%0d%0aLocation:%20https://evil.example", "/controls%0d%0aSet-Cookie:%20a=b", "/controls%0d%0a%0d%0a<script>", "/controls?%0d%0aX-A:%20b",
		"/;@evil.example", "/.evil.example", "/@evil.example", "/https://evil.example", "/javascript:alert(1)", "//controls", "/controls//", "/controls/..", "/controls/../controls", "/%2e/controls",
		"//evil.example/%2f..", "/controls;evil.example", "/evidence/page", "/controls?//evil.example", "/%63ontrols", "/controls", "/evidence%2fpage", "/documents?next=https://evil.example",
	} {
		r := a.get(t, target)
		harmless(t, r)
		to := r.header.Get("Location")
		if to != "" && !slices.Contains([]string{"/controls/", "/evidence/root/", "/documents/"}, to) {
			t.Errorf("%s leads to %q", target, to)
		}
		if (to != "") != (r.status == http.StatusTemporaryRedirect) || r.header.Get("X-A") != "" {
			t.Errorf("%s: status %d, %v", target, r.status, r.header)
		}
		if strings.Contains(r.body, "evil") {
			t.Errorf("%s is repeated: %s", target, r.body)
		}
	}
	if r := a.get(t, "/evidence/root"); r.header.Get("Location") != "/"+path.Join("evidence", "root")+"/" {
		t.Errorf("a folder without its slash: %v", r.header)
	}
}
