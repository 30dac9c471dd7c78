package source

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	schemeHTTP  = "http"
	schemeHTTPS = "https"
	schemeLocal = "local"
)

// parse reads a decoded source. What follows local:// is a file name taken byte for byte
// ("?" and "%" are part of it); everything else is an http or https URL.
func parse(source string) (*url.URL, error) {
	if path, found := strings.CutPrefix(source, schemeLocal+"://"); found {
		return parseLocal(path)
	}
	u, err := url.Parse(escapeStray(source))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the source is not a valid URL")
	}
	if err := cleanURL(u); err != nil {
		return nil, err
	}
	return u, nil
}

// escapeStray escapes what may not stand in a URL but does: spaces, other scripts and the
// like. net/url would otherwise send a query's spaces as they are, breaking the request
// line, and print a path with both "é" and "%2F" with its %2F decoded.
func escapeStray(text string) string {
	var escaped strings.Builder
	for i := range len(text) {
		if b := text[i]; b == ' ' || b >= 0x80 || strings.IndexByte("\"<>^`{|}", b) >= 0 {
			fmt.Fprintf(&escaped, "%%%02X", b)
		} else {
			escaped.WriteByte(b)
		}
	}
	return escaped.String()
}

func parseLocal(path string) (*url.URL, error) {
	if !strings.HasPrefix(path, "/") {
		return nil, fault.New(fault.Invalid, "a local source is written local:///path, without a host")
	}
	return &url.URL{Scheme: schemeLocal, Path: path}, nil
}

// cleanURL refuses what a fetch must not carry and drops the fragment, on every hop.
func cleanURL(u *url.URL) error {
	switch {
	case u.Scheme != schemeHTTP && u.Scheme != schemeHTTPS:
		return fault.New(fault.Invalid, "source scheme %q is not http, https or local", u.Scheme)
	case u.User != nil:
		return fault.New(fault.Invalid, "the source URL holds a user name")
	case strings.Contains(u.Path+u.RawQuery, `\`):
		return fault.New(fault.Invalid, "the source URL holds a backslash")
	case hasDotSegment(u.Path):
		return fault.New(fault.Invalid, `the source URL's path holds "." or ".."`)
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	return checkHost(u)
}

// hasDotSegment looks at the decoded path: an origin resolves "/media/%2e%2e/private" too,
// and would then serve what an allow-list of "/media/" shuts out.
func hasDotSegment(path string) bool {
	for segment := range strings.SplitSeq(path, "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

func checkHost(u *url.URL) error {
	host := u.Hostname()
	switch {
	case host == "" || u.Opaque != "":
		return fault.New(fault.Invalid, "the source URL has no host")
	case !validPort(u):
		return fault.New(fault.Invalid, "the source URL's port is not within 1 to 65535")
	case strings.HasPrefix(u.Host, "["):
		return checkLiteral(host)
	case strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "":
		return fault.New(fault.Invalid, "source host %q is not a plain host name (punycode for other scripts)", host)
	case endsInNumber(host):
		return checkFourPart(host)
	}
	return nil
}

func validPort(u *url.URL) bool {
	port := u.Port()
	if port == "" {
		return !strings.HasSuffix(u.Host, ":")
	}
	number, err := strconv.ParseUint(port, 10, 16)
	return err == nil && number > 0
}

func checkLiteral(host string) error {
	address, err := netip.ParseAddr(host)
	if err != nil || address.Zone() != "" {
		return fault.New(fault.Invalid, "source host %q is not an IPv6 address without zone", host)
	}
	return nil
}

// endsInNumber is the URL standard's test for a host that is meant as an IPv4 address.
func endsInNumber(host string) bool {
	host = strings.TrimSuffix(host, ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return false
	}
	return strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x")
}

// checkFourPart refuses 2130706433, 0x7f.1 and their like before any resolver sees them:
// the system's turns them into addresses, Go's asks the DNS, and our answer must not
// depend on which one runs. This is no guard (see guard.go), only one spelling.
func checkFourPart(host string) error {
	if _, err := netip.ParseAddr(host); err != nil {
		return fault.New(fault.Denied, "source host %q is not an address of four decimal numbers", host)
	}
	return nil
}
