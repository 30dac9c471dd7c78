package site

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		name    string
		pattern string
		source  string
		want    bool
	}{
		{"below a folder", "https://blog.example/media/", "https://blog.example/media/a/b.jpg", true},
		{"the folder itself", "https://blog.example/media/", "https://blog.example/media/", true},
		{"the folder without its slash", "https://blog.example/media/", "https://blog.example/media", false},
		{"prefix without slash, itself", "https://blog.example/media", "https://blog.example/media", true},
		{"prefix without slash, below", "https://blog.example/media", "https://blog.example/media/x", true},
		{"whole segments only", "https://blog.example/media", "https://blog.example/mediax", false},
		{"another folder", "https://blog.example/media/", "https://blog.example/private/x", false},
		{"no path is the root", "https://blog.example", "https://blog.example/x", true},
		{"root and no path", "https://blog.example/", "https://blog.example", true},
		{"query does not count", "https://blog.example/m/", "https://blog.example/m/x?w=../../", true},

		{"another host", "https://blog.example/", "https://evil.example/", false},
		{"host that goes on", "https://blog.example", "https://blog.example.evil.example/", false},
		{"host that begins earlier", "https://blog.example", "https://xblog.example/", false},
		{"host in any case", "https://Blog.Example/", "https://bLOG.eXAMPLE/x", true},
		{"path in its own case", "https://blog.example/media", "https://blog.example/Media", false},
		{"host with a root dot", "https://blog.example/", "https://blog.example./x", false},
		{"Kelvin sign is no k", "https://kblog.example/", "https://\u212ablog.example/x", false},
		{"user name", "https://blog.example/", "https://blog.example@evil.example/", false},
		{"user name at the right host", "https://blog.example/", "https://u:p@blog.example/", false},
		{"backslash before a host", "https://blog.example/", `https://blog.example\@evil.example/`, false},

		{"another scheme", "https://blog.example/", "http://blog.example/", false},
		{"scheme in any case", "HTTPS://blog.example/", "hTTps://blog.example/", true},
		{"default port, explicit in the source", "https://blog.example/", "https://blog.example:443/x", true},
		{"default port, explicit in the pattern", "http://blog.example:80/", "http://blog.example/x", true},
		{"the other scheme's default port", "http://blog.example/", "http://blog.example:443/x", false},
		{"another port", "https://blog.example/", "https://blog.example:8443/x", false},
		{"a port", "https://blog.example:8443/", "https://blog.example:8443/x", true},
		{"a port is needed", "https://blog.example:8443/", "https://blog.example/x", false},
		{"port 0 in the source", "https://blog.example/", "https://blog.example:0/x", false},

		{"star is one label", "https://*.example.com/", "https://a.example.com/x", true},
		{"star is not two labels", "https://*.example.com/", "https://a.b.example.com/x", false},
		{"star is not none", "https://*.example.com/", "https://example.com/x", false},
		{"star is not an empty label", "https://*.example.com/", "https://.example.com/x", false},
		{"star does not eat the slash", "https://*.example.com/", "https://evil.example/a.example.com/", false},
		{"star does not eat the port", "https://a.example*/", "https://a.example:8080/", false},
		{"star inside a label", "https://img-*-eu.example.com/", "https://img-12-eu.example.com/x", true},
		{"star inside a label, too short", "https://ab*ba.example.com/", "https://aba.example.com/x", false},
		{"two stars in a label", "https://a*b*c.example/", "https://a1b2c.example/", true},
		{"two stars out of order", "https://a*b*c.example/", "https://a1c.example/", false},
		{"a star in the source is nothing", "https://*.example.com/", "https://*.example.com/", false},

		{"star is one segment", "https://h.example/*/img/", "https://h.example/u1/img/x", true},
		{"star is not two segments", "https://h.example/*/img/", "https://h.example/u1/u2/img/x", false},
		{"star is not an empty segment", "https://h.example/*/img/", "https://h.example//img/x", false},
		{"star in a segment", "https://h.example/u-*/", "https://h.example/u-7/x", true},
		{"star does not eat an encoded slash", "https://h.example/*/img/", "https://h.example/a%2fb/img/x", false},
		{"encoded star is a literal", "https://h.example/%2A/", "https://h.example/*/x", true},
		{"encoded star takes nothing else", "https://h.example/%2A/", "https://h.example/a/x", false},

		{"dots", "https://h.example/media/", "https://h.example/media/../private/x", false},
		{"one dot", "https://h.example/media/", "https://h.example/media/./x", false},
		{"dots at the end", "https://h.example/media/", "https://h.example/media/..", false},
		{"encoded dots", "https://h.example/media/", "https://h.example/media/%2e%2E/private/x", false},
		{"half encoded dots", "https://h.example/media/", "https://h.example/media/.%2e/private/x", false},
		{"encoded slashes and dots", "https://h.example/media/", "https://h.example/media/..%2fprivate/x", false},
		{"dots within one encoded segment", "https://h.example/media/", "https://h.example/media/a%2F..%2F..%2Fprivate", false},
		{"dots with a parameter", "https://h.example/media/", "https://h.example/media/..;a/private/x", false},
		{"encoded backslash", "https://h.example/media/", "https://h.example/media/..%5cprivate", false},
		{"encoded backslash without dots", "https://h.example/media/", "https://h.example/media/a%5Cb", false},
		{"backslash", "https://h.example/media/", `https://h.example/media\..\private`, false},
		{"NUL", "https://h.example/media/", "https://h.example/media/a%00.jpg", false},
		{"encoded slash as the folder's end", "https://h.example/media/", "https://h.example/media%2fx", false},
		{"encoded slash inside the prefix", "https://h.example/a/b/", "https://h.example/a%2fb/x", false},
		{"encoded slash as the folder's end, beside a byte that is written anew", "https://h.example/media/", "https://h.example/media%2F{x}.jpg", false},
		{"encoded slash below it is one name", "https://h.example/o/", "https://h.example/o/images%2Fx.jpg", true},
		{"three dots are a name", "https://h.example/m/", "https://h.example/m/.../x", true},
		{"encoded letters are letters", "https://h.example/media/", "https://h.example/%6dedia/x%20y.jpg", true},
		{"letters outside ASCII", "https://h.example/bücher/", "https://h.example/b%C3%BCcher/x", true},

		{"IPv6 in another spelling", "http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]:8080/x", true},
		{"another IPv6", "http://[::1]/", "http://[::2]/x", false},
		{"IPv4 in octal", "http://127.0.0.1/", "http://0177.0.0.1/", false},

		{"local", "local:///photos/", "local:///photos/x.jpg", true},
		{"local elsewhere", "local:///photos/", "local:///other/x.jpg", false},
		{"local with a host", "local:///photos/", "local://photos/photos/x.jpg", false},
		{"local with one slash", "local:///photos/", "local:/photos/x.jpg", false},
		{"http is not local", "local:///photos/", "http://h.example/photos/x.jpg", false},
		{"no scheme", "https://h.example/", "//h.example/x", false},
		{"opaque", "https://h.example/", "https:h.example/x", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			patterns, mistakes := ParsePatterns([]string{test.pattern})
			if len(mistakes) > 0 {
				t.Fatal(mistakes)
			}
			source, err := url.Parse(test.source)
			if err != nil {
				source = nil // what does not parse does not match
			}
			if got := patterns.Match(source); got != test.want {
				t.Errorf("%s matches %s: %v, want %v", test.pattern, test.source, got, test.want)
			}
		})
	}
}

func TestPatternMistakes(t *testing.T) {
	tests := []struct {
		name, pattern, says string
	}{
		{"empty", "", "is empty"},
		{"no scheme", "blog.example/media/", "does not begin with"},
		{"star instead of a scheme", "*://blog.example/", "is not a URL"},
		{"another scheme", "ftp://blog.example/", "does not begin with"},
		{"a script", "javascript:alert(1)", "has no //"},
		{"opaque", "https:blog.example", "has no //"},
		{"no host", "https:///media/", "no plain host name"},
		{"empty label", "https://blog..example/", "no plain host name"},
		{"root dot", "https://blog.example./", "no plain host name"},
		{"host outside ASCII", "https://bücher.example/", "xn--"},
		{"IPv6 with a zone", "http://[fe80::1%25eth0]/", "not an IPv6 address"},
		{"port 0", "https://blog.example:0/", "port"},
		{"port too high", "https://blog.example:65536/", "port"},
		{"port is a star", "https://blog.example:*/", "is not a URL"},
		{"query", "https://blog.example/?a", "query or fragment"},
		{"empty query", "https://blog.example/?", "query or fragment"},
		{"fragment", "https://blog.example/#", "query or fragment"},
		{"dots", "https://blog.example/a/../b/", ". or .."},
		{"encoded dots", "https://blog.example/a/%2e%2e/b/", ". or .."},
		{"encoded slash", "https://blog.example/a%2fb/", "encoded slash"},
		{"encoded slash behind a star", "https://blog.example/*%2fb/", "encoded slash"},
		{"backslash", `https://blog.example/a\b/`, "backslash"},
		{"empty segment", "https://blog.example/a//b/", "empty segment"},
		{"only slashes", "https://blog.example//", "empty segment"},
		{"two stars", "https://**.example.com/", "**"},
		{"local with a host", "local://photos/", "three slashes"},
		{"local with one slash", "local:/photos/", "has no //"},
		{"user name", "https://user:hunter2@blog.example/", "has a user name"},
		{"user name in a broken URL", "https://user:hunt/er2%@blog.example/", "is not a URL"},
		{"user name without a scheme", "user:hunter2@blog.example", "has no //"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			patterns, mistakes := ParsePatterns([]string{test.pattern, "https://good.example/"})
			if len(mistakes) != 1 || !strings.Contains(mistakes[0].Error(), test.says) {
				t.Fatalf("%s: %v, want one mistake that says %q", test.pattern, mistakes, test.says)
			}
			if text := mistakes[0].Error(); strings.Contains(text, "hunt") {
				t.Errorf("the mistake holds a password: %s", text)
			}
			if got := patterns.String(); got != "https://good.example/" {
				t.Errorf("the good pattern became %q", got)
			}
		})
	}
}

func TestPatternString(t *testing.T) {
	tests := []struct {
		name, pattern, want string
	}{
		{"no path", "https://Blog.Example", "https://blog.example/"},
		{"default port", "https://blog.example:0443/a", "https://blog.example/a"},
		{"other port", "http://blog.example:443/a/", "http://blog.example:443/a/"},
		{"IPv6", "http://[0::1]:8080", "http://[::1]:8080/"},
		{"stars", "https://*.a.example/u-*/", "https://*.a.example/u-*/"},
		{"escapes", "https://a.example/%7e%2a,ü x/", "https://a.example/~%2A%2C%C3%BC%20x/"},
		{"local", "local:///photos", "local:///photos"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			patterns, mistakes := ParsePatterns([]string{test.pattern})
			if got := patterns.String(); got != test.want || len(mistakes) > 0 {
				t.Errorf("%q becomes %q, %v; want %q", test.pattern, got, mistakes, test.want)
			}
		})
	}
}

func TestEmptyPatternsMatchNothing(t *testing.T) {
	var none Patterns
	if !none.Empty() || none.Match(&url.URL{Scheme: "https", Host: "blog.example"}) || none.Match(nil) {
		t.Error("no patterns match something")
	}
}

// FuzzPatterns: a pattern does not parse, or its spelling parses to the same pattern; and one
// without a star in its host never matches a source of another host.
func FuzzPatterns(f *testing.F) {
	seeds := []string{
		"https://blog.example/media/", "http://*.example.com:8080/u-*/", "local:///photos/",
		"http://[::1]/", "https://a.example/%2A,%2e./x", "https://Blog.Example:443",
	}
	for _, pattern := range seeds {
		f.Add(pattern, "https://blog.example/media/x")
		f.Add(pattern, "https://blog.example@evil.example/media/x")
		f.Add(pattern, `http://blog.example\.evil.example/%2e%2e/`)
	}
	f.Fuzz(func(t *testing.T, pattern, source string) {
		patterns, mistakes := ParsePatterns([]string{pattern})
		if len(mistakes) > 0 {
			return
		}
		again, mistakes := ParsePatterns(strings.Split(patterns.String(), ","))
		if len(mistakes) > 0 || !reflect.DeepEqual(patterns, again) {
			t.Fatalf("%q became %q, which is %+v, %v", pattern, patterns, again, mistakes)
		}
		u, err := url.Parse(source)
		if err != nil || !patterns.Match(u) {
			return
		}
		own, err := url.Parse(patterns.String())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(own.Host, "*") && !sameHost(own, u) {
			t.Fatalf("%q matches %q, which is on another host", pattern, source)
		}
	})
}

func sameHost(a, b *url.URL) bool {
	hostA, problemA := parseHost(a.Hostname())
	hostB, problemB := parseHost(b.Hostname())
	return a.Scheme == schemeLocal && b.Host == "" ||
		problemA == "" && problemB == "" && reflect.DeepEqual(hostA, hostB)
}
