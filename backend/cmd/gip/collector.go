package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// garbageBytes is how much gathers before Go's collector runs, whatever is in use. By itself
// it runs when the heap has doubled. A small node, with some ten megabytes in use, would
// collect after every few hundred images from disk; one with full caches would hold another
// such heap of garbage. Caches are bytes without pointers, which cost the collector nothing.
const garbageBytes = 24 << 20

// usualPercent is Go's own.
const usualPercent = 100

// paceCollector sets the collector's percentage anew after each of its runs, until stop. Who
// set GOGC knows better.
func paceCollector() (stop func()) {
	p := &pacer{percent: usualPercent}
	if said := debug.SetGCPercent(usualPercent); said != usualPercent {
		debug.SetGCPercent(said)
		return func() {}
	}
	p.adjust()
	p.arm()
	return func() { p.stopped.Store(true) }
}

type pacer struct {
	percent int // of the last run; only its finalizer, of which there is one, uses it
	stopped atomic.Bool
}

// arm has adjust called after the next run: that is when nobody holds the sentinel any more.
func (p *pacer) arm() {
	sentinel := new([16]byte)
	runtime.SetFinalizer(sentinel, func(*[16]byte) {
		if !p.stopped.Load() {
			p.adjust()
			p.arm()
		}
	})
}

func (p *pacer) adjust() {
	percent := percentFor(liveBytes())
	if change := percent - p.percent; change*10 < p.percent && -change*10 < p.percent {
		return // setting it stops the world for a moment
	}
	p.percent = percent
	debug.SetGCPercent(percent)
}

// percentFor lets garbageBytes gather beside so many bytes in use.
func percentFor(live uint64) int {
	return int(min(max(garbageBytes*100/max(live, 1), 15), 1000))
}

func liveBytes() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
