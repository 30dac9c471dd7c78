package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gip4all/gip4all/backend/vectors"
)

const source = "https://blog.example/media/a.jpg"

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// images is a cache whose answers a test decides, and which remembers the keys it was asked.
type images struct {
	keys []string
	err  error
	boom bool
	note string
	more int // bytes behind each body
}

func (i *images) Get(_ context.Context, key string) (cache.Answer, error) {
	i.keys = append(i.keys, key)
	if i.boom {
		panic("boom")
	}
	body := append([]byte("pixels of "+key), make([]byte, i.more)...)
	entry := cache.Entry{Body: body, MediaType: "image/webp", ETag: cache.ETagOf(body, "image/webp"), Created: now, Note: i.note}
	return cache.Answer{Entry: entry, From: "memory"}, i.err
}

type rig struct {
	*images
	ring   sign.Ring
	base   string
	client *http.Client
	logs   *strings.Builder
	server *httpapi.Server
}

func start(t *testing.T, change func(*httpapi.Config)) *rig {
	t.Helper()
	ring, err := sign.ParseRing(strings.Repeat("ab", 32)+":"+strings.Repeat("cd", 32), 0)
	if err != nil {
		t.Fatal(err)
	}
	sites, err := site.NewSet([]site.Site{{
		Name: "blog", Sources: []string{"https://blog.example/media/"},
		Presets: map[string]string{"card": "rs:fill:300:200"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{images: &images{}, ring: ring, logs: &strings.Builder{}}
	config := httpapi.Config{
		Images: r.images, Ring: ring, Sites: sites, AdminToken: "admin",
		Assets: fstest.MapFS{
			"gip.js": {Data: []byte("loader")}, "gip-worker.js": {Data: []byte("worker")},
			"gip-page.js": {Data: []byte("page")}, "gip-debug.js": {Data: []byte("debug")},
			"gip-full.js": {Data: []byte("client")},
		},
		Allow: func(u *url.URL) bool { return u.Host != "denied.example" },
		Log:   slog.New(slog.NewTextHandler(r.logs, nil)),
		Now:   func() time.Time { return now },
	}
	if change != nil {
		change(&config)
	}
	server, err := httpapi.New(config)
	if err != nil {
		t.Fatal(err)
	}
	serve(t, r, server)
	return r
}

func serve(t *testing.T, r *rig, server *httpapi.Server) {
	t.Helper()
	r.server = server
	listener := httptest.NewUnstartedServer(nil).Listener
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		r.client.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := errors.Join(server.Shutdown(ctx), <-done); err != nil {
			t.Error(err)
		}
	})
	r.base = "http://" + listener.Addr().String()
	r.client = &http.Client{Transport: &http.Transport{}}
}

// do sends a raw target; headers come in pairs.
func (r *rig) do(t *testing.T, method, target string, headers ...string) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequest(method, r.base, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.URL.Opaque = target // sent byte for byte
	return r.send(t, request, headers)
}

// send adds the headers, in pairs, and reads the whole answer.
func (r *rig) send(t *testing.T, request *http.Request, headers []string) (*http.Response, string) {
	t.Helper()
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := r.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func (r *rig) exact(path string) string { return "/" + r.ring.Sign(path) + path }
func (r *rig) site(path string) string  { return "/s/blog." + r.ring.SiteToken("blog", 1) + path }

func (r *rig) url(source, path string) string {
	return "/u/blog." + r.ring.URLToken("blog", 1, source) + path
}

func TestStatuses(t *testing.T) {
	r := start(t, nil)
	plain := "/plain/" + source
	other := "https://cdn.example/b.jpg"
	tests := []struct {
		name, target string
		status       int
		says         string
	}{
		{"exact", r.exact("/w:100" + plain), 200, ""},
		{"exact without options", r.exact(plain), 200, ""},
		{"wrong signature", "/AAAA/w:100" + plain, 403, "signature"},
		{"signature of another path", "/" + r.ring.Sign("/w:101"+plain) + "/w:100" + plain, 403, "signature"},
		{"an empty signature", "//w:100" + plain, 400, "exactly one"},
		{"a signature alone", "/AAAA", 404, ""},
		{"unknown option", r.exact("/wat:1" + plain), 400, "wat"},
		{"a query", r.exact("/w:100"+plain) + "?x=1", 400, "%3F"},
		{"a backslash", r.exact("/w:100/plain/https://blog.example\\a"), 400, "percent-encoded"},
		{"expired", r.exact("/exp:1000" + plain), 404, "expired"},
		{"a source that is not allowed", r.exact("/plain/https://denied.example/a.jpg"), 403, "not allowed"},
		{"site", r.site("/f:auto" + plain), 200, ""},
		{"site with a rung", r.site("/w:640/q:low/f:webp" + plain), 200, ""},
		{"site with a preset", r.site("/pr:card" + plain), 200, ""},
		{"site with a width off the ladder", r.site("/w:641" + plain), 400, "640"},
		{"site with a number for q", r.site("/q:71" + plain), 400, "low"},
		{"site with a format that is not its own", r.site("/f:gif" + plain), 403, "gif"},
		{"site with another option", r.site("/rs:fill:640:640" + plain), 403, "rs"},
		{"site with a source off the list", r.site("/plain/" + other), 403, "lists"},
		{"site with a source that climbs", r.site("/plain/https://blog.example/media/../secret.jpg"), 403, "lists"},
		{"site with a source's query", r.site("/plain/" + source + "%3Fv=2"), 403, "queries: true"},
		{"site with a source's empty query", r.site("/plain/" + source + "%3F"), 403, "queries: true"},
		{"site with another spelling", r.site("/plain/https://blog.example/media/%2561.jpg"), 403, "spelled"},
		{"site with an empty segment", r.site("/plain/https://blog.example/media//a.jpg"), 403, "spelled"},
		{"exact with another spelling", r.exact("/plain/https://blog.example/media/%2561.jpg"), 200, ""},
		{"site with a source's fragment", r.site("/plain/" + source + "%23v=2"), 400, "fragment"},
		{"unknown site in a url form", "/u/nosuch.AAAAAAAAAAAAAAAAAAAAAA" + plain, 403, ""},
		{"unknown site in a url form, no source", "/u/nosuch.AAAAAAAAAAAAAAAAAAAAAA/w:64", 400, ""},
		{"unknown site", "/s/nosuch.AAAAAAAAAAAAAAAAAAAAAA" + plain, 403, ""},
		{"wrong token", "/s/blog.AAAAAAAAAAAAAAAAAAAAAA" + plain, 403, ""},
		{"no token", "/s/blog" + plain, 400, "SITE.TOKEN"},
		{"url token", r.url(other, "/w:640/plain/"+other), 200, ""},
		{"url token, other spelling of its source", r.url(other, "/w:640/aHR0cHM6Ly9jZG4uZXhhbXBsZS9iLmpwZw"), 200, ""},
		{"url token of another source", r.url(other, plain), 403, ""},
		{"url token and a free width", r.url(other, "/w:641/plain/"+other), 400, "640"},
		{"url token and a source nobody may have", r.url("https://denied.example/a.jpg", "/plain/https://denied.example/a.jpg"), 403, "not allowed"},
		{"health", "/health", 200, "ok"},
		{"ready", "/ready", 200, "ready"},
		{"reserved but empty", "/admin", 404, ""},
		{"a script below a script", "/gip.js/x", 404, ""},
		{"stats without a token", "/api/v1/stats", 403, "admin token"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response, body := r.do(t, "GET", test.target)
			if response.StatusCode != test.status || !strings.Contains(body, test.says) {
				t.Errorf("GET %s = %d %q, want %d with %q", test.target, response.StatusCode, body, test.status, test.says)
			}
			if strings.Contains(response.Header.Get("Content-Type"), "html") {
				t.Error("answered HTML")
			}
		})
	}
}

// TestSameAnswerForUnknownSiteAndWrongToken: who guesses names learns nothing.
func TestSameAnswerForUnknownSiteAndWrongToken(t *testing.T) {
	r := start(t, nil)
	_, unknown := r.do(t, "GET", "/s/nosuch.AAAAAAAAAAAAAAAAAAAAAA/plain/"+source)
	_, wrong := r.do(t, "GET", "/s/blog.AAAAAAAAAAAAAAAAAAAAAA/plain/"+source)
	if unknown != wrong {
		t.Errorf("unknown site says %q, wrong token %q", unknown, wrong)
	}
}

func TestFailures(t *testing.T) {
	tests := []struct {
		kind   fault.Kind
		status int
	}{
		{fault.Invalid, 400}, {fault.Denied, 403}, {fault.NotFound, 404}, {fault.TooLarge, 413},
		{fault.Unsupported, 415}, {fault.Broken, 422}, {fault.Busy, 503}, {fault.Upstream, 502},
		{fault.Timeout, 504}, {fault.Internal, 500}, {fault.Limited, 429},
	}
	r := start(t, nil)
	for _, test := range tests {
		t.Run(test.kind.String(), func(t *testing.T) {
			r.err = fault.New(test.kind, "what happened")
			response, body := r.do(t, "GET", r.exact("/plain/"+source))
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			if public := strings.Contains(body, "what happened"); public == (test.kind == fault.Internal) {
				t.Errorf("body %q", body)
			}
			if got := response.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control %q", got)
			}
			if busy := response.Header.Get("Retry-After") != ""; busy != (test.status == 503 || test.status == 429) {
				t.Errorf("Retry-After %q", response.Header.Get("Retry-After"))
			}
		})
	}
}

func TestErrorAsJSON(t *testing.T) {
	r := start(t, nil)
	response, body := r.do(t, "GET", r.exact("/w:-1/plain/"+source), "Accept", "application/json")
	var got struct{ Error, Kind string }
	if err := json.Unmarshal([]byte(body), &got); err != nil || got.Kind != "invalid" || got.Error == "" {
		t.Errorf("body %q: %v", body, err)
	}
	if got := response.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type %q", got)
	}
}

func TestPanicIsA500AndTheServerLives(t *testing.T) {
	r := start(t, nil)
	r.boom = true
	response, body := r.do(t, "GET", r.exact("/plain/"+source))
	if response.StatusCode != 500 || strings.Contains(body, "boom") {
		t.Errorf("%d %q", response.StatusCode, body)
	}
	if response, _ := r.do(t, "GET", "/health"); response.StatusCode != 200 {
		t.Error("the server does not answer after a panic")
	}
	if !strings.Contains(r.logs.String(), "boom") {
		t.Error("the panic was not logged")
	}
}

func TestImageHeaders(t *testing.T) {
	r := start(t, nil)
	response, body := r.do(t, "GET", r.site("/f:auto/plain/"+source), "Accept", "image/webp")
	want := map[string]string{
		"Content-Type": "image/webp", "Vary": "Accept, Save-Data", "X-Gip-Cache": "memory",
		"Cache-Control": "public, max-age=2592000", "Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin", "Timing-Allow-Origin": "*",
		"Access-Control-Expose-Headers": "X-Gip-Cache, X-Gip-Animation, X-Gip-Fallback, X-Gip-Max-Bytes, X-Gip-Quality, X-Gip-Later, Server-Timing, ETag",
		"X-Content-Type-Options":        "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Server-Timing": "cache;desc=memory",
	}
	for name, value := range want {
		if got := response.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
	if !strings.Contains(body, "pixels of") {
		t.Errorf("body %q", body)
	}
}

func TestOverMaxBytesIsSaid(t *testing.T) {
	r := start(t, nil)
	for path, want := range map[string]string{
		"/mb:5/plain/" + source: "over", "/mb:500/plain/" + source: "", "/w:5/plain/" + source: "",
	} {
		if response, _ := r.do(t, "GET", r.exact(path)); response.Header.Get("X-Gip-Max-Bytes") != want {
			t.Errorf("%s: %q, want %q", path, response.Header.Get("X-Gip-Max-Bytes"), want)
		}
	}
}

func TestNegotiationDecidesTheKey(t *testing.T) {
	r := start(t, nil)
	plain := "/plain/" + source
	tests := []struct {
		name, target, accept, saveData, want, vary string
	}{
		{"avif and webp", r.site("/f:auto" + plain), "image/avif,image/webp", "", "f:auto:avif+webp", "Accept, Save-Data"},
		{"webp", r.site("/f:auto" + plain), "image/webp", "", "f:auto:webp", "Accept, Save-Data"},
		{"none", r.site("/f:auto" + plain), "*/*", "", "f:auto:none", "Accept, Save-Data"},
		{"save-data", r.site("/f:auto" + plain), "image/webp", "on", "q:45", "Accept, Save-Data"},
		{"save-data below a level", r.site("/q:high/f:webp" + plain), "", "on", "q:45", "Save-Data"},
		{"at the low level already", r.site("/q:low/f:webp" + plain), "", "", "q:45", ""},
		{"an exact URL means what it says", r.exact("/q:90/f:webp" + plain), "image/avif", "on", "q:90", ""},
		{"exact auto", r.exact("/f:auto" + plain), "image/avif,image/webp", "", "f:auto:avif+webp", "Accept"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response, _ := r.do(t, "GET", test.target, "Accept", test.accept, "Save-Data", test.saveData)
			key := r.keys[len(r.keys)-1]
			if !strings.Contains(key, test.want) {
				t.Errorf("key %q does not hold %q", key, test.want)
			}
			if got := response.Header.Get("Vary"); got != test.vary {
				t.Errorf("Vary %q, want %q", got, test.vary)
			}
		})
	}
}

func TestConditionalAndHead(t *testing.T) {
	r := start(t, nil)
	target := r.exact("/w:10/plain/" + source)
	first, body := r.do(t, "GET", target)
	etag := first.Header.Get("ETag")
	for name, header := range map[string]string{"same": etag, "weak": "W/" + etag, "in a list": `"x", ` + etag, "star": "*"} {
		response, body := r.do(t, "GET", target, "If-None-Match", header)
		if response.StatusCode != 304 || body != "" || response.Header.Get("ETag") != etag || response.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: %d %q %v", name, response.StatusCode, body, response.Header)
		}
		for _, kept := range []string{"Date", "Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "X-Gip-Cache"} {
			if response.Header.Get(kept) == "" {
				t.Errorf("%s: the 304 has no %s", name, kept)
			}
		}
		for _, known := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy", "Access-Control-Expose-Headers"} {
			if response.Header.Get(known) != "" {
				t.Errorf("%s: the 304 repeats %s", name, known)
			}
		}
	}
	if response, _ := r.do(t, "GET", target, "If-None-Match", `"other"`); response.StatusCode != 200 {
		t.Errorf("another ETag: %d", response.StatusCode)
	}
	head, nothing := r.do(t, "HEAD", target)
	if head.StatusCode != 200 || nothing != "" || head.ContentLength != int64(len(body)) || head.Header.Get("ETag") != etag {
		t.Errorf("HEAD: %d %q length %d", head.StatusCode, nothing, head.ContentLength)
	}
	if wrong, _ := r.do(t, "HEAD", "/AAAA/w:10/plain/"+source); wrong.StatusCode != 403 {
		t.Errorf("HEAD with a wrong signature: %d", wrong.StatusCode)
	}
	if post, _ := r.do(t, "POST", target); post.StatusCode != 405 || post.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d Allow %q", post.StatusCode, post.Header.Get("Allow"))
	}
}

// TestForNow: an image of which a better one is being made is kept for a minute, whatever its URL says.
func TestForNow(t *testing.T) {
	for _, row := range []struct{ name, note, control, later string }{
		{"for good", "quality: avif 60", "public, max-age=2592000, immutable", ""},
		{"for now", "later: avif", "public, max-age=60", "avif"},
		{"among others", "quality: x\nlater: best", "public, max-age=60", "best"},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := start(t, nil)
			r.note = row.note
			response, _ := r.do(t, "GET", r.exact("/cb:7/w:10/plain/"+source))
			if control, later := response.Header.Get("Cache-Control"), response.Header.Get("X-Gip-Later"); control != row.control || later != row.later {
				t.Errorf("%q, later %q; want %q, %q", control, later, row.control, row.later)
			}
			if exposed := response.Header.Get("Access-Control-Expose-Headers"); !strings.Contains(exposed, "X-Gip-Later") {
				t.Errorf("exposed: %q", exposed)
			}
		})
	}
}

func TestLifetimesAndNames(t *testing.T) {
	r := start(t, nil)
	soon := now.Add(time.Minute)
	tests := []struct{ name, path, header, want string }{
		{"a cache buster never changes", "/cb:7", "Cache-Control", "public, max-age=2592000, immutable"},
		{"not past the URL's own end", "/exp:" + soon.Format("20060102"), "Cache-Control", ""},
		{"a name", "/fn:report", "Content-Disposition", "inline; filename=report.webp"},
		{"an attachment is named by its source", "/att:1", "Content-Disposition", "attachment; filename=a.webp"},
	}
	tests[1].path, tests[1].want = "/exp:"+itoa(soon.Unix()), "public, max-age=60"
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			response, body := r.do(t, "GET", r.exact(test.path+"/plain/"+source))
			if got := response.Header.Get(test.header); got != test.want {
				t.Errorf("%s %q, want %q (%d %s)", test.header, got, test.want, response.StatusCode, body)
			}
		})
	}
}

// TestSiteLimit: a site that asks too often is told so, and no other site pays for it.
func TestSiteLimit(t *testing.T) {
	sites, err := site.NewSet([]site.Site{
		{Name: "blog", Sources: []string{"https://blog.example/media/"}, RequestsPerSecond: 1},
		{Name: "shop", Sources: []string{"https://blog.example/media/"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, func(c *httpapi.Config) { c.Sites = sites })
	last := 0
	for range 50 {
		response, _ := r.do(t, "GET", r.site("/plain/"+source))
		last = response.StatusCode
	}
	if last != 429 {
		t.Errorf("the 50th request at once answers %d, want 429", last)
	}
	if shop, _ := r.do(t, "GET", "/s/shop."+r.ring.SiteToken("shop", 1)+"/plain/"+source); shop.StatusCode != 200 {
		t.Errorf("another site answers %d", shop.StatusCode)
	}
	if config, _ := r.do(t, "GET", r.site("/config.json")); config.StatusCode != 200 {
		t.Errorf("the kill switch answers %d", config.StatusCode)
	}
}

func itoa(n int64) string { text, _ := json.Marshal(n); return string(text) }

func TestInsecureTakesAnySignature(t *testing.T) {
	r := start(t, func(c *httpapi.Config) { c.Insecure = true })
	if response, body := r.do(t, "GET", "/unsafe/w:10/plain/"+source); response.StatusCode != 200 {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}

// TestSiteConfig compares the answer with vectors/schema.json, which clients read too.
func TestSiteConfig(t *testing.T) {
	r := start(t, func(c *httpapi.Config) { c.PublicURL = "https://img.example" })
	response, body := r.do(t, "GET", r.site("/config.json"), "X-Forwarded-Host", "evil.example")
	if response.StatusCode != 200 || response.Header.Get("Cache-Control") != "public, max-age=60" {
		t.Fatalf("%d %s %v", response.StatusCode, body, response.Header)
	}
	raw, err := vectors.Read("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct{ Config map[string]any }
	var got map[string]any
	if err := errors.Join(json.Unmarshal(raw, &schema), json.Unmarshal([]byte(body), &got)); err != nil {
		t.Fatal(err)
	}
	want := schema.Config
	want["site"] = "blog." + r.ring.SiteToken("blog", 1)
	wantText, _ := json.Marshal(want)
	gotText, _ := json.Marshal(got)
	if string(wantText) != string(gotText) {
		t.Errorf("config.json\n got %s\nwant %s", gotText, wantText)
	}
}

func TestScriptsAndStats(t *testing.T) {
	r := start(t, nil)
	response, body := r.do(t, "GET", "/gip.js?v=2")
	if body != "loader" || response.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%q %v", body, response.Header)
	}
	if policy := response.Header.Get("Content-Security-Policy"); policy != "" {
		t.Errorf("a script under the images' sandbox: %q", policy)
	}
	if again, _ := r.do(t, "GET", "/gip.js", "If-None-Match", response.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("conditional script: %d", again.StatusCode)
	}
	if full, body := r.do(t, "GET", "/gip-full.js?v=2"); full.StatusCode != 200 || body != "client" {
		t.Errorf("the full client: %d %q", full.StatusCode, body)
	}
	if stats, _ := r.do(t, "GET", "/api/v1/stats", "Authorization", "Bearer admin"); stats.StatusCode != 200 {
		t.Errorf("stats with the token: %d", stats.StatusCode)
	}
}

func TestMissingScriptIsAnErrorAtStart(t *testing.T) {
	if _, err := httpapi.New(httpapi.Config{Assets: os.DirFS(t.TempDir())}); err == nil {
		t.Error("New without scripts gave no error")
	}
}

func TestLogsHoldNoSecrets(t *testing.T) {
	r := start(t, nil)
	token := r.ring.SiteToken("blog", 1)
	signed := r.exact("/w:5/plain/" + source + "%3Fkey=hush")
	r.do(t, "GET", signed)
	r.do(t, "GET", r.site("/f:auto/plain/"+source))
	logs := r.logs.String()
	for _, secret := range []string{token, "hush", strings.Split(signed, "/")[1]} {
		if strings.Contains(logs, secret) {
			t.Errorf("the log holds %q:\n%s", secret, logs)
		}
	}
	if got := strings.Count(logs, "msg=request"); got != 2 {
		t.Errorf("%d access lines, want 2", got)
	}
}
