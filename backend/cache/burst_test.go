package cache_test

import (
	"context"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/cache"
)

// BenchmarkMemoryBurst sets and then deletes b.N small entries, and reports the process's
// resident megabytes before, with all of them, and after: a hash table that only grows would
// keep the burst for ever. Run it with -benchtime 1000000x; cmd/bench does.
func BenchmarkMemoryBurst(b *testing.B) {
	ctx := b.Context()
	layer := cache.NewMemory(4 << 30)
	defer layer.Close()
	before := resident(b)
	fill(ctx, b, layer)
	_ = layer.Bytes() // otter's pending work is done before it is measured
	full := resident(b)
	for i := range b.N {
		_ = layer.Delete(ctx, burstKey(i))
	}
	if left := layer.Bytes(); left != 0 {
		b.Fatalf("%d bytes left", left)
	}
	b.ReportMetric(before, "MB-before")
	b.ReportMetric(full, "MB-peak")
	b.ReportMetric(resident(b), "MB-after")
}

func fill(ctx context.Context, b *testing.B, layer *cache.Memory) {
	b.Helper()
	for i := range b.N {
		if err := layer.Set(ctx, burstKey(i), cache.Entry{Body: make([]byte, 256), MediaType: "image/webp"}); err != nil {
			b.Fatal(err)
		}
	}
	if _, found, _ := layer.Get(ctx, burstKey(b.N-1)); !found {
		b.Fatal("the last entry was not kept")
	}
}

func burstKey(i int) string { return "/w:640/plain/https://origin.example/" + strconv.Itoa(i) }

// resident is what the system counts, once Go has given back what it can spare: the same
// moment for all three numbers.
func resident(b *testing.B) float64 {
	b.Helper()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip("this system does not tell:", err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		b.Fatal(err)
	}
	return float64(pages*os.Getpagesize()) / (1 << 20)
}
