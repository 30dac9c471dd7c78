package cache_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/cache/layertest"
)

// fake is a layer in a map that fails, panics or hangs as a test wants it. Set the fields
// before it is used.
type fake struct {
	name           string
	getErr, setErr error
	setPanics      bool
	gate           chan struct{} // not nil: Set waits until it is closed
	waiting        chan struct{} // closed when the first Set waits

	sets, deletes atomic.Int64
	closed        atomic.Bool
	once          sync.Once
	mu            sync.Mutex // guards entries
	entries       map[string]cache.Entry
}

func newFake(name string) *fake {
	return &fake{name: name, entries: map[string]cache.Entry{}, waiting: make(chan struct{})}
}

func (f *fake) Name() string { return f.name }

func (f *fake) Get(_ context.Context, key string) (cache.Entry, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entry, ok := f.entries[key]
	return entry, ok && f.getErr == nil, f.getErr
}

func (f *fake) Set(_ context.Context, key string, entry cache.Entry) error {
	f.sets.Add(1)
	if f.setPanics {
		panic("set panics")
	}
	if f.gate != nil {
		f.once.Do(func() { close(f.waiting) })
		<-f.gate
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.setErr == nil {
		f.entries[key] = entry
	}
	return f.setErr
}

func (f *fake) Delete(_ context.Context, key string) error {
	f.deletes.Add(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.entries, key)
	return nil
}

func (f *fake) Sweep(_ context.Context, selection cache.Selection) (removed int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for key := range f.entries {
		if selection.Match == nil || selection.Match(key) {
			delete(f.entries, key)
			removed++
		}
	}
	return removed, nil
}

func (f *fake) Close() error {
	f.closed.Store(true)
	return nil
}

func (f *fake) body(key string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.entries[key].Body)
}

// TestFakeIsALayer shows that the tests of Group stand on a true layer.
func TestFakeIsALayer(t *testing.T) {
	layertest.Run(t, func(*testing.T) cache.Layer { return newFake("fake") })
}
