package main

import (
	"bytes"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

const takesAVIF = "image/avif,image/webp,*/*"

func (p *process) getHeader(address string, headers ...string) http.Header {
	p.t.Helper()
	response, _ := p.get(address, headers...)
	return response.Header
}

// TestAVIFComesLater: the first view of a large picture is a WebP for a minute, later ones are
// AVIF for good; also after a restart.
func TestAVIFComesLater(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.jpg"), jpegOf(t, 1600, 1200), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder)
	arguments := []string{"local:///a.jpg", "f:auto", "w:1400", "cb:1"}
	address := p.sign(arguments...)
	first, webp := p.get(address, "Accept", takesAVIF)
	h := first.Header
	if h.Get("Content-Type") != "image/webp" || h.Get("X-Gip-Later") != "avif" || h.Get("Cache-Control") != "public, max-age=60" || h.Get("Vary") != "Accept" {
		t.Errorf("first: %v", h)
	}
	if width, height := sizeOf(t, p, webp); width != 1400 || height != 1050 {
		t.Errorf("first: %d × %d", width, height)
	}
	p.eventually("an AVIF", func() bool { return p.getHeader(address, "Accept", takesAVIF).Get("Content-Type") == "image/avif" })
	later, avif := p.get(address, "Accept", takesAVIF, "If-None-Match", h.Get("ETag"))
	if later.StatusCode != 200 || later.Header.Get("ETag") == h.Get("ETag") || later.Header.Get("Vary") != "Accept" ||
		later.Header.Get("X-Gip-Later") != "" || later.Header.Get("Cache-Control") != "public, max-age=2592000, immutable" {
		t.Errorf("later: %d %v", later.StatusCode, later.Header)
	}
	if width, height := sizeOf(t, p, avif); width != 1400 || height != 1050 || len(avif) >= len(webp) {
		t.Errorf("later: %d × %d, %d bytes instead of %d", width, height, len(avif), len(webp))
	}
	if others := p.getHeader(address, "Accept", "image/webp"); others.Get("Content-Type") != "image/webp" || others.Get("X-Gip-Later") != "" {
		t.Errorf("others: %v", others)
	}
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Errorf("stop: %v", err)
	}
	p.start()
	if again := p.getHeader(p.sign(arguments...), "Accept", takesAVIF); again.Get("Content-Type") != "image/avif" || again.Get("X-Gip-Cache") != "disk" {
		t.Errorf("after a restart: %v", again)
	}
}

// sizeOf decodes a result, with libvips: Go knows no AVIF.
func sizeOf(t *testing.T, p *process, body []byte) (width, height int) {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(in, body, 0o600); err != nil {
		t.Fatal(err)
	}
	if printed, err := gip(t, p.env, "convert", "--quiet", in, "-o", out); err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	made, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.DecodeConfig(bytes.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	return decoded.Width, decoded.Height
}

// TestNothingLater: with the setting at 0 the first answer is the only one.
func TestNothingLater(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.jpg"), jpegOf(t, 1600, 1200), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder, "GIP_AVIF_LATER_PIXELS=0", "GIP_WORKERS=1")
	h := p.getHeader(p.sign("local:///a.jpg", "f:auto", "w:1400"), "Accept", takesAVIF)
	if h.Get("Content-Type") != "image/webp" || h.Get("X-Gip-Later") != "" || h.Get("Cache-Control") != "public, max-age=2592000" {
		t.Errorf("large: %v", h)
	}
	if h = p.getHeader(p.sign("local:///a.jpg", "f:best", "w:700"), "Accept", takesAVIF); h.Get("X-Gip-Quality") == "" || h.Get("X-Gip-Later") != "" {
		t.Errorf("best: %v", h)
	}
	if workers := p.workers(); len(workers) != 1 {
		t.Errorf("%d worker processes, want 1", len(workers))
	}
}

// TestStopsInTheMiddleOfLater: what nobody waits for does not hold up the end.
func TestStopsInTheMiddleOfLater(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.jpg"), jpegOf(t, 4000, 3000), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder, "GIP_WORKERS=1", "GIP_SHUTDOWN_TIMEOUT=1h", "GIP_TRANSFORM_TIMEOUT=1h")
	p.getHeader(p.sign("local:///a.jpg", "f:auto"), "Accept", takesAVIF)
	p.eventually("the spare worker runs", func() bool { return len(p.workers()) == 2 })
	time.Sleep(100 * time.Millisecond) // into its work
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Errorf("%v\n%s", err, p.log)
	}
}
