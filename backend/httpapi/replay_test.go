package httpapi_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/httpapi"
	"github.com/gip4all/gip4all/backend/site"
)

// startHot is a server whose memory layer has whatever is asked for. It counts replays: what
// was peeked at and then not asked for in earnest.
func startHot(t *testing.T, change func(*httpapi.Config)) (*rig, *keeper) {
	t.Helper()
	k := &keeper{}
	r := start(t, func(c *httpapi.Config) {
		k.Images = c.Images
		c.Peek = k.peek
		if change != nil {
			change(c)
		}
	})
	k.images = r.images
	return r, k
}

type keeper struct {
	httpapi.Images
	images *images
	peeks  atomic.Int32
	boom   bool
	disk   *cache.Disk // if it is not nil, bodies are given as its files
}

// fileIt has bodies given as files from now on.
func (k *keeper) fileIt(t *testing.T) {
	disk, err := cache.NewDisk(cache.DiskConfig{Dir: t.TempDir(), OpenFiles: 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	k.disk = disk
}

// filed gives an entry as the file that it is put into.
func (k *keeper) filed(key string, entry cache.Entry) cache.Entry {
	ctx := context.Background()
	entry.Expires = time.Time{} // tests have a time of their own
	if err := k.disk.Set(ctx, key, entry); err != nil {
		panic(err)
	}
	for range 2 {
		entry, _, _ = k.disk.Open(ctx, key)
	}
	if entry.File == nil {
		panic("the disk gives no file")
	}
	return entry
}

func (k *keeper) peek(key string) (cache.Answer, bool) {
	k.peeks.Add(1)
	if k.boom {
		panic("boom")
	}
	quiet := &images{note: k.images.note, more: k.images.more}
	answer, err := quiet.Get(nil, key) //nolint:staticcheck // this fake reads no context
	if err == nil && k.disk != nil {
		answer.Entry = k.filed(key, answer.Entry)
	}
	return answer, err == nil
}

// raw sends bytes on a new connection and gives all that comes back until it closes, without
// what changes by the second.
func (r *rig) raw(t *testing.T, text string) string {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(r.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(connection)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`Date: [^\r]*\r\n`).ReplaceAllString(string(answer), "")
}

// TestReplaysAreTheSameAnswers compares a replay with what the server says without a memo,
// byte for byte.
func TestReplaysAreTheSameAnswers(t *testing.T) {
	for _, filed := range []bool{false, true} {
		t.Run(fmt.Sprintf("bodies in files: %v", filed), func(t *testing.T) { compareReplays(t, filed) })
	}
}

func compareReplays(t *testing.T, filed bool) {
	plain, _ := startHot(t, func(c *httpapi.Config) { c.Peek = nil })
	hot, kept := startHot(t, nil)
	if filed {
		kept.fileIt(t)
	}
	target := plain.exact("/w:10/cb:1/exp:99999999999/plain/" + source)
	auto := plain.site("/f:auto/plain/" + source)
	first, _ := plain.do(t, "GET", target)
	tag := "If-None-Match: " + first.Header.Get("ETag") + "\r\n"
	closing := "Host: x\r\nConnection: close\r\n"
	tests := []struct{ name, request string }{
		{"get", "GET " + target + " HTTP/1.1\r\n" + closing + "\r\n"},
		{"head", "HEAD " + target + " HTTP/1.1\r\n" + closing + "\r\n"},
		{"304", "GET " + target + " HTTP/1.1\r\n" + tag + closing + "\r\n"},
		{"304 to head", "HEAD " + target + " HTTP/1.1\r\n" + tag + closing + "\r\n"},
		{"another tag", "GET " + target + " HTTP/1.1\r\nIf-None-Match: \"other\"\r\n" + closing + "\r\n"},
		{"http/1.0", "GET " + target + " HTTP/1.0\r\n\r\n"},
		{"auto", "GET " + auto + " HTTP/1.1\r\nAccept: image/webp\r\n" + closing + "\r\n"},
		{"auto, less data", "GET " + auto + " HTTP/1.1\r\nAccept: image/avif\r\nSave-Data: on\r\n" + closing + "\r\n"},
		{"auto, nothing said", "GET " + auto + " HTTP/1.1\r\n" + closing + "\r\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := plain.raw(t, test.request)
			if got := hot.raw(t, test.request); got != want {
				t.Errorf("at first:\n%s\nwant:\n%s", got, want)
			}
			asked := len(hot.keys)
			kept.peeks.Store(0)
			if got := hot.raw(t, test.request); got != want {
				t.Errorf("replayed:\n%s\nwant:\n%s", got, want)
			}
			if kept.peeks.Load() != 1 || len(hot.keys) != asked {
				t.Errorf("not replayed: %d peeks, %d more gets", kept.peeks.Load(), len(hot.keys)-asked)
			}
		})
	}
}

func TestWhatIsNotReplayed(t *testing.T) {
	var passed atomic.Int64
	r, k := startHot(t, func(c *httpapi.Config) {
		c.Now = func() time.Time { return now.Add(time.Duration(passed.Load())) }
	})
	ends := r.exact(fmt.Sprintf("/exp:%d/plain/%s", now.Add(time.Minute).Unix(), source))
	hinted := r.exact("/w:auto/plain/" + source)
	plain := r.exact("/w:7/plain/" + source)
	for _, target := range []string{ends, hinted, plain} {
		r.do(t, "GET", target)
	}
	passed.Store(int64(2 * time.Minute))
	tests := []struct {
		name, method, target string
		headers              []string
		status               int
	}{
		{"a URL that has ended meanwhile", "GET", ends, nil, 404},
		{"client hints", "GET", hinted, nil, 200},
		{"another method", "DELETE", plain, nil, 405},
		{"another signature", "GET", "/AAAA" + plain[strings.IndexByte(plain[1:], '/')+1:], nil, 403},
		{"a query behind it", "GET", plain + "?", nil, 400},
		{"its info", "GET", "/info" + plain, nil, 200},
		{"a request that speaks of a body", "GET", plain, []string{"X-Content-Lengths", "1"}, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			k.peeks.Store(0)
			response, _ := r.do(t, test.method, test.target, test.headers...)
			if response.StatusCode != test.status || k.peeks.Load() != 0 {
				t.Errorf("status %d, want %d; %d peeks", response.StatusCode, test.status, k.peeks.Load())
			}
		})
	}
}

// TestAnotherImageIsNotDescribedByTheOldOne: here by a note that became another.
func TestAnotherImageIsNotDescribedByTheOldOne(t *testing.T) {
	r, k := startHot(t, nil)
	target := r.exact("/w:8/plain/" + source)
	r.do(t, "GET", target)
	k.images.note = "quality: 61\n"
	for range 2 {
		response, _ := r.do(t, "GET", target)
		if got := response.Header.Get("X-Gip-Quality"); got != "61" {
			t.Errorf("X-Gip-Quality %q, want 61", got)
		}
	}
	if len(r.keys) != 2 {
		t.Errorf("%d gets, want one for each image", len(r.keys))
	}
}

func TestReplaysCountAgainstTheLimit(t *testing.T) {
	r, _ := startHot(t, func(c *httpapi.Config) {
		sites, err := site.NewSet([]site.Site{{Name: "blog", Sources: []string{"https://blog.example/media/"}, RequestsPerSecond: 1}})
		if err != nil {
			t.Fatal(err)
		}
		c.Sites = sites
	})
	target := r.site("/w:640/plain/" + source)
	last := 0
	for range 30 { // ten at once are allowed
		response, _ := r.do(t, "GET", target)
		last = response.StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the thirtieth request got %d", last)
	}
}

func TestAPanicInAReplayIsLoggedAndTheRequestAnswered(t *testing.T) {
	r, k := startHot(t, nil)
	target := r.exact("/w:9/plain/" + source)
	r.do(t, "GET", target)
	k.boom = true
	if response, _ := r.do(t, "GET", target); response.StatusCode != 200 {
		t.Errorf("status %d", response.StatusCode)
	}
	if !strings.Contains(r.logs.String(), "panic while replaying") {
		t.Error("the panic was not logged")
	}
}

func TestReplaysAreLogged(t *testing.T) {
	lines := make(chan string, 2) // as the requests are answered, so that nobody reads while another writes
	r, _ := startHot(t, func(c *httpapi.Config) { c.Log = slog.New(slog.NewTextHandler(sender(lines), nil)) })
	target := r.exact("/w:11/plain/" + source)
	changing := regexp.MustCompile(`time=\S+|took_ms=\S+`)
	r.do(t, "GET", target)
	want := changing.ReplaceAllString(<-lines, "")
	r.do(t, "GET", target)
	if got := changing.ReplaceAllString(<-lines, ""); got != want || !strings.Contains(got, "cache=memory") {
		t.Errorf("the line of a replay is\n%s, not\n%s", got, want)
	}
}

type sender chan<- string

func (s sender) Write(line []byte) (int, error) {
	s <- string(line)
	return len(line), nil
}

// TestPipelinedAnswersKeepTheirOrder: replays, others and answers without a body in one packet.
func TestPipelinedAnswersKeepTheirOrder(t *testing.T) {
	for _, filed := range []bool{false, true} {
		t.Run(fmt.Sprintf("bodies in files: %v", filed), func(t *testing.T) { pipeline(t, filed) })
	}
}

func pipeline(t *testing.T, filed bool) {
	r, kept := startHot(t, nil)
	if filed {
		kept.fileIt(t)
	}
	hot, other := r.exact("/w:21/plain/"+source), r.exact("/w:22/plain/"+source)
	r.do(t, "GET", hot)
	requests := []struct{ method, target, body string }{
		{"GET", hot, "/w:21/"}, {"GET", "/health", "ok"}, {"HEAD", hot, ""}, {"GET", hot, "/w:21/"}, {"GET", hot, "/w:21/"},
		{"GET", other, "/w:22/"}, {"GET", "/nothing", "nothing"}, {"GET", other, "/w:22/"},
	}
	text := ""
	for _, one := range requests {
		text += one.method + " " + one.target + " HTTP/1.1\r\nHost: x\r\n\r\n"
	}
	answers := bufio.NewReader(strings.NewReader(r.raw(t, text+"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")))
	for i, one := range requests {
		response, err := http.ReadResponse(answers, &http.Request{Method: one.method})
		if err != nil {
			t.Fatalf("answer %d: %v", i, err)
		}
		body, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || !strings.Contains(string(body), one.body) || (len(body) == 0) != (one.body == "") {
			t.Errorf("answer %d has body %q (%v), want one with %q", i, body, err, one.body)
		}
	}
}
