package pdf

import (
	"fmt"
	"os/exec"
	"syscall"
)

// join gives a program that was not started yet the two pipes that it is steered
// by. Windows has no numbered files, so the handles stand among its arguments.
func join(c *exec.Cmd) (pipe, error) {
	p, err := pipes()
	if err != nil {
		return p, err
	}
	var handles []syscall.Handle
	for _, f := range p.theirs {
		h := syscall.Handle(f.Fd())
		if err := syscall.SetHandleInformation(h, syscall.HANDLE_FLAG_INHERIT, syscall.HANDLE_FLAG_INHERIT); err != nil {
			return p, fmt.Errorf("handing a pipe to the browser: %w", err)
		}
		handles = append(handles, h)
	}
	c.SysProcAttr.AdditionalInheritedHandles = handles
	c.Args = append(c.Args, fmt.Sprintf("--remote-debugging-io-pipes=%d,%d", handles[0], handles[1]))
	return p, nil
}

// apart keeps a program out of reach of the keys that interrupt annex: the one
// that started it also ends it.
func apart(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// kill ends a program. What it started ends with it, since it talks to nothing
// then.
func kill(c *exec.Cmd) { _ = c.Process.Kill() }
