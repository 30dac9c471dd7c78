package httpapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/httpapi"
)

// purges remembers what was asked for.
type purges struct {
	what []httpapi.Purge
	err  error
}

func (p *purges) purge(_ context.Context, what httpapi.Purge) (httpapi.Purged, error) {
	p.what = append(p.what, what)
	return httpapi.Purged{Images: 3, Originals: 1}, p.err
}

func startPurging(t *testing.T) (*rig, *purges) {
	t.Helper()
	p := &purges{}
	return start(t, func(c *httpapi.Config) { c.Purge = p.purge }), p
}

func query(name, value string) string {
	return "/api/v1/cache?" + url.Values{name: {value}}.Encode()
}

func TestPurgeSources(t *testing.T) {
	rows := []struct {
		name, value, only string
		takes, leaves     string
	}{
		{"source", source, source, source, source + "?v=2"},
		{"source", "local:///a b.jpg", "local:///a b.jpg", "local:///a b.jpg", "local:///a.jpg"},
		{"prefix", "https://blog.example/media/", "", "https://blog.example/media/x/y.jpg", "https://blog.example/other.jpg"},
		{"site", "blog", "", source, "https://blog.example/other.jpg"},
		{"all", "true", "", "anything", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, p := startPurging(t)
			response, body := r.do(t, "DELETE", query(row.name, row.value), "Authorization", "Bearer admin")
			var purged httpapi.Purged
			if err := json.Unmarshal([]byte(body), &purged); err != nil || response.StatusCode != 200 || purged.Removed != 4 {
				t.Fatalf("%d %s %v", response.StatusCode, body, err)
			}
			what := p.what[0]
			if what.Only != row.only || what.Variant != nil || !what.Sources(row.takes) || row.leaves != "" && what.Sources(row.leaves) {
				t.Errorf("%+v", what)
			}
		})
	}
}

// TestPurgeURL asks for an image as visitors do, and wants the keys of those requests selected,
// and no others.
func TestPurgeURL(t *testing.T) {
	plain := "/plain/" + source
	r, p := startPurging(t)
	rows := []struct {
		name, target string
		headers      []string
		another      string // an address whose key is not meant
	}{
		{"exact", r.exact("/w:100" + plain), nil, r.exact("/w:101" + plain)},
		{"negotiated", r.exact("/w:100/f:auto" + plain), []string{"Accept", "image/avif,image/webp"}, r.exact("/w:100/f:webp" + plain)},
		{"by hints", r.exact("/w:auto/dpr:auto" + plain), []string{"Sec-CH-Width", "500", "Sec-CH-DPR", "2"}, r.exact("/q:50/w:auto" + plain)},
		{"site", r.site("/w:640/f:auto" + plain), []string{"Accept", "image/webp"}, r.site("/w:320" + plain)},
		{"site, saving data", r.site("/w:640/f:auto" + plain), []string{"Save-Data", "on"}, r.site("/w:768/f:auto" + plain)},
		{"url of a site", r.url(source, "/w:640"+plain), nil, r.url(source, "/w:768"+plain)},
		{"info", "/info" + r.exact("/w:100"+plain), nil, r.exact("/w:100" + plain)},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r.keys, p.what = nil, nil
			r.do(t, "GET", row.target, row.headers...)
			r.do(t, "GET", row.another, row.headers...)
			for _, address := range []string{row.target, r.base + row.target, "https://img.example.com" + row.target} {
				if response, body := r.do(t, "DELETE", query("url", address), "Authorization", "Bearer admin"); response.StatusCode != 200 {
					t.Fatalf("%s: %d %s", address, response.StatusCode, body)
				}
			}
			for _, what := range p.what {
				if what.Only != source || !what.Variant(r.keys[0]) {
					t.Errorf("does not select %s", r.keys[0])
				}
				if len(r.keys) > 1 && what.Variant(r.keys[1]) {
					t.Errorf("selects %s, too", r.keys[1])
				}
			}
		})
	}
}

// TestTags: an image says its tags to caches in front, in each replay too, and is purged by each.
func TestTags(t *testing.T) {
	r, p := startPurging(t)
	target := r.exact("/w:100/ct:rose:red/plain/" + source)
	for range 2 {
		response, _ := r.do(t, "GET", target)
		got := [...]string{response.Header.Get("Cache-Tag"), response.Header.Get("Surrogate-Key"), response.Header.Get("X-Amz-Meta-Cache-Tag")}
		if want := [...]string{"red,rose", "red rose", "red,rose"}; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for tag, want := range map[string]bool{"rose": true, "red": true, "ros": false} {
		p.what = nil
		if response, body := r.do(t, "DELETE", query("tag", tag), "Authorization", "Bearer admin"); response.StatusCode != 200 {
			t.Fatal(body)
		}
		if what := p.what[0]; what.Variant(r.keys[0]) != want || !what.Theirs || !what.Sources(source) {
			t.Errorf("%s: selected %v, want %v", tag, !want, want)
		}
	}
	if response, _ := r.do(t, "GET", r.exact("/w:100/plain/"+source)); response.Header.Get("Cache-Tag") != "" {
		t.Error("an image without tags has some")
	}
}

func TestPurgeRefusals(t *testing.T) {
	rows := []struct {
		name, method, target, token string
		status                      int
	}{
		{"no token", "DELETE", query("all", "true"), "", 403},
		{"wrong token", "DELETE", query("all", "true"), "Bearer other", 403},
		{"nothing said", "DELETE", "/api/v1/cache", "Bearer admin", 400},
		{"two things said", "DELETE", "/api/v1/cache?all=true&site=blog", "Bearer admin", 400},
		{"twice", "DELETE", "/api/v1/cache?site=blog&site=blog", "Bearer admin", 400},
		{"unknown", "DELETE", query("everything", "1"), "Bearer admin", 400},
		{"all but false", "DELETE", query("all", "false"), "Bearer admin", 400},
		{"no source", "DELETE", query("source", "blog.example/a.jpg"), "Bearer admin", 400},
		{"a prefix of everything", "DELETE", query("prefix", "https://"), "Bearer admin", 400},
		{"no tag", "DELETE", query("tag", "a,b"), "Bearer admin", 400},
		{"unknown site", "DELETE", query("site", "nobody"), "Bearer admin", 404},
		{"no URL", "DELETE", query("url", "w:100"), "Bearer admin", 400},
		{"a URL without a source", "DELETE", query("url", "https://img.example.com/"), "Bearer admin", 400},
		{"a URL that is none of ours", "DELETE", query("url", "https://img.example.com/x/w:abc/plain/"+source), "Bearer admin", 400},
		{"get", "GET", query("all", "true"), "Bearer admin", 405},
		{"delete elsewhere", "DELETE", "/api/v1/stats", "Bearer admin", 405},
		{"delete an image", "DELETE", "/x/plain/" + source, "Bearer admin", 405},
	}
	r, p := startPurging(t)
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			response, body := r.do(t, row.method, row.target, "Authorization", row.token)
			if response.StatusCode != row.status || len(p.what) != 0 {
				t.Errorf("%d %s, %d purges; want %d", response.StatusCode, body, len(p.what), row.status)
			}
		})
	}
	if response, _ := r.do(t, "GET", query("all", "true"), "Authorization", "Bearer admin"); response.Header.Get("Allow") != "DELETE" {
		t.Errorf("Allow %q", response.Header.Get("Allow"))
	}
}

// TestPurgeFails: nobody is told that a purge was complete that was not.
func TestPurgeFails(t *testing.T) {
	r, p := startPurging(t)
	p.err = errors.New("a file cannot be removed")
	response, body := r.do(t, "DELETE", query("all", "true"), "Authorization", "Bearer admin")
	if response.StatusCode != 500 || strings.Contains(body, "removed\"") {
		t.Errorf("%d %s", response.StatusCode, body)
	}
}
