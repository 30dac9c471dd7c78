package cache_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
)

func newGroup(t testing.TB, config cache.GroupConfig) *cache.Group {
	t.Helper()
	group, err := cache.NewGroup(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := group.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return group
}

// counter is a loader that counts its calls and makes an entry of the key.
type counter struct{ calls atomic.Int64 }

func (c *counter) load(_ context.Context, key string) (cache.Made, error) {
	c.calls.Add(1)
	timings := []cache.Timing{{Name: "fetch", Took: time.Second}}
	return cache.Made{Entry: cache.Entry{Body: []byte(key)}, Timings: timings}, nil
}

func TestGroupNeedsALoader(t *testing.T) {
	if _, err := cache.NewGroup(cache.GroupConfig{}); err == nil {
		t.Error("no error")
	}
}

func TestGroupMissThenHit(t *testing.T) {
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{newFake("first")}, Load: made.load})
	miss := mustGet(t, group, "key")
	if miss.From != "miss" || string(miss.Entry.Body) != "key" || len(miss.Timings) != 1 {
		t.Errorf("first: %+v, want a miss with its timings", miss)
	}
	hit := mustGet(t, group, "key")
	if hit.From != "first" || string(hit.Entry.Body) != "key" || hit.Timings != nil {
		t.Errorf("second: %+v, want a hit without timings", hit)
	}
	want := "{[{first 1 0}] 0 1 1 0 0 {0 0 0}}"
	if got := fmt.Sprint(group.Stats()); got != want {
		t.Errorf("stats %s, want %s", got, want)
	}
}

func TestGroupWithoutLayers(t *testing.T) {
	var made counter
	group := newGroup(t, cache.GroupConfig{Load: made.load})
	for range 3 {
		mustGet(t, group, "key")
	}
	if got := made.calls.Load(); got != 3 {
		t.Errorf("%d loads, want 3: nothing is kept", got)
	}
}

// TestGroupOneFlight is the product's promise: 100 at once, 1 load.
func TestGroupOneFlight(t *testing.T) {
	rows := []struct {
		name   string
		layers func(t *testing.T) []cache.Layer
	}{
		{"memory", func(*testing.T) []cache.Layer { return []cache.Layer{cache.NewMemory(1 << 20)} }},
		{"disk", func(t *testing.T) []cache.Layer { return []cache.Layer{openDisk(t, t.TempDir(), 1<<20)} }},
		{"both", func(t *testing.T) []cache.Layer {
			return []cache.Layer{cache.NewMemory(1 << 20), openDisk(t, t.TempDir(), 1<<20)}
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var made counter
			group := newGroup(t, cache.GroupConfig{Layers: row.layers(t), Load: made.load})
			var visitors sync.WaitGroup
			for range 100 {
				visitors.Go(func() {
					if answer, err := group.Get(t.Context(), "key"); err != nil || string(answer.Entry.Body) != "key" {
						t.Errorf("got %q %v", answer.Entry.Body, err)
					}
				})
			}
			visitors.Wait()
			if got := made.calls.Load(); got != 1 {
				t.Errorf("%d loads, want 1", got)
			}
		})
	}
}

func TestGroupFirstVisitorLeaves(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	var loads atomic.Int64
	load := func(ctx context.Context, key string) (cache.Made, error) {
		loads.Add(1)
		close(started)
		<-finish
		return cache.Made{Entry: cache.Entry{Body: []byte(key)}}, ctx.Err()
	}
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{newFake("first")}, Load: load})
	ctx, leave := context.WithCancel(t.Context())
	first := getLater(ctx, group, "key")
	<-started
	second := getLater(t.Context(), group, "key")
	leave()
	if got := <-first; !errors.Is(got.err, context.Canceled) {
		t.Errorf("the first visitor, who left, got %v, want context.Canceled", got.err)
	}
	close(finish)
	if got := <-second; got.err != nil || string(got.answer.Entry.Body) != "key" {
		t.Errorf("the second visitor got %q %v", got.answer.Entry.Body, got.err)
	}
	if got := loads.Load(); got != 1 {
		t.Errorf("%d loads, want 1", got)
	}
}

func TestGroupAllVisitorsLeave(t *testing.T) {
	started, finish := make(chan struct{}), make(chan struct{})
	load := func(context.Context, string) (cache.Made, error) {
		close(started)
		<-finish
		return cache.Made{Entry: cache.Entry{Body: []byte("made")}}, nil
	}
	layer := newFake("first")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: load})
	ctx, leave := context.WithCancel(t.Context())
	visitor := getLater(ctx, group, "key")
	<-started
	leave()
	<-visitor
	close(finish)
	mustClose(t, group)
	if got := layer.body("key"); got != "made" {
		t.Errorf("kept %q, want the entry that nobody waited for", got)
	}
}

func TestGroupVisitorWhoHasLeftStartsNothing(t *testing.T) {
	var made counter
	group := newGroup(t, cache.GroupConfig{Load: made.load})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := group.Get(ctx, "key"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	if got := made.calls.Load(); got != 0 {
		t.Errorf("%d loads, want 0", got)
	}
}

func TestGroupPanicIsAnError(t *testing.T) {
	rows := []struct {
		name  string
		value any
	}{
		{"text", "boom"},
		{"error", errors.New("boom")},
		{"nil", nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			load := func(context.Context, string) (cache.Made, error) { panic(row.value) }
			group := newGroup(t, cache.GroupConfig{Load: load})
			_, err := group.Get(t.Context(), "key")
			if err == nil || fault.KindOf(err) != fault.Internal || !strings.Contains(err.Error(), "panic") {
				t.Errorf("got %v, want an internal error with the panic in it", err)
			}
			if got := fault.Message(err); got != "internal error" {
				t.Errorf("visitors would read %q", got)
			}
		})
	}
}

func TestGroupTimeout(t *testing.T) {
	load := func(ctx context.Context, _ string) (cache.Made, error) {
		<-ctx.Done()
		return cache.Made{}, ctx.Err()
	}
	group := newGroup(t, cache.GroupConfig{Load: load, Timeout: time.Millisecond})
	if _, err := group.Get(t.Context(), "key"); fault.KindOf(err) != fault.Timeout {
		t.Errorf("got %v, want a timeout", err)
	}
}

func TestGroupMakesStaleAnew(t *testing.T) {
	now := time.Unix(1e9, 0)
	layer := newFake("first")
	mustSet(t, layer, "key", cache.Entry{Body: []byte("old"), Expires: now})
	var made counter
	group := newGroup(t, cache.GroupConfig{
		Layers: []cache.Layer{layer}, Load: made.load, Now: func() time.Time { return now },
	})
	if got := mustGet(t, group, "key"); got.From != "miss" || string(got.Entry.Body) != "key" {
		t.Errorf("got %q from %s, want a new one", got.Entry.Body, got.From)
	}
}

func mustGet(t *testing.T, group *cache.Group, key string) cache.Answer {
	t.Helper()
	answer, err := group.Get(t.Context(), key)
	if err != nil {
		t.Fatalf("get %s: %v", key, err)
	}
	return answer
}

type gotten struct {
	answer cache.Answer
	err    error
}

func getLater(ctx context.Context, group *cache.Group, key string) <-chan gotten {
	got := make(chan gotten, 1)
	go func() {
		answer, err := group.Get(ctx, key)
		got <- gotten{answer, err}
	}()
	return got
}

// lateLayer misses the first time it is asked, as if another's flight landed just after.
type lateLayer struct {
	*fake
	asked atomic.Int64
}

func (l *lateLayer) Get(ctx context.Context, key string) (cache.Entry, bool, error) {
	if l.asked.Add(1) == 1 {
		return cache.Entry{}, false, nil
	}
	return l.fake.Get(ctx, key)
}

func TestGroupLooksAgainInsideTheFlight(t *testing.T) {
	layer := &lateLayer{fake: newFake("late")}
	mustSet(t, layer, "key", cache.Entry{Body: []byte("another's")})
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: made.load})
	if got := mustGet(t, group, "key"); got.From != "late" || string(got.Entry.Body) != "another's" {
		t.Errorf("got %q from %s, want what another had made", got.Entry.Body, got.From)
	}
	if got := made.calls.Load(); got != 0 {
		t.Errorf("%d loads, want 0", got)
	}
}
