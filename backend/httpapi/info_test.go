package httpapi_test

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/site"
)

func TestInfoAddresses(t *testing.T) {
	r := start(t, nil)
	plain, other := "/plain/"+source, "https://cdn.example/b.jpg"
	for _, row := range []struct {
		name, target string
		status       int
		says         string // in the body of an error; in the key otherwise
	}{
		{"exact", "/info" + r.exact(plain), 200, "/info" + plain},
		{"exact with options", "/info" + r.exact("/rs:fill:3:2/f:auto"+plain), 200, "/info" + plain},
		{"a cache buster is kept", "/info" + r.exact("/cb:v2"+plain), 200, "/info/cb:v2" + plain},
		{"site", "/info" + r.site(plain), 200, "/info" + plain},
		{"site with what clients append", "/info" + r.site("/w:640/q:low/f:auto"+plain), 200, "/info" + plain},
		{"url", "/info" + r.url(other, "/plain/"+other), 200, "/info/plain/" + other},
		{"wrong signature", "/info/AAAA" + plain, 403, "signature"},
		{"signature of the whole", "/info/" + r.ring.Sign("/info"+plain) + plain, 403, "signature"},
		{"expired", "/info" + r.exact("/exp:1000"+plain), 404, "expired"},
		{"a wrong option", "/info" + r.exact("/wat:1"+plain), 400, "wat"},
		{"a query", "/info" + r.exact(plain) + "?x=1", 400, "%3F"},
		{"a source that is not allowed", "/info" + r.exact("/plain/https://denied.example/a.jpg"), 403, "not allowed"},
		{"a site's wrong token", "/info/s/blog.AAAAAAAAAAAAAAAAAAAAAA" + plain, 403, ""},
		{"a site's source off the list", "/info" + r.site("/plain/"+other), 403, "lists"},
		{"a site's width off the ladder", "/info" + r.site("/w:641"+plain), 400, "640"},
		{"a url token of another source", "/info" + r.url(other, plain), 403, ""},
		{"a site's configuration is none", "/info" + r.site("/config.json"), 400, ""},
		{"info of info", "/info/info" + r.exact(plain), 403, ""},
		{"nothing", "/info", 404, ""},
		{"next to nothing", "/info/", 404, ""},
		{"no site", "/info/s", 404, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			r.keys = nil
			response, body := r.do(t, "GET", row.target)
			said := body
			if row.status == 200 {
				said = strings.Join(r.keys, " ")
				if said != row.says {
					t.Errorf("asked for %q, want %q", said, row.says)
				}
			}
			if response.StatusCode != row.status || !strings.Contains(said, row.says) {
				t.Errorf("GET %s = %d %q, want %d with %q", row.target, response.StatusCode, said, row.status, row.says)
			}
			if row.status != 200 && len(r.keys) > 0 {
				t.Errorf("the cache was asked for %q", r.keys)
			}
		})
	}
}

func TestPlaceholderKeys(t *testing.T) {
	r := start(t, nil)
	plain := "/plain/" + source
	for _, row := range []struct{ name, target, want, vary string }{
		{"exact", r.exact("/ph:blurhash/w:300" + plain), "/ph:blurhash" + plain, ""},
		{"site", r.site("/ph:data/w:640/q:high/f:auto" + plain), "/ph:data" + plain, ""},
		{"site, a preset's ratio", r.site("/pr:card/ph:lqip" + plain), "/rt:fill-down/w:100/h:67/ph:lqip" + plain, ""},
		{"negotiated", r.site("/ph:lqip/f:auto" + plain), "/f:auto:webp/ph:lqip" + plain, "Accept"},
		{"url", r.url(source, "/ph:color"+plain), "/ph:color" + plain, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, "GET", row.target, "Accept", "image/webp", "Save-Data", "on")
			if response.StatusCode != 200 || r.keys[len(r.keys)-1] != row.want {
				t.Errorf("%d %s; want the key %s", response.StatusCode, body, row.want)
			}
			if got := response.Header.Get("Vary"); got != row.vary {
				t.Errorf("Vary %q, want %q", got, row.vary)
			}
		})
	}
}

// TestInfoAnswersAsImagesDo: the same headers, conditions and log.
func TestInfoAnswersAsImagesDo(t *testing.T) {
	r := start(t, nil)
	target := "/info" + r.site("/plain/"+source)
	response, body := r.do(t, "GET", target)
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff", "Vary": "",
		"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "public, max-age=2592000",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	etag := response.Header.Get("ETag")
	if again, _ := r.do(t, "GET", target, "If-None-Match", etag); again.StatusCode != 304 || etag == "" {
		t.Errorf("conditional: %d", again.StatusCode)
	}
	if head, nothing := r.do(t, "HEAD", target); head.StatusCode != 200 || nothing != "" || head.ContentLength != int64(len(body)) {
		t.Errorf("HEAD: %d %q", head.StatusCode, nothing)
	}
	if post, _ := r.do(t, "POST", target); post.StatusCode != 405 {
		t.Errorf("POST: %d", post.StatusCode)
	}
	if logs := r.logs.String(); strings.Contains(logs, r.ring.SiteToken("blog", 1)) {
		t.Errorf("the log holds the token:\n%s", logs)
	}
}

// TestInfoCountsAgainstTheSite: asking about images is no way round a site's limit.
func TestInfoCountsAgainstTheSite(t *testing.T) {
	sites, err := site.NewSet([]site.Site{{Name: "blog", Sources: []string{"https://blog.example/media/"}, RequestsPerSecond: 1}})
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(c *httpapi.Config) { c.Sites = sites })
	last := 0
	for range 30 {
		response, _ := r.do(t, "GET", "/info"+r.site("/plain/"+source))
		last = response.StatusCode
	}
	if last != 429 {
		t.Errorf("the 30th request at once answers %d, want 429", last)
	}
}
