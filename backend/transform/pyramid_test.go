package transform

import (
	"bytes"
	"testing"
)

func TestPyramidChoosesTheSmallestThatWillDo(t *testing.T) {
	levels := NewPyramid(Raster{Width: 4100, Height: 2100, Bands: 1, Pixels: make([]byte, 4100*2100)})
	if len(levels) != 3 || levels[2].Width != 1025 || levels[2].Height != 525 {
		t.Fatalf("%d levels", len(levels))
	}
	for name, row := range map[string]struct {
		o    Options
		want int // width of the raster
	}{
		"no size":         {Options{}, 4100},
		"small":           {Options{Width: 100}, 1025},
		"by its height":   {Options{Height: 340}, 1025},
		"a little larger": {Options{Width: 684}, 2050},
		"twice the size":  {Options{Width: 600, DPR: 2}, 2050},
		"filling a box":   {Options{Resize: Fill, Width: 10, Height: 710}, 4100},
		"large":           {Options{Width: 1400}, 4100},
		"a part":          {Options{Width: 100, Crop: Crop{Width: 0.5}}, 4100},
		"zoomed":          {Options{Width: 100, Geometry: Geometry{ZoomX: 2}}, 4100},
		"not smaller":     {Options{Width: 100, Geometry: Geometry{MinHeight: 900}}, 4100},
		"turned":          {Options{Width: 100, Geometry: Geometry{QuarterTurns: 1}}, 4100},
	} {
		if got := levels.For(row.o).Width; got != row.want {
			t.Errorf("%s: %d, want %d", name, got, row.want)
		}
	}
}

func TestPyramidKeepsTransparentRastersWhole(t *testing.T) {
	if levels := NewPyramid(Raster{Width: 2000, Height: 2000, Bands: 4, Pixels: make([]byte, 2000*2000*4)}); len(levels) != 1 {
		t.Errorf("%d levels", len(levels))
	}
	if levels := NewPyramid(Raster{}); levels != nil || levels.For(Options{}).Sound() {
		t.Errorf("%d levels of nothing", len(levels))
	}
}

func TestHalved(t *testing.T) {
	three := Raster{Width: 3, Height: 3, Bands: 3, Pixels: []byte{
		0, 10, 255, 2, 20, 255, 4, 30, 255,
		0, 10, 255, 4, 20, 255, 8, 30, 255,
		8, 50, 255, 8, 70, 255, 9, 90, 255,
	}}
	half := three.halved()
	want := []byte{2, 15, 255, 6, 30, 255, 8, 60, 255, 9, 90, 255}
	if half.Width != 2 || half.Height != 2 || !bytes.Equal(half.Pixels, want) {
		t.Errorf("%d×%d %v, want %v", half.Width, half.Height, half.Pixels, want)
	}
}
