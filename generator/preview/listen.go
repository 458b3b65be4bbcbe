package preview

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/net/netutil"
)

// Limits of the server. They are wide for one person with many tabs and narrow
// for a program that means harm.
const (
	mostConnections = 128
	mostHeader      = 16 << 10
	headerTime      = 5 * time.Second // for all of a request
	zeroTries       = 10              // for any port that is free
	answerTime      = 30 * time.Second
	idleTime        = 2 * time.Minute
	stopTime        = 2 * time.Second
)

// listeners is where the server is reached: the loopback addresses of this
// computer, of both kinds where it has both.
type listeners struct {
	list       []net.Listener
	port       int
	headerTime time.Duration // the constant, unless a test is in a hurry
}

// listen takes a port, or one of those after it when it is taken. One that is
// free for one kind of address may be taken for the other, even where any will do.
func (l *listeners) listen(port, tries int) error {
	step := 1
	if port == 0 {
		step, tries = 0, zeroTries
	}
	for {
		err := l.take(port)
		if err == nil || tries == 0 || !errors.Is(err, syscall.EADDRINUSE) {
			return err
		}
		port, tries = port+step, tries-1
	}
}

// take listens on one port. Both kinds of address are needed where there are
// both: another program could take the other, and browsers try that first.
func (l *listeners) take(port int) error {
	first, err := bind("127.0.0.1", port)
	if err != nil {
		return err
	}
	port = first.Addr().(*net.TCPAddr).Port
	second, err := bind("::1", port)
	if errors.Is(err, syscall.EADDRINUSE) {
		first.Close()
		return err
	}
	l.list, l.port, l.headerTime = []net.Listener{first}, port, headerTime
	if err == nil { // else the computer has no such address
		l.list = append(l.list, second)
	}
	return nil
}

// bind listens under one address. That it is taken is EADDRINUSE on every system.
func bind(address string, port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(address, strconv.Itoa(port)))
	if errors.Is(err, wsaInUse) || errors.Is(err, wsaAccess) {
		err = syscall.EADDRINUSE
	}
	if err != nil {
		return nil, fmt.Errorf("listening on port %d: %w", port, err)
	}
	return l, nil
}

// What Windows says of a port that another program has, for itself or not.
const (
	wsaInUse  = syscall.Errno(10048)
	wsaAccess = syscall.Errno(10013)
)

// Address returns where the site is to be seen. Its name is that of both kinds
// of address, so it is used where the server has both.
func (l *listeners) Address() string {
	name := "localhost"
	if len(l.list) < 2 {
		name = "127.0.0.1"
	}
	return "http://" + name + ":" + strconv.Itoa(l.port) + "/"
}

// hosts returns the names under which the server answers.
func (l *listeners) hosts() []string {
	var list []string
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		list = append(list, net.JoinHostPort(name, strconv.Itoa(l.port)))
		if l.port == 80 {
			list = append(list, map[bool]string{true: name, false: "[" + name + "]"}[name != "::1"])
		}
	}
	return list
}

// serve answers requests until the context ends; then it closes what it returns.
// What keeps it from answering goes to stop.
func (p *Preview) serve(ctx context.Context, stop context.CancelCauseFunc) <-chan struct{} {
	server := &http.Server{
		Handler:           p.handler(),
		ReadHeaderTimeout: p.headerTime,
		ReadTimeout:       p.headerTime,
		WriteTimeout:      answerTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    mostHeader,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          nowhere(),

		DisableGeneralOptionsHandler: true, // it answers OPTIONS * under any name
	}
	limit := mostConnections / len(p.list)
	for _, l := range p.list {
		go func() {
			if err := server.Serve(netutil.LimitListener(l, limit)); !errors.Is(err, http.ErrServerClosed) {
				stop(fmt.Errorf("serving the preview: %w", err))
			}
		}()
	}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
		defer cancel()
		if server.Shutdown(end) != nil {
			server.Close()
		}
	}()
	return stopped
}
