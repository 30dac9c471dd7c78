package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fallbackOption(source string) string {
	return "fiu:" + base64.RawURLEncoding.EncodeToString([]byte(source))
}

// TestFallback: another picture, in the size asked for, under the failure's status; fetched
// once for all sources that fail.
func TestFallback(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	for name, want := range map[string]int{"missing.jpg": 404, "500.jpg": 502, "html.jpg": 415, "half.jpg": 422, "drop.jpg": 502} {
		response, body := p.get(p.sign(o.URL+"/"+name, "w:300", "cb:7", fallbackOption(o.URL+"/photo-sorry.jpg")))
		decoded, _, err := image.DecodeConfig(bytes.NewReader(body))
		if response.StatusCode != want || response.Header.Get("X-Gip-Fallback") != fmt.Sprint(want) || err != nil || decoded.Width != 300 {
			t.Errorf("%s: %d, %d wide, %v: %.80q", name, response.StatusCode, decoded.Width, err, body)
		}
		if got := response.Header.Get("Cache-Control"); got != "public, max-age=10" && got != "public, max-age=9" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
	}
	if got := o.count("/photo-sorry.jpg"); got != 1 {
		t.Errorf("the fallback was fetched %d times", got)
	}
	address := p.sign(o.URL+"/missing.jpg", "w:300", "cb:7", fallbackOption(o.URL+"/photo-sorry.jpg"))
	if again, _ := p.get(address); again.Header.Get("X-Gip-Cache") != "memory" || again.StatusCode != 404 || o.count("/missing.jpg") != 1 {
		t.Errorf("the second time %d from %q, origin asked %d times", again.StatusCode, again.Header.Get("X-Gip-Cache"), o.count("/missing.jpg"))
	}
	if response, body := p.get(p.sign(o.URL+"/missing.jpg", fallbackOption(o.URL+"/500.jpg"))); response.StatusCode != 404 || response.Header.Get("X-Gip-Fallback") != "" {
		t.Errorf("with a fallback that fails: %d %q", response.StatusCode, body)
	}
	if response, body := p.get(p.sign(o.URL+"/missing.jpg", fallbackOption("http://127.0.0.9/b.jpg"))); response.StatusCode != 404 || !strings.Contains(string(body), "404") {
		t.Errorf("with a fallback at a private address: %d %q", response.StatusCode, body)
	}
}

// TestConfiguredFallbacks: by status, by class and for the rest; not for what is forbidden.
func TestConfiguredFallbacks(t *testing.T) {
	o := startOrigin(t)
	folder := t.TempDir()
	for name, width := range map[string]int{"gone.png": 40, "later.png": 50, "any.png": 60} {
		if err := os.WriteFile(filepath.Join(folder, name), pngOf(t, width, 30), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := serveProcess(t, onlyLoopback1, "GIP_LOCAL_ROOT="+folder, "GIP_FALLBACK=local:///any.png", "GIP_FALLBACK_STATUS=200",
		"GIP_FALLBACKS=404=local:///gone.png,5xx=local:///later.png")
	for name, width := range map[string]int{"missing.jpg": 40, "500.jpg": 50, "html.jpg": 60} {
		response, body := p.get(p.sign(o.URL + "/" + name))
		if decoded, _, err := image.DecodeConfig(bytes.NewReader(body)); response.StatusCode != 200 || decoded.Width != width {
			t.Errorf("%s: %d, %d wide, %v", name, response.StatusCode, decoded.Width, err)
		}
	}
	sealed, _ := p.get(p.sign("--seal", o.URL+"/missing.jpg"))
	if sealed.Header.Get("X-Gip-Fallback") != "404" {
		t.Errorf("sealed: %d, %v", sealed.StatusCode, sealed.Header)
	}
	for name, address := range map[string]string{
		"a wrong signature": p.base + "/wrong/plain/" + o.URL + "/missing.jpg",
		"a private address": p.sign("http://127.0.0.9/a.jpg"),
		"info":              strings.Replace(p.sign(o.URL+"/missing.jpg"), p.base, p.base+"/info", 1),
	} {
		if response, _ := p.get(address); response.StatusCode < 400 || response.Header.Get("X-Gip-Fallback") != "" {
			t.Errorf("%s: %d, %v", name, response.StatusCode, response.Header)
		}
	}
}

func TestFallbackMistakes(t *testing.T) {
	out, err := gip(t, []string{"GIP_DATA=" + t.TempDir(), "GIP_FALLBACK=missing.png", "GIP_ALLOWED_SOURCES=https://a.example/",
		"GIP_FALLBACKS=404=local:///a.png,403=https://a.example/b.png,4xx=https://b.example/b.png"}, "serve")
	if err == nil {
		t.Fatal("gip serve started")
	}
	for _, want := range []string{"fallback (GIP_FALLBACK)", "404: a local source needs local_root", `"403" is not one of`, "4xx: the source is none of allowed_sources"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}
