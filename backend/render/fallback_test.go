package render_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	brokenSource = "https://a.example/a.png"
	soundSource  = "https://a.example/b.png"
)

// shelf answers every key, and remembers them.
type shelf struct {
	keys []string
	err  error
}

func (s *shelf) Get(_ context.Context, key string) (cache.Answer, error) {
	s.keys = append(s.keys, key)
	entry := cache.Entry{Body: []byte("stands in"), MediaType: "image/png", Note: "animation: first-frame"}
	return cache.Answer{Entry: entry}, s.err
}

func failing(err error) openFunc {
	return func(context.Context, string) (source.Original, error) { return source.Original{}, err }
}

func TestFallback(t *testing.T) {
	configured := func(failed fault.Kind) string {
		if failed == fault.Upstream {
			return ""
		}
		return "local:///" + failed.String()
	}
	gone := fault.New(fault.NotFound, "gone")
	for _, row := range []struct {
		name    string
		request imageurl.Request
		failure error
		key     string // "": none
	}{
		{"named by the URL", imageurl.Request{Fallback: soundSource}, gone, "/fallback/plain/" + soundSource},
		{"configured", imageurl.Request{}, gone, "/fallback/plain/local:///not_found"},
		{"for another failure", imageurl.Request{}, fault.New(fault.Timeout, "slow"), "/fallback/plain/local:///timeout"},
		{"not configured for this failure", imageurl.Request{}, fault.New(fault.Upstream, "500"), ""},
		{"with the image's options", imageurl.Request{Options: transform.Options{Width: 30}}, gone, "/fallback/w:30/plain/local:///not_found"},
		{"the source itself", imageurl.Request{Fallback: brokenSource}, gone, ""},
		{"what stands in has none", imageurl.Request{Fallback: soundSource, StandsIn: true}, gone, ""},
		{"info has none", imageurl.Request{}.Info(), gone, ""},
		{"a placeholder has none", imageurl.Request{Options: transform.Options{StandIn: transform.BlurHash}}, gone, ""},
		{"not for what is denied", imageurl.Request{Fallback: soundSource}, fault.New(fault.Denied, "private"), ""},
		{"not for a wrong option", imageurl.Request{Fallback: soundSource}, fault.New(fault.Invalid, "no jxl"), ""},
		{"not for a full queue", imageurl.Request{Fallback: soundSource}, fault.New(fault.Busy, "full"), ""},
		{"not for our mistakes", imageurl.Request{Fallback: soundSource}, fault.New(fault.Internal, "oops"), ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			shelf := &shelf{}
			renderer := newRenderer(t, render.Config{Source: failing(row.failure), Fallbacks: render.Fallbacks{Pictures: shelf, Source: configured}})
			row.request.Source = brokenSource
			made, err := renderer.Load(t.Context(), row.request.Key())
			if got := strings.Join(shelf.keys, " "); got != row.key {
				t.Errorf("asked for %q, want %q", got, row.key)
			}
			if (err == nil) != (row.key != "") || err != nil && fault.KindOf(err) != fault.KindOf(row.failure) {
				t.Errorf("%q, %v", made.Entry.Body, err)
			}
		})
	}
}

// TestFallbackEntry: it is kept for seconds only, and says what it stands in for.
func TestFallbackEntry(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	fallbacks := render.Fallbacks{Pictures: &shelf{}}
	renderer := newRenderer(t, render.Config{
		Source: failing(fault.New(fault.Broken, "half")), Fallbacks: fallbacks, Now: func() time.Time { return now }, MaxAge: time.Hour,
	})
	made, err := renderer.Load(t.Context(), imageurl.Request{Source: brokenSource, Fallback: soundSource}.Key())
	if err != nil || string(made.Entry.Body) != "stands in" || !made.Entry.Expires.Equal(now.Add(10*time.Second)) || !made.Entry.Created.Equal(now) {
		t.Errorf("%+v, %v", made.Entry, err)
	}
	if want := "fallback: broken\nanimation: first-frame"; made.Entry.Note != want {
		t.Errorf("note %q, want %q", made.Entry.Note, want)
	}
}

// TestFallbackOfPixels: also where the source was had, but no image could be made of it.
func TestFallbackOfPixels(t *testing.T) {
	shelf := &shelf{}
	renderer := newRenderer(t, render.Config{
		Pixels: transformFunc(func(context.Context, transform.Job) (transform.Result, error) {
			return transform.Result{}, fault.New(fault.Broken, "half")
		}),
		Fallbacks: render.Fallbacks{Pictures: shelf},
	})
	if _, err := renderer.Load(t.Context(), imageurl.Request{Source: brokenSource, Fallback: soundSource}.Key()); err != nil || len(shelf.keys) != 1 {
		t.Errorf("%v, asked for %q", err, shelf.keys)
	}
}

// TestFallbackFails: who asked hears of the source; the log hears of both.
func TestFallbackFails(t *testing.T) {
	shelf := &shelf{err: fault.New(fault.Upstream, "the other one")}
	renderer := newRenderer(t, render.Config{Source: failing(fault.New(fault.NotFound, "gone")), Fallbacks: render.Fallbacks{Pictures: shelf}})
	_, err := renderer.Load(t.Context(), imageurl.Request{Source: brokenSource, Fallback: soundSource}.Key())
	if fault.KindOf(err) != fault.NotFound || fault.Message(err) != "gone" || !strings.Contains(err.Error(), "the other one") {
		t.Errorf("%v: kind %v, message %q", err, fault.KindOf(err), fault.Message(err))
	}
}
