package main

import (
	"net/url"
	"testing"

	"github.com/gip4all/gip4all/backend/config"
	"github.com/gip4all/gip4all/backend/site"
)

// TestSourceRules: the demo's address is a source for the demo only.
func TestSourceRules(t *testing.T) {
	demo := &url.URL{Scheme: "http", Host: "localhost:8090"}
	listed, _ := site.ParsePatterns([]string{"https://blog.example/"})
	tests := []struct {
		name, source  string
		settings      config.Config
		anyone, exact bool
	}{
		{"nothing listed", "https://any.example/a.jpg", config.Config{}, true, true},
		{"listed", "https://blog.example/a.jpg", config.Config{AllowedSources: listed}, true, true},
		{"not listed", "https://any.example/a.jpg", config.Config{AllowedSources: listed}, false, false},
		{"the demo's photo", "http://localhost:8090/photos/a.jpg", config.Config{Demo: demo}, true, false},
		{"the demo's photo beside a list", "http://localhost:8090/photos/a.jpg", config.Config{Demo: demo, AllowedSources: listed}, true, false},
		{"the demo's page", "http://localhost:8090/", config.Config{Demo: demo}, true, false},
		{"a doubtful path of the demo", "http://localhost:8090/photos/%2e%2e/x", config.Config{Demo: demo}, true, false},
		{"the demo by its number", "http://127.0.0.1:8090/photos/a.jpg", config.Config{Demo: demo}, true, false},
		{"the demo in capitals", "http://LOCALHOST:8090/photos/a.jpg", config.Config{Demo: demo}, true, false},
		{"the demo as a mapped address", "http://[::ffff:127.0.0.1]:8090/a.jpg", config.Config{Demo: demo}, true, false},
		{"another port", "http://localhost:8091/a.jpg", config.Config{Demo: demo}, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rules, err := newSourceRules(test.settings)
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(test.source)
			if err != nil {
				t.Fatal(err)
			}
			if got := rules.anyone(u); got != test.anyone {
				t.Errorf("anyone: %t, want %t", got, test.anyone)
			}
			if got := rules.exact(u); got != test.exact {
				t.Errorf("exact: %t, want %t", got, test.exact)
			}
		})
	}
}
