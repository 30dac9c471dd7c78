package httpapi

import (
	"strings"
	"testing"
)

func TestRedact(t *testing.T) {
	tests := []struct{ name, target, want string }{
		{"exact", "/abcDEF123/w:100/plain/https://x.example/a.jpg", "/***/w:100/plain/https://x.example/a.jpg"},
		{"site", "/s/blog.TOKEN/f:auto/plain/https://x.example/a.jpg", "/s/blog.***/f:auto/plain/https://x.example/a.jpg"},
		{"url", "/u/blog.TOKEN/plain/https://x.example/a.jpg", "/u/blog.***/plain/https://x.example/a.jpg"},
		{"site config", "/s/blog.TOKEN/config.json", "/s/blog.***/config.json"},
		{"the source's query", "/sig/plain/https://x.example/a.jpg%3Ftoken=secret", "/***/plain/https://x.example/a.jpg?***"},
		{"the source's query in lower case", "/sig/plain/https://x.example/a.jpg%3ftoken=secret", "/***/plain/https://x.example/a.jpg?***"},
		{"a base64 source", "/sig/w:5/aHR0cHM6Ly9idWNrZXQ/U0VDUkVU.jpg", "/***/w:5/***"},
		{"pipelines", "/sig/w:5/-/h:6/plain/https://x.example/a.jpg", "/***/w:5/-/h:6/plain/https://x.example/a.jpg"},
		{"a sealed source", "/sig/w:5/enc/U0VDUkVU.jpg", "/***/w:5/***"},
		{"a sealed source in pieces", "/sig/enc/U0VD/UkVU", "/***/***"},
		{"a source's user name", "/sig/plain/http://user:secret%40x.example/a.jpg", "/***/plain/http://***%40x.example/a.jpg"},
		{"info", "/info/SIG/plain/https://x.example/a.jpg", "/info/***/plain/https://x.example/a.jpg"},
		{"info of a site", "/info/s/blog.TOKEN/plain/https://x.example/a.jpg", "/info/s/blog.***/plain/https://x.example/a.jpg"},
		{"two slashes", "//SIG/plain/https://x.example/a.jpg", "/***/plain/https://x.example/a.jpg"},
		{"a dot segment", "/./SIG/plain/https://x.example/a.jpg", "/***/***/plain/https://x.example/a.jpg"},
		{"a site without a name", "/s/TOKEN/plain/https://x.example/a.jpg", "/s/***.***/plain/https://x.example/a.jpg"},
		{"a signature alone", "/SIG", "/***"},
		{"bytes that are no text, and a user name", "/sig/plain/http://a\xff\xff\xff%40b", "/***/plain/http://***%40b"},
		{"bytes that are no text, and a query", "/health\xff\xff\xff?token=secret", "/***?***"},
		{"the request's query", "/health?token=secret", "/health?***"},
		{"no secret", "/health", "/health"},
		{"api", "/api/v1/stats", "/api/v1/stats"},
		{"not a path", "*", "/***"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := redact(test.target); got != test.want {
				t.Errorf("redact(%q) = %q, want %q", test.target, got, test.want)
			}
		})
	}
}

// FuzzRedact: no request target is too odd for the log, and no query gets into it.
func FuzzRedact(f *testing.F) {
	f.Add("/x/plain/http://a\xff\xff%40b?secret")
	f.Fuzz(func(t *testing.T, target string) {
		line := redact(target)
		if _, query, found := strings.Cut(target, "?"); found && len(query) > 20 && strings.Contains(line, query) {
			t.Errorf("redact(%q) = %q", target, line)
		}
	})
}

func TestSplitFirst(t *testing.T) {
	tests := []struct{ path, first, rest string }{
		{"/", "", ""},
		{"/health", "health", ""},
		{"/sig/", "sig", "/"},
		{"/sig/a/b", "sig", "/a/b"},
		{"/sig//", "sig", "//"},
	}
	for _, test := range tests {
		if first, rest := splitFirst(test.path); first != test.first || rest != test.rest {
			t.Errorf("splitFirst(%q) = %q, %q, want %q, %q", test.path, first, rest, test.first, test.rest)
		}
	}
}
