package cache_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
)

func TestGroupRemembersFailures(t *testing.T) {
	upstream := fault.New(fault.Upstream, "the origin answered 500")
	rows := []struct {
		name  string
		err   error
		ttl   time.Duration
		later time.Duration
		loads int64
	}{
		{"again at once", upstream, 0, 0, 1},
		{"just before 2 s", upstream, 0, 2*time.Second - 1, 1},
		{"after 2 s", upstream, 0, 2 * time.Second, 2},
		{"a time of its own", upstream, time.Second, time.Second, 2},
		{"switched off", upstream, -1, 0, 2},
		{"a slow origin", fault.Wrap(fault.Timeout, context.DeadlineExceeded, "the origin is slow"), 0, 0, 1},
		{"busy passes", fault.New(fault.Busy, "busy"), 0, 0, 2},
		{"busy, waited in vain", fault.Wrap(fault.Busy, context.DeadlineExceeded, "busy"), 0, 0, 2},
		{"cancelled says nothing", fault.Wrap(fault.Upstream, context.Canceled, "cancelled"), 0, 0, 2},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			now := time.Unix(1e9, 0)
			var loads atomic.Int64
			group := newGroup(t, cache.GroupConfig{
				NegativeTTL: row.ttl,
				Now:         func() time.Time { return now },
				Load: func(context.Context, string) (cache.Made, error) {
					loads.Add(1)
					return cache.Made{}, row.err
				},
			})
			wantError(t, group, "key", row.err)
			now = now.Add(row.later)
			wantError(t, group, "key", row.err)
			if got := loads.Load(); got != row.loads {
				t.Errorf("%d loads, want %d", got, row.loads)
			}
		})
	}
}

func TestGroupMemoryOfFailuresIsBounded(t *testing.T) {
	now := time.Unix(1e9, 0)
	var loads atomic.Int64
	group := newGroup(t, cache.GroupConfig{
		Now: func() time.Time { return now },
		Load: func(context.Context, string) (cache.Made, error) {
			loads.Add(1)
			return cache.Made{}, errors.New("broken")
		},
	})
	fail := func(key string) { _, _ = group.Get(t.Context(), key) }
	for i := range cache.MaxFailures {
		fail(fmt.Sprint(i))
	}
	fail("one more")
	fail("one more")
	if got, want := loads.Load(), int64(cache.MaxFailures+2); got != want {
		t.Errorf("%d loads, want %d: there is no room for one more", got, want)
	}
	now = now.Add(time.Minute)
	fail("later")
	fail("later")
	if got, want := loads.Load(), int64(cache.MaxFailures+3); got != want {
		t.Errorf("%d loads, want %d: what is over makes room", got, want)
	}
}

func wantError(t *testing.T, group *cache.Group, key string, want error) {
	t.Helper()
	if _, err := group.Get(t.Context(), key); !errors.Is(err, want) {
		t.Errorf("get %s: %v, want %v", key, err, want)
	}
}
