package source

import (
	"cmp"
	"net/netip"
	"net/url"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// Config says what may be fetched and how much of it. The zero value fetches from any
// public host on ports 80 and 443, and nothing local.
type Config struct {
	// Allow is the global allow-list, asked on every hop; local files come as
	// scheme "local" with their path. Nil: every host.
	Allow func(*url.URL) bool
	// AllowNetworks are reachable besides global unicast, on any port.
	AllowNetworks []netip.Prefix
	// AllowPorts are reachable on public addresses besides 80 and 443.
	AllowPorts []int
	// AllowAddresses are reachable exactly as written (the demo site), and only by a
	// source that names them, as localhost or by number: never by another name that
	// resolves to them, nor by a redirect from another origin.
	AllowAddresses []netip.AddrPort
	// LocalRoot is the folder behind local://. Empty: local sources are refused.
	LocalRoot string

	MaxBytes       int64         // of one original, decoded; 0: 32 MiB
	BudgetBytes    int64         // of all originals being downloaded or not released yet; 0: 512 MiB; raised to MaxBytes
	ConnectTimeout time.Duration // name, connection and, again, TLS; 0: 5 s
	HeaderTimeout  time.Duration // from request to the end of the header; 0: 10 s
	Timeout        time.Duration // the whole download with its redirects; 0: 20 s
	MaxRedirects   int           // 0: 3; negative: none
	UserAgent      string        // "": gip4all
	Connections    int           // simultaneous downloads, see shares for who waits; 0: 64
}

func (c Config) withDefaults() Config {
	c.MaxBytes = cmp.Or(c.MaxBytes, 32<<20)
	c.BudgetBytes = max(cmp.Or(c.BudgetBytes, 512<<20), c.MaxBytes)
	c.ConnectTimeout = cmp.Or(c.ConnectTimeout, 5*time.Second)
	c.HeaderTimeout = cmp.Or(c.HeaderTimeout, 10*time.Second)
	c.Timeout = cmp.Or(c.Timeout, 20*time.Second)
	c.MaxRedirects = max(cmp.Or(c.MaxRedirects, 3), 0)
	c.UserAgent = cmp.Or(c.UserAgent, "gip4all")
	c.Connections = cmp.Or(c.Connections, 64)
	return c
}

func (c Config) validate() error {
	switch {
	case c.MaxBytes < 0:
		return fault.New(fault.Invalid, "source: a limit of %d bytes is negative", c.MaxBytes)
	case c.BudgetBytes < 0:
		return fault.New(fault.Invalid, "source: a budget of %d bytes is negative", c.BudgetBytes)
	case c.ConnectTimeout < 0 || c.HeaderTimeout < 0 || c.Timeout < 0:
		return fault.New(fault.Invalid, "source: a timeout is negative")
	case c.Connections < 0:
		return fault.New(fault.Invalid, "source: %d connections is negative", c.Connections)
	}
	return c.validateReach()
}

func (c Config) validateReach() error {
	for _, network := range c.AllowNetworks {
		if !network.IsValid() || network.Addr().Is4In6() {
			return fault.New(fault.Invalid, "source: %s is not an IPv4 or IPv6 network", network)
		}
	}
	for _, address := range c.AllowAddresses {
		if !address.IsValid() || address.Port() == 0 {
			return fault.New(fault.Invalid, "source: %s is not an address with a port", address)
		}
	}
	for _, port := range c.AllowPorts {
		if port < 1 || port > 65535 {
			return fault.New(fault.Invalid, "source: port %d is not within 1 to 65535", port)
		}
	}
	return nil
}
