package main

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClientHints: browsers of other sizes get other widths, of which there are few.
func TestClientHints(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	auto, both := p.sign(o.URL+"/photo.jpg", "w:auto"), p.sign(o.URL+"/photo.jpg", "w:auto", "dpr:auto")
	dense := p.sign(o.URL+"/photo.jpg", "w:200", "dpr:auto")
	for _, row := range []struct {
		name, address string
		headers       []string
		width         int
		from          string
	}{
		{"width", auto, []string{"Sec-CH-Width", "301"}, 384, "miss"},
		{"another width of the same rung", auto, []string{"Sec-CH-Width", "380"}, 384, "memory"},
		{"the rung without hints", p.sign(o.URL+"/photo.jpg", "w:384"), nil, 384, "memory"},
		{"viewport and dpr", auto, []string{"Sec-CH-Viewport-Width", "320", "Sec-CH-DPR", "2"}, 640, "miss"},
		{"legacy", auto, []string{"Viewport-Width", "320", "DPR", "2"}, 640, "memory"},
		{"both count the dpr once", both, []string{"Sec-CH-Width", "640", "Sec-CH-DPR", "2"}, 640, "miss"},
		{"dpr", dense, []string{"Sec-CH-DPR", "1.3"}, 300, "miss"},
		{"no dpr", dense, nil, 200, "miss"},
		{"garbage is no dpr", dense, []string{"Sec-CH-DPR", "-NaN"}, 200, "memory"},
		{"nothing enlarges", auto, nil, 1200, "miss"},
	} {
		t.Run(row.name, func(t *testing.T) {
			response, body := p.get(row.address, row.headers...)
			decoded, _, err := image.DecodeConfig(bytes.NewReader(body))
			if err != nil || decoded.Width != row.width {
				t.Errorf("%d, %d wide, want %d: %v %.100q", response.StatusCode, decoded.Width, row.width, err, body)
			}
			if got := response.Header.Get("X-Gip-Cache"); got != row.from {
				t.Errorf("from %s, want %s", got, row.from)
			}
		})
	}
	if loads := p.stats(t)["loads"]; loads != 6.0 {
		t.Errorf("%v transforms, want 6", loads)
	}
}

// TestSiteHints: a site's own ladder, and its configuration asks browsers for hints.
func TestSiteHints(t *testing.T) {
	o := startOrigin(t)
	file := filepath.Join(t.TempDir(), "gip.yaml")
	yaml := "sites: [{name: blog, sources: ['" + o.URL + "/'], origins: ['" + o.URL + "'], widths: [100, 500]}]\n"
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, onlyLoopback1, "GIP_CONFIG="+file)
	site := p.base + "/s/blog." + p.sign("--site", "blog")
	for hint, want := range map[string]int{"90": 100, "101": 500, "2000": 500, "": 500, "1e2": 500} {
		response, body := p.get(site+"/w:auto/plain/"+o.URL+"/photo.jpg", "Sec-CH-Width", hint)
		if decoded, _, err := image.DecodeConfig(bytes.NewReader(body)); err != nil || decoded.Width != want {
			t.Errorf("Sec-CH-Width %q: %d wide, want %d: %d %v", hint, decoded.Width, want, response.StatusCode, err)
		}
		if vary := response.Header.Get("Vary"); !strings.HasPrefix(vary, "Sec-CH-Width") {
			t.Errorf("Vary %q", vary)
		}
	}
	config, _ := p.get(site + "/config.json")
	if got := config.Header.Get("Accept-CH"); got != "Sec-CH-DPR, Sec-CH-Width, Sec-CH-Viewport-Width" {
		t.Errorf("config.json: Accept-CH %q", got)
	}
}
