package main

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/site"
)

// demoName is the site that gip demo belongs to, where GIP_DEMO names its address.
const demoName = "demo"

// sourceRules are who may fetch from where: anyone is every fetch of every form, exact is the
// URLs whose source no site vouches for.
type sourceRules struct {
	anyone, exact func(*url.URL) bool
	demoAddresses []netip.AddrPort
}

// newSourceRules adds the demo's address to what is allowed, and takes it away again from
// exact URLs: it is a source for the demo only.
func newSourceRules(settings config.Config) (sourceRules, error) {
	listed := settings.AllowedSources
	demo, mistakes := site.ParsePatterns(demoSources(settings))
	addresses, err := demoAddresses(settings.Demo)
	if err := errors.Join(append(mistakes, err)...); err != nil {
		return sourceRules{}, usageError{err}
	}
	exact := func(u *url.URL) bool { return !isDemo(settings.Demo, u) && (listed.Empty() || listed.Match(u)) }
	anyone := func(u *url.URL) bool { return demo.Match(u) || listed.Empty() || listed.Match(u) }
	return sourceRules{anyone: anyone, exact: exact, demoAddresses: addresses}, nil
}

// isDemo looks at host and port only: whatever stands there, at any path, is the demo's.
func isDemo(demo, u *url.URL) bool {
	if demo == nil || u.Port() != demo.Port() {
		return false
	}
	address, err := netip.ParseAddr(u.Hostname())
	return strings.EqualFold(u.Hostname(), "localhost") || (err == nil && address.Unmap().IsLoopback())
}

func demoSources(settings config.Config) []string {
	if settings.Demo == nil {
		return nil
	}
	return []string{settings.Demo.String() + "/photos/"}
}

// demoAddresses are the loopback addresses of http://localhost:PORT or http://127.0.0.1:PORT.
func demoAddresses(demo *url.URL) ([]netip.AddrPort, error) {
	if demo == nil {
		return nil, nil
	}
	port, err := strconv.ParseUint(demo.Port(), 10, 16)
	if host := demo.Hostname(); err != nil || (host != "localhost" && host != "127.0.0.1") {
		return nil, fmt.Errorf("demo %q is not http://localhost:PORT", demo)
	}
	loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	return []netip.AddrPort{netip.AddrPortFrom(loopback, uint16(port))}, nil
}

// allSites are the sites of the settings, and the demo's own.
func allSites(settings config.Config) []site.Site {
	if settings.Demo == nil {
		return settings.Sites
	}
	demo := site.Site{Name: demoName, Sources: demoSources(settings), Origins: []string{settings.Demo.String()}}
	return append([]site.Site{demo}, settings.Sites...)
}

func namedSites(settings config.Config) (site.Set, error) {
	sites, err := site.NewSet(allSites(settings))
	if err != nil {
		return sites, usageError{err}
	}
	return sites, nil
}
