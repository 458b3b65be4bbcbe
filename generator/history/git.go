package history

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// git runs the git command in a folder, with everything switched off that could
// make it start another program, reach a network, write, or see another history
// than the real one.
type git struct {
	path string // of the program
	dir  string
	env  []string
}

// findGit looks for git on the search path.
func findGit(dir string) (git, error) {
	path, err := exec.LookPath("git")
	if err != nil {
		return git{}, fmt.Errorf("looking for git: %w", err)
	}
	return git{path, dir, environment(os.Environ())}, nil
}

// command returns a git command that is ready to start.
func (g git) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, g.path, slices.Concat(options(), args)...)
	cmd.Dir, cmd.Env = g.dir, g.env
	cmd.WaitDelay = time.Second // for what a killed git has left behind
	return cmd
}

// options stand before the name of every command. A setting given here wins
// over the repository's own.
func options() []string {
	return []string{
		"--no-pager",                 // core.pager, pager.*
		"--no-replace-objects",       // refs/replace put another commit in place of the real one
		"--no-optional-locks",        // nothing is written
		"-c", "core.fsmonitor=false", // a program that tells which files changed
		"-c", "core.hooksPath=" + os.DevNull,
		"-c", "core.alternateRefsCommand=",
		"-c", "core.sshCommand=",
		"-c", "credential.helper=",
		"-c", "protocol.allow=never",
		"-c", "log.showSignature=false", // gpg.program
		"-c", "diff.external=",
		"-c", "gc.auto=0",
		"-c", "advice.graftFileDeprecated=false", // see environment
		"-c", "safe.bareRepository=explicit", // a folder of records that is made up as a .git
		"-c", "i18n.logOutputEncoding=UTF-8",
	}
}

// environment returns the variables that git runs with. Of its own it keeps
// those that say which configuration is the user's, and how far up it may look
// for a repository. The others would lead it elsewhere: a hook that starts annex
// has GIT_DIR set.
func environment(of []string) []string {
	env := slices.DeleteFunc(slices.Clone(of), func(variable string) bool {
		name, _, _ := strings.Cut(strings.ToUpper(variable), "=")
		switch {
		case strings.HasPrefix(name, "GIT_CONFIG_"), name == "GIT_CEILING_DIRECTORIES", name == "GIT_DISCOVERY_ACROSS_FILESYSTEM":
			return false
		}
		return strings.HasPrefix(name, "GIT_") || strings.HasPrefix(name, "LC_") || name == "LANGUAGE" || name == "PWD"
	})
	return append(env,
		"LC_ALL=C", // we read what it says
		"GIT_OPTIONAL_LOCKS=0",
		"GIT_TERMINAL_PROMPT=0",
		"GIT_NO_REPLACE_OBJECTS=1",
		"GIT_NO_LAZY_FETCH=1",        // what a partial clone left out stays out
		"GIT_ALLOW_PROTOCOL=none",    // and should an older git fetch all the same, it cannot
		"GIT_GRAFT_FILE="+os.DevNull, // .git/info/grafts gives commits other parents
	)
}

// run returns what a command prints.
func (g git) run(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	cmd := g.command(ctx, args...)
	var out bytes.Buffer
	complaint := &firstBytes{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &out, complaint
	if err := cmd.Run(); err != nil {
		return nil, complaint.explain(ctx, args[0], err)
	}
	return out.Bytes(), nil
}

// Error is a git command that did not succeed.
type Error struct {
	Command string // such as rev-list
	Message string // what git said
	Err     error
}

func (e *Error) Error() string {
	if e.Message == "" {
		return fmt.Sprintf("running git %s: %v", e.Command, e.Err)
	}
	return fmt.Sprintf("running git %s: %s", e.Command, e.Message)
}

// Unwrap returns the error of the process.
func (e *Error) Unwrap() error { return e.Err }

// firstBytes keeps the beginning of what a command complains of.
type firstBytes struct{ text []byte }

func (f *firstBytes) Write(p []byte) (int, error) {
	const most = 4 << 10
	f.text = append(f.text, p[:min(len(p), most-len(f.text))]...)
	return len(p), nil
}

// explain makes an error of one that ended a command.
func (f *firstBytes) explain(ctx context.Context, command string, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("running git %s: %w", command, context.Cause(ctx))
	}
	return &Error{Command: command, Message: strings.TrimSpace(strings.ToValidUTF8(string(f.text), "?")), Err: err}
}
