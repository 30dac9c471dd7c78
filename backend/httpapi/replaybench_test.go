package httpapi

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/sign"
	"github.com/valyala/fasthttp"
)

// one is a cache of one image, which it has at once.
type one struct{ cache.Answer }

func (o one) Get(context.Context, string) (cache.Answer, error) { return o.Answer, nil }

func (o one) peek(string) (cache.Answer, bool) { return o.Answer, true }

// remembering is a server that has answered the request before, without a network.
func remembering(t testing.TB) (*Server, *fasthttp.RequestCtx) {
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
	ctx := &fasthttp.RequestCtx{}
	ctx.Init(&fasthttp.Request{}, nil, nil)
	ctx.Request.SetRequestURI("/" + ring.Sign(path) + path)
	ctx.Request.Header.Set("Accept", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8")
	s.front(s.app.Handler())(ctx)
	if ctx.Response.StatusCode() != 200 {
		t.Fatal(ctx.Response.String())
	}
	return s, ctx
}

func emptyScripts() fstest.MapFS {
	scripts := fstest.MapFS{}
	for _, name := range scriptNames() {
		scripts[name] = &fstest.MapFile{}
	}
	return scripts
}

// TestReplaysAllocateLittle holds the hot path to what BenchmarkReplay measures: Accept and
// Cache-Control are read and written each time.
func TestReplaysAllocateLittle(t *testing.T) {
	s, ctx := remembering(t)
	got := testing.AllocsPerRun(1000, func() {
		if !s.replayed(ctx) {
			t.Fatal("not replayed")
		}
	})
	if got > 4 {
		t.Errorf("%v allocations a replay, want at most 4", got)
	}
}

func BenchmarkReplay(b *testing.B) {
	s, ctx := remembering(b)
	b.ReportAllocs()
	for b.Loop() {
		if !s.replayed(ctx) {
			b.Fatal("not replayed")
		}
	}
}

// BenchmarkAnswer is the same request where nothing is remembered.
func BenchmarkAnswer(b *testing.B) {
	s, ctx := remembering(b)
	s.Peek = nil
	behind := s.app.Handler()
	b.ReportAllocs()
	for b.Loop() {
		behind(ctx)
	}
}
