package source

import (
	"net/url"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestParseAccepts(t *testing.T) {
	rows := []struct{ name, source, want string }{
		{"plain", "https://example.com/a.jpg", "https://example.com/a.jpg"},
		{"case of scheme and host", "HTTPS://Example.COM/A.jpg", "https://example.com/A.jpg"},
		{"fragment dropped", "https://example.com/a.jpg#b", "https://example.com/a.jpg"},
		{"query kept", "https://example.com/a?b=c&d", "https://example.com/a?b=c&d"},
		{"port", "http://example.com:8080/a", "http://example.com:8080/a"},
		{"space", "https://example.com/a b", "https://example.com/a%20b"},
		{"encoded slash stays encoded", "https://example.com/a%2Fb", "https://example.com/a%2Fb"},
		{"encoded slash beside a space", "https://example.com/a%2Fb c", "https://example.com/a%2Fb%20c"},
		{"encoded slash beside another script", "https://example.com/a%2Fé", "https://example.com/a%2F%C3%A9"},
		{"space in the query", "https://example.com/a?b c", "https://example.com/a?b%20c"},
		{"quotes and braces", `https://example.com/"<>^{|}`, "https://example.com/%22%3C%3E%5E%7B%7C%7D"},
		{"escapes are kept", "https://example.com/a%20b?c%20d", "https://example.com/a%20b?c%20d"},
		{"other script in the path", "https://example.com/é.jpg", "https://example.com/%C3%A9.jpg"},
		{"no path", "https://example.com", "https://example.com"},
		{"three dots", "https://example.com/.../a", "https://example.com/.../a"},
		{"IPv4", "http://93.184.216.34/a", "http://93.184.216.34/a"},
		{"IPv6", "http://[2606:4700::1111]:80/a", "http://[2606:4700::1111]:80/a"},
		{"punycode", "https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"},
		{"underscore", "https://my_bucket.example/a", "https://my_bucket.example/a"},
		{"hexadecimal label that is not the last", "https://0xcafe.example/a", "https://0xcafe.example/a"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			u, err := parse(row.source)
			if err != nil {
				t.Fatal(err)
			}
			if u.String() != row.want {
				t.Errorf("got %s, want %s", u, row.want)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	rows := []struct{ name, source string }{
		{"empty", ""},
		{"no scheme", "example.com/a.jpg"},
		{"scheme-relative", "//example.com/a.jpg"},
		{"ftp", "ftp://example.com/a.jpg"},
		{"file", "file:///etc/passwd"},
		{"data", "data:image/png;base64,AAAA"},
		{"opaque", "http:example.com/a"},
		{"no host", "http:///a"},
		{"only a port", "http://:80/a"},
		{"user", "https://user@example.com/a"},
		{"user and password", "https://user:pass@example.com/a"},
		{"empty user", "https://@example.com/a"},
		{"backslash for slash", `https:\\example.com\a`},
		{"backslash in the host", `https://example.com\@evil.example/a`},
		{"backslash in the path", `https://example.com/a\..\b`},
		{"encoded backslash in the path", `https://example.com/a%5C..%5Cb`},
		{"backslash in the query", `https://example.com/a?\`},
		{"dot-dot", "https://example.com/media/../private"},
		{"encoded dot-dot", "https://example.com/media/%2e%2E/private"},
		{"dot-dot between encoded slashes", "https://example.com/media%2f..%2fprivate"},
		{"dot", "https://example.com/./a"},
		{"port 0", "http://example.com:0/"},
		{"port too big", "http://example.com:65536/"},
		{"port not a number", "http://example.com:http/"},
		{"port negative", "http://example.com:-1/"},
		{"port empty", "http://example.com:/"},
		{"newline", "http://example.com/a\nb"},
		{"NUL", "http://example.com/a\x00b"},
		{"bad escape", "http://example.com/%zz"},
		{"host in another script", "http://bücher.example/"},
		{"full-width digits", "http://１２７.0.0.1/"},
		{"escaped host", "http://%6c%6fcalhost/"},
		{"space in the host", "http://exa mple.com/"},
		{"zone", "http://[fe80::1%25eth0]/"},
		{"brackets without address", "http://[localhost]/"},
		{"local without slash", "local://photo.jpg"},
		{"local with a host", "local://host/photo.jpg"},
		{"local in capitals", "LOCAL:///photo.jpg"},
		{"local with one slash", "local:/photo.jpg"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			u, err := parse(row.source)
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v, %v; want invalid", row.source, u, err)
			}
		})
	}
}

// TestParseRefusesOddIPv4 holds what a system resolver reads as an address.
func TestParseRefusesOddIPv4(t *testing.T) {
	rows := []struct{ name, source string }{
		{"decimal address", "http://2130706433/"},
		{"octal address", "http://0177.0.0.1/"},
		{"octal address, one number", "http://017700000001/"},
		{"hexadecimal address", "http://0x7f000001/"},
		{"hexadecimal parts", "http://0x7f.0x0.0x0.0x1/"},
		{"hexadecimal, short", "http://0X7F.1/"},
		{"two parts", "http://127.1/"},
		{"three parts", "http://127.0.1/"},
		{"five parts", "http://127.0.0.0.1/"},
		{"part too big", "http://127.0.0.256/"},
		{"trailing dot", "http://127.0.0.1./"},
		{"zero", "http://0/"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			u, err := parse(row.source)
			if fault.KindOf(err) != fault.Denied {
				t.Errorf("%q: %v, %v; want denied", row.source, u, err)
			}
		})
	}
}

// FuzzParse: what is accepted is a clean URL that means the same when read again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"https://Example.com:443/a b?c#d", "http://user@example.com/", "http://[::ffff:127.0.0.1]:80/",
		"local:///a/b?c%20#d", `http://example.com\@evil.example/`, "http://0x7f.1/", "http://a/%2e%2e/", "http:///",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		u, err := parse(source)
		if err != nil {
			if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Denied {
				t.Fatalf("%q: kind %v (%v)", source, kind, err)
			}
			return
		}
		if u.Scheme == schemeLocal {
			if "local://"+u.Path != source {
				t.Fatalf("%q became %q", source, u.Path)
			}
			return
		}
		checkClean(t, source, u)
	})
}

func checkClean(t *testing.T, source string, u *url.URL) {
	t.Helper()
	again, err := parse(u.String())
	if err != nil || again.String() != u.String() || again.Host != u.Host {
		t.Fatalf("%q: %s reads as %v, %v", source, u, again, err)
	}
	if u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.Opaque != "" {
		t.Fatalf("%q: %#v", source, u)
	}
	if strings.ContainsFunc(u.RequestURI(), func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		t.Fatalf("%q: request line %q", source, u.RequestURI())
	}
	if strings.ContainsAny(u.Host, "@/\\?#% \t\r\n") || strings.ToLower(u.Host) != u.Host {
		t.Fatalf("%q: host %q", source, u.Host)
	}
}
