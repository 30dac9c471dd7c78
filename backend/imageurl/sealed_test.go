package imageurl

import (
	"errors"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

// opener knows some sealed texts.
func opener(texts map[string]string) Grammar {
	return Grammar{Open: func(sealed string) (string, error) {
		source, known := texts[sealed]
		if !known {
			return "", errors.New("detail")
		}
		return source, nil
	}}
}

func TestSealedSources(t *testing.T) {
	g := opener(map[string]string{"abcd": "https://example.com/a.jpg", "query": "https://example.com/a.jpg?t=1", "file": "local:///a b.jpg"})
	for _, row := range []struct{ name, path, canonical string }{
		{"alone", "/enc/abcd", "/plain/https://example.com/a.jpg"},
		{"options and extension", "/w:300/enc/abcd.webp", "/w:300/f:webp/plain/https://example.com/a.jpg"},
		{"split", "/w:300/enc/ab/c/d.webp", "/w:300/f:webp/plain/https://example.com/a.jpg"},
		{"query", "/enc/query", "/plain/https://example.com/a.jpg%3Ft=1"},
		{"local", "/enc/file", "/plain/local:///a%20b.jpg"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := g.Parse(row.path)
			if err != nil || !r.Sealed {
				t.Fatalf("got %+v, %v", r, err)
			}
			if got := r.String(); got != row.canonical {
				t.Errorf("got %q, want %q", got, row.canonical)
			}
			r.Sealed = false // the canonical form is plain
			checkFixedPoint(t, r)
		})
	}
}

// Whatever is wrong inside, the words are the same; and they say why imgproxy's do not open.
func TestSealedDamage(t *testing.T) {
	g := opener(map[string]string{
		"scheme": "ftp://secret.example/", "user": "https://u:p@secret.example/", "nothing": "",
		"control": "https://secret.example/\x00", "utf8": "https://secret.example/\xff", "fragment": "https://secret.example/#a",
	})
	for _, text := range []string{"unknown", "scheme", "user", "nothing", "control", "utf8", "fragment", "", "/", "a//b", "a/", ".webp", "plain/https:"} {
		_, err := g.Parse("/w:1/enc/" + text)
		if fault.KindOf(err) != fault.Invalid || err.Error() != errSealed().Error() {
			t.Errorf("%q: got %v, want %v", text, err, errSealed())
		}
	}
	if text := errSealed().Error(); !strings.Contains(text, "AES-CBC") {
		t.Errorf("%q does not say what is wrong with imgproxy's form", text)
	}
}

func TestSealedRefusals(t *testing.T) {
	g := opener(map[string]string{"abcd": "https://example.com/a.jpg"})
	for _, row := range []struct {
		name, path, message string
		grammar             Grammar
	}{
		{"nobody opens", "/enc/abcd", `"enc/": sealed sources are not supported here`, Grammar{}},
		{"empty extension", "/enc/abcd.", "extension", g},
		{"unknown extension", "/enc/abcd.bmpx", "extension", g},
		{"plain's extension", "/enc/abcd@webp", "does not open", g},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := row.grammar.Parse(row.path)
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), row.message) || r != (Request{}) {
				t.Errorf("got %+v, %v; want %q", r, err, row.message)
			}
		})
	}
	if _, _, _, err := SplitSource("/enc/abcd"); err == nil {
		t.Error("SplitSource took a sealed source")
	}
}
