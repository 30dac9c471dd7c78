package cache_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
)

// improver loads entries for now, whose better ones wait for the gate of their key.
type improver struct {
	mu     sync.Mutex // guards all below
	gates  map[string]chan struct{}
	order  []string // keys of better entries, as they were begun
	atOnce int
	most   int
	ended  []error // of the contexts
}

func newImprover(keys ...string) *improver {
	i := &improver{gates: map[string]chan struct{}{}}
	for _, key := range keys {
		i.gates[key] = make(chan struct{})
	}
	return i
}

func (i *improver) load(_ context.Context, key string) (cache.Made, error) {
	entry := cache.Entry{Body: []byte("soon " + key), ETag: `"soon"`}
	return cache.Made{Entry: entry, Later: func(ctx context.Context) (cache.Made, error) { return i.better(ctx, key) }}, nil
}

func (i *improver) better(ctx context.Context, key string) (cache.Made, error) {
	i.mu.Lock()
	i.order = append(i.order, key)
	i.atOnce++
	i.most = max(i.most, i.atOnce)
	gate := i.gates[key]
	i.mu.Unlock()
	defer func() {
		i.mu.Lock()
		defer i.mu.Unlock()
		i.atOnce--
	}()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			i.mu.Lock()
			defer i.mu.Unlock()
			i.ended = append(i.ended, ctx.Err())
			return cache.Made{}, ctx.Err()
		}
	}
	return cache.Made{Entry: cache.Entry{Body: []byte("later " + key), ETag: `"later"`}}, nil
}

func (i *improver) begun() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.order)
}

func soonTrue(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

func TestLaterReplacesInAllLayers(t *testing.T) {
	i := newImprover("key")
	first, second := newFake("first"), newFake("second")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{first, second}, Load: i.load})
	for _, from := range []string{"miss", "first"} {
		if got := mustGet(t, group, "key"); string(got.Entry.Body) != "soon key" || got.From != from {
			t.Errorf("%q from %s, want the one for now from %s", got.Entry.Body, got.From, from)
		}
	}
	close(i.gates["key"])
	for _, layer := range []*fake{first, second} {
		soonTrue(t, "the better one in "+layer.name, func() bool { return layer.body("key") == "later key" })
	}
	if got := mustGet(t, group, "key"); string(got.Entry.Body) != "later key" || got.Entry.ETag != `"later"` {
		t.Errorf("got %q %s", got.Entry.Body, got.Entry.ETag)
	}
	soonTrue(t, "one counted", func() bool { return group.Stats().Later == cache.LaterStats{Made: 1} })
}

func TestLaterOneAtATimeInOrder(t *testing.T) {
	i := newImprover("0")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{newFake("first")}, Load: i.load})
	mustGet(t, group, "0")
	soonTrue(t, "the first one begun", func() bool { return len(i.begun()) == 1 })
	for n := range 70 { // six more than may wait
		mustGet(t, group, fmt.Sprint(n+1))
	}
	if got, want := group.Stats().Later, (cache.LaterStats{Waiting: 64, LeftOut: 6}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	close(i.gates["0"])
	soonTrue(t, "all made", func() bool { return group.Stats().Later.Made == 65 })
	for n, key := range i.begun() {
		if key != fmt.Sprint(n) {
			t.Fatalf("number %d was %s", n, key)
		}
	}
	if i.most != 1 {
		t.Errorf("%d at one time, want 1", i.most)
	}
}

// TestLaterOfAKeyWaitsOnce: an entry for now may be made anew while its better one waits.
func TestLaterOfAKeyWaitsOnce(t *testing.T) {
	i := newImprover("blocks")
	layer := newFake("first")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: i.load})
	mustGet(t, group, "blocks")
	soonTrue(t, "the first one begun", func() bool { return len(i.begun()) == 1 })
	for range 3 {
		mustGet(t, group, "key")
		if err := layer.Delete(t.Context(), "key"); err != nil { // as if evicted
			t.Fatal(err)
		}
	}
	if got := group.Stats().Later.Waiting; got != 1 {
		t.Errorf("%d wait, want 1", got)
	}
	close(i.gates["blocks"])
}

// TestLaterAndPurges: what was deleted does not come back, and what was not is not lost.
func TestLaterAndPurges(t *testing.T) {
	for _, row := range []struct {
		name      string
		delete    string
		when      string // the better one: waits, begun
		kept      string
		betterRun bool
	}{
		{"deleted while it waits", "key", "waits", "", false},
		{"another deleted while it waits", "other", "waits", "later key", true},
		{"deleted while it is made", "key", "begun", "", true},
		{"another deleted while it is made", "other", "begun", "later key", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			i := newImprover("blocks", "key")
			layer := newFake("first")
			group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: i.load})
			mustGet(t, group, "blocks")
			mustGet(t, group, "key")
			if row.when == "begun" {
				close(i.gates["blocks"])
				soonTrue(t, "it is begun", func() bool { return len(i.begun()) == 2 })
			}
			if err := group.Delete(t.Context(), row.delete); err != nil {
				t.Fatal(err)
			}
			if row.when == "waits" {
				close(i.gates["blocks"])
			}
			close(i.gates["key"])
			mustGet(t, group, "last") // after it
			soonTrue(t, "all is done", func() bool { return layer.body("last") == "later last" })
			if got := layer.body("key"); got != row.kept {
				t.Errorf("kept %q, want %q", got, row.kept)
			}
			if run := slices.Contains(i.begun(), "key"); run != row.betterRun {
				t.Errorf("made: %v, want %v", run, row.betterRun)
			}
		})
	}
}

func TestCloseDropsLaters(t *testing.T) {
	i := newImprover("key", "waits")
	layer := newFake("first")
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: i.load})
	mustGet(t, group, "key")
	soonTrue(t, "it is begun", func() bool { return len(i.begun()) == 1 })
	mustGet(t, group, "waits")
	mustClose(t, group)
	if len(i.ended) != 1 || !errors.Is(i.ended[0], context.Canceled) || len(i.order) != 1 {
		t.Errorf("ended with %v; begun %v, want the one that ran cancelled and the other not begun", i.ended, i.order)
	}
	if layer.body("key") != "soon key" || layer.body("waits") != "soon waits" {
		t.Errorf("left %q, %q", layer.body("key"), layer.body("waits"))
	}
}

func TestLaterThatFails(t *testing.T) {
	broken := fault.New(fault.Broken, "half")
	for _, row := range []struct {
		name string
		make func(context.Context) (cache.Made, error)
		want string
	}{
		{"an error leaves what is there", func(context.Context) (cache.Made, error) { return cache.Made{}, broken }, "soon"},
		{"an error with an entry keeps that", func(context.Context) (cache.Made, error) {
			return cache.Made{Entry: cache.Entry{Body: []byte("for good")}}, broken
		}, "for good"},
		{"a panic", func(context.Context) (cache.Made, error) { panic("boom") }, "soon"},
	} {
		t.Run(row.name, func(t *testing.T) {
			layer := newFake("first")
			done := make(chan struct{})
			group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: func(_ context.Context, key string) (cache.Made, error) {
				made := cache.Made{Entry: cache.Entry{Body: []byte("soon")}, Later: row.make}
				if key == "last" {
					made.Later = func(context.Context) (cache.Made, error) {
						close(done)
						return cache.Made{}, nil
					}
				}
				return made, nil
			}})
			mustGet(t, group, "key")
			mustGet(t, group, "last")
			<-done
			if got := mustGet(t, group, "key"); string(got.Entry.Body) != row.want {
				t.Errorf("got %q, want %q", got.Entry.Body, row.want)
			}
		})
	}
}

// TestLaterIsInTime: once what it would replace has expired it is not made any more.
func TestLaterIsInTime(t *testing.T) {
	i := newImprover("blocks")
	var mu sync.Mutex
	now := time.Unix(1e9, 0)
	group := newGroup(t, cache.GroupConfig{
		Layers: []cache.Layer{newFake("first")},
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return now
		},
		Load: func(ctx context.Context, key string) (cache.Made, error) {
			made, err := i.load(ctx, key)
			if key == "key" {
				made.Entry.Expires = time.Unix(1e9, 0).Add(time.Minute)
			}
			return made, err
		},
	})
	for _, key := range []string{"blocks", "key", "last"} {
		mustGet(t, group, key)
	}
	mu.Lock()
	now = now.Add(time.Hour)
	mu.Unlock()
	close(i.gates["blocks"])
	soonTrue(t, "the others", func() bool { return group.Stats().Later.Made == 2 })
	if slices.Contains(i.begun(), "key") {
		t.Error("it was made")
	}
}

// TestLaterComesAfterASlowWrite: however long the first entry takes to a layer, the better one
// is there in the end.
func TestLaterComesAfterASlowWrite(t *testing.T) {
	i := newImprover()
	first, slow := newFake("first"), newFake("slow")
	slow.gate = make(chan struct{})
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{first, slow}, Load: i.load})
	mustGet(t, group, "key")
	<-slow.waiting
	soonTrue(t, "the better one is made", func() bool { return len(i.begun()) == 1 })
	close(slow.gate)
	soonTrue(t, "it is kept", func() bool { return slow.sets.Load() == 2 && slow.body("key") == "later key" })
	if got := first.body("key"); got != "later key" {
		t.Errorf("the first layer has %q", got)
	}
}
