package httpapi_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
)

func wmu(source string) string { return "/wmu:" + base64.RawURLEncoding.EncodeToString([]byte(source)) }

func TestMarks(t *testing.T) {
	const photo, own = "/plain/https://blog.example/a.jpg", "https://secret.example/own.png"
	r := start(t, func(c *httpapi.Config) {
		c.Watermark = httpapi.Watermark{Source: own, Opacity: .5}
		c.Allow = func(u *url.URL) bool { return u.Host == "blog.example" }
		c.Presets = map[string]string{"bad": "wm:1/wmu:" + wmu("https://other.example/logo.png")[5:]}
	})
	for _, row := range []struct {
		name, path string
		status     int
		want       string // the key, or what the answer says
	}{
		{"the node's own", "/wm:1:soea" + photo, 200, "/wm:0.5:soea" + wmu(own) + photo},
		{"too faint to be seen", "/wm:0.0001" + photo, 200, "/wm:0.0001" + wmu(own) + photo},
		{"named", "/wm:0.5" + wmu("https://blog.example/logo.png") + photo, 200, "/wm:0.25" + wmu("https://blog.example/logo.png") + photo},
		{"not allowed", "/wm:1/wm:1" + wmu("https://other.example/logo.png") + photo, 403, "the source of watermark 2 is not allowed"},
		{"not allowed, in a preset", "/pr:bad" + photo, 403, "the source of watermark 1 is not allowed"},
		{"local, not allowed", "/wm:1" + wmu("local:///logo.png") + photo, 403, "the source of watermark 1 is not allowed"},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", r.exact(row.path))
			if response.StatusCode != row.status {
				t.Fatalf("%d %s", response.StatusCode, body)
			}
			if row.status == 200 && r.keys[len(r.keys)-1] != row.want {
				t.Errorf("key %q, want %q", r.keys[len(r.keys)-1], row.want)
			}
			if row.status != 200 && !strings.Contains(body, row.want) {
				t.Errorf("says %q, want %q", body, row.want)
			}
		})
	}
}

func TestNoOwnMark(t *testing.T) {
	r := start(t, nil)
	response, body := r.do(t, "GET", r.exact("/wm:1/plain/https://blog.example/a.jpg"))
	if response.StatusCode != 400 || !strings.Contains(body, "GIP_WATERMARK") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
	if response, body := r.do(t, "GET", "/info"+r.exact("/wm:1/plain/https://blog.example/a.jpg")); response.StatusCode != 200 {
		t.Errorf("info: %d %s", response.StatusCode, body)
	}
}
