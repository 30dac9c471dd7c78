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
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestSlowDownloadHoldsNoSlot(t *testing.T) {
	finish := make(chan struct{})
	downloading := make(chan struct{}, 1)
	renderer := newRenderer(t, render.Config{
		Slots: 1,
		Queue: -1,
		Source: openFunc(func(_ context.Context, address string) (source.Original, error) {
			if address == "https://slow.example/" {
				downloading <- struct{}{}
				<-finish
			}
			return source.Original{Body: []byte(png)}, nil
		}),
	})
	slow := loadLater(t.Context(), renderer, keyOf("https://slow.example/"))
	<-downloading
	if got := renderer.Running() + renderer.Waiting(); got != 0 {
		t.Errorf("%d running or waiting during a download, want 0", got)
	}
	if _, err := renderer.Load(t.Context(), keyOf("https://quick.example/")); err != nil {
		t.Errorf("the quick one: %v", err)
	}
	close(finish)
	if err := <-slow; err != nil {
		t.Errorf("the slow one: %v", err)
	}
}

// gated makes pixels when it is told to, and tells how many it makes at one time.
type gated struct {
	begun         chan struct{}
	finish        chan struct{}
	calls, at, up atomic.Int64
}

func newGated() *gated {
	return &gated{begun: make(chan struct{}, 1000), finish: make(chan struct{})}
}

func (g *gated) Transform(ctx context.Context, job transform.Job) (transform.Result, error) {
	g.calls.Add(1)
	defer g.at.Add(-1)
	for now := g.at.Add(1); ; {
		if up := g.up.Load(); now <= up || g.up.CompareAndSwap(up, now) {
			break
		}
	}
	g.begun <- struct{}{}
	<-g.finish
	return makeWebP(ctx, job)
}

func TestQueueIsBounded(t *testing.T) {
	const slots, queue, others = 2, 3, 20
	pixels := newGated()
	var opened atomic.Int64
	renderer := newRenderer(t, render.Config{
		Slots: slots, Queue: queue, Pixels: pixels,
		Source: openFunc(func(ctx context.Context, address string) (source.Original, error) {
			opened.Add(1)
			return openPNG(ctx, address)
		}),
	})
	var results []<-chan error
	for i := range slots + queue {
		results = append(results, loadLater(t.Context(), renderer, keyOf(fmt.Sprint("https://a.example/", i))))
	}
	for renderer.Running() < slots || renderer.Waiting() < queue {
		time.Sleep(time.Millisecond)
	}
	for range others {
		_, err := renderer.Load(t.Context(), keyOf("https://a.example/other"))
		if fault.KindOf(err) != fault.Busy {
			t.Errorf("one more than slots and queue: %v, want busy", err)
		}
	}
	if got := opened.Load(); got != slots+queue {
		t.Errorf("%d downloads, want %d: what must be refused is not fetched", got, slots+queue)
	}
	close(pixels.finish)
	for _, result := range results {
		if err := <-result; err != nil {
			t.Errorf("one that waited: %v", err)
		}
	}
	if pixels.calls.Load() != slots+queue || pixels.up.Load() > slots {
		t.Errorf("%d transforms, up to %d at once; want %d, %d", pixels.calls.Load(), pixels.up.Load(), slots+queue, slots)
	}
	if renderer.Running() != 0 || renderer.Waiting() != 0 {
		t.Errorf("%d running, %d waiting at the end", renderer.Running(), renderer.Waiting())
	}
}

// TestBurst lets many arrive with their downloads done: exactly slots + queue are admitted.
func TestBurst(t *testing.T) {
	const slots, queue, all = 2, 5, 50
	pixels := newGated()
	var downloads sync.WaitGroup
	downloads.Add(all)
	renderer := newRenderer(t, render.Config{
		Slots: slots, Queue: queue, Pixels: pixels,
		Source: openFunc(func(ctx context.Context, address string) (source.Original, error) {
			downloads.Done()
			downloads.Wait()
			return openPNG(ctx, address)
		}),
	})
	results := make(chan error, all)
	for i := range all {
		go func() {
			_, err := renderer.Load(t.Context(), keyOf(fmt.Sprint("https://a.example/", i)))
			results <- err
		}()
	}
	for range all - slots - queue {
		if err := <-results; fault.KindOf(err) != fault.Busy {
			t.Errorf("got %v, want busy", err)
		}
	}
	close(pixels.finish)
	for range slots + queue {
		if err := <-results; err != nil {
			t.Errorf("one that was admitted: %v", err)
		}
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	rows := []struct {
		name string
		ctx  func(context.Context) (context.Context, context.CancelFunc)
		want func(error) bool
	}{
		{"out of time", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithDeadline(ctx, time.Unix(0, 0))
		}, func(err error) bool { return fault.KindOf(err) == fault.Busy }},
		{"cancelled", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			cancel()
			return ctx, cancel
		}, func(err error) bool { return errors.Is(err, context.Canceled) }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			pixels := newGated()
			renderer := newRenderer(t, render.Config{Slots: 1, Queue: 1, Pixels: pixels})
			running := loadLater(t.Context(), renderer, keyOf("https://a.example/1"))
			<-pixels.begun
			ctx, cancel := row.ctx(t.Context())
			defer cancel()
			if _, err := renderer.Load(ctx, keyOf("https://a.example/2")); !row.want(err) {
				t.Errorf("got %v", err)
			}
			if got := renderer.Waiting(); got != 0 {
				t.Errorf("%d still waiting, want 0", got)
			}
			close(pixels.finish)
			if err := <-running; err != nil {
				t.Error(err)
			}
		})
	}
}
