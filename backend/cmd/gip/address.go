package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
)

// addressFile, in the data folder, holds where the server that has the folder listens: the
// default port gives way to a free one, and gip sign is another process.
const addressFile = "address"

// announce writes the address for gip sign, and gives what takes it back.
func (n *node) announce(settings config.Config, listener net.Listener) (withdraw func()) {
	if !n.alone {
		return func() {}
	}
	path := filepath.Join(settings.Data, addressFile)
	if err := os.WriteFile(path, []byte(localAddress(settings.Listen, listener.Addr().String())+"\n"), 0o600); err != nil {
		n.log.Warn("gip sign will not know this server's address", "error", err)
	}
	return func() { _ = os.Remove(path) }
}

// localAddress is the host as it was set, which may be a name, and the port as it was found.
func localAddress(set, found string) string {
	host, _, err := net.SplitHostPort(set)
	_, port, foundErr := net.SplitHostPort(found)
	if err != nil || foundErr != nil {
		return "http://" + found
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost" // every address is listened at, and none of them is "every"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// endpointOf is the server's address as browsers see it: as set, else of the server that runs
// with this data folder, or ran last and was killed, else where one would listen.
func endpointOf(settings config.Config) string {
	if settings.PublicURL != nil {
		return settings.PublicURL.String()
	}
	if written, err := os.ReadFile(filepath.Join(settings.Data, addressFile)); err == nil {
		return strings.TrimSpace(string(written))
	}
	return localAddress(settings.Listen, settings.Listen)
}
