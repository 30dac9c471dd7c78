package config

import (
	"cmp"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

func (s Setting) parseText(text string) (string, string) {
	switch {
	case s.choices != nil && !slices.Contains(s.choices, text):
		return "", "is none of them"
	case s.form == "listen":
		return text, listenProblem(text)
	case s.form == "loopback":
		return text, loopbackProblem(text)
	}
	return text, ""
}

// loopbackProblem takes addresses only: what a name stands for is settled elsewhere.
func loopbackProblem(text string) string {
	if problem := listenProblem(text); problem != "" {
		return problem
	}
	if address, err := netip.ParseAddrPort(text); err != nil || !address.Addr().Unmap().IsLoopback() {
		return "is not an address of the loopback interface (127.0.0.1 or [::1]): profiles show the inside of the process, and are never public"
	}
	return ""
}

// listenProblem lets port 0 through: the system picks a free one.
func listenProblem(text string) string {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return "is not host:port"
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "has a port that is not from 0 to 65535"
	}
	foreign := func(r rune) bool { return !isHostRune(r) }
	if _, err := netip.ParseAddr(host); err != nil && strings.ContainsFunc(host, foreign) {
		return "has a host that is neither a name nor an address"
	}
	return ""
}

func isHostRune(r rune) bool {
	return r == '-' || r == '.' || r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// parseSecret checks only what would make the value unusable in a header or a list.
func parseSecret(text string) (Secret, string) {
	foreign := func(r rune) bool { return r <= ' ' || r >= unicode.MaxASCII }
	if strings.ContainsFunc(text, foreign) {
		return "", "has a space or a character outside ASCII"
	}
	return Secret(text), ""
}

func parseBool(text string) (bool, string) {
	switch strings.ToLower(text) {
	case "true", "1", "yes", "on":
		return true, ""
	case "false", "0", "no", "off":
		return false, ""
	}
	return false, "is neither true nor false"
}

func (s Setting) parseInt(text string) (int, string) {
	parse := func(text string) (int, bool) {
		number, ok := parseWhole(text)
		return int(number), ok && int64(int(number)) == number
	}
	return within(s, text, parse, "is not a whole number")
}

func (s Setting) parseDuration(text string) (time.Duration, string) {
	parse := func(text string) (time.Duration, bool) {
		duration, err := time.ParseDuration(text)
		return duration, err == nil
	}
	return within(s, text, parse, "is not a duration such as 5s, 2m or 24h")
}

func (s Setting) parseSize(text string) (ByteSize, string) {
	parse := func(text string) (ByteSize, bool) {
		size, err := ParseByteSize(text)
		return size, err == nil
	}
	return within(s, text, parse, "is not a size such as 64KB, 256MB or 2GB")
}

// within parses text and checks it against the setting's min and max, read the same way.
func within[T cmp.Ordered](s Setting, text string, parse func(string) (T, bool), otherwise string) (T, string) {
	value, ok := parse(text)
	if !ok {
		return value, otherwise
	}
	if low, ok := parse(s.min); ok && value < low {
		return value, "is below " + s.min
	}
	if high, ok := parse(s.max); ok && value > high {
		return value, "is above " + s.max
	}
	return value, ""
}

// parseOrigin reads scheme://host[:port]; a slash at its end is dropped.
func parseOrigin(text string) (*url.URL, string) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, "is not a URL"
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, "does not begin with http:// or https://"
	case u.Hostname() == "":
		return nil, "has no host"
	case u.User != nil:
		return nil, "has a user name"
	case u.Path != "" && u.Path != "/" || strings.ContainsAny(text, "?#"):
		return nil, "has more than scheme, host and port"
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || port == 0) {
		return nil, "has a port that is not from 1 to 65535"
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host)}, ""
}

// parseNetwork reads a CIDR, or one address as a network of itself.
func parseNetwork(text string) (netip.Prefix, string) {
	prefix, err := netip.ParsePrefix(text)
	if address, wrong := netip.ParseAddr(text); wrong == nil && address.Zone() == "" {
		prefix, err = netip.PrefixFrom(address, address.BitLen()), nil
	}
	switch {
	case err != nil:
		return prefix, "is neither a network nor an address"
	case prefix.Addr().Is4In6():
		return prefix, "is an IPv4 network in IPv6 form; write it as IPv4"
	}
	return prefix.Masked(), ""
}

// parsePreset lets everything through: package imageurl knows what options are.
func parsePreset(text string) (string, string) { return text, "" }
