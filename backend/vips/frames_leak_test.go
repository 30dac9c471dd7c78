package vips

import (
	"bytes"
	"os"
	"runtime/debug"
	"strconv"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestAnimationsLeakNothing: 300 runs, each of which would leave a megabyte or more behind if
// one frame were not freed. Failing runs count as well.
func TestAnimationsLeakNothing(t *testing.T) {
	e := start(t, transform.Policy{})
	file := gifOfImages(t, 10, flat(600, 400, red), flat(600, 400, green), flat(600, 400, blue))
	cut := gifOfImages(t, 10, noisy(300, 200), noisy(300, 200))
	cut = cut[:len(cut)/4]
	smart := transform.Gravity{Anchor: transform.Smart}
	runs := func(n int) {
		for i := range n {
			format := [...]transform.Format{transform.GIF, transform.WebP, transform.PNG}[i%3]
			o := transform.Options{Resize: transform.Fill, Width: 30, Height: 30, Gravity: smart, Format: format,
				Frames: transform.Frames{Page: i % 2}}
			if _, err := try(e, file, o); err != nil {
				t.Fatal(err)
			}
			if _, err := try(e, cut, o); err == nil && i%3 < 2 {
				t.Fatal("a cut file was taken")
			}
		}
	}
	runs(30)
	before := resident(t)
	runs(300)
	if grown := resident(t) - before; grown > 40<<20 {
		t.Errorf("resident memory grew by %d MB in 300 runs", grown>>20)
	}
}

// resident is the process's memory in bytes, without Go's own garbage.
func resident(t testing.TB) int {
	t.Helper()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(string(bytes.Fields(text)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
