package httpapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/valyala/fasthttp"
)

// one is a cache of one image, which it has at once.
type one struct{ cache.Answer }

func (o one) Get(context.Context, string) (cache.Answer, error) { return o.Answer, nil }

func (o one) peek(string) (cache.Answer, bool) { return o.Answer, true }

// remembering is a connection to a server that has answered the request before, without a network.
func remembering(t testing.TB) (c *hotConnection, request []byte, ctx *fasthttp.RequestCtx) {
	t.Helper()
	ring, err := sign.ParseRing(strings.Repeat("ab", 32)+":"+strings.Repeat("cd", 32), 0)
	if err != nil {
		t.Fatal(err)
	}
	image := one{cache.Answer{From: "memory", Entry: cache.Entry{Body: make([]byte, 20_000), MediaType: "image/webp", ETag: `"tag"`}}}
	s, err := New(Config{
		Images: image, Peek: image.peek, Ring: ring, Log: slog.New(slog.DiscardHandler),
		Assets: emptyScripts(),
	})
	if err != nil {
		t.Fatal(err)
	}
	path := "/rs:fill:640:480/f:auto/plain/https://blog.example/media/a.jpg"
	ctx = &fasthttp.RequestCtx{}
	ctx.Init(&fasthttp.Request{}, nil, nil)
	ctx.Request.SetRequestURI("/" + ring.Sign(path) + path)
	ctx.Request.Header.Set("Accept", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8")
	s.app.Handler()(ctx)
	if ctx.Response.StatusCode() != 200 {
		t.Fatal(ctx.Response.String())
	}
	request = fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: img.example\r\n%s\r\n", ctx.RequestURI(), browserHeaders)
	return &hotConnection{Conn: nowhere{}, server: s}, request, ctx
}

// browserHeaders are what Chromium sends for an image of another site.
const browserHeaders = "Connection: keep-alive\r\n" +
	"sec-ch-ua-platform: \"Linux\"\r\n" +
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36\r\n" +
	"sec-ch-ua: \"Chromium\";v=\"142\", \"Not_A Brand\";v=\"99\"\r\n" +
	"sec-ch-ua-mobile: ?0\r\n" +
	"Accept: image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8\r\n" +
	"Sec-Fetch-Site: cross-site\r\n" +
	"Sec-Fetch-Mode: no-cors\r\n" +
	"Sec-Fetch-Dest: image\r\n" +
	"Referer: https://blog.example/\r\n" +
	"Accept-Encoding: gzip, deflate, br, zstd\r\n" +
	"Accept-Language: en-US,en;q=0.9\r\n"

// nowhere takes what is written, and does nothing with it.
type nowhere struct{ net.Conn }

func (nowhere) Write(p []byte) (int, error)      { return len(p), nil }
func (nowhere) SetReadDeadline(time.Time) error  { return nil }
func (nowhere) SetWriteDeadline(time.Time) error { return nil }

func emptyScripts() fstest.MapFS {
	scripts := fstest.MapFS{}
	for _, name := range scriptNames() {
		scripts[name] = &fstest.MapFile{}
	}
	return scripts
}

// TestReplaysAllocateLittle holds the hot path to what BenchmarkReplay measures.
func TestReplaysAllocateLittle(t *testing.T) {
	c, request, _ := remembering(t)
	got := testing.AllocsPerRun(1000, func() {
		if _, answered, err := c.answer(request); !answered || err != nil {
			t.Fatal("not replayed", err)
		}
	})
	if got > 1 {
		t.Errorf("%v allocations a replay, want at most 1", got)
	}
}

func BenchmarkReplay(b *testing.B) {
	c, request, _ := remembering(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, answered, err := c.answer(request); !answered || err != nil {
			b.Fatal("not replayed", err)
		}
	}
}

// BenchmarkAnswer is the same request where nothing is remembered.
func BenchmarkAnswer(b *testing.B) {
	c, _, ctx := remembering(b)
	behind := c.server.app.Handler()
	b.ReportAllocs()
	for b.Loop() {
		behind(ctx)
	}
}

// bomb is a connection that panics when it is written to.
type bomb struct{ nowhere }

func (bomb) Write([]byte) (int, error) { panic("boom") }

// TestAPanicWhileAReplayIsSentEndsTheConnection, and nothing else: a part of it may be sent.
func TestAPanicWhileAReplayIsSentEndsTheConnection(t *testing.T) {
	c, request, _ := remembering(t)
	c.Conn = bomb{}
	if _, answered, err := c.answer(request); !answered || err == nil {
		t.Errorf("answered %v, %v", answered, err)
	}
	c.Conn = nowhere{}
	if _, answered, err := c.answer(request); !answered || err != nil {
		t.Errorf("then: answered %v, %v", answered, err)
	}
}

// gone is a connection that nothing comes from any more.
type gone struct{ nowhere }

func (gone) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

// TestNobodyIsToldOfATimeoutWhoWaitsForNothing: fasthttp would answer 408, which the visitor would
// take for the answer to the next request.
func TestNobodyIsToldOfATimeoutWhoWaitsForNothing(t *testing.T) {
	c, request, _ := remembering(t)
	c.Conn = gone{}
	if _, err := c.Read(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("before a replay: %v", err)
	}
	if _, answered, err := c.answer(request); !answered || err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(nil); !errors.Is(err, io.EOF) {
		t.Errorf("after a replay: %v", err)
	}
}
