package cache

import (
	"math"

	"github.com/maypok86/otter/v2"
)

// Memo keeps small things that can be found out again, up to a number of bytes; what is
// neither recent nor often asked for goes first. A value that was handed out is shared: nobody
// changes it. Safe for concurrent use.
type Memo[V any] struct {
	values  *otter.Cache[string, weighed[V]]
	largest int
}

type weighed[V any] struct {
	value  V
	weight uint32
}

// memoOverhead is what a value costs besides itself and its key: otter's node and its share of
// the hash table, rounded up.
const memoOverhead = 160

// NewMemo makes a memo of at most maxBytes, as callers of Set count them; 0 or less keeps nothing.
func NewMemo[V any](maxBytes int64) *Memo[V] {
	maximum := max(maxBytes, 1) // otter takes 0 for "no bound"
	return &Memo[V]{
		largest: int(min(maximum/largestShare, math.MaxInt32)),
		values: otter.Must(&otter.Options[string, weighed[V]]{
			MaximumWeight: uint64(maximum),
			Weigher:       func(_ string, v weighed[V]) uint32 { return v.weight },
		}),
	}
}

// Get gives the key's value. The key is not kept: it may lie in a buffer that changes later.
func (m *Memo[V]) Get(key string) (value V, found bool) {
	kept, found := m.values.GetIfPresent(key)
	return kept.value, found
}

// Set keeps a value that takes bytes without its key, unless it is larger than a quarter of
// the memo.
func (m *Memo[V]) Set(key string, value V, bytes int) {
	weight := bytes + len(key) + memoOverhead
	if weight > m.largest {
		m.values.Invalidate(key)
		return
	}
	m.values.Set(key, weighed[V]{value, uint32(weight)})
}

// Bytes is about how much the kept values and keys take.
func (m *Memo[V]) Bytes() uint64 {
	m.values.CleanUp() // else the weight lags behind
	return m.values.WeightedSize()
}
