package main

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"strconv"
	"syscall"
	"time"
)

// portsToTry is how many ports after the default one are tried before giving up.
const portsToTry = 20

// listen opens the address. A port that is taken is an error when the owner named it; the
// default one gives way to the next free.
func listen(address string, explicit bool, log *slog.Logger) (net.Listener, error) {
	listener, err := net.Listen("tcp", address) //nolint:noctx // opening a listener does not block
	if err == nil || explicit || !errors.Is(err, syscall.EADDRINUSE) {
		return listener, err
	}
	host, text, splitErr := net.SplitHostPort(address)
	port, portErr := strconv.Atoi(text)
	if splitErr != nil || portErr != nil {
		return nil, err
	}
	for next := port + 1; next <= port+portsToTry; next++ {
		listener, nextErr := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(next))) //nolint:noctx // as above
		if nextErr == nil {
			log.Warn("port is taken, using another", "taken", port, "using", next)
			return listener, nil
		}
	}
	return nil, fmt.Errorf("ports %d to %d are all taken: %w", port, port+portsToTry, err)
}

// patient waits while this machine has no descriptor or memory for one more connection. What
// serves the listener takes any other error for the end, and a flood would stop the process.
type patient struct{ net.Listener }

// Accept gives the next connection, or the listener's own end.
func (p patient) Accept() (net.Conn, error) {
	for {
		connection, err := p.Listener.Accept()
		if !isShortage(err) {
			return connection, err
		}
		time.Sleep(acceptPause)
	}
}

const acceptPause = 50 * time.Millisecond

func isShortage(err error) bool {
	for _, shortage := range [...]syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM} {
		if errors.Is(err, shortage) {
			return true
		}
	}
	return false
}

// connections leaves a quarter of the descriptors to origins, files and workers.
func connections() int {
	limit := descriptors()
	if limit > 1<<20 {
		return 0
	}
	return max(1, limit*3/4)
}

// openFiles is an eighth of the descriptors, for cached images that are asked for often.
func openFiles() int { return min(descriptors()/8, 4096) }

// descriptors is how many this process may have open.
func descriptors() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		return math.MaxInt
	}
	return int(min(limit.Cur, math.MaxInt))
}
