package httpapi_test

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
)

// TestFallbackAnswer: a picture that stands in is never taken for the image.
func TestFallbackAnswer(t *testing.T) {
	for _, row := range []struct {
		name, note string
		ok, site   bool
		status     int
		header     string
	}{
		{"the failure's status", "fallback: not_found\n", false, false, 404, "404"},
		{"of any failure", "animation: first-frame\nfallback: upstream\n", false, false, 502, "502"},
		{"200 where that is set", "fallback: broken\n", true, false, 200, "422"},
		{"the failure's for a worker, whatever is set", "fallback: broken\n", true, true, 422, "422"},
		{"an image", "", true, false, 200, ""},
		{"another note", "animation: first-frame\n", true, false, 200, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := start(t, func(c *httpapi.Config) { c.FallbackOK = row.ok })
			r.note = row.note
			address := "/cb:1/plain/" + source
			address = "/" + r.ring.Sign(address) + address
			if row.site {
				address = "/s/blog." + r.ring.SiteToken("blog", 1) + "/plain/" + source
			}
			response, body := r.do(t, "GET", address, "If-None-Match", "*")
			if row.header == "" {
				if response.StatusCode != 304 || response.Header.Get("X-Gip-Fallback") != "" {
					t.Errorf("%d, %v", response.StatusCode, response.Header)
				}
				return
			}
			if response.StatusCode != row.status || response.Header.Get("X-Gip-Fallback") != row.header || !strings.HasPrefix(body, "pixels") {
				t.Errorf("%d %q, X-Gip-Fallback %q", response.StatusCode, body, response.Header.Get("X-Gip-Fallback"))
			}
			if response.Header.Get("ETag") != "" || strings.Contains(response.Header.Get("Cache-Control"), "immutable") ||
				!strings.Contains(response.Header.Get("Access-Control-Expose-Headers"), "X-Gip-Fallback") {
				t.Errorf("headers %v", response.Header)
			}
		})
	}
}

// TestFallbackIsAllowedLikeASource: aHR0cHM6Ly9kZW5pZWQuZXhhbXBsZS9iLnBuZw is on denied.example.
func TestFallbackIsAllowedLikeASource(t *testing.T) {
	r := start(t, nil)
	path := "/fiu:aHR0cHM6Ly9kZW5pZWQuZXhhbXBsZS9iLnBuZw/plain/" + source
	response, body := r.do(t, "GET", "/"+r.ring.Sign(path)+path)
	if response.StatusCode != 403 || !strings.Contains(body, "denied.example") || len(r.keys) != 0 {
		t.Errorf("%d %q, asked for %v", response.StatusCode, body, r.keys)
	}
	if log := r.logs.String(); strings.Contains(log, "aHR0") || !strings.Contains(log, "fiu:***") {
		t.Errorf("the log shows the fallback's whole address: %s", log)
	}
}
