package httpapi_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/site"
)

const page = "https://blog.example"

// startSigner has a site with pages, and one without.
func startSigner(t *testing.T) *rig {
	t.Helper()
	sites, err := site.NewSet([]site.Site{
		{Name: "blog", Sources: []string{"https://blog.example/media/"}, Origins: []string{page}},
		{Name: "shop", Sources: []string{"https://shop.example/"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return start(t, func(c *httpapi.Config) { c.Sites = sites })
}

func (r *rig) post(t *testing.T, body string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest("POST", r.base+"/api/v1/sign", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return r.send(t, request, headers)
}

func TestSignWhoMay(t *testing.T) {
	r := startSigner(t)
	token := r.ring.SiteToken("blog", 1)
	ask := func(site string) string { return `{"site":"` + site + `","urls":["https://cdn.example/b.jpg"]}` }
	tests := []struct {
		name, body string
		headers    []string
		status     int
		says       string
	}{
		{"a page of the site", ask("blog." + token), []string{"Origin", page}, 200, r.ring.URLToken("blog", 1, "https://cdn.example/b.jpg")},
		{"the admin", ask("blog"), []string{"Authorization", "Bearer admin"}, 200, "tokens"},
		{"the admin, for a site without pages", ask("shop"), []string{"Authorization", "Bearer admin"}, 200, "tokens"},
		{"the admin, for no site", ask("none"), []string{"Authorization", "Bearer admin"}, 404, "none"},
		{"a wrong bearer token", ask("blog"), []string{"Authorization", "Bearer wrong"}, 403, ""},
		{"no origin", ask("blog." + token), nil, 403, "origin"},
		{"another origin", ask("blog." + token), []string{"Origin", "https://evil.example"}, 403, "origin"},
		{"a wrong site token", ask("blog.AAAAAAAAAAAAAAAAAAAAAA"), []string{"Origin", page}, 403, "not valid"},
		{"no site token", ask("blog"), []string{"Origin", page}, 403, "not valid"},
		{"an unknown site", ask("none.AAAAAAAAAAAAAAAAAAAAAA"), []string{"Origin", page}, 403, "not valid"},
		{"a site without pages", ask("shop." + r.ring.SiteToken("shop", 1)), []string{"Origin", page}, 403, "origin"},
		{"no JSON", "urls=1", []string{"Origin", page}, 400, "NAME.TOKEN"},
		{"no URLs", `{"site":"blog.` + token + `"}`, []string{"Origin", page}, 400, "1 to 100"},
		{"too many URLs", `{"urls":["x"` + strings.Repeat(`,"x"`, 100) + `]}`, []string{"Origin", page}, 400, "101"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response, body := r.post(t, test.body, test.headers...)
			if response.StatusCode != test.status || !strings.Contains(body, test.says) {
				t.Errorf("%d %s, want %d with %q", response.StatusCode, body, test.status, test.says)
			}
			if response.Header.Get("Cache-Control") != "no-store" || response.Header.Get("Access-Control-Allow-Origin") != "*" {
				t.Errorf("headers %v", response.Header)
			}
		})
	}
}

// TestSignWhat: each URL gets a token that opens it, or the reason why not.
func TestSignWhat(t *testing.T) {
	r := startSigner(t)
	refused := map[string]string{
		"ftp://cdn.example/a.jpg":       "http",
		"cdn.example/a.jpg":             "http",
		"local:///etc/passwd":           "http",
		"https://u:p@cdn.example/a.jpg": "user name",
		"https://cdn.example/a.jpg#x":   "fragment",
		"https://CDN.example/a.jpg":     "lower case",
		"https://cdn.example/a.jpg?x":   "queries: true",
		"https://denied.example/a.jpg":  "not allowed",
		"https://cdn.example/%zz":       "not a URL",
	}
	good := "https://cdn.example/%C3%BC.jpg"
	urls := []string{good}
	for url := range refused {
		urls = append(urls, url)
	}
	ask, err := json.Marshal(map[string]any{"site": "blog." + r.ring.SiteToken("blog", 1), "urls": urls})
	if err != nil {
		t.Fatal(err)
	}
	_, body := r.post(t, string(ask), "Origin", page)
	var got struct{ Tokens, Refused map[string]string }
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		t.Fatal(err, body)
	}
	for url, says := range refused {
		if !strings.Contains(got.Refused[url], says) || got.Tokens[url] != "" {
			t.Errorf("%s: %q, want %q", url, got.Refused[url], says)
		}
	}
	target := "/u/blog." + got.Tokens[good] + "/w:640/f:auto/plain/" + strings.ReplaceAll(good, "%", "%25")
	if response, body := r.do(t, "GET", target); response.StatusCode != 200 {
		t.Errorf("GET %s: %d %s", target, response.StatusCode, body)
	}
}

func TestSignIsLimited(t *testing.T) {
	r := startSigner(t)
	body := `{"site":"blog.` + r.ring.SiteToken("blog", 1) + `","urls":["https://cdn.example/b.jpg"]}`
	for range 1000 {
		response, _ := r.post(t, body, "Origin", page)
		if response.StatusCode == 429 {
			if response.Header.Get("Retry-After") == "" {
				t.Error("nothing says when to come back")
			}
			return
		}
	}
	t.Error("a thousand calls in a row are all answered")
}

func TestSignPreflight(t *testing.T) {
	r := startSigner(t)
	response, _ := r.do(t, "OPTIONS", "/api/v1/sign", "Origin", page, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type")
	header := response.Header
	if response.StatusCode != 204 || header.Get("Access-Control-Allow-Methods") != "POST" || !strings.Contains(header.Get("Access-Control-Allow-Headers"), "Content-Type") {
		t.Errorf("%d %v", response.StatusCode, header)
	}
	if response, _ := r.do(t, "GET", "/api/v1/sign"); response.StatusCode != 405 || response.Header.Get("Allow") != "POST, OPTIONS" {
		t.Errorf("GET: %d %v", response.StatusCode, response.Header)
	}
	if response, _ := r.do(t, "OPTIONS", "/api/v1/stats"); response.StatusCode != 405 {
		t.Errorf("OPTIONS of another route: %d", response.StatusCode)
	}
	if response, body := r.do(t, "GET", "/s/blog."+r.ring.SiteToken("blog", 1)+"/config.json"); !strings.Contains(body, `"sign":true`) {
		t.Errorf("config.json: %d %s", response.StatusCode, body)
	}
}
