package browser_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"
)

// firefox starts Firefox and speaks WebDriver BiDi with it, which is JSON over a
// web socket.
func firefox(t *testing.T) window {
	t.Helper()
	browser := installed(t, "Firefox", "apt-get install firefox-esr", "firefox-esr", "firefox")
	profile := t.TempDir()
	// Files have no common origin, as is usual; nothing goes out to look for news.
	prefs := `user_pref("security.fileuri.strict_origin_policy", true);
user_pref("app.update.enabled", false); user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false); user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,"); user_pref("browser.shell.checkDefaultBrowser", false);
`
	if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(prefs), 0o644); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(browser, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0", "about:blank")
	errors, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	started(t, run)
	address := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(errors); lines.Scan(); {
			if _, at, ok := strings.Cut(lines.Text(), "WebDriver BiDi listening on "); ok {
				address <- at
			}
		}
		close(address)
	}()
	var at string
	select {
	case at = <-address:
	case <-time.After(time.Minute):
	}
	if at == "" {
		t.Fatal("Firefox does not say where it listens")
	}
	conn, _, _, err := ws.Dial(context.Background(), at+"/session")
	if err != nil {
		t.Fatalf("connecting to Firefox: %v", err)
	}
	b := &bidi{t: t, send: func(m []byte) error { return wsutil.WriteClientText(conn, m) }, receive: func() ([]byte, error) { return wsutil.ReadServerText(conn) }}
	t.Cleanup(func() { _ = conn.Close() })
	b.call("session.new", map[string]any{"capabilities": map[string]any{}}, nil)
	b.call("session.subscribe", map[string]any{"events": []string{"log.entryAdded"}}, nil)
	var tree struct {
		Contexts []struct{ Context string }
	}
	b.call("browsingContext.getTree", map[string]any{}, &tree)
	b.context = tree.Contexts[0].Context
	return b
}

// bidi is a window that is driven by WebDriver BiDi.
type bidi struct {
	t       *testing.T
	send    func([]byte) error
	receive func() ([]byte, error)
	context string
	last    int
	said    []string
}

// call sends a command and waits for its result. What the browser logs meanwhile
// is kept.
func (b *bidi) call(method string, params map[string]any, result any) {
	b.t.Helper()
	b.last++
	message, err := json.Marshal(map[string]any{"id": b.last, "method": method, "params": params})
	if err == nil {
		err = b.send(message)
	}
	for err == nil {
		var answer struct {
			ID             int
			Type, Method   string
			Error, Message string
			Result         json.RawMessage
			Params         struct{ Level, Text string }
		}
		if message, err = b.receive(); err != nil {
			break
		}
		if err = json.Unmarshal(message, &answer); err != nil {
			break
		}
		switch {
		case answer.Type == "event":
			if answer.Params.Level == "error" || answer.Params.Level == "warn" {
				b.said = append(b.said, answer.Params.Text)
			}
		case answer.ID != b.last:
		case answer.Type == "error":
			b.t.Fatalf("%s: %s: %s", method, answer.Error, answer.Message)
		case result == nil:
			return
		default:
			if err = json.Unmarshal(answer.Result, result); err == nil {
				return
			}
		}
	}
	b.t.Fatalf("%s: %v", method, err)
}

func (b *bidi) visit(address string) {
	b.t.Helper()
	b.call("browsingContext.navigate", map[string]any{"context": b.context, "url": address, "wait": "complete"}, nil)
}

func (b *bidi) evaluate(script string) string {
	b.t.Helper()
	var answer struct {
		Type             string
		Result           struct{ Value any }
		ExceptionDetails struct{ Text string }
	}
	b.call("script.evaluate", map[string]any{"expression": script, "target": map[string]any{"context": b.context}, "awaitPromise": true}, &answer)
	if answer.Type != "success" {
		b.t.Fatalf("%s: %s", script, answer.ExceptionDetails.Text)
	}
	return fmt.Sprint(answer.Result.Value)
}

func (b *bidi) complaints() []string { return b.said }
