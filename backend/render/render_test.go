package render_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// png is as much of a PNG as magic bytes need.
const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

type openFunc func(ctx context.Context, address string) (source.Original, error)

func (f openFunc) Open(ctx context.Context, address string) (source.Original, error) {
	return f(ctx, address)
}

type transformFunc func(ctx context.Context, job transform.Job) (transform.Result, error)

func (f transformFunc) Transform(ctx context.Context, job transform.Job) (transform.Result, error) {
	return f(ctx, job)
}

func openPNG(context.Context, string) (source.Original, error) {
	return source.Original{Body: []byte(png)}, nil
}

func makeWebP(context.Context, transform.Job) (transform.Result, error) {
	return transform.Result{Body: []byte("pixels"), Format: transform.WebP, Width: 30, Height: 20}, nil
}

func keyOf(address string) string {
	return imageurl.Request{Source: address, Options: transform.Options{Width: 30}}.Key()
}

func newRenderer(t *testing.T, config render.Config) *render.Renderer {
	t.Helper()
	if config.Source == nil {
		config.Source = openFunc(openPNG)
	}
	if config.Pixels == nil {
		config.Pixels = transformFunc(makeWebP)
	}
	renderer, err := render.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return renderer
}

func TestNewNeedsItsParts(t *testing.T) {
	for name, config := range map[string]render.Config{
		"nothing":   {},
		"no pixels": {Source: openFunc(openPNG)},
		"no source": {Pixels: transformFunc(makeWebP)},
	} {
		if _, err := render.New(config); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestLoad(t *testing.T) {
	now := time.Unix(1e9, 0)
	var asked, got string
	renderer := newRenderer(t, render.Config{
		Now: func() time.Time { return now },
		Source: openFunc(func(_ context.Context, address string) (source.Original, error) {
			asked = address
			now = now.Add(time.Second)
			return source.Original{Body: []byte(png), MaxAge: time.Hour}, nil
		}),
		Pixels: transformFunc(func(_ context.Context, job transform.Job) (transform.Result, error) {
			got = fmt.Sprint(string(job.Body) == png, job.Options.Width)
			now = now.Add(5 * time.Second)
			result, err := makeWebP(t.Context(), job)
			result.Queued = 2 * time.Second
			return result, err
		}),
	})
	made, err := renderer.Load(t.Context(), keyOf("https://a.example/b c.png"))
	if err != nil {
		t.Fatal(err)
	}
	if asked != "https://a.example/b c.png" || got != "true 30" {
		t.Errorf("opened %q, transformed %s", asked, got)
	}
	want := cache.Entry{
		Body: []byte("pixels"), MediaType: "image/webp", ETag: cache.ETagOf([]byte("pixels"), "image/webp"),
		Created: now, Expires: now.Add(time.Hour), Width: 30, Height: 20,
	}
	if fmt.Sprint(made.Entry) != fmt.Sprint(want) {
		t.Errorf("entry %+v, want %+v", made.Entry, want)
	}
	if got, want := fmt.Sprint(made.Timings), "[{fetch 1s} {queue 2s} {transform 3s}]"; got != want {
		t.Errorf("timings %s, want %s", got, want)
	}
}

func TestLoadExpires(t *testing.T) {
	rows := []struct {
		name            string
		origin, setting time.Duration
		want            time.Duration // 0: never
	}{
		{"nobody says", 0, 0, 0},
		{"the setting alone", 0, time.Hour, time.Hour},
		{"the origin alone", time.Hour, 0, time.Hour},
		{"the origin, but a minute at least", time.Second, 0, time.Minute},
		{"the origin, but a year at most", 1 << 62, 0, 365 * 24 * time.Hour},
		{"the origin below the setting", time.Hour, 2 * time.Hour, time.Hour},
		{"the origin above the setting", 3 * time.Hour, 2 * time.Hour, 2 * time.Hour},
		{"a setting below a minute wins", time.Second, 10 * time.Second, 10 * time.Second},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			now := time.Unix(1e9, 0)
			renderer := newRenderer(t, render.Config{
				MaxAge: row.setting,
				Now:    func() time.Time { return now },
				Source: openFunc(func(context.Context, string) (source.Original, error) {
					return source.Original{Body: []byte(png), MaxAge: row.origin}, nil
				}),
			})
			made, err := renderer.Load(t.Context(), keyOf("https://a.example/b.png"))
			var want time.Time
			if row.want > 0 {
				want = now.Add(row.want)
			}
			if err != nil || !made.Entry.Expires.Equal(want) {
				t.Errorf("expires %v %v, want %v", made.Entry.Expires, err, want)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	missing := fault.New(fault.NotFound, "the source does not exist")
	rows := []struct {
		name    string
		body    string
		openErr error
		kind    fault.Kind
		message string
	}{
		{"a page", "<!DOCTYPE html><p>not found</p>", nil, fault.Unsupported, "the source is text/html, not an image gip reads"},
		{"a document", "8BPS\x00\x01 and so on", nil, fault.Unsupported, "the source is image/vnd.adobe.photoshop, not an image gip reads"},
		{"nothing", "", nil, fault.Unsupported, "the source is empty"},
		{"what the source says", "", missing, fault.NotFound, "the source does not exist"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{
				Source: openFunc(func(context.Context, string) (source.Original, error) {
					return source.Original{Body: []byte(row.body)}, row.openErr
				}),
				Pixels: transformFunc(func(context.Context, transform.Job) (transform.Result, error) {
					t.Error("pixels were made of it")
					return transform.Result{}, nil
				}),
			})
			_, err := renderer.Load(t.Context(), keyOf("https://a.example/b.png"))
			if fault.KindOf(err) != row.kind || fault.Message(err) != row.message {
				t.Errorf("got %v (%v), want %q", err, fault.KindOf(err), row.message)
			}
		})
	}
}

func TestLoadHandsOnFailures(t *testing.T) {
	broken := fault.New(fault.Broken, "the image is cut off")
	rows := []struct {
		name   string
		result transform.Result
		err    error
		kind   fault.Kind
	}{
		{"the transformer's error", transform.Result{}, broken, fault.Broken},
		{"no bytes", transform.Result{Format: transform.PNG}, nil, fault.Internal},
		{"no format", transform.Result{Body: []byte("x")}, nil, fault.Internal},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{
				Pixels: transformFunc(func(context.Context, transform.Job) (transform.Result, error) {
					return row.result, row.err
				}),
			})
			made, err := renderer.Load(t.Context(), keyOf("https://a.example/b.png"))
			if err == nil || fault.KindOf(err) != row.kind || made.Entry.Body != nil {
				t.Errorf("got %v and %q, want %v and nothing", err, made.Entry.Body, row.kind)
			}
			if renderer.Running() != 0 {
				t.Error("the slot is still held")
			}
		})
	}
}

func TestLoadBadKey(t *testing.T) {
	renderer := newRenderer(t, render.Config{})
	for _, key := range []string{"", "no key", "/w:0x1/plain/https://a.example/b"} {
		if _, err := renderer.Load(t.Context(), key); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("key %q: %v, want an internal fault", key, err)
		}
	}
}

// TestOneFetchAndOneTransform is the promise of the whole: 100 at once on a cold key.
func TestOneFetchAndOneTransform(t *testing.T) {
	var fetches, transforms atomic.Int64
	renderer := newRenderer(t, render.Config{
		Source: openFunc(func(ctx context.Context, address string) (source.Original, error) {
			fetches.Add(1)
			return openPNG(ctx, address)
		}),
		Pixels: transformFunc(func(ctx context.Context, job transform.Job) (transform.Result, error) {
			transforms.Add(1)
			return makeWebP(ctx, job)
		}),
	})
	group, err := cache.NewGroup(cache.GroupConfig{Layers: []cache.Layer{cache.NewMemory(1 << 20)}, Load: renderer.Load})
	if err != nil {
		t.Fatal(err)
	}
	var visitors sync.WaitGroup
	for range 100 {
		visitors.Go(func() {
			answer, err := group.Get(t.Context(), keyOf("https://a.example/b.png"))
			if err != nil || !bytes.Equal(answer.Entry.Body, []byte("pixels")) {
				t.Errorf("got %q %v", answer.Entry.Body, err)
			}
		})
	}
	visitors.Wait()
	if fetches.Load() != 1 || transforms.Load() != 1 {
		t.Errorf("%d fetches, %d transforms; want 1 and 1", fetches.Load(), transforms.Load())
	}
	if err := group.Close(); err != nil {
		t.Error(err)
	}
}

func loadLater(ctx context.Context, renderer *render.Renderer, key string) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := renderer.Load(ctx, key)
		done <- err
	}()
	return done
}
