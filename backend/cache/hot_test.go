package cache_test

import (
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
)

// TestMemoryHitAllocatesNothing holds the hot path to what BenchmarkMemoryHit measures.
func TestMemoryHitAllocatesNothing(t *testing.T) {
	group := hotGroup(t)
	ctx := t.Context()
	if got := testing.AllocsPerRun(1000, func() { _, _ = group.Get(ctx, "key") }); got >= 1 {
		t.Errorf("%v allocations a hit, want 0", got)
	}
}

func BenchmarkMemoryHit(b *testing.B) {
	group := hotGroup(b)
	ctx := b.Context()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if answer, err := group.Get(ctx, "key"); err != nil || answer.From != "memory" {
				b.Error(answer.From, err)
			}
		}
	})
}

func hotGroup(t testing.TB) *cache.Group {
	t.Helper()
	var made counter
	group := newGroup(t, cache.GroupConfig{Layers: []cache.Layer{cache.NewMemory(1 << 20)}, Load: made.load})
	if _, err := group.Get(t.Context(), "key"); err != nil {
		t.Fatal(err)
	}
	return group
}
