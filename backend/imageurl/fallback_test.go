package imageurl

import (
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestFallbackKeys: what is done to the picture is done to its fallback, which is one for all
// the URLs that could show it.
func TestFallbackKeys(t *testing.T) {
	const other = "https://example.com/b.png"
	for _, row := range []struct{ name, path, want string }{
		{"alone", "", "/fallback"},
		{"as it would be shown", "/w:300/f:webp", "/fallback/w:300/f:webp"},
		{"what it was named by", "/fiu:aHR0cHM6Ly9leGFtcGxlLmNvbS9iLnBuZw/w:3", "/fallback/w:3"},
		{"a cache buster is the image's own", "/cb:v2", "/fallback"},
		{"what is delivered", "/exp:1893456000/fn:x/att:1", "/fallback"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Grammar{}.Parse(row.path + source)
			if err != nil {
				t.Fatal(err)
			}
			key := r.FallbackKey(other)
			if key != row.want+"/plain/"+other {
				t.Errorf("got %q, want %q", key, row.want+"/plain/"+other)
			}
			again, err := ParseKey(key)
			if err != nil || !again.StandsIn || again.Source != other || again.Key() != key {
				t.Errorf("ParseKey(%q) = %+v, %v", key, again, err)
			}
		})
	}
}

func TestFallbackKeysRefused(t *testing.T) {
	for _, key := range []string{"/fallback", "/fallback/", "/fallback/fallback" + source, "/fallback/info" + source, "/info/fallback" + source, "fallback" + source} {
		if r, err := ParseKey(key); err == nil {
			t.Errorf("ParseKey(%q) = %+v, want an error", key, r)
		}
	}
}

// TestFallbackIsNoPath: what begins with /fallback is never the path of an image.
func TestFallbackIsNoPath(t *testing.T) {
	if r, err := (Grammar{}).Parse("/fallback" + source); err == nil || r.StandsIn {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestInfoHasNoFallback(t *testing.T) {
	r := Request{Source: "https://example.com/a.jpg", Fallback: "https://example.com/b.jpg"}.Info()
	if r.Fallback != "" || r.Options != (transform.Options{StandIn: transform.Info}) {
		t.Errorf("got %+v", r)
	}
}
