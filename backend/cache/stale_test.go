package cache_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
)

// maker is a loader that a test steers.
type maker struct {
	mu    sync.Mutex // guards what follows
	made  cache.Made
	err   error
	calls int

	gate  chan struct{} // not nil: a load waits until it is closed
	begun chan struct{} // not nil: gets one word for each load
}

func (m *maker) load(context.Context, string) (cache.Made, error) {
	if m.begun != nil {
		m.begun <- struct{}{}
	}
	if m.gate != nil {
		<-m.gate
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	return m.made, m.err
}

func staleEntry(now time.Time) cache.Entry {
	return cache.Entry{Body: []byte("old"), Expires: now.Add(-time.Second), Stale: now.Add(time.Hour), IfError: now.Add(time.Hour)}
}

// TestGroupStaleIsAnsweredAtOnce: however many ask, each gets the old entry without waiting,
// and one flight makes the new one.
func TestGroupStaleIsAnsweredAtOnce(t *testing.T) {
	now := time.Now()
	layer := newFake("first")
	mustSet(t, layer, "key", staleEntry(now))
	m := &maker{made: cache.Made{Entry: cache.Entry{Body: []byte("new")}}, gate: make(chan struct{}), begun: make(chan struct{}, 100)}
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: m.load})
	for range 50 {
		if got := mustGet(t, group, "key"); got.From != "stale" || string(got.Entry.Body) != "old" {
			t.Fatalf("%q from %s, want the old one", got.Entry.Body, got.From)
		}
	}
	<-m.begun
	close(m.gate)
	waitFor(t, func() bool { return layer.body("key") == "new" })
	if got := mustGet(t, group, "key"); got.From != "first" || string(got.Entry.Body) != "new" {
		t.Errorf("then %q from %s", got.Entry.Body, got.From)
	}
	mustClose(t, group)
	if m.calls != 1 || group.Stats().Stale != 50 {
		t.Errorf("%d loads, %d stale answers; want 1 and 50", m.calls, group.Stats().Stale)
	}
}

func TestGroupRenewalFails(t *testing.T) {
	rows := []struct {
		name string
		made cache.Made
		err  error
		kept string
	}{
		{"the origin fails", cache.Made{}, fault.New(fault.Upstream, "502"), "old"},
		{"too slow", cache.Made{}, fault.New(fault.Timeout, "slow"), "old"},
		{"busy", cache.Made{}, fault.New(fault.Busy, "busy"), "old"},
		{"our own mistake", cache.Made{}, errors.New("bug"), "old"},
		{"broken", cache.Made{}, fault.New(fault.Broken, "cut"), "old"},
		{"gone", cache.Made{}, fault.New(fault.NotFound, "404"), ""},
		{"denied", cache.Made{}, fault.New(fault.Denied, "no"), ""},
		{"a stand-in for a failure", cache.Made{Entry: cache.Entry{Body: []byte("fallback")}, Failed: fault.New(fault.Upstream, "502")}, nil, "old"},
		{"a stand-in for what is gone", cache.Made{Entry: cache.Entry{Body: []byte("fallback")}, Failed: fault.New(fault.NotFound, "404")}, nil, "fallback"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			layer := newFake("first")
			mustSet(t, layer, "key", staleEntry(time.Now()))
			m := &maker{made: row.made, err: row.err}
			group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: m.load})
			if got := mustGet(t, group, "key"); got.From != "stale" {
				t.Errorf("from %s, want stale", got.From)
			}
			waitFor(t, func() bool { return group.Stats().Loads == 1 })
			mustClose(t, group) // waits for the renewal
			if got := layer.body("key"); got != row.kept || m.calls != 1 {
				t.Errorf("kept %q after %d loads, want %q", got, m.calls, row.kept)
			}
		})
	}
}

// TestGroupRenewalPauses: after a failure the next is tried when the failure is forgotten.
func TestGroupRenewalPauses(t *testing.T) {
	var clock atomic.Int64
	start := time.Unix(1e9, 0)
	layer := newFake("first")
	mustSet(t, layer, "key", staleEntry(start))
	m := &maker{err: fault.New(fault.Upstream, "502")}
	group := newGroup(t, cache.GroupConfig{
		Layers: []cache.Layer{layer}, Load: m.load, Now: func() time.Time { return start.Add(time.Duration(clock.Load())) },
	})
	calls := func() int {
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.calls
	}
	mustGet(t, group, "key")
	waitFor(t, func() bool { return group.Stats().Failures == 1 })
	for range 20 {
		mustGet(t, group, "key")
	}
	if got := calls(); got != 1 {
		t.Errorf("%d loads within the pause, want 1", got)
	}
	clock.Store(int64(3 * time.Second))
	waitFor(t, func() bool { mustGet(t, group, "key"); return calls() == 2 })
}

// TestGroupIfError: past Stale, but not past IfError, a visitor waits for the new one and gets
// the old one only if there is none.
func TestGroupIfError(t *testing.T) {
	now := time.Now()
	rows := []struct {
		name    string
		ifError time.Duration
		err     error
		from    string
		kind    fault.Kind
	}{
		{"made anew", time.Hour, nil, "miss", 0},
		{"the origin fails", time.Hour, fault.New(fault.Upstream, "502"), "stale", 0},
		{"gone", time.Hour, fault.New(fault.NotFound, "404"), "", fault.NotFound},
		{"the origin fails too late", -time.Millisecond, fault.New(fault.Upstream, "502"), "", fault.Upstream},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			layer := newFake("first")
			mustSet(t, layer, "key", cache.Entry{Body: []byte("old"), Expires: now.Add(-time.Minute), IfError: now.Add(row.ifError), Kept: now.Add(time.Hour)})
			m := &maker{made: cache.Made{Entry: cache.Entry{Body: []byte("new")}}, err: row.err}
			group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: m.load})
			for range 2 { // the second time the failure is known, or the new one is there
				got, err := group.Get(t.Context(), "key")
				if row.from == "" && (err == nil || fault.KindOf(err) != row.kind) {
					t.Fatalf("%q from %s, %v; want %v", got.Entry.Body, got.From, err, row.kind)
				}
				if row.from == "stale" && (got.From != "stale" || string(got.Entry.Body) != "old") {
					t.Fatalf("%q from %s, %v; want the old one", got.Entry.Body, got.From, err)
				}
			}
			if m.calls != 1 {
				t.Errorf("%d loads, want 1", m.calls)
			}
		})
	}
}

// TestGroupPrevious: the loader sees what it makes anew, as long as layers keep it.
func TestGroupPrevious(t *testing.T) {
	now := time.Now()
	layer := newFake("first")
	mustSet(t, layer, "kept", cache.Entry{Body: []byte("old"), ETag: `"1"`, Expires: now.Add(-time.Minute), Kept: now.Add(time.Hour)})
	mustSet(t, layer, "over", cache.Entry{Body: []byte("old"), ETag: `"1"`, Expires: now.Add(-time.Minute)})
	load := func(ctx context.Context, _ string) (cache.Made, error) {
		previous, ok := cache.Previous(ctx)
		if !ok {
			return cache.Made{Entry: cache.Entry{Body: []byte("none")}}, nil
		}
		return cache.Made{Entry: cache.Entry{Body: append(previous.Body, " again"...)}}, nil
	}
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: load})
	for key, want := range map[string]string{"kept": "old again", "over": "none", "new": "none"} {
		if got := mustGet(t, group, key); string(got.Entry.Body) != want {
			t.Errorf("%s: %q, want %q", key, got.Entry.Body, want)
		}
	}
}

func TestGroupBoundsRenewals(t *testing.T) {
	now := time.Now()
	layer := newFake("first")
	keys := []string{"a", "b", "c", "d"}
	for _, key := range keys {
		mustSet(t, layer, key, staleEntry(now))
	}
	m := &maker{gate: make(chan struct{}), begun: make(chan struct{}, 100)}
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{layer}, Load: m.load, Renewals: 2})
	for range 3 {
		for _, key := range keys {
			mustGet(t, group, key)
		}
	}
	<-m.begun
	<-m.begun
	close(m.gate)
	mustClose(t, group)
	if m.calls != 2 {
		t.Errorf("%d renewals, want 2", m.calls)
	}
}

// waitFor waits for something that only takes a moment.
func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for range 60_000 {
		if done() {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("in vain")
}
