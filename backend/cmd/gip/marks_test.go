package main

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

func wmu(source string) string {
	return "wmu:" + base64.RawURLEncoding.EncodeToString([]byte(source))
}

// markOrigin is a second web site, which has only logos: red, 40 × 20.
func markOrigin(t *testing.T) (base string, asked *atomic.Int64) {
	t.Helper()
	logo := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	draw.Draw(logo, logo.Rect, image.NewUniform(color.NRGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	var body bytes.Buffer
	if err := png.Encode(&body, logo); err != nil {
		t.Fatal(err)
	}
	asked = &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch {
		case strings.HasPrefix(r.URL.Path, "/logos/red"):
			_, _ = w.Write(body.Bytes())
		case strings.HasPrefix(r.URL.Path, "/logos/half"):
			_, _ = w.Write(body.Bytes()[:body.Len()/2])
		case strings.HasPrefix(r.URL.Path, "/logos/page"):
			_, _ = w.Write([]byte("<!doctype html><p>no image here"))
		case strings.HasPrefix(r.URL.Path, "/logos/500"):
			w.WriteHeader(http.StatusInternalServerError)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL, asked
}

func redAt(t *testing.T, body []byte, x, y int) bool {
	t.Helper()
	picture, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r, g, b, _ := picture.At(x, y).RGBA()
	return r>>8 > 240 && g>>8 < 15 && b>>8 < 15
}

// TestWatermarks goes from the URL through two origins to the pixels.
func TestWatermarks(t *testing.T) {
	photos := startOrigin(t)
	marks, asked := markOrigin(t)
	p := serveProcess(t, onlyLoopback1, "GIP_ALLOWED_SOURCES="+photos.URL+"/,"+marks+"/logos/", "GIP_WATERMARK="+marks+"/logos/red-own.png")
	photo := photos.URL + "/photo.jpg"
	for name, options := range map[string][]string{
		"named":      {"wm:1:soea", wmu(marks + "/logos/red.png")},
		"the node's": {"wm:1:soea"},
		"several":    {"wm:1:nowe", "wmt:" + base64.RawURLEncoding.EncodeToString([]byte("© Ännchen")), "wm:1:soea", wmu(marks + "/logos/red.png")},
	} {
		response, body := p.get(p.sign(append([]string{photo, "w:200", "f:png"}, options...)...))
		if response.StatusCode != 200 || !redAt(t, body, 195, 145) || redAt(t, body, 100, 75) {
			t.Errorf("%s: %d %.200q", name, response.StatusCode, body)
		}
	}
	for _, row := range []struct {
		mark   string
		status int
		says   string
	}{
		{marks + "/logos/missing.png", 404, "the watermark does not exist"},
		{marks + "/logos/500.png", 502, "the watermark was not had"},
		{marks + "/logos/page.png", 415, "the watermark is not an image"},
		{marks + "/logos/half.png", 422, "watermark 1: PNG data is broken"},
		{"http://127.0.0.2:1/logos/red.png", 403, "the source of watermark 1 is not allowed"},
	} {
		response, body := p.get(p.sign(photo, "w:200", "wm:1", wmu(row.mark)))
		if response.StatusCode != row.status || !strings.Contains(string(body), row.says) {
			t.Errorf("%s: %d %q, want %d %q", row.mark, response.StatusCode, body, row.status, row.says)
		}
	}
	before := asked.Load()
	if response, body := p.get(p.sign(photo, "wm:1", wmu(marks+"/private/red.png"))); response.StatusCode != 403 || asked.Load() != before {
		t.Errorf("not listed: %d %q", response.StatusCode, body)
	}
}

// TestWatermarkSettings are checked at the start, before anybody needs them.
func TestWatermarkSettings(t *testing.T) {
	for name, env := range map[string][]string{
		"is none of ours": {"GIP_WATERMARK=ftp://a.example/logo.png"},
		"allowed_sources": {"GIP_WATERMARK=https://a.example/logo.png", "GIP_ALLOWED_SOURCES=https://b.example/"},
	} {
		out, err := gip(t, append(env, "GIP_LISTEN=127.0.0.1:0", "GIP_DATA="+t.TempDir()), "serve")
		if err == nil || !strings.Contains(out, "GIP_WATERMARK") {
			t.Errorf("%s: %v %s", name, err, out)
		}
	}
}
