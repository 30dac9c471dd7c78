package main

import "runtime"

// ballastBytes is memory that is taken and never touched, so it costs no resident page. The
// collector runs when the heap has doubled: a small node, whose heap is some ten megabytes,
// would collect after every few hundred images read from disk, and shrink and grow all its
// stacks each time. So it collects no sooner than after these bytes of garbage.
const ballastBytes = 32 << 20

// ballast keeps the bytes until what it returns is called.
func ballast() (drop func()) {
	bytes := make([]byte, ballastBytes)
	return func() { runtime.KeepAlive(bytes) }
}
