package site

import "strings"

// Plain tells whether a source URL has the one spelling that browsers give it: its host in
// lower case without the scheme's own port, no empty segments, and escapes as RFC 3986 §6.2.2
// wants them. Other spellings reach the same image, and a stranger who has a site's public
// token could have it made once for each. (What remains are those characters that may stand
// bare or escaped, such as a bracket: a handful for one name.) The query is not looked at.
func Plain(source string) bool {
	scheme, rest, _ := strings.Cut(source, "://")
	if scheme == "local" { // a file's path byte for byte
		return !strings.Contains(rest, "//")
	}
	rest, _, _ = strings.Cut(rest, "?")
	host, path, _ := strings.Cut(rest, "/")
	return plainHost(scheme, host) && !strings.Contains("/"+path, "//") && plainPath(path)
}

func plainHost(scheme, host string) bool {
	own := map[string]string{"http": ":80", "https": ":443"}[scheme]
	return host == asciiLower(host) && !strings.HasSuffix(host, own)
}

// plainPath refuses escapes of what needs none, bare bytes that browsers escape, and hex
// digits of both cases.
func plainPath(path string) bool {
	upper, lower := false, false
	for i := 0; i < len(path); i++ {
		if c := path[i]; c != '%' {
			if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>^`{}", c) >= 0 {
				return false
			}
			continue
		}
		if i+2 >= len(path) || isUnreserved(unhex(path[i+1])<<4|unhex(path[i+2])) {
			return false
		}
		hex := path[i+1 : i+3]
		upper = upper || strings.ContainsAny(hex, "ABCDEF")
		lower = lower || strings.ContainsAny(hex, "abcdef")
		i += 2
	}
	return !upper || !lower
}

// isUnreserved: RFC 3986 §2.3.
func isUnreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// unhex gives a digit's value; the URL was parsed before, so that it is one.
func unhex(c byte) byte {
	if c >= '0' && c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
