package cache_test

import (
	"fmt"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/cache/layertest"
)

func openMemory(t *testing.T, maxBytes int64) *cache.Memory {
	t.Helper()
	memory := cache.NewMemory(maxBytes)
	t.Cleanup(func() {
		if err := memory.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return memory
}

func TestMemoryIsALayer(t *testing.T) {
	layertest.Run(t, func(t *testing.T) cache.Layer { return openMemory(t, 16<<20) })
}

func TestMemoryStaysBelowItsBound(t *testing.T) {
	const bound = 1 << 20
	memory := openMemory(t, bound)
	for i := range 1000 {
		mustSet(t, memory, fmt.Sprint(i), cache.Entry{Body: make([]byte, 10_000)})
	}
	if got := memory.Bytes(); got > bound || got < bound/2 {
		t.Errorf("keeps %d bytes, want at most %d and more than half of it", got, bound)
	}
}

func TestMemoryAdmission(t *testing.T) {
	rows := []struct {
		name string
		max  int64
		size int
		kept bool
	}{
		{"small", 1 << 20, 1000, true},
		{"just below a quarter", 1 << 20, 1<<18 - 1000, true},
		{"a quarter and its overhead", 1 << 20, 1 << 18, false},
		{"nothing fits into no bytes", 0, 0, false},
		{"nor into fewer", -1, 0, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			memory := openMemory(t, row.max)
			mustSet(t, memory, "key", cache.Entry{Body: make([]byte, row.size)})
			if _, ok, _ := memory.Get(t.Context(), "key"); ok != row.kept {
				t.Errorf("kept %v, want %v", ok, row.kept)
			}
		})
	}
}

func TestMemoryTooLargeReplacesNothingByItself(t *testing.T) {
	memory := openMemory(t, 1<<20)
	mustSet(t, memory, "key", cache.Entry{Body: []byte("the old one")})
	mustSet(t, memory, "key", cache.Entry{Body: make([]byte, 1<<20)})
	if entry, ok, _ := memory.Get(t.Context(), "key"); ok {
		t.Errorf("got %d bytes, want nothing: the old entry is no longer true", len(entry.Body))
	}
}

func mustSet(t testing.TB, layer cache.Layer, key string, entry cache.Entry) {
	t.Helper()
	if err := layer.Set(t.Context(), key, entry); err != nil {
		t.Fatalf("set %s: %v", key, err)
	}
}
