package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestWarm warms a site's image with the real command, and then every browser's request is
// there already.
func TestWarm(t *testing.T) {
	picture := jpegOf(t, 1400, 900)
	var fetched atomic.Int32
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		_, _ = w.Write(picture)
	}))
	t.Cleanup(origin.Close)
	file := filepath.Join(t.TempDir(), "gip.yaml")
	yaml := "sites: [{name: blog, sources: ['" + origin.URL + "/photo']}]\n"
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, onlyLoopback1, "GIP_CONFIG="+file)
	source, resume := origin.URL+"/photo/a.jpg", filepath.Join(t.TempDir(), "done")
	warm := []string{"warm", "--site", "blog", "--widths", "384,640", "--rate", "100", "--resume", resume, source, source}
	out, err := gip(t, p.env, warm...)
	if err != nil || out != "1 sources: 6 images made, 0 were there, 0 failed\n" {
		t.Fatalf("%v: %s\n%s", err, out, p.log)
	}
	before := fetched.Load()
	token := p.sign("--site", "blog")
	for _, accept := range []string{"image/avif,image/webp,*/*", "image/webp,*/*", "*/*"} {
		for _, width := range []string{"384", "640"} {
			answer, _ := p.get(p.base+"/s/blog."+token+"/w:"+width+"/f:auto/plain/"+source, "Accept", accept)
			if answer.StatusCode != 200 || answer.Header.Get("X-Gip-Cache") == "miss" {
				t.Errorf("%s at %s: %d, %v", accept, width, answer.StatusCode, answer.Header)
			}
		}
	}
	if fetched.Load() != before {
		t.Error("the origin was asked again")
	}
	if out, err = gip(t, p.env, warm...); err != nil || !strings.HasPrefix(out, "0 sources") {
		t.Errorf("resumed: %v: %s", err, out)
	}
	out, err = gip(t, p.env, "warm", "--site", "blog", "--widths", "384", origin.URL+"/elsewhere/a.jpg")
	if err == nil || !strings.Contains(out, "not one that site") || !strings.Contains(out, "1 failed") {
		t.Errorf("a source of nobody's: %v: %s", err, out)
	}
	out, err = gip(t, p.env, "warm", "--site", "nobody", source)
	if err == nil || !strings.Contains(out, `no site "nobody"`) {
		t.Errorf("an unknown site: %v: %s", err, out)
	}
	out, err = gip(t, []string{"GIP_DATA=" + t.TempDir()}, "warm", source)
	if err == nil || !strings.Contains(out, "no gip serve runs") {
		t.Errorf("no server: %v: %s", err, out)
	}
}

// TestFurtherVariantsFromOneDecode asks for widths of one source, and sees in Server-Timing
// that the second one makes an intermediate, which the third finds.
func TestFurtherVariantsFromOneDecode(t *testing.T) {
	picture := jpegOf(t, 1400, 900)
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(picture) }))
	t.Cleanup(origin.Close)
	for _, row := range []struct {
		name, setting string
		second        bool
	}{{"with", "GIP_INTERMEDIATE_CACHE=96MB", true}, {"without", "GIP_INTERMEDIATE_CACHE=0", false}} {
		t.Run(row.name, func(t *testing.T) {
			p := serveProcess(t, onlyLoopback1, row.setting)
			for i, width := range []string{"200", "300", "400"} {
				answer, body := p.get(p.sign(origin.URL+"/a.jpg", "w:"+width, "f:jpeg"))
				timing := answer.Header.Get("Server-Timing")
				if answer.StatusCode != 200 || len(body) == 0 {
					t.Fatalf("%d: %s", answer.StatusCode, body)
				}
				if got, want := strings.Contains(timing, "intermediate"), row.second && i > 0; got != want {
					t.Errorf("width %s: %q; want an intermediate in it: %v", width, timing, want)
				}
			}
		})
	}
}
