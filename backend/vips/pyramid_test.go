package vips

import (
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// Small results are made of a raster that was halved again: of sides that two does not divide,
// down from the largest that it is used for.
func TestPyramidIsAsGood(t *testing.T) {
	e := start(t, transform.Policy{})
	file := segment(jpegFile(t, photo.Small(2103, 2101, 4)), 0xe1, exif(6))
	meta, raster := reduced(t, e, file, 2)
	levels := transform.NewPyramid(raster)
	if len(levels) != 2 || levels[1].Width != (raster.Width+1)/2 {
		t.Fatalf("%d levels of %d×%d", len(levels), raster.Width, raster.Height)
	}
	for _, o := range []transform.Options{
		{Width: 350},
		{Height: 201, DPR: 1.5},
		{Resize: transform.Fill, Width: 300, Height: 100},
		{Width: 64},
	} {
		o.Format = transform.PNG
		level := levels.For(o)
		if level.Width != levels[1].Width {
			t.Errorf("%v: a raster of %d pixels, want the halved one", o, level.Width)
		}
		made, possible := onRaster(t, e, meta, level, o)
		if !possible {
			t.Errorf("%v: the source is needed", o)
			continue
		}
		alike(t, canvasOf(run(t, e, file, o).Image), made)
	}
}
