package imageurl

import (
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestVariants(t *testing.T) {
	const end = "/plain/https://a.example/b.jpg"
	keyOf := func(path string, accepts transform.FormatSet, width int, dpr float64) string {
		request, err := Grammar{}.Parse(path)
		if err != nil {
			t.Fatal(err)
		}
		request = request.Resolve(width, dpr)
		if request.Options.Format.Negotiated() {
			request.Options.Accepts = accepts
		}
		return request.Key()
	}
	both := transform.Formats(transform.AVIF, transform.WebP)
	rows := []struct {
		name, url, key string
		want           bool
	}{
		{"itself", "/w:100" + end, keyOf("/w:100"+end, 0, 0, 0), true},
		{"another width", "/w:100" + end, keyOf("/w:101"+end, 0, 0, 0), false},
		{"another source", "/w:100" + end, keyOf("/w:100/plain/https://a.example/c.jpg", 0, 0, 0), false},
		{"written otherwise", "/rs:fit:100" + end, keyOf("/w:100"+end, 0, 0, 0), true},
		{"any formats", "/w:100/f:auto" + end, keyOf("/w:100/f:auto"+end, both, 0, 0), true},
		{"no formats", "/w:100/f:auto" + end, keyOf("/w:100/f:auto"+end, 0, 0, 0), true},
		{"one format", "/w:100/f:auto" + end, keyOf("/w:100/f:webp"+end, 0, 0, 0), false},
		{"any width", "/w:auto/q:50" + end, keyOf("/w:auto/q:50"+end, 0, 640, 0), true},
		{"any width and dpr", "/w:auto/dpr:auto" + end, keyOf("/w:auto/dpr:auto"+end, 0, 640, 2), true},
		{"any dpr of this width", "/w:100/dpr:auto" + end, keyOf("/w:100/dpr:auto"+end, 0, 0, 2), true},
		{"any dpr of another width", "/w:100/dpr:auto" + end, keyOf("/w:200/dpr:auto"+end, 0, 0, 2), false},
		{"in a further pipeline", "/w:100/-/w:auto" + end, keyOf("/w:100/-/w:auto"+end, 0, 50, 0), true},
		{"info", "/w:100" + end, "/info" + end, false},
		{"no key", "/w:100" + end, "nonsense", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			request, err := Grammar{}.Parse(row.url)
			if err != nil {
				t.Fatal(err)
			}
			if got := request.Variants()(row.key); got != row.want {
				t.Errorf("%s of %s: %v, want %v", row.key, row.url, got, row.want)
			}
		})
	}
}

func TestKeySource(t *testing.T) {
	for _, source := range []string{"https://a.example/b.jpg", "https://a.example/plain/b%20c.jpg?x=1@2", "local:///plain/é ü.jpg"} {
		request := Request{Source: source, Options: transform.Options{Width: 10}}
		for _, key := range []string{request.Key(), request.Info().Key(), request.FallbackKey(source)} {
			if got := KeySource(key); got != source {
				t.Errorf("%s: %q, want %q", key, got, source)
			}
		}
	}
	for _, key := range []string{"", "/w:10", "/plain/", "/plain/%zz"} {
		if got := KeySource(key); got != "" {
			t.Errorf("%q: %q, want nothing", key, got)
		}
	}
}
