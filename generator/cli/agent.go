package cli

import (
	"fmt"
	"io"
	"net"
	"os"
)

// windowsAgent is where the agent of OpenSSH listens on Windows.
const windowsAgent = `\\.\pipe\openssh-ssh-agent`

// dialAgent opens the SSH agent: the socket that SSH_AUTH_SOCK names, or on
// Windows the pipe of its own agent.
func dialAgent(socket, system string) (io.ReadWriteCloser, error) {
	if socket == "" && system == "windows" {
		pipe, err := os.OpenFile(windowsAgent, os.O_RDWR, 0)
		if err != nil {
			return nil, fmt.Errorf("opening the SSH agent: %w", err)
		}
		return pipe, nil
	}
	if socket == "" {
		return nil, usage("the key is a public one, whose private half an SSH agent holds, and there is no agent: SSH_AUTH_SOCK is not set")
	}
	conn, err := net.Dial("unix", socket)
	if err != nil {
		return nil, fmt.Errorf("opening the SSH agent: %w", err)
	}
	return conn, nil
}
