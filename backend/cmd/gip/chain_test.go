package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestChainsEndToEnd goes from the URL of a server with these settings to the pixels.
func TestChainsEndToEnd(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.gif"), gifOf(t, 64, 48, 6), 0o600); err != nil {
		t.Fatal(err)
	}
	free := serveProcess(t, "GIP_LOCAL_ROOT="+folder, "GIP_PRESETS=default=w:32/-/pd:4", "GIP_ALLOW_SECURITY_OPTIONS=true", "GIP_MAX_SOURCE_BYTES=1KB")
	const source = "local:///a.gif"
	if response, body := free.get(free.sign(source)); response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("over the server's limit: %d %s", response.StatusCode, body)
	}
	response, body := free.get(free.sign(source, "msfs:1000000", "-", "el:1", "-", "w:20"))
	if response.StatusCode != http.StatusOK || framesOf(t, body) != 6 || body[6] != 20 || body[8] != 16 {
		t.Errorf("%d, %d frames, %d×%d; want 6 of 20×16", response.StatusCode, framesOf(t, body), body[6], body[8])
	}
	if response, body := free.get(free.sign(source, "msfs:1000000", "hs:md5:"+strings.Repeat("0", 32))); response.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("another checksum: %d %s", response.StatusCode, body)
	}

	only := serveProcess(t, "GIP_LOCAL_ROOT="+folder, "GIP_PRESETS=small=w:8,card=h:12/-/pd:2", "GIP_ONLY_PRESETS=true")
	if response, body := only.get(only.sign(source, "card:small")); response.StatusCode != http.StatusOK || body[6] != 12 || body[8] != 10 {
		t.Errorf("only presets: %d, %d×%d; want 12×10", response.StatusCode, body[6], body[8])
	}
}
