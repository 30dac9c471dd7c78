package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// loopback opens what the tests' own origins listen on.
func loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// raw answers with exactly these bytes and closes the connection.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer connection.Close()
		_, _ = io.WriteString(connection, answer)
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		if code >= 200 && code != 204 && code != 304 {
			_, _ = io.WriteString(w, "body")
		}
	}
}

// forever writes piece until the client leaves, waiting between pieces.
func forever(piece []byte, wait time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for {
			if _, err := w.Write(piece); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(wait):
			}
		}
	}
}

func stall(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func zipped(t *testing.T, body []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

func encoded(encoding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", encoding)
		_, _ = w.Write(body)
	}
}

// checkIdle: nothing is held, and nobody is known, after a fetch that failed or was released.
func checkIdle(t *testing.T, f *Fetcher) {
	t.Helper()
	if taken, running, hosts := f.budget.taken.Load(), len(f.shares.slots), len(f.shares.hosts); taken != 0 || running != 0 || hosts != 0 {
		t.Errorf("%d bytes, %d slots and %d hosts are still held", taken, running, hosts)
	}
}

// bodyLimit is every misbehaving origin's limit.
const bodyLimit = 64 << 10

type misbehaviour struct {
	name   string
	origin http.HandlerFunc
	want   fault.Kind
}

func (m misbehaviour) check(t *testing.T) {
	config := Config{AllowNetworks: loopback(), MaxBytes: bodyLimit}
	if m.want == fault.Timeout {
		config.HeaderTimeout, config.Timeout = 50*time.Millisecond, 100*time.Millisecond
	}
	origin := serve(t, m.origin)
	f := newFetcher(t, config)
	got, err := f.Open(t.Context(), origin.URL+"/photo.jpg")
	checkIdle(t, f)
	if kind := fault.KindOf(err); err == nil || kind != m.want || got.Body != nil {
		t.Errorf("%d bytes, %v; want %v", len(got.Body), err, m.want)
	}
	host := strings.TrimPrefix(origin.URL, "http://")
	if message := fault.Message(err); !strings.HasPrefix(message, host+": ") {
		t.Errorf("message %q does not begin with the host", message)
	}
}

func TestMisbehavingOrigin(t *testing.T) {
	rows := []misbehaviour{
		{"404", status(404), fault.NotFound},
		{"410", status(410), fault.NotFound},
		{"401", status(401), fault.NotFound},
		{"403", status(403), fault.NotFound},
		{"429", status(429), fault.Upstream},
		{"500", status(500), fault.Upstream},
		{"503", status(503), fault.Upstream},
		{"204", status(204), fault.Upstream},
		{"206 unasked", status(206), fault.Upstream},
		{"300", status(300), fault.Upstream},
		{"304 unasked", status(304), fault.Upstream},
		{"redirect without location", status(302), fault.Upstream},
		{"redirect to no URL", raw("HTTP/1.1 302 Found\r\nLocation: http://%zz/\r\nContent-Length: 0\r\n\r\n"), fault.Upstream},
		{"empty", raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), fault.Unsupported},
		{"stall before the header", stall, fault.Timeout},
		{"stall after the header", forever(nil, time.Hour), fault.Timeout},
		{"slow drip", forever([]byte("x"), 10*time.Millisecond), fault.Timeout},
		{"endless", forever(make([]byte, 8<<10), 0), fault.TooLarge},
		{"too large and says so", raw("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"), fault.TooLarge},
		{"too large until the connection closes", raw("HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", bodyLimit+1)), fault.TooLarge},
		{"dropped before the header", raw(""), fault.Upstream},
		{"dropped within the header", raw("HTTP/1.1 200 OK\r\nContent-Le"), fault.Upstream},
		{"dropped in the middle", raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), fault.Upstream},
		{"dropped within a chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc"), fault.Upstream},
		{"dropped between chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), fault.Upstream},
		{"two Content-Lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), fault.Upstream},
		{"negative Content-Length", raw("HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc"), fault.Upstream},
		{"not HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n"), fault.Upstream},
		{"endless header", raw("HTTP/1.1 200 OK\r\nA: " + strings.Repeat("x", 1<<20)), fault.Upstream},
	}
	for _, row := range rows {
		t.Run(row.name, row.check)
	}
}

func TestMisbehavingEncoding(t *testing.T) {
	bomb := zipped(t, make([]byte, 16*bodyLimit))
	small := zipped(t, []byte("image"))
	rows := []misbehaviour{
		{"gzip bomb", encoded("gzip", bomb), fault.TooLarge},
		{"gzip of nothing, for ever", emptyBlocks(small[:10]), fault.TooLarge},
		{"gzip cut off", encoded("gzip", small[:len(small)-6]), fault.Upstream},
		{"gzip that is none", encoded("gzip", []byte("plain text")), fault.Upstream},
		{"gzip, empty", encoded("gzip", zipped(t, nil)), fault.Unsupported},
		{"brotli unasked", encoded("br", []byte("x")), fault.Upstream},
		{"gzip twice", encoded("gzip, gzip", bomb), fault.Upstream},
	}
	for _, row := range rows {
		t.Run(row.name, row.check)
	}
}

// emptyBlocks sends stored blocks of nothing after a gzip header: input without output.
func emptyBlocks(header []byte) http.HandlerFunc {
	block := bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 1000)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(header)
		forever(block, 0)(w, r)
	}
}

func TestWellBehavedOrigin(t *testing.T) {
	body := strings.Repeat("image", 1000)
	rows := []struct {
		name   string
		origin http.HandlerFunc
	}{
		{"with a length", raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + body)},
		{"until the connection closes", raw("HTTP/1.1 200 OK\r\n\r\n" + body)},
		{"in chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n" + body + "\r\n0\r\n\r\n")},
		{"gzip unasked", encoded("gzip", zipped(t, []byte(body)))},
		{"identity", encoded("identity", []byte(body))},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			// The limit is exactly the body: the cap counts no byte too many.
			f := newFetcher(t, Config{AllowNetworks: loopback(), MaxBytes: int64(len(body))})
			got, err := f.Open(t.Context(), serve(t, row.origin).URL)
			if err != nil || string(got.Body) != body {
				t.Errorf("%d bytes, %v", len(got.Body), err)
			}
		})
	}
}

func TestOriginalKeepsWhatTheOriginSaid(t *testing.T) {
	origin := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=600")
		w.Header().Set("ETag", `W/"1"`)
		_, _ = io.WriteString(w, "image")
	})
	got, err := newFetcher(t, Config{AllowNetworks: loopback()}).Open(t.Context(), origin.URL)
	if err != nil || got.MaxAge != 10*time.Minute || got.ETag != `W/"1"` {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRequestSaysOnlyWhatItMust(t *testing.T) {
	var seen http.Header
	var uri string
	origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen, uri = r.Header, r.RequestURI
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		_, _ = io.WriteString(w, "image")
	})
	f := newFetcher(t, Config{AllowNetworks: loopback()})
	for range 2 { // the second would carry the cookie
		if _, err := f.Open(t.Context(), origin.URL+"/a%2Fb c?d=e f#g"); err != nil {
			t.Fatal(err)
		}
	}
	want := http.Header{"Accept": {accept}, "Accept-Encoding": {"identity"}, "User-Agent": {"gip4all"}}
	for name := range seen {
		if seen.Get(name) != want.Get(name) {
			t.Errorf("%s: %q, want %q", name, seen.Get(name), want.Get(name))
		}
	}
	if uri != "/a%2Fb%20c?d=e%20f" {
		t.Errorf("asked for %s", uri)
	}
}

func TestConnectionRefused(t *testing.T) {
	origin := httptest.NewServer(http.NotFoundHandler())
	origin.Close()
	_, err := newFetcher(t, Config{AllowNetworks: loopback()}).Open(t.Context(), origin.URL)
	if fault.KindOf(err) != fault.Upstream || !strings.Contains(fault.Message(err), "cannot be reached") {
		t.Errorf("%v", err)
	}
}

func TestHTTPS(t *testing.T) {
	origin := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto)
	}))
	origin.EnableHTTP2 = true
	origin.Config.ErrorLog = log.New(io.Discard, "", 0)
	origin.StartTLS()
	t.Cleanup(origin.Close)
	f := newFetcher(t, Config{AllowNetworks: loopback()})
	_, err := f.Open(t.Context(), origin.URL)
	if fault.KindOf(err) != fault.Upstream || !strings.Contains(fault.Message(err), "certificate") {
		t.Errorf("unknown certificate: %v", err)
	}

	f = newFetcher(t, Config{AllowNetworks: loopback()})
	f.own.TLSClientConfig = origin.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
	got, err := f.Open(t.Context(), origin.URL)
	if err != nil || string(got.Body) != "HTTP/2.0" {
		t.Errorf("%q, %v", got.Body, err)
	}
}

func TestExplain(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	denied := &net.OpError{Op: "dial", Err: CheckAddress(netip.MustParseAddr("10.0.0.1"))}
	rows := []struct {
		name    string
		ctx     context.Context
		err     error
		want    fault.Kind
		message string
	}{
		{"no such name", t.Context(), &net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}, fault.Upstream, "h: the host name does not resolve"},
		{"name server too slow", t.Context(), &net.OpError{Op: "dial", Err: &net.DNSError{IsTimeout: true}}, fault.Timeout, "h: the origin took too long"},
		{"denied while dialling", t.Context(), denied, fault.Denied, "h: the address is not public"},
		{"our deadline", t.Context(), context.DeadlineExceeded, fault.Timeout, "h: the origin took too long"},
		{"the caller's deadline, whatever broke", expired, io.EOF, fault.Timeout, "h: the origin took too long"},
		{"cut off", t.Context(), io.ErrUnexpectedEOF, fault.Upstream, "h: the origin's answer is broken or broke off"},
		{"the caller left", cancelled, io.EOF, fault.Internal, "internal error"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := explain(row.ctx, "h", row.err)
			if fault.KindOf(err) != row.want || fault.Message(err) != row.message {
				t.Errorf("%v: %q, want %v: %q", fault.KindOf(err), fault.Message(err), row.want, row.message)
			}
		})
	}
	if !errors.Is(explain(cancelled, "h", io.EOF), context.Canceled) {
		t.Error("a cancelled caller does not get context.Canceled")
	}
}
