package httpapi_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/imageurl"
)

func (r *rig) warm(t *testing.T, order string, headers ...string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.base+"/api/v1/warm", strings.NewReader(order))
	if err != nil {
		t.Fatal(err)
	}
	for pair := range slices.Chunk(append([]string{"Authorization", "Bearer admin"}, headers...), 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := r.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text strings.Builder
	if err := response.Write(&text); err != nil {
		t.Fatal(err)
	}
	_, body, _ = strings.Cut(text.String(), "\r\n\r\n")
	return response.StatusCode, body
}

// TestWarm asks as browsers do afterwards, and finds that each key was among those warmed.
func TestWarm(t *testing.T) {
	r := start(t, nil)
	status, body := r.warm(t, `{"sources": ["`+source+`"], "site": "blog", "widths": [640, 384]}`)
	if status != 200 || !strings.Contains(body, `"made":0,"kept":6,"failed":0`) {
		t.Fatalf("%d %s", status, body)
	}
	warmed := slices.Clone(r.keys)
	for _, width := range []string{"384", "640"} {
		for _, accept := range []string{"image/avif,image/webp,*/*", "image/webp", "*/*"} {
			r.do(t, "GET", r.site("/w:"+width+"/f:auto/plain/"+source), "Accept", accept)
			if key := r.keys[len(r.keys)-1]; !slices.Contains(warmed, key) {
				t.Errorf("width %s, accept %s: %s was not warmed, only %v", width, accept, key, warmed)
			}
		}
	}
}

func TestWarmExact(t *testing.T) {
	r := start(t, nil)
	status, body := r.warm(t, `{"sources": ["`+source+`", "https://denied.example/a.jpg"], "widths": [320], "formats": ["webp", "jpeg"], "options": ["q:70"]}`)
	lines := strings.Split(strings.TrimSpace(body), "\n")
	if status != 200 || len(r.keys) != 2 || !strings.Contains(body, `"kept":2`) || !strings.Contains(body, `"failed":1,"error":"sources at`) {
		t.Errorf("%d %q, keys %v", status, lines, r.keys)
	}
	r.do(t, "GET", r.exact("/w:320/q:70/f:webp/plain/"+source))
	if !slices.Contains(r.keys[:2], r.keys[2]) {
		t.Errorf("%s is not one of %v", r.keys[2], r.keys[:2])
	}
}

func TestWarmRefuses(t *testing.T) {
	r := start(t, nil)
	many, err := json.Marshal(map[string]any{"sources": slices.Repeat([]string{source}, 65)})
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		order  string
		token  string
		status int
		says   string
	}{
		"no token":     {`{"sources":["` + source + `"]}`, "", 403, "admin token"},
		"no JSON":      {"sources", "Bearer admin", 400, "JSON"},
		"nothing":      {"{}", "Bearer admin", 400, "empty"},
		"too many":     {string(many), "Bearer admin", 400, "over the limit of 64"},
		"unknown site": {`{"sources":["` + source + `"],"site":"nobody"}`, "Bearer admin", 404, "nobody"},
	} {
		t.Run(name, func(t *testing.T) {
			if status, body := r.warm(t, row.order, "Authorization", row.token); status != row.status || !strings.Contains(body, row.says) {
				t.Errorf("%d %s; want %d with %q", status, body, row.status, row.says)
			}
		})
	}
	if response, _ := r.do(t, "GET", "/api/v1/warm", "Authorization", "Bearer admin"); response.StatusCode != 405 || response.Header.Get("Allow") != "POST" {
		t.Errorf("GET: %d, allow %q", response.StatusCode, response.Header.Get("Allow"))
	}
	if len(r.keys) != 0 {
		t.Errorf("asked for %v", r.keys)
	}
}

// crowded is busy for each key's first time, and counts those at work.
type crowded struct {
	asked, most, now atomic.Int32
	set              atomic.Bool
}

func (c *crowded) Get(ctx context.Context, key string) (cache.Answer, error) {
	now := c.now.Add(1)
	defer c.now.Add(-1)
	if now > c.most.Load() {
		c.most.Store(now)
	}
	c.set.Store(imageurl.InSet(ctx))
	if c.asked.Add(1) == 1 {
		return cache.Answer{}, fault.New(fault.Busy, "later")
	}
	if strings.Contains(key, "w:3") {
		return cache.Answer{}, fault.New(fault.Broken, "broken")
	}
	return cache.Answer{From: "miss"}, nil
}

func TestWarmWaitsForVisitors(t *testing.T) {
	images := &crowded{}
	r := start(t, func(c *httpapi.Config) { c.Images, c.Warmers = images, 2 })
	status, body := r.warm(t, `{"sources":["`+source+`"],"widths":[1,2,3,4,5,6],"formats":["jpeg"]}`)
	if want := `"made":5,"kept":0,"failed":1,"error":"broken"`; status != 200 || !strings.Contains(body, want) {
		t.Errorf("%d %s; want %s", status, body, want)
	}
	if got := fmt.Sprint(images.asked.Load(), images.most.Load() <= 2, images.set.Load()); got != "7 true true" {
		t.Errorf("asked, at most 2 at a time, as a set: %s", got)
	}
}
