package site

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const (
	schemeHTTP  = "http"
	schemeHTTPS = "https"
	schemeLocal = "local" // files below the configured root; it has no host
)

// place is where a URL or pattern points, in one spelling: lower case, default ports absent.
type place struct {
	scheme string
	labels []string // of the host; an IPv6 address is one label, with its brackets
	port   string   // "" is the scheme's own
}

// parsePlace refuses whatever a browser, a resolver and we could read in different ways; the
// problem says what. A * in a label is let through, for patterns.
func parsePlace(u *url.URL) (place, string) {
	p := place{scheme: strings.ToLower(u.Scheme)}
	switch {
	case u.Opaque != "" || u.OmitHost:
		return p, "has no // after its scheme"
	case p.scheme == schemeLocal && u.Host != "":
		return p, "has a host; local takes three slashes, as in local:///photos/"
	case p.scheme == schemeLocal:
		return p, ""
	case p.scheme != schemeHTTP && p.scheme != schemeHTTPS:
		return p, "does not begin with http://, https:// or local:///"
	}
	var problem string
	if p.labels, problem = parseHost(u.Hostname()); problem != "" {
		return p, problem
	}
	p.port, problem = parsePort(p.scheme, u.Port())
	return p, problem
}

func parseHost(host string) ([]string, string) {
	if strings.Contains(host, ":") {
		address, err := netip.ParseAddr(host)
		if err != nil || address.Zone() != "" {
			return nil, "has a host that is not an IPv6 address"
		}
		return []string{"[" + address.String() + "]"}, ""
	}
	// Letters outside ASCII may become dots or other letters on their way to the resolver.
	labels := strings.Split(asciiLower(host), ".")
	for _, label := range labels {
		if !madeOf(label, lower+digits+"-_*") {
			return nil, "has no plain host name (write letters outside ASCII as xn--…)"
		}
	}
	return labels, ""
}

// asciiLower leaves other letters alone: strings.ToLower would turn the Kelvin sign into k.
func asciiLower(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, text)
}

func parsePort(scheme, text string) (string, string) {
	if text == "" {
		return "", ""
	}
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil || number == 0 {
		return "", "has a port that is not from 1 to 65535"
	}
	if scheme == schemeHTTP && number == 80 || scheme == schemeHTTPS && number == 443 {
		return "", ""
	}
	return strconv.FormatUint(number, 10), ""
}

// String is scheme://host[:port].
func (p place) String() string {
	text := p.scheme + "://" + strings.Join(p.labels, ".")
	if p.port != "" {
		text += ":" + p.port
	}
	return text
}

// hideUser takes whatever may be a user name and password out of a URL for a message. A URL
// that does not parse may have its @ anywhere, so that rather too much is hidden.
func hideUser(text string) string {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return text
	}
	scheme, _, found := strings.Cut(text[:at], "://")
	if !found {
		return "…" + text[at:]
	}
	return scheme + "://…" + text[at:]
}
