package main

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestSealed goes from gip sign --seal to pixels, and looks for the source wherever an answer
// or a log could show it.
func TestSealed(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign("--seal", o.URL+"/photo-hush.jpg?hush=1", "w:300")
	if address != p.sign("--seal", o.URL+"/photo-hush.jpg?hush=1", "w:300") || !strings.Contains(address, "/w:300/enc/") || strings.Contains(address, "hush") {
		t.Errorf("address %s", address)
	}
	response, body := p.get(address)
	if decoded, _, err := image.DecodeConfig(bytes.NewReader(body)); err != nil || decoded.Width != 300 {
		t.Errorf("%d, %d wide, %v: %.100q", response.StatusCode, decoded.Width, err, body)
	}
	if got := response.Header.Get("Content-Disposition"); got != "inline; filename=image.jpg" {
		t.Errorf("Content-Disposition %q", got)
	}
	if again, _ := p.get(address); again.Header.Get("X-Gip-Cache") != "memory" {
		t.Errorf("the second time X-Gip-Cache is %q, want memory", again.Header.Get("X-Gip-Cache"))
	}
	if plain, _ := p.get(p.sign(o.URL+"/photo-hush.jpg?hush=1", "w:300")); plain.Header.Get("X-Gip-Cache") != "memory" {
		t.Errorf("the plain URL has an entry of its own: %q", plain.Header.Get("X-Gip-Cache"))
	}
	if info, err := os.Stat(filepath.Join(p.data, "seal-keys")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("seal-keys: %v, %v", info, err)
	}
}

// TestSealedFailures: the status of the plain URL, and neither host nor port in answer or log.
func TestSealedFailures(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1, "GIP_HEADER_TIMEOUT=500ms", "GIP_LOG_LEVEL=debug")
	host := strings.TrimPrefix(o.URL, "http://")
	for source, want := range map[string]int{
		o.URL + "/missing.jpg": 404, o.URL + "/500.jpg": 502, o.URL + "/html.jpg": 415, o.URL + "/half.jpg": 422, o.URL + "/stall.jpg": 504,
		o.URL + "/inside.jpg": 403, o.URL + "/drop.jpg": 502, "local:///etc/hush": 403, "http://127.0.0.9:1/a.jpg": 403, "http://hush.invalid/a.jpg": 502,
	} {
		response, body := p.get(p.sign("--seal", source))
		if response.StatusCode != want || !strings.Contains(string(body), "sealed source") || holdsAny(string(body), host, "127.0.0", "hush", ".jpg") {
			t.Errorf("%s: %d %q, want %d without the source", source, response.StatusCode, body, want)
		}
	}
	if err := p.stop(syscall.SIGTERM); err != nil { // the log is whole when the process is gone
		t.Fatal(err)
	}
	if log := p.log.String(); strings.Count(log, "the sealed source") != 10 || holdsAny(log, host, "127.0.0.9", "hush", ".jpg") {
		t.Errorf("the log shows a source, or not every failure:\n%s", log)
	}
}

func holdsAny(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// TestSealKeysOfSettings: the first seals, all open, and what another key sealed does not open.
func TestSealKeysOfSettings(t *testing.T) {
	o := startOrigin(t)
	before, after := strings.Repeat("01", 64), strings.Repeat("02", 64)
	p := serveProcess(t, onlyLoopback1, "GIP_SEAL_KEYS="+after+","+before)
	source := o.URL + "/photo.jpg"
	env := func(keys string) []string { return append(p.env, "GIP_PUBLIC_URL="+p.base, "GIP_SEAL_KEYS="+keys) }
	for keys, want := range map[string]int{after: 200, before: 200, strings.Repeat("03", 64): 400} {
		address, err := gip(t, env(keys), "sign", "--seal", source, "w:50")
		if err != nil {
			t.Fatal(address, err)
		}
		if response, body := p.get(strings.TrimSpace(address)); response.StatusCode != want {
			t.Errorf("%.4s…: %d, want %d: %.200q", keys, response.StatusCode, want, body)
		}
	}
	if _, err := os.Stat(filepath.Join(p.data, "seal-keys")); err == nil {
		t.Error("a key was generated although the settings have some")
	}
}

func TestSealMistakes(t *testing.T) {
	data := t.TempDir()
	keys := "GIP_KEYS=" + strings.Repeat("ab", 32) + ":cd"
	for _, row := range []struct {
		name string
		env  []string
		args []string
		says string
	}{
		{"no seal keys", nil, []string{"--seal", "https://blog.example/a.jpg"}, "no seal keys"},
		{"a site", nil, []string{"--seal", "--site", "blog", "https://blog.example/a.jpg"}, "--seal makes exact URLs"},
		{"no URL", nil, []string{"--seal"}, "give an image URL"},
		{"a bad option", nil, []string{"--seal", "https://blog.example/a.jpg", "w:x"}, `w: "x"`},
		{"a short key", []string{"GIP_SEAL_KEYS=abcd"}, []string{"--seal", "https://blog.example/a.jpg"}, "GIP_SEAL_KEYS"},
	} {
		t.Run(row.name, func(t *testing.T) {
			out, err := gip(t, append(row.env, "GIP_DATA="+data, keys), append([]string{"sign"}, row.args...)...)
			if err == nil || !strings.Contains(out, row.says) || strings.Contains(out, "abcd") {
				t.Errorf("%v: %s; want %q", err, out, row.says)
			}
		})
	}
	if left, _ := os.ReadDir(data); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}
