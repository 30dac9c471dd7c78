package source

import (
	"net"
	"net/http"
	"time"
)

// newTransport makes a client side of HTTP that connects only where the guard lets it.
func newTransport(config Config, guard guard) *http.Transport {
	dialer := &net.Dialer{Timeout: config.ConnectTimeout, Control: guard.control}
	return &http.Transport{
		Proxy:                  nil, // not ProxyFromEnvironment: the guard would see the proxy's address
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true, // a DialContext of our own turns it off
		DisableCompression:     true, // body.go decodes, and counts what comes out
		TLSHandshakeTimeout:    config.ConnectTimeout,
		ResponseHeaderTimeout:  config.HeaderTimeout,
		MaxResponseHeaderBytes: 64 << 10, // ample: common servers stop at 8 to 16 KiB
		MaxIdleConns:           config.Connections,
		MaxIdleConnsPerHost:    8, // a page's images come in bursts from one host
		IdleConnTimeout:        30 * time.Second,
	}
}
