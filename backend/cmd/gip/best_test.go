package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestBest goes from the URL through negotiation, key and worker to the headers.
func TestBest(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.gif"), gifOf(t, 64, 48, 6), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder)
	best := p.sign("local:///a.gif", "f:best", "da:1")
	for _, row := range []struct{ accept, mediaType, quality string }{
		{"image/avif,image/webp", "image/(webp|png|avif)", "^((webp|png) lossless|(webp|avif) [0-9]+; dssim 0\\.[0-9]+)$"},
		{"*/*", "image/(png|jpeg)", "^(png lossless|jpeg 80; dssim 0\\.[0-9]+)$"},
	} {
		for _, from := range []string{"miss", "memory"} {
			response, _ := p.get(best, "Accept", row.accept)
			h := response.Header
			if response.StatusCode != 200 || h.Get("Vary") != "Accept" || h.Get("X-Gip-Cache") != from ||
				!regexp.MustCompile(row.mediaType).MatchString(h.Get("Content-Type")) {
				t.Errorf("%s: %d %v", row.accept, response.StatusCode, h)
			}
			if !regexp.MustCompile(row.quality).MatchString(h.Get("X-Gip-Quality")) {
				t.Errorf("%s: quality %q", row.accept, h.Get("X-Gip-Quality"))
			}
		}
	}
}

// TestBestComesLater: a search that takes long is not waited for.
func TestBestComesLater(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.jpg"), jpegOf(t, 1200, 900), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder)
	best := p.sign("local:///a.jpg", "f:best", "w:700")
	h := p.getHeader(best, "Accept", "image/avif,image/webp")
	if h.Get("X-Gip-Later") != "best" || h.Get("X-Gip-Quality") != "" || h.Get("Content-Type") != "image/avif" {
		t.Errorf("first: %v", h)
	}
	p.eventually("the searched one", func() bool {
		h := p.getHeader(best, "Accept", "image/avif,image/webp")
		return h.Get("X-Gip-Later") == "" && regexp.MustCompile(`^(webp|avif) [0-9]+; dssim 0\.[0-9]+$`).MatchString(h.Get("X-Gip-Quality"))
	})
}

// TestUntouchedAnimation: where WebP is taken it is made, unless the GIF is no larger.
func TestUntouchedAnimation(t *testing.T) {
	folder := t.TempDir()
	body := gifOf(t, 300, 200, 8)
	if err := os.WriteFile(filepath.Join(folder, "a.gif"), body, 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, "GIP_LOCAL_ROOT="+folder)
	auto := p.sign("local:///a.gif", "f:auto")
	response, got := p.get(auto, "Accept", "image/webp")
	kept := response.Header.Get("Content-Type") == "image/gif"
	if len(got) > len(body) || kept != (len(got) == len(body)) {
		t.Errorf("%d bytes of %s for %d", len(got), response.Header.Get("Content-Type"), len(body))
	}
	if response, got = p.get(auto); response.Header.Get("Content-Type") != "image/gif" || len(got) != len(body) {
		t.Errorf("others: %d bytes of %s", len(got), response.Header.Get("Content-Type"))
	}
}
