package httpapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/site"
)

// TestChainKeys: negotiation acts on the pipeline that it belongs to.
func TestChainKeys(t *testing.T) {
	r := start(t, func(c *httpapi.Config) {
		sites, err := site.NewSet([]site.Site{{
			Name: "blog", Sources: []string{"https://blog.example/media/"},
			Presets: map[string]string{"default": "w:640/-/bl:2", "hinted": "bl:3/-/w:auto"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		c.Sites = sites
		c.Presets = map[string]string{"default": "q:60", "two": "w:5/-/h:6"}
	})
	plain := "/plain/" + source
	for _, row := range []struct {
		name, target, want, vary string
	}{
		{"format", r.exact("/w:5/-/h:6/f:auto" + plain), "/w:5/q:60/f:auto:webp/-/h:6" + plain, "Accept"},
		{"width of the second", r.exact("/q:50/-/w:auto" + plain), "/q:50/-/w:384" + plain, "Sec-CH-Width"},
		{"width of both", r.exact("/w:auto/-/w:auto/dpr:2" + plain), "/w:384/q:60/-/w:192/dpr:2" + plain, "Sec-CH-Width"},
		{"default preset", r.exact(plain), "/q:60" + plain, ""},
		{"a site's default preset, and Save-Data", r.site(plain), "/w:640/q:45/-/bl:2" + plain, "Save-Data"},
		{"a site's preset with a hint", r.site("/pr:hinted" + plain), "/w:640/bl:3/q:45/-/w:384/bl:2" + plain, "Sec-CH-Width, Save-Data"},
		{"info has no pipelines", "/info" + r.exact("/w:5/-/h:6"+plain), "/info" + plain, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", row.target, "Accept", "image/webp", "Save-Data", "on", "Sec-CH-Width", "384")
			if response.StatusCode != http.StatusOK {
				t.Fatalf("%d %s", response.StatusCode, body)
			}
			if key := r.keys[len(r.keys)-1]; key != row.want {
				t.Errorf("key %q, want %q", key, row.want)
			}
			if got := response.Header.Get("Vary"); got != row.vary {
				t.Errorf("Vary %q, want %q", got, row.vary)
			}
		})
	}
}

func TestModesOfExactURLs(t *testing.T) {
	plain := "/plain/" + source
	only := func(c *httpapi.Config) {
		c.OnlyPresets, c.Presets = true, map[string]string{"card": "w:5", "soft": "bl:2"}
	}
	limits := func(c *httpapi.Config) { c.Limits = true }
	for _, row := range []struct {
		name   string
		change func(*httpapi.Config)
		path   string
		status int
		said   string
	}{
		{"presets by name", only, "/card:soft" + plain, http.StatusOK, ""},
		{"an option where only presets are", only, "/w:5" + plain, http.StatusBadRequest, `unknown preset "w"`},
		{"an unknown preset", nil, "/pr:nope" + plain, http.StatusBadRequest, `unknown preset "nope"`},
		{"limits are off", nil, "/msr:70" + plain, http.StatusBadRequest, "allow_security_options"},
		{"limits are on", limits, "/msr:70" + plain, http.StatusOK, ""},
		{"a placeholder of a chain", nil, "/w:5/-/ph:lqip/h:3" + plain, http.StatusBadRequest, "no further pipeline"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := start(t, row.change)
			response, body := r.do(t, "GET", r.exact(row.path))
			if response.StatusCode != row.status || !strings.Contains(body, row.said) {
				t.Errorf("got %d %s", response.StatusCode, body)
			}
		})
	}
}
