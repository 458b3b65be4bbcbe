//go:build !windows

package pdf

import (
	"os"
	"os/exec"
	"syscall"
)

// join gives a program that was not started yet the two pipes that it is steered
// by: it reads from its file 3 and writes to its file 4.
func join(c *exec.Cmd) (pipe, error) {
	p, err := pipes()
	if err == nil {
		c.ExtraFiles = []*os.File{p.theirs[0], p.theirs[1]}
	}
	return p, err
}

// apart keeps a program out of reach of the keys that interrupt annex: the one
// that started it also ends it.
func apart(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// kill ends a program and all that it started.
func kill(c *exec.Cmd) { _ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
