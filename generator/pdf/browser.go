package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
)

// browser is a running program, with the wire that it is steered by.
type browser struct {
	*wire
	command *exec.Cmd
	folder  string        // of its profile
	ended   chan struct{} // closed when the program has ended
	words   *tail         // the last that it wrote

	once   sync.Once
	closed error // of the first close
}

// StartError says that a browser was found and did not start.
type StartError struct {
	Program string
	Reason  string // what it said last, or how it ended
}

func (e *StartError) Error() string {
	return fmt.Sprintf("the browser %s did not start: %s; %s can name another one, and everything but PDF works without", e.Program, e.Reason, Variable)
}

// start starts a browser and waits until it answers.
func start(ctx context.Context, program string) (*browser, error) {
	folder, err := os.MkdirTemp("", "annex-browser-") // for the user alone, 0700
	if err != nil {
		return nil, fmt.Errorf("making a folder for the browser: %w", err)
	}
	b := &browser{folder: folder, ended: make(chan struct{}), words: &tail{}}
	b.command = exec.Command(program, flags(folder, runtime.GOOS == "linux" && os.Geteuid() == 0)...)
	b.command.Env = surroundings(folder)
	b.command.Stdout, b.command.Stderr = b.words, b.words
	b.command.WaitDelay = waitLimit // a program of its own that lives on may hold its output open
	apart(b.command)
	p, err := join(b.command)
	if err == nil {
		err = b.command.Start()
		p.started()
	}
	if err != nil {
		p.close()
		return nil, errors.Join(&StartError{program, err.Error()}, os.RemoveAll(folder))
	}
	b.wire = open(p)
	go func() {
		_ = b.command.Wait()
		close(b.ended)
	}()
	_, _, _, _, _, err = cdpbrowser.GetVersion().Do(cdp.WithExecutor(ctx, b.wire.root()))
	if err == nil {
		return b, nil
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, errors.Join(ctx.Err(), b.close(0))
	}
	_ = b.close(0)
	reason := b.words.last()
	if reason == "" {
		reason = "it gave no answer"
	}
	return nil, &StartError{program, reason}
}

// surroundings is the environment that a browser is started in: no page can tell
// where it is printed, and what the browser puts among temporary files goes with
// its folder. It makes a socket there, whose path must not be longer than 104 bytes
// on some systems.
func surroundings(folder string) []string {
	list := append(os.Environ(), "TZ=UTC")
	if len(folder)+len("/org.chromium.Chromium.XXXXXX/SingletonSocket") < 104 {
		list = append(list, "TMPDIR="+folder)
	}
	return list
}

// waitLimit is how long an ending browser is waited for before it is killed.
const waitLimit = 5 * time.Second

// close asks the browser to end, kills it if it does not in time, and deletes its
// folder.
func (b *browser) close(within time.Duration) error {
	b.once.Do(func() {
		ctx, cancel := context.WithTimeout(context.Background(), within)
		defer cancel()
		_ = cdpbrowser.Close().Do(cdp.WithExecutor(ctx, b.root())) // it may be gone already
		b.wire.close()
		select {
		case <-b.ended:
		case <-ctx.Done():
		}
		kill(b.command) // with all that it started, should it be there still
		<-b.ended
		b.closed = remove(b.folder)
	})
	return b.closed
}

// remove deletes a folder that a program which is just ending may write to.
func remove(folder string) (err error) {
	for range 20 {
		if err = os.RemoveAll(folder); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("deleting the folder of the browser: %w", err)
}

// flags are the arguments that the browser is started with: without a window,
// with nothing kept, updated, synchronized or reported, and without the network.
// The sandbox is left off for root only, where it refuses to start: a container
// has no other user. The pages are the user's own either way, and have no network.
func flags(folder string, root bool) []string {
	list := []string{
		"--headless", "--remote-debugging-pipe", "--user-data-dir=" + filepath.Join(folder, "profile"),
		"--no-first-run", "--no-default-browser-check", "--no-service-autorun", "--no-pings",
		"--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability",
		"--disable-extensions", "--disable-sync", "--disable-client-side-phishing-detection", "--metrics-recording-only",
		"--disable-breakpad", "--disable-crash-reporter", "--password-store=basic", "--use-mock-keychain",
		"--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider,CertificateTransparencyComponentUpdater",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server", "--disable-quic",
		"--disable-gpu", "--disable-dev-shm-usage", "--mute-audio", "--hide-scrollbars", "--lang=en-US",
		"--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
		"--force-color-profile=srgb", "--font-render-hinting=none",
		"--user-agent=annex", // a PDF names it as its creator, and the browser's own tells of the machine
	}
	if root {
		list = append(list, "--no-sandbox")
	}
	return list
}

// tail keeps the end of what a program writes.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if len(t.text) > 8192 {
		t.text = t.text[len(t.text)-4096:]
	}
	return len(p), nil
}

// last returns the last line that says something: what ended the browser where it
// says so, since that is followed by lines that only its makers can read.
func (t *tail) last() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.ToValidUTF8(strings.TrimSpace(string(t.text)), "?"), "\n")
	line := lines[len(lines)-1]
	for _, l := range lines {
		if strings.Contains(l, "FATAL") {
			line = l
			break
		}
	}
	if _, said, ok := strings.Cut(line, "] "); ok && strings.HasPrefix(line, "[") {
		line = said // without process, time and place in the source
	}
	return strings.TrimSpace(line[:min(len(line), 300)])
}
