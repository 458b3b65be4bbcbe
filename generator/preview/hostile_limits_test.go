package preview

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"annex/generator"
	"annex/generator/aims"
)

func TestLargeHeadersAreRefused(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	var all beside
	defer all.Wait()
	for _, x := range []struct {
		name, request string
		status        int
	}{
		{"what browsers send at most", page("Cookie: " + strings.Repeat("a", 15<<10)), 200},
		{"one large header", page("Cookie: " + strings.Repeat("a", 24<<10)), 431},
		{"many small headers", page(strings.Repeat("X-A: b\r\n", 4<<10) + "X-A: b"), 431},
		{"a long path", "GET /" + strings.Repeat("a", 24<<10) + " HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 431},
		{"a long method", strings.Repeat("A", 24<<10) + " / HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n", 431},
		{"a long name", named(strings.Repeat("a", 24<<10)), 431},
		{"a long folded header", page("X-A: b" + strings.Repeat("\r\n c", 8<<10)), 431},
	} {
		all.run(t, x.name, func(t *testing.T) {
			r := a.send(t, x.request)
			harmless(t, r)
			if r.status != x.status && (r.status != 0 || x.status == 200) { // a reset may overtake the answer
				t.Errorf("status %d, want %d", r.status, x.status)
			}
		})
	}
}

func TestSlowRequestsEnd(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, func(p *Preview) { p.headerTime = 150 * time.Millisecond })
	var all beside
	defer all.Wait()
	for _, x := range []struct{ name, begin, drip string }{
		{"nothing at all", "", ""},
		{"half a line", "GET / HT", ""},
		{"a header that does not end", "GET / HTTP/1.1\r\nHost: localhost", ""},
		{"a header that grows", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX-A: b", "b"},
		{"headers without end", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\n", "X-A: b\r\n"},
		{"empty lines before a request", "\r\n", "\r\n"},
		{"a body that does not come", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 99999\r\n\r\n", "b"},
		{"chunks that do not come", "GET / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nb\r\n"},
	} {
		all.run(t, x.name, func(t *testing.T) {
			c := a.dial(t)
			begun := time.Now()
			_, _ = io.WriteString(c, strings.ReplaceAll(x.begin, "PORT", strconv.Itoa(a.port)))
			go func() {
				for x.drip != "" {
					time.Sleep(10 * time.Millisecond)
					if _, err := io.WriteString(c, x.drip); err != nil {
						return
					}
				}
			}()
			_, err := io.Copy(io.Discard, c)
			if errors.Is(err, os.ErrDeadlineExceeded) || time.Since(begun) > 3*time.Second {
				t.Errorf("open after %s (%v)", time.Since(begun), err)
			}
		})
	}
	all.run(t, "a stream of events is not one of them", func(t *testing.T) {
		in := stream(t, a)
		time.Sleep(400 * time.Millisecond)
		a.notify()
		if line, err := in.ReadString('\n'); err != nil {
			t.Errorf("%q: %v", line, err)
		}
	})
}

// stream opens a stream of events and reads what comes first.
func stream(tb testing.TB, a attacked) *bufio.Reader {
	tb.Helper()
	c := a.dial(tb)
	_, _ = io.WriteString(c, "GET /_annex/events HTTP/1.1\r\nHost: localhost:"+strconv.Itoa(a.port)+"\r\n\r\n")
	got, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil || got.StatusCode != 200 {
		tb.Fatalf("no stream: %v %v", got, err)
	}
	harmless(tb, reply{status: 200, header: got.Header})
	in := bufio.NewReader(got.Body)
	for range 3 {
		if line, err := in.ReadString('\n'); err != nil || !numbers.MatchString(line) {
			tb.Fatalf("the stream begins with %q: %v", line, err)
		}
	}
	return in
}

// numbers is all that a stream may say.
var numbers = regexp.MustCompile(`^(retry: 1000|data: \d+|:|)\n$`)

func TestAStreamTellsNumbersOnly(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	in := stream(t, a)
	name := filepath.Join(a.dir, "organization/documents/data: x\n\ndata.md")
	write(t, name, "+++\nid = \"evil\\ndata: 7\"\n") // an error, with a name that makes lines
	before := a.now.Load().number
	for {
		line, err := in.ReadString('\n')
		if err != nil || !numbers.MatchString(line) {
			t.Fatalf("%q: %v", line, err)
		}
		if n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(line, "data:"))); err == nil && uint64(n) > before && !a.now.Load().fine() {
			break
		}
	}
}

func TestMoreConnectionsThanAllowedWait(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	var all []net.Conn
	for range mostConnections / len(a.list) {
		all = append(all, a.dial(t))
	}
	waiting := a.dial(t)
	_, _ = io.WriteString(waiting, "GET / HTTP/1.1\r\nHost: localhost:"+strconv.Itoa(a.port)+"\r\nConnection: close\r\n\r\n")
	_ = waiting.SetReadDeadline(time.Now().Add(150 * time.Millisecond))
	if n, err := waiting.Read(make([]byte, 1)); n > 0 || err == nil {
		t.Error("one connection too many is served")
	}
	if len(a.list) > 1 { // the other kind of address has connections of its own
		other := attacked{&Preview{listeners: listeners{list: a.list[1:], port: a.port}}, a.dir}
		if r := other.get(t, "/index.html"); r.status != 200 {
			t.Errorf("status %d under the other address", r.status)
		}
	}
	for _, c := range all {
		c.Close()
	}
	_ = waiting.SetReadDeadline(time.Now().Add(5 * time.Second))
	if r := receive(t, waiting, "GET"); r.status != 200 {
		t.Errorf("status %d when the others have closed", r.status)
	}
}

func TestStreamsLeaveRoomForPages(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for range mostStreams {
		stream(t, a)
	}
	r := a.get(t, "/_annex/events")
	harmless(t, r)
	if r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") == "" {
		t.Errorf("one stream too many: %s", r.raw)
	}
	for range 10 {
		if r := a.get(t, "/index.html"); r.status != 200 {
			t.Errorf("a page beside the streams: %s", r.raw)
		}
	}
}

func TestWhoNeverReadsHoldsUpNobody(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for range 5 {
		c := a.dial(t)
		_ = c.(*net.TCPConn).SetReadBuffer(1)
		_, _ = io.WriteString(c, "GET /_annex/events HTTP/1.1\r\nHost: localhost:"+strconv.Itoa(a.port)+"\r\n\r\n")
	}
	until(t, "the streams", func() bool {
		a.mu.Lock()
		defer a.mu.Unlock()
		return len(a.open) == 5
	})
	if _, ok := a.subscribe(); !ok { // one that is stuck for ever
		t.Fatal("no room")
	}
	told := make(chan struct{})
	go func() {
		defer close(told)
		for range 100_000 {
			a.notify()
		}
	}()
	select {
	case <-told:
	case <-time.After(5 * time.Second):
		t.Fatal("telling of a generation waits for a reader")
	}
	before := a.now.Load().number
	saves := 0
	until(t, "a new generation", func() bool {
		saves++ // again and again: when a save shows is the matter of other tests
		write(t, filepath.Join(a.dir, "organization/roles.toml"), fmt.Sprintf("[[role]]\nid = \"lead\"\ntitle = \"Number %d\"\n", saves))
		time.Sleep(100 * time.Millisecond)
		return a.now.Load().number != before
	})
}

func TestOnlyThisComputerIsListenedTo(t *testing.T) {
	t.Parallel()
	a := attack(t, besieged, nil)
	for _, l := range a.list {
		if ip := l.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("listens on %s", ip)
		}
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range addresses {
		ip := x.(*net.IPNet).IP
		if ip.IsLoopback() || ip.IsLinkLocalUnicast() { // which need a zone
			continue
		}
		c, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), strconv.Itoa(a.port)), time.Second)
		if err == nil {
			c.Close()
			t.Errorf("answers under %s", ip)
		}
	}
}

// TestAPortIsTakenForBothKindsOfAddress holds that no other program can answer
// under the printed address: browsers try [::1] first for localhost.
func TestAPortIsTakenForBothKindsOfAddress(t *testing.T) {
	t.Parallel()
	for _, other := range []string{"[::1]:0", "127.0.0.1:0"} {
		l, err := net.Listen("tcp", other)
		if err != nil {
			t.Skip(err) // no such address on this computer
		}
		defer l.Close()
		port := l.Addr().(*net.TCPAddr).Port
		dir := t.TempDir()
		write(t, filepath.Join(dir, "annex.toml"), "")
		o := Options{Generator: generator.Options{Dir: dir, AsOf: aims.NewDate(2026, 11, 24)}, Port: port}
		if p, err := Open(t.Context(), o); !errors.Is(err, syscall.EADDRINUSE) {
			t.Fatalf("%s: %v %v", other, p, err)
		}
		o.Tries = 20
		p, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if p.port <= port || len(p.list) != 2 {
			t.Errorf("beside %s: port %d, %v", l.Addr(), p.port, p.list)
		}
		if want := "http://localhost:" + strconv.Itoa(p.port) + "/"; p.Address() != want {
			t.Errorf("at %s, not %s", p.Address(), want)
		}
		for _, l := range p.list {
			l.Close()
		}
		p.close()
		p.list = p.list[:1] // a name would lead to whoever has the other kind
		if want := "http://127.0.0.1:" + strconv.Itoa(p.port) + "/"; p.Address() != want {
			t.Errorf("with one kind of address at %s, not %s", p.Address(), want)
		}
	}
}
