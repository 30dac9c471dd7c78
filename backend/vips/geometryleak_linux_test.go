package vips

import (
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestGeometryDoesNotLeak: one lost image of this size in each run would be 140 MB.
func TestGeometryDoesNotLeak(t *testing.T) {
	e := start(t, transform.Policy{})
	file := pngFile(t, flat(400, 300, color.NRGBA{255, 0, 0, 128}))
	broken := file[:len(file)/2]
	meta, err := e.Probe(file)
	if err != nil {
		t.Fatal(err)
	}
	o := geometry(transform.Geometry{QuarterTurns: 1, FlipX: true, Padding: transform.Padding{Top: 20, Left: 20},
		HasBackgroundAlpha: true, BackgroundAlpha: .5, Trim: transform.Trim{On: true, Threshold: 10}})
	o.HasBackground = true
	once := func(body []byte) {
		_, _ = e.FindTrim(body, meta, o.Geometry.Trim)
		_, _ = try(e, body, o)
	}
	for range 30 {
		once(file)
		once(broken)
	}
	before := resident(t)
	for range 300 {
		once(file)
		once(broken)
	}
	if grown := resident(t) - before; grown > 40<<20 {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
}
