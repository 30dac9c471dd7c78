package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"syscall"
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
