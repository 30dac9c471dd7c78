package imageurl

import (
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestInfoKeys: every URL of a source has the same info, under a key of its own.
func TestInfoKeys(t *testing.T) {
	for _, row := range []struct{ name, path, want string }{
		{"alone", "", "/info"},
		{"whatever is done to the picture", "/rs:fill:300:200/f:auto/q:80", "/info"},
		{"a placeholder", "/ph:lqip", "/info"},
		{"what is delivered", "/exp:1893456000/fn:x/att:1", "/info"},
		{"a cache buster", "/w:3/cb:v2", "/info/cb:v2"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Grammar{}.Parse(row.path + source)
			if err != nil {
				t.Fatal(err)
			}
			r = r.Info()
			if got := r.Key(); got != row.want+source {
				t.Errorf("got %q, want %q", got, row.want+source)
			}
			checkKey(t, r)
		})
	}
}

func TestInfoKeysRefused(t *testing.T) {
	for _, key := range []string{"/info", "/info/", "/info/w:300" + source, "/info/ph:lqip" + source, "/info/info" + source, "info" + source} {
		if r, err := ParseKey(key); err == nil {
			t.Errorf("ParseKey(%q) = %+v, want an error", key, r)
		}
	}
}

// TestInfoIsNoPath: what begins with /info is never the path of an image.
func TestInfoIsNoPath(t *testing.T) {
	if r, err := (Grammar{}).Parse("/info" + source); err == nil || r.Options.StandIn == transform.Info {
		t.Errorf("got %+v, %v", r, err)
	}
}
