package cache

import (
	"context"
	"math"
	"time"

	"github.com/maypok86/otter/v2"
)

// entryOverhead is what an entry costs besides its strings and body: the Entry itself, otter's
// node and their shares of the hash table, rounded up.
const entryOverhead = 320

// largestShare of a layer's bytes is the most that one entry may take (one in so many): a
// single giant must not push everything else out.
const largestShare = 4

// Memory is the layer that keeps entries in this process, up to a number of bytes. Entries
// that are neither recent nor often asked for go first (W-TinyLFU). Safe for concurrent use.
type Memory struct {
	entries *otter.Cache[string, Entry]
	largest uint64 // bytes of the heaviest entry admitted
}

// NewMemory makes a layer of at most maxBytes: bodies, keys and overhead. An entry heavier
// than a quarter of that is not kept; 0 or less keeps nothing.
func NewMemory(maxBytes int64) *Memory {
	// otter takes a weight of 0 for "no bound"; one byte admits nothing either.
	maximum := uint64(max(maxBytes, 1))
	m := &Memory{largest: min(maximum/largestShare, math.MaxUint32)}
	m.entries = otter.Must(&otter.Options[string, Entry]{
		MaximumWeight:    maximum,
		Weigher:          func(key string, entry Entry) uint32 { return uint32(weigh(key, entry)) },
		ExpiryCalculator: otter.ExpiryWritingFunc(lifetime),
	})
	return m
}

// weigh is what an entry takes in memory. The body counts with its capacity, for that is what
// stays allocated.
func weigh(key string, entry Entry) uint64 {
	return uint64(entryOverhead + len(key) + cap(entry.Body) + len(entry.MediaType) + len(entry.ETag) + len(entry.Note))
}

func lifetime(stored otter.Entry[string, Entry]) time.Duration {
	end := stored.Value.End()
	if end.IsZero() {
		return math.MaxInt64
	}
	return time.Until(end)
}

// Name is "memory".
func (m *Memory) Name() string { return "memory" }

// Get gives the entry unless it is absent or past its end. It never fails.
func (m *Memory) Get(_ context.Context, key string) (Entry, bool, error) {
	entry, ok := m.entries.GetIfPresent(key)
	return entry, ok, nil
}

// Set keeps the entry. One that is past its end or too heavy is not kept, and neither is what it
// would have replaced. It never fails.
func (m *Memory) Set(_ context.Context, key string, entry Entry) error {
	if weigh(key, entry) > m.largest || !entry.Alive(time.Now()) {
		m.entries.Invalidate(key)
		return nil
	}
	m.entries.Set(key, entry)
	return nil
}

// Delete forgets the key. It never fails.
func (m *Memory) Delete(_ context.Context, key string) error {
	m.entries.Invalidate(key)
	return nil
}

// Sweep forgets the selected keys. It never fails.
func (m *Memory) Sweep(_ context.Context, selection Selection) (removed int, err error) {
	for key := range m.entries.Keys() {
		if !selection.takes(key) {
			continue
		}
		if _, was := m.entries.Invalidate(key); was {
			removed++
		}
	}
	return removed, nil
}

// Bytes is about how much the kept entries take.
func (m *Memory) Bytes() uint64 {
	m.entries.CleanUp() // else the weight lags behind
	return m.entries.WeightedSize()
}

// Close lets go of all entries and stops otter's clean-up goroutine.
func (m *Memory) Close() error {
	m.entries.InvalidateAll()
	m.entries.StopAllGoroutines()
	return nil
}
