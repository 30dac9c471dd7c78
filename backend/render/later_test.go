package render_test

import (
	"context"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// soonWebP is a quick answer of which a better one can be made.
func soonWebP(context.Context, transform.Job) (transform.Result, error) {
	return transform.Result{Body: []byte("a webp"), Format: transform.WebP, Note: "animation: first-frame", Later: transform.AVIF}, nil
}

func TestLater(t *testing.T) {
	now := time.Unix(1e9, 0)
	avif := func(body string) transformFunc {
		return func(_ context.Context, job transform.Job) (transform.Result, error) {
			if job.Pace != transform.Later || string(job.Body) != png || job.Options.Width != 30 {
				return transform.Result{}, fault.New(fault.Internal, "a wrong job: %+v", job)
			}
			return transform.Result{Body: []byte(body), Format: transform.AVIF, Width: 7}, nil
		}
	}
	failing := func(err error) transformFunc {
		return func(context.Context, transform.Job) (transform.Result, error) { return transform.Result{}, err }
	}
	const smaller, webp, nothing = "avif", "a webp", ""
	for _, row := range []struct {
		name   string
		pixels transformFunc
		want   string
		kind   fault.Kind // of the error; with fails
		fails  bool
	}{
		{name: "smaller", pixels: avif("avif"), want: smaller},
		{name: "as large", pixels: avif("avifs!"), want: webp},
		{name: "larger", pixels: avif("a large avif"), want: webp},
		{name: "too slow", pixels: failing(fault.New(fault.Timeout, "30 s")), want: webp, kind: fault.Timeout, fails: true},
		{name: "no worker", pixels: failing(fault.New(fault.Upstream, "died twice")), want: webp, kind: fault.Upstream, fails: true},
		{name: "too busy", pixels: failing(fault.New(fault.Busy, "shut down")), want: nothing, kind: fault.Busy, fails: true},
		{name: "an empty result", pixels: avif(""), want: webp, kind: fault.Internal, fails: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{
				Pixels: transformFunc(soonWebP), Later: row.pixels, Now: func() time.Time { return now }, MaxAge: time.Hour,
			})
			soon, err := renderer.Load(t.Context(), keyOf("https://a.example/a"))
			if err != nil || soon.Later == nil {
				t.Fatalf("%+v, %v", soon, err)
			}
			entry := soon.Entry
			if string(entry.Body) != webp || !entry.Expires.Equal(now.Add(10*time.Minute)) || entry.Note != "animation: first-frame\nlater: avif" {
				t.Errorf("for now: %+v", entry)
			}
			better, err := soon.Later(t.Context())
			if (err != nil) != row.fails || row.fails && fault.KindOf(err) != row.kind {
				t.Errorf("later: %v", err)
			}
			checkBetter(t, better.Entry, row.want, now)
		})
	}
}

// checkBetter: whatever is kept is for good.
func checkBetter(t *testing.T, entry cache.Entry, want string, now time.Time) {
	t.Helper()
	if string(entry.Body) != want {
		t.Errorf("later: %q, want %q", entry.Body, want)
	}
	if want == "" {
		return
	}
	if !entry.Expires.Equal(now.Add(time.Hour)) || entry.ETag != cache.ETagOf([]byte(want), entry.MediaType) {
		t.Errorf("later: %+v", entry)
	}
	if note := map[string]string{"a webp": "animation: first-frame"}[want]; entry.Note != note {
		t.Errorf("later: note %q, want %q", entry.Note, note)
	}
}

func TestLaterKeepsAShorterAge(t *testing.T) {
	now := time.Unix(1e9, 0)
	renderer := newRenderer(t, render.Config{
		Pixels: transformFunc(soonWebP), Later: transformFunc(soonWebP), Now: func() time.Time { return now }, MaxAge: time.Minute,
	})
	soon, err := renderer.Load(t.Context(), keyOf("https://a.example/a"))
	if err != nil || !soon.Entry.Expires.Equal(now.Add(time.Minute)) {
		t.Errorf("%v, %v", soon.Entry.Expires, err)
	}
}

func TestPaceOfJobs(t *testing.T) {
	for _, row := range []struct {
		name  string
		later render.Transformer
		want  transform.Pace
	}{
		{"nothing later", nil, transform.Once},
		{"better ones later", transformFunc(makeWebP), transform.Soon},
	} {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{Later: row.later, Pixels: transformFunc(func(ctx context.Context, job transform.Job) (transform.Result, error) {
				if job.Pace != row.want {
					t.Errorf("pace %v, want %v", job.Pace, row.want)
				}
				return makeWebP(ctx, job)
			})})
			made, err := renderer.Load(t.Context(), keyOf("https://a.example/a"))
			if err != nil || made.Later != nil || made.Entry.Note != "" {
				t.Errorf("%+v, %v", made, err)
			}
		})
	}
}

// TestLaterLosesItsSource: then what was for now is for good, and is not asked for again.
func TestLaterLosesItsSource(t *testing.T) {
	opened := 0
	renderer := newRenderer(t, render.Config{
		Pixels: transformFunc(soonWebP), Later: transformFunc(soonWebP),
		Source: openFunc(func(ctx context.Context, address string) (source.Original, error) {
			if opened++; opened > 1 {
				return source.Original{}, fault.New(fault.NotFound, "gone")
			}
			return openPNG(ctx, address)
		}),
	})
	soon, err := renderer.Load(t.Context(), keyOf("https://a.example/a"))
	if err != nil {
		t.Fatal(err)
	}
	better, err := soon.Later(t.Context())
	if fault.KindOf(err) != fault.NotFound || string(better.Entry.Body) != "a webp" || !better.Entry.Expires.IsZero() {
		t.Errorf("%+v, %v", better, err)
	}
}

// TestLaterWaitsForAFreeSlot: and takes none, so that the next visitor finds it free.
func TestLaterWaitsForAFreeSlot(t *testing.T) {
	pixels := newGated()
	renderer := newRenderer(t, render.Config{Slots: 1, Queue: 1, Later: transformFunc(makeWebP), Pixels: transformFunc(func(ctx context.Context, job transform.Job) (transform.Result, error) {
		if job.Options.Width == 30 {
			return soonWebP(ctx, job)
		}
		return pixels.Transform(ctx, job)
	})})
	soon, err := renderer.Load(t.Context(), keyOf("https://a.example/a"))
	if err != nil {
		t.Fatal(err)
	}
	running := loadLater(t.Context(), renderer, "/w:31/plain/https://a.example/b")
	<-pixels.begun
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if better, err := soon.Later(ctx); err == nil || better.Entry.Body != nil {
		t.Errorf("beside a visitor: %+v, %v", better, err)
	}
	close(pixels.finish)
	if err := <-running; err != nil {
		t.Fatal(err)
	}
	if better, err := soon.Later(t.Context()); err != nil || better.Entry.Body == nil {
		t.Errorf("afterwards: %+v, %v", better, err)
	}
}
