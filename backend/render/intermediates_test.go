package render_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

const photoURL = "https://a.example/photo.png"

// studio counts what it is asked for, and makes rasters of side × side pixels.
type studio struct {
	side    int
	failing error
	pause   func()
	uses    atomic.Int32 // of its rasters

	reduced, direct, spared, running, most atomic.Int32
}

func (s *studio) Transform(_ context.Context, job transform.Job) (transform.Result, error) {
	now := s.running.Add(1)
	defer s.running.Add(-1)
	for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
	}
	if s.pause != nil {
		s.pause()
	}
	switch {
	case job.Reduce > 0:
		s.reduced.Add(1)
		if s.side == 0 || s.failing != nil {
			return transform.Result{Body: job.Body}, s.failing
		}
		s.uses.Add(1)
		return transform.Result{Body: make([]byte, 3*s.side*s.side), Width: s.side, Height: s.side, Bands: 3, Shared: s}, nil
	case job.Raster.Sound():
		s.spared.Add(1)
	default:
		s.direct.Add(1)
	}
	return transform.Result{Body: []byte("pixels"), Format: transform.WebP, Width: 30, Height: 20}, nil
}

func (s *studio) Hold()      { s.uses.Add(1) }
func (s *studio) Release()   { s.uses.Add(-1) }
func (s *studio) Bytes() int { return 3 * s.side * s.side }

func (s *studio) counts() string {
	return fmt.Sprintf("%d reduced, %d direct, %d spared", s.reduced.Load(), s.direct.Load(), s.spared.Load())
}

func width(source string, pixels int) string {
	return imageurl.Request{Source: source, Options: transform.Options{Width: pixels}}.Key()
}

func load(t *testing.T, r *render.Renderer, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if _, err := r.Load(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
}

func TestIntermediate(t *testing.T) {
	three := []string{width(photoURL, 1), width(photoURL, 2), width(photoURL, 3)}
	for name, row := range map[string]struct {
		studio *studio
		bytes  int
		keys   []string
		want   string
	}{
		"one variant alone":               {&studio{side: 10}, 1 << 20, three[:1], "0 reduced, 1 direct, 0 spared"},
		"the same again":                  {&studio{side: 10}, 1 << 20, []string{three[0], three[0]}, "0 reduced, 2 direct, 0 spared"},
		"a second and a third":            {&studio{side: 10}, 1 << 20, three, "1 reduced, 1 direct, 2 spared"},
		"switched off":                    {&studio{side: 10}, 0, three, "0 reduced, 3 direct, 0 spared"},
		"a source without":                {&studio{}, 1 << 20, three, "1 reduced, 3 direct, 0 spared"},
		"a raster that cannot be made":    {&studio{side: 10, failing: fault.New(fault.TooLarge, "no memory")}, 1 << 20, three, "1 reduced, 3 direct, 0 spared"},
		"no worker at that moment":        {&studio{side: 10, failing: fault.New(fault.Busy, "later")}, 1 << 20, three, "1 reduced, 3 direct, 0 spared"},
		"more than its share":             {&studio{side: 420}, 1 << 20, three, "1 reduced, 3 direct, 0 spared"},
		"placeholders too":                {&studio{side: 10}, 1 << 20, []string{three[0], imageurl.Request{Source: photoURL, Options: transform.Options{StandIn: transform.LQIP}}.Key()}, "1 reduced, 1 direct, 1 spared"},
		"what needs the source itself":    {&studio{side: 10}, 1 << 20, []string{three[0], trimmedKey(), profileKey(), smartKey()}, "0 reduced, 4 direct, 0 spared"},
		"other sources are other sources": {&studio{side: 10}, 1 << 20, []string{three[0], width("https://a.example/b.png", 2)}, "0 reduced, 2 direct, 0 spared"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRenderer(t, render.Config{Pixels: row.studio, Intermediates: row.bytes})
			load(t, r, row.keys...)
			if got := row.studio.counts(); got != row.want {
				t.Errorf("got %s; want %s", got, row.want)
			}
			if r.DropSources(func(string) bool { return true }); row.studio.uses.Load() != 0 {
				t.Errorf("a raster has %d uses too many once it is dropped", row.studio.uses.Load())
			}
		})
	}
}

func keyWith(change func(o *transform.Options)) string {
	request := imageurl.Request{Source: photoURL, Options: transform.Options{Width: 7}}
	change(&request.Options)
	return request.Key()
}

func trimmedKey() string {
	return keyWith(func(o *transform.Options) { o.Geometry.Trim = transform.Trim{On: true, Threshold: 10} })
}

func profileKey() string {
	return keyWith(func(o *transform.Options) { o.Output.KeepProfile = true })
}

func smartKey() string {
	return keyWith(func(o *transform.Options) {
		o.Resize, o.Height, o.Gravity.Anchor = transform.Fill, 7, transform.Smart
	})
}

func TestIntermediateOfASet(t *testing.T) {
	s := studio{side: 10}
	r := newRenderer(t, render.Config{Pixels: &s, Intermediates: 1 << 20})
	if _, err := r.Load(imageurl.WithSet(t.Context()), width(photoURL, 1)); err != nil {
		t.Fatal(err)
	}
	if got, want := s.counts(), "1 reduced, 0 direct, 1 spared"; got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}

// TestIntermediateAtOnce: one of those who ask together makes it, and the others wait without
// a slot, of which there is one.
func TestIntermediateAtOnce(t *testing.T) {
	const visitors = 16
	var all sync.WaitGroup
	all.Add(visitors)
	s := studio{side: 10}
	r := newRenderer(t, render.Config{
		Pixels: &s, Slots: 1, Queue: visitors, Intermediates: 1 << 20,
		Source: openFunc(func(context.Context, string) (source.Original, error) {
			all.Done()
			all.Wait()
			return source.Original{Body: []byte(png)}, nil
		}),
	})
	failures := make(chan error, visitors)
	for i := range visitors {
		go func() {
			_, err := r.Load(context.Background(), width(photoURL, i+1))
			failures <- err
		}()
	}
	for range visitors {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	if got, want := s.counts(), "1 reduced, 0 direct, 16 spared"; got != want || s.most.Load() != 1 {
		t.Errorf("got %s, %d at one time; want %s", got, s.most.Load(), want)
	}
}

// TestIntermediateOfAnotherBody: a replaced source, or one that is dropped, begins anew.
func TestIntermediateOfAnotherBody(t *testing.T) {
	s, body := studio{side: 10}, png
	r := newRenderer(t, render.Config{Pixels: &s, Intermediates: 1 << 20,
		Source: openFunc(func(context.Context, string) (source.Original, error) {
			return source.Original{Body: []byte(body)}, nil
		}),
	})
	load(t, r, width(photoURL, 1), width(photoURL, 2))
	body = png + "another"
	load(t, r, width(photoURL, 3))
	if got, want := s.counts(), "1 reduced, 2 direct, 1 spared"; got != want {
		t.Errorf("replaced: got %s; want %s", got, want)
	}
	load(t, r, width(photoURL, 4))
	r.DropSources(only(photoURL))
	load(t, r, width(photoURL, 5))
	if got, want := s.counts(), "2 reduced, 3 direct, 2 spared"; got != want {
		t.Errorf("dropped: got %s; want %s", got, want)
	}
}

// TestIntermediateDroppedWhileMade: nobody uses it, and it is released.
func TestIntermediateDroppedWhileMade(t *testing.T) {
	s := studio{side: 10}
	r := newRenderer(t, render.Config{Pixels: &s, Intermediates: 1 << 20})
	load(t, r, width(photoURL, 1))
	s.pause = func() { r.DropSources(only(photoURL)) }
	load(t, r, width(photoURL, 2), width(photoURL, 3))
	if got, want := s.counts(), "1 reduced, 3 direct, 0 spared"; got != want || s.uses.Load() != 0 {
		t.Errorf("got %s, %d uses left; want %s", got, s.uses.Load(), want)
	}
}

func TestIntermediatesAreBounded(t *testing.T) {
	const most = 100_000
	s := studio{side: 60}
	r := newRenderer(t, render.Config{Pixels: &s, Intermediates: most})
	for i := range 500 {
		address := fmt.Sprintf("https://a.example/%d.png", i)
		load(t, r, width(address, 1), width(address, 2))
		if held := render.Held(r); held > most || i > 20 && held < most/2 {
			t.Fatalf("%d bytes after %d sources; at most %d", held, i+1, most)
		}
	}
	if got, want := s.counts(), "500 reduced, 500 direct, 500 spared"; got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}

func TestIntermediateOfAVisitorWhoLeaves(t *testing.T) {
	s := studio{side: 10}
	r := newRenderer(t, render.Config{Pixels: &s, Intermediates: 1 << 20})
	load(t, r, width(photoURL, 1))
	ctx, leave := context.WithCancel(t.Context())
	s.pause = leave
	_, _ = r.Load(ctx, width(photoURL, 2))
	s.pause = nil
	load(t, r, width(photoURL, 3), width(photoURL, 4))
	if s.reduced.Load() != 1 || s.spared.Load() == 0 {
		t.Errorf("got %s; want the raster kept that was there", s.counts())
	}
	if r.DropSources(only(photoURL)); s.uses.Load() != 0 {
		t.Errorf("the raster has %d uses too many", s.uses.Load())
	}
}

// TestIntermediateRace has everything happen at once; the race detector judges.
func TestIntermediateRace(t *testing.T) {
	s := studio{side: 40}
	r := newRenderer(t, render.Config{Pixels: &s, Slots: 4, Queue: 1000, Intermediates: 40_000})
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			address := fmt.Sprintf("https://a.example/%d.png", i%9)
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i%3)*time.Millisecond+time.Minute*time.Duration(i%2))
			defer cancel()
			if _, err := r.Load(ctx, width(address, i+1)); err != nil && ctx.Err() == nil && !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			if i%20 == 0 {
				r.DropSources(only(address))
			}
		})
	}
	all.Wait()
	if held := render.Held(r); held > 40_000 {
		t.Errorf("%d bytes", held)
	}
	if r.DropSources(func(string) bool { return true }); s.uses.Load() != 0 {
		t.Errorf("rasters have %d uses too many", s.uses.Load())
	}
}

func only(source string) func(string) bool {
	return func(other string) bool { return other == source }
}
