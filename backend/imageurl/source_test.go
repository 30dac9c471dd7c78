package imageurl

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestSplitSource(t *testing.T) {
	for _, row := range []struct{ name, path, options, source, extension string }{
		{"plain", "/plain/https://example.com/a.jpg", "", "https://example.com/a.jpg", ""},
		{"options are not parsed", "/w:x/::/zz:1/plain/https://example.com/a.jpg", "w:x/::/zz:1", "https://example.com/a.jpg", ""},
		{"extension is not parsed", "/w:5/plain/https://example.com/a.jpg@bmp", "w:5", "https://example.com/a.jpg", "bmp"},
		{"source is decoded once", "/plain/https://example.com/a%3Fb%2525@webp", "", "https://example.com/a?b%25", "webp"},
		{"base64", "/w:5/q:low/aHR0cHM6Ly9leGFt/cGxlLmNvbS9hLmpwZw.png", "w:5/q:low", "https://example.com/a.jpg", "png"},
	} {
		t.Run(row.name, func(t *testing.T) {
			options, source, extension, err := SplitSource(row.path)
			if err != nil {
				t.Fatal(err)
			}
			if options != row.options || source != row.source || extension != row.extension {
				t.Errorf("got %q, %q, %q; want %q, %q, %q",
					options, source, extension, row.options, row.source, row.extension)
			}
		})
	}
}

func TestSplitSourceRefuses(t *testing.T) {
	options, source, extension, err := SplitSource("/w:5/plain/https://example.com/%00@png")
	if fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("got %v, want an invalid source", err)
	}
	if options+source+extension != "" {
		t.Errorf("with an error got %q, %q, %q; want nothing", options, source, extension)
	}
}
