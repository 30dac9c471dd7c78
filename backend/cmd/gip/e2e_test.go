package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// ticker gives a beat until ctx ends, and then closes.
func ticker(ctx context.Context) <-chan time.Time {
	beats := make(chan time.Time)
	go func() {
		defer close(beats)
		for {
			select {
			case <-ctx.Done():
				return
			case at := <-time.After(20 * time.Millisecond):
				select {
				case beats <- at:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return beats
}

const onlyLoopback1 = "GIP_ALLOW_NETWORKS=127.0.0.1/32"

// TestMisbehavingOrigins: each way to fail has its own status and says what happened, and
// after all of them the server answers as before.
func TestMisbehavingOrigins(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1, "GIP_HEADER_TIMEOUT=500ms", "GIP_FETCH_TIMEOUT=1s", "GIP_MAX_SOURCE_BYTES=4MB")
	tests := []struct {
		file   string
		status int
		says   string
	}{
		{"missing.jpg", 404, "404"},
		{"500.jpg", 502, "500"},
		{"html.jpg", 415, "text/html"},
		{"half.jpg", 422, "broken"},
		{"stall.jpg", 504, ""},
		{"drip.jpg", 504, ""},
		{"endless.jpg", 413, "4194304"},
		{"inside.jpg", 403, ""},
		{"drop.jpg", 502, ""},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			response, body := p.get(p.sign(o.URL+"/"+test.file, "w:100"))
			if response.StatusCode != test.status || !strings.Contains(string(body), test.says) || len(body) < 10 {
				t.Errorf("%d %q, want %d with %q", response.StatusCode, body, test.status, test.says)
			}
		})
	}
	if response, body := p.get(p.sign(o.URL+"/photo.jpg", "w:100")); response.StatusCode != 200 {
		t.Errorf("afterwards: %d %q", response.StatusCode, body)
	}
	wrong := strings.Replace(p.sign(o.URL+"/photo.jpg", "w:100"), "w:100", "w:101", 1)
	if response, _ := p.get(wrong); response.StatusCode != 403 {
		t.Errorf("wrong signature: %d", response.StatusCode)
	}
}

// TestPrivateAddressesAreRefused: without the setting not even this machine's own origin.
func TestPrivateAddressesAreRefused(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t)
	for _, address := range []string{o.URL, strings.Replace(o.URL, "127.0.0.1", "localhost", 1), strings.Replace(o.URL, "127.0.0.1", "2130706433", 1)} {
		if response, body := p.get(p.sign(address + "/photo.jpg")); response.StatusCode != 403 {
			t.Errorf("%s: %d %q", address, response.StatusCode, body)
		}
	}
	if o.count("/photo.jpg") != 0 {
		t.Error("the origin was reached")
	}
}

func TestTransform(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign(o.URL+"/photo.jpg", "w:300")
	response, body := p.get(address)
	decoded, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || format != "jpeg" || decoded.Width != 300 || decoded.Height != 225 {
		t.Errorf("%d × %d %s, %v", decoded.Width, decoded.Height, format, err)
	}
	if got := response.Header.Get("X-Gip-Cache"); got != "miss" {
		t.Errorf("X-Gip-Cache %q, want miss", got)
	}
	for _, part := range []string{"fetch;", "queue;", "transform;"} {
		if timing := response.Header.Get("Server-Timing"); !strings.Contains(timing, part) {
			t.Errorf("Server-Timing %q lacks %s", timing, part)
		}
	}
	again, _ := p.get(address)
	if got := again.Header.Get("X-Gip-Cache"); got != "memory" {
		t.Errorf("the second time X-Gip-Cache is %q, want memory", got)
	}
	if again, _ = p.get(address, "If-None-Match", response.Header.Get("ETag")); again.StatusCode != 304 {
		t.Errorf("conditional: %d", again.StatusCode)
	}
	for accept, want := range map[string]string{"image/avif,image/webp": "image/avif", "image/webp": "image/webp", "*/*": "image/jpeg"} {
		response, _ := p.get(p.sign(o.URL+"/photo.jpg", "w:300", "f:auto"), "Accept", accept)
		if got := response.Header.Get("Content-Type"); got != want {
			t.Errorf("Accept %s: %s, want %s", accept, got, want)
		}
	}
}

// TestHundredAtOnce: one fetch and one transform for a hundred visitors.
func TestHundredAtOnce(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign(o.URL+"/photo.jpg", "w:640", "f:webp")
	var wait sync.WaitGroup
	statuses := make([]int, 100)
	for i := range statuses {
		wait.Go(func() {
			if response, _, err := fetch(address); err == nil {
				statuses[i] = response.StatusCode
			}
		})
	}
	wait.Wait()
	for i, status := range statuses {
		if status != 200 {
			t.Errorf("visitor %d got %d", i, status)
		}
	}
	if got := o.count("/photo.jpg"); got != 1 {
		t.Errorf("%d fetches, want 1", got)
	}
	if loads := p.stats(t)["loads"]; loads != 1.0 {
		t.Errorf("%v transforms, want 1", loads)
	}
}

func (p *process) stats(t *testing.T) map[string]any {
	t.Helper()
	token, err := os.ReadFile(filepath.Join(p.data, "admin-token"))
	if err != nil {
		t.Fatal(err)
	}
	_, body := p.get(p.base+"/api/v1/stats", "Authorization", "Bearer "+strings.TrimSpace(string(token)))
	var stats map[string]any
	if err := json.Unmarshal(body, &stats); err != nil {
		t.Fatalf("%v in %q", err, body)
	}
	return stats
}

// TestKilledWorkers: whoever kills a worker costs at most that answer.
func TestKilledWorkers(t *testing.T) {
	o := startOrigin(t)
	o.large = jpegOf(t, 4000, 3000)
	p := serveProcess(t, onlyLoopback1, "GIP_WORKERS=1", "GIP_AVIF_SPEED=1")
	answer := make(chan int, 1)
	go func() {
		response, _, err := fetch(p.sign(o.URL+"/large.jpg", "f:avif"))
		if err == nil {
			answer <- response.StatusCode
		} else {
			answer <- 0
		}
	}()
	if status := killUntilAnswered(p, answer); status != 502 {
		t.Errorf("with its workers killed a job ends with %d, want 502", status)
	}
	// The last kill may have hit a worker that was only starting: the pool needs a moment.
	p.eventually("an image is made afterwards", func() bool {
		response, _ := p.get(p.sign(o.URL+"/photo.jpg", "w:100"))
		return response.StatusCode == 200
	})
}

// killUntilAnswered kills every worker there is, again and again.
func killUntilAnswered(p *process, answer <-chan int) int {
	deadline := time.After(patience)
	for {
		select {
		case status := <-answer:
			return status
		case <-deadline:
			return -1
		case <-time.After(300 * time.Millisecond):
			for _, pid := range p.workers() {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
}

// TestFullQueue: who does not fit is told at once when to come again, and health still answers.
func TestFullQueue(t *testing.T) {
	o := startOrigin(t)
	o.large = jpegOf(t, 4000, 3000)
	p := serveProcess(t, onlyLoopback1, "GIP_WORKERS=1", "GIP_QUEUE=1", "GIP_TRANSFORM_TIMEOUT=20s")
	var wait sync.WaitGroup
	var mutex sync.Mutex // guards seen
	seen := map[int]int{}
	retry := ""
	for i := range 8 {
		address := p.sign(fmt.Sprintf("%s/large%d.jpg", o.URL, i), "f:webp")
		wait.Go(func() {
			response, _, err := fetch(address)
			mutex.Lock()
			defer mutex.Unlock()
			if err == nil {
				seen[response.StatusCode]++
				if response.StatusCode == 503 {
					retry = response.Header.Get("Retry-After")
				}
			}
		})
	}
	if response, _ := p.get(p.base + "/health"); response.StatusCode != 200 {
		t.Errorf("health under load: %d", response.StatusCode)
	}
	wait.Wait()
	if seen[503] == 0 || seen[200] == 0 || seen[200]+seen[503] != 8 {
		t.Errorf("statuses %v, want some 200 and some 503", seen)
	}
	if retry == "" {
		t.Error("503 without Retry-After")
	}
}

// TestRestart: results survive, a half-written file is only a miss, keys stay.
func TestRestart(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign(o.URL+"/photo.jpg", "w:200")
	_, first := p.get(address)
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Fatalf("SIGTERM: %v\n%s", err, p.log)
	}
	old := p.base
	p.start()
	response, second := p.get(strings.Replace(address, old, p.base, 1))
	if got := response.Header.Get("X-Gip-Cache"); got != "disk" || !bytes.Equal(first, second) {
		t.Errorf("after a restart: %s, %d and %d bytes", got, len(first), len(second))
	}
	if o.count("/photo.jpg") != 1 {
		t.Error("the source was fetched again")
	}
	info, err := os.Stat(filepath.Join(p.data, "keys"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("keys: %v %v", info.Mode(), err)
	}
}

// TestGracefulStop: what runs is finished, and nothing new is taken.
func TestGracefulStop(t *testing.T) {
	o := startOrigin(t)
	o.large = jpegOf(t, 4000, 3000)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign(o.URL+"/large.jpg", "f:webp")
	answer := make(chan int, 1)
	go func() {
		response, _, err := fetch(address)
		if err != nil {
			answer <- 0
			return
		}
		answer <- response.StatusCode
	}()
	for o.count("/large.jpg") == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Errorf("exit: %v\n%s", err, p.log)
	}
	if status := <-answer; status != 200 {
		t.Errorf("the running request got %d", status)
	}
	if _, _, err := fetch(p.base + "/health"); err == nil {
		t.Error("the server still answers")
	}
}

func TestPorts(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	env := []string{"GIP_DATA=" + t.TempDir(), "GIP_LISTEN=" + taken.Addr().String()}
	out, err := gip(t, env, "serve")
	if err == nil || !strings.Contains(out, taken.Addr().String()) || !strings.Contains(out, "in use") {
		t.Errorf("an explicit port that is taken: %v, %s", err, out)
	}
	moved, err := listen(taken.Addr().String(), false, quietLogger())
	if err != nil {
		t.Fatalf("a default port that is taken: %v", err)
	}
	moved.Close()
}

// TestMistakes: all at once, each named, exit status 2.
func TestMistakes(t *testing.T) {
	env := []string{
		"GIP_DATA=" + t.TempDir(), "GIP_QUALITY=0", "GIP_NO_SUCH=1", "GIP_KEYS=zz:yy", "GIP_LOCAL_ROOT=/no/such/folder", "GIP_PRESETS=card=zz:1", "GIP_SVG_PASS=true",
	}
	out, err := gip(t, env, "serve", "--workers=many", "--wat=7", "--insecure", "--insecure", "--queue", "--nothing", "oops")
	for _, want := range []string{
		"GIP_QUALITY", "GIP_NO_SUCH", "GIP_KEYS", "GIP_LOCAL_ROOT", "GIP_SVG_PASS", "preset", "--workers", "many", "--wat", "--insecure is given twice",
		"--queue needs a value", "--nothing", "oops",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the report does not name %s:\n%s", want, out)
		}
	}
	if code, ok := exitCode(err); !ok || code != 2 {
		t.Errorf("exit %v, want status 2", err)
	}
	if help, err := gip(t, nil, "serve", "--help"); err != nil || !strings.Contains(help, "--allow-networks") {
		t.Errorf("--help: %v\n%s", err, help)
	}
}

// TestSites goes from the YAML to an image, by the commands of README.
func TestSites(t *testing.T) {
	o := startOrigin(t)
	file := filepath.Join(t.TempDir(), "gip.yaml")
	yaml := "sites: [{name: blog, sources: ['" + o.URL + "/photo'], origins: ['" + o.URL + "']}]\n"
	yaml = strings.Replace(yaml, "/photo'", "/'", 1)
	if err := os.WriteFile(file, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	p := serveProcess(t, onlyLoopback1, "GIP_CONFIG="+file)
	token := p.sign("--site", "blog")
	if len(token) != 22 {
		t.Errorf("token %q has not 22 characters", token)
	}
	response, body := p.get(p.base + "/s/blog." + token + "/config.json")
	if response.StatusCode != 200 || !strings.Contains(string(body), `"site":"blog.`+token) {
		t.Errorf("config.json: %d %s", response.StatusCode, body)
	}
	image, _ := p.get(p.base+"/s/blog."+token+"/w:640/f:auto/plain/"+o.URL+"/photo.jpg", "Accept", "image/webp")
	if image.StatusCode != 200 || image.Header.Get("Content-Type") != "image/webp" {
		t.Errorf("site image: %d %v", image.StatusCode, image.Header)
	}
	shim := p.sign("--site", "blog", "--shim")
	if want := fmt.Sprintf(`self.gip={endpoint:%q,site:"blog.%s"};importScripts(gip.endpoint+"/gip-worker.js")`, p.base, token); shim != want {
		t.Errorf("shim\n got %s\nwant %s", shim, want)
	}
	other, _ := p.get(p.sign("--site", "blog", o.URL+"/photo2.jpg", "w:640"))
	if other.StatusCode != 200 {
		t.Errorf("url-signed image: %d", other.StatusCode)
	}
}

// TestLogs: JSON when nobody watches, one line a request, no secret in any.
func TestLogs(t *testing.T) {
	o := startOrigin(t)
	p := serveProcess(t, onlyLoopback1)
	address := p.sign(o.URL + "/photo.jpg")
	p.get(address)
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	requests := 0
	for line := range strings.Lines(p.log.String()) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Errorf("not JSON: %s", line)
		}
		if entry["msg"] == "request" {
			requests++
		}
	}
	signature := strings.Split(strings.TrimPrefix(address, p.base+"/"), "/")[0]
	if requests != 1 || strings.Contains(p.log.String(), signature) {
		t.Errorf("%d access lines; log:\n%s", requests, p.log)
	}
}

// TestReserved: the fixed addresses win over signatures.
func TestReserved(t *testing.T) {
	p := serveProcess(t)
	for path, want := range map[string]int{"/health": 200, "/ready": 200, "/gip.js": 200, "/gip-worker.js": 200, "/gip-full.js": 200, "/": 200, "/admin": 404, "/favicon.ico": 404, "/nothing": 404} {
		if response, _ := p.get(p.base + path); response.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, response.StatusCode, want)
		}
	}
	response, err := http.Post(p.base+"/health", "text/plain", strings.NewReader("x"))
	if err != nil || response.StatusCode != 405 {
		t.Errorf("POST /health: %v %v", response, err)
	}
}

// TestTwoServersOnOneDataFolder: the second does without a disk cache, and neither harms the other.
func TestTwoServersOnOneDataFolder(t *testing.T) {
	o := startOrigin(t)
	first := serveProcess(t, onlyLoopback1)
	second := serveProcess(t, onlyLoopback1, "GIP_DATA="+first.data)
	if !strings.Contains(second.log.String(), "another gip serve uses this data folder") {
		t.Errorf("the second says nothing:\n%s", second.log)
	}
	path := strings.TrimPrefix(first.sign(o.URL+"/photo.jpg", "w:50"), first.base)
	for _, p := range []*process{first, second} {
		if response, body := p.get(p.base + path); response.StatusCode != 200 {
			t.Errorf("%d %s", response.StatusCode, body)
		}
	}
}

// TestSignWithoutKeys: keys made by gip sign would be no server's.
func TestSignWithoutKeys(t *testing.T) {
	data := t.TempDir()
	if out, err := gip(t, []string{"GIP_DATA=" + data}, "sign", "https://blog.example/a.jpg"); err == nil || !strings.Contains(out, data) {
		t.Errorf("%v: %s", err, out)
	}
	if left, _ := os.ReadDir(data); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// TestKilledServerLeavesNothing: what a killed server left is removed by the next one.
func TestKilledServerLeavesNothing(t *testing.T) {
	p := serveProcess(t)
	_ = p.stop(syscall.SIGKILL)
	p.start()
	if err := p.stop(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(p.data, "work", "*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
