package preview

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
)

// until waits for a condition.
func until(tb testing.TB, what string, is func() bool) {
	tb.Helper()
	for begun := time.Now(); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			tb.Fatal("not in time: ", what)
		}
	}
}

const failing = "-- theme/templates/control.html --\n" +
	"{{with .View}}{{$c := .Control.Control}}{{if eq $c.ID \"second\"}}{{call (print \"</p><script>alert(1)</script>\u202e\")}}{{end}}<h1>{{$c.Title}}</h1>{{end}}\n"

func TestAPageThatFailsIsToldAsText(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged+failing, nil)
	r := a.get(t, "/controls/second.html")
	harmless(t, r)
	if r.status != http.StatusInternalServerError || strings.Contains(r.body, "\u202e") || strings.Contains(r.body, "<script>alert") || !strings.Contains(r.body, "&lt;script&gt;alert") {
		t.Errorf("%s", r.raw)
	}
	if r := a.get(t, "/controls/logs.html"); r.status != 200 {
		t.Errorf("another page: %s", r.raw)
	}
}

func TestWhatIsWrongIsToldAsText(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]string{
		"no site yet": besieged + "-- organization/records/bad.toml --\n",
		"a site":      besieged,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := attack(t, strings.Replace(files, "-- organization/records/bad.toml --\n", "-- organization/records/bad.toml --\nx =\n", 1), nil)
			const evil = "</script><img src=x onerror=alert(1)>\u202e\u2066\u2028"
			write(t, filepath.Join(a.dir, "organization/documents", strings.ReplaceAll(evil, "/", "")+"\x07\x1b[31m.md"), "+++\nid = \"a\"\n"+evil+" = 1\n+++\n")
			write(t, filepath.Join(a.dir, "organization/evil.toml"), "[[control]]\nid = \"evil\"\ntitle = \"T\"\nstatus = \"\\u001b[31m"+evil+"\"\nsatisfies = [\"<b>\\u0007\"]\n")
			var r reply
			until(t, "the errors", func() bool {
				r = a.get(t, "/_annex/state?path="+"%3Cscript%3E%1b%e2%80%ae")
				return strings.Contains(r.body, "onerror")
			})
			harmless(t, r)
			if kind := r.header.Get("Content-Type"); kind != "application/json" || strings.ContainsAny(r.body, "<>&\u2028") {
				t.Errorf("%s: %s", kind, r.body)
			}
			var s state
			if err := json.Unmarshal([]byte(r.body), &s); err != nil || len(s.Problems) < 2 {
				t.Fatalf("%v: %s", err, r.body)
			}
			for _, p := range s.Problems {
				for _, text := range append(p.Notes, p.Place, p.Code, p.Message, p.Line, p.Help, s.Failure) {
					if strings.ContainsFunc(text, func(c rune) bool { return unicode.IsControl(c) || c == 0x202e || c == 0x2066 }) {
						t.Errorf("control signs: %q", text)
					}
				}
			}
			for _, target := range []string{"/", "/index.html", "/nothing", "/assets/annex.css", "/_annex/client.js", "/evidence/text/a.txt"} {
				r := a.get(t, target)
				harmless(t, r)
				if strings.Contains(r.body, "onerror") || name == "no site yet" && !strings.HasPrefix(target, "/_annex/") && r.status != http.StatusServiceUnavailable {
					t.Errorf("%s: %s", target, r.raw)
				}
			}
		})
	}
}

func TestLongLinesAreShownInPart(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	long := strings.Repeat("ä", 200_000)
	write(t, filepath.Join(a.dir, "organization/long.toml"), "[[role]]\nid = \""+long+"\"\ntitle = \""+long+"\"\n"+strings.Repeat(" ", 5000)+"titel = 1\n")
	until(t, "the errors", func() bool { return !a.now.Load().fine() })
	r := a.get(t, "/_annex/state?path=/")
	if len(r.body) > mostProblems*8*widest {
		t.Errorf("%d bytes about errors", len(r.body))
	}
	for _, x := range []struct {
		text       string
		at         int
		want       string
		wantBefore int
	}{
		{"", 0, "", 0},
		{"", -1, "", 0},
		{"short", 9, "short", 5},
		{strings.Repeat("a", widest), 7, strings.Repeat("a", widest), 7},
		{strings.Repeat("a", widest) + "b", 0, strings.Repeat("a", widest) + "…", 0},
		{"b" + strings.Repeat("ä", widest), widest + 1, "…" + strings.Repeat("ä", widest), widest + 1},
		{strings.Repeat("a", widest) + "b" + strings.Repeat("c", widest), widest, "…" + strings.Repeat("a", widest/2) + "b" + strings.Repeat("c", widest/2-1) + "…", widest/2 + 1},
	} {
		if got, before := part(x.text, x.at); got != x.want || before != x.wantBefore {
			t.Errorf("part(%.20q, %d) = %q, %d", x.text, x.at, got, before)
		}
	}
}

// TestThePolicyOfAPageStaysWhole holds that letters with other lengths in lower
// case, before the policy, do not move what is written into it.
func TestThePolicyOfAPageStaysWhole(t *testing.T) {
	t.Parallel()
	const fake = ` </head> <meta http-equiv=\"Content-Security-Policy\" content=\"` // as TOML writes it
	for _, name := range []string{"İİİİİİİİ\u212a" + fake, strings.Repeat("Ⱥ", 3000) + fake} {
		a := attack(t, strings.ReplaceAll(besieged, `name = "Org"`, `name = "`+name+`"`), nil)
		for _, target := range []string{"/", "/controls/logs.html", "/nothing"} {
			r := a.get(t, target)
			harmless(t, r)
			// A worker of a theme would stay in the browser for the next workspace.
			if !strings.Contains(r.header.Get("Content-Security-Policy"), "worker-src 'none';") {
				t.Errorf("%s: pages can have workers", target)
			}
			if target != "/nothing" && strings.Count(r.body, `content="connect-src 'self'; default-src 'none'; script-src 'self';`) != 1 || strings.Count(r.body, `<script src="/_annex/client.js"`) != 1 {
				t.Errorf("%.20s: %s: %.600s", name, target, r.body)
			}
		}
	}
}

// TestEveryPageIsOfOneGeneration writes two files on which a page depends, again
// and again, and not both at once. What is served is the page of some state of
// the files each time, from the first byte to the last.
func TestEveryPageIsOfOneGeneration(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	until(t, "the edition with what git knows", func() bool { return a.now.Load().number > 1 })
	files := [2]string{filepath.Join(a.dir, "organization/documents/plan.md"), filepath.Join(a.dir, "organization/controls.toml")}
	var contents [2][2]string // of each file in both states
	for i, title := range []string{`"Plan `, `"Logs `} {
		text, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		before := strings.Replace(string(text), `"Logs"`, `"Logs 0"`, 1)
		contents[i] = [2]string{before, strings.Replace(before, title+"0", title+"1", 1)}
	}
	const document, list, control = "/documents/plan.html", "/documents/", "/controls/logs.html"
	possible := map[string]map[string]bool{document: {}, list: {}, control: {}}
	for n := range 4 {
		write(t, files[0], contents[0][n%2])
		write(t, files[1], contents[1][n/2])
		until(t, "the pages of a state", func() bool {
			body := a.get(t, document).body
			return strings.Contains(body, fmt.Sprintf("Plan %d", n%2)) && strings.Contains(body, fmt.Sprintf("Logs %d", n/2))
		})
		for path, bodies := range possible {
			bodies[a.get(t, path).body] = true
		}
	}
	if len(possible[document]) != 4 || len(possible[list]) != 2 || len(possible[control]) != 4 {
		t.Fatalf("%d, %d and %d pages of four states", len(possible[document]), len(possible[list]), len(possible[control]))
	}
	first := a.now.Load().number
	begun := time.Now()
	enough := func() bool {
		made, took := a.now.Load().number-first, time.Since(begun)
		return made >= 10 || made >= 2 && took > 2*time.Second || took > 20*time.Second
	}
	var work sync.WaitGroup
	work.Go(func() {
		for n := 0; !enough(); n++ {
			write(t, files[n%2], contents[n%2][n/2%2])
			time.Sleep(20 * time.Millisecond) // an editor would be slower
		}
	})
	for path, bodies := range possible {
		tags := map[uint64]string{}
		work.Go(func() {
			for !enough() {
				if body := a.get(t, path).body; !bodies[body] {
					t.Errorf("%s is the page of no state: %s", path, body)
				}
				var s state
				if err := json.Unmarshal([]byte(a.get(t, "/_annex/state?path="+path).body), &s); err != nil {
					t.Error(err)
				}
				if tag, known := tags[s.Generation]; known && tag != s.Page {
					t.Errorf("%s has two tags in generation %d", path, s.Generation)
				}
				tags[s.Generation] = s.Page
			}
		})
	}
	work.Wait()
	if a.now.Load().number < first+2 {
		t.Error("nothing changed")
	}
}
