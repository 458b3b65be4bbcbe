package browser_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// miniBrowser is where Debian puts the browser that WebKit's driver starts.
const miniBrowser = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"

// webkit starts WebKit's own small browser on a screen that nobody sees and speaks
// WebDriver with its driver, which is JSON over HTTP.
func webkit(t *testing.T) window {
	t.Helper()
	const packages = "apt-get install webkit2gtk-driver xvfb"
	driver := installed(t, "WebKit", packages, "WebKitWebDriver")
	screen := installed(t, "a screen for WebKit", packages, "Xvfb")
	if _, err := os.Stat(miniBrowser); err != nil {
		absent(t, "WebKit", packages)
	}
	display := screenOf(t, screen)
	port := freePort(t)
	run := exec.Command(driver, "--port="+port)
	home := t.TempDir()
	run.Env = append(os.Environ(), "DISPLAY="+display, "HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home,
		"WEBKIT_DISABLE_COMPOSITING_MODE=1", "LIBGL_ALWAYS_SOFTWARE=1", "NO_AT_BRIDGE=1")
	started(t, run)
	d := &webDriver{t: t, client: &http.Client{Timeout: time.Minute}, session: "http://127.0.0.1:" + port + "/session"}
	var made struct{ SessionID string }
	options := map[string]any{"binary": miniBrowser, "args": []string{"--automation"}}
	d.retry("", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"webkitgtk:browserOptions": options}}}, &made)
	d.session += "/" + made.SessionID
	t.Cleanup(func() {
		if request, err := http.NewRequest(http.MethodDelete, d.session, nil); err == nil {
			if answer, err := d.client.Do(request); err == nil {
				answer.Body.Close()
			}
		}
	})
	return d
}

// screenOf starts a virtual screen and returns its name, which the server chooses.
func screenOf(t *testing.T, screen string) string {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	run := exec.Command(screen, "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	run.ExtraFiles = []*os.File{write}
	started(t, run)
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the screen does not say its number: %v", err)
	}
	return ":" + strings.TrimSpace(number)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// webDriver is a window that is driven by WebDriver.
type webDriver struct {
	t       *testing.T
	client  *http.Client
	session string
}

// retry is call for the first command: the driver may not listen yet.
func (d *webDriver) retry(command string, body, value any) {
	d.t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		err := d.try(command, body, value)
		if err == nil {
			return
		}
		if time.Now().After(end) {
			d.t.Fatal(err)
		}
	}
}

func (d *webDriver) call(command string, body, value any) {
	d.t.Helper()
	if err := d.try(command, body, value); err != nil {
		d.t.Fatal(err)
	}
}

func (d *webDriver) try(command string, body, value any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := d.client.Post(d.session+command, "application/json", bytes.NewReader(data))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	var told struct{ Value json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", command, told.Value)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(told.Value, value)
}

func (d *webDriver) visit(address string) {
	d.t.Helper()
	d.call("/url", map[string]any{"url": address}, nil)
}

func (d *webDriver) evaluate(script string) string {
	d.t.Helper()
	var value any
	d.call("/execute/sync", map[string]any{"script": "return " + script, "args": []any{}}, &value)
	return fmt.Sprint(value)
}

// complaints is empty: WebDriver tells nothing of what a page writes to its
// console. The pages of the test take note of their errors themselves.
func (d *webDriver) complaints() []string { return nil }
