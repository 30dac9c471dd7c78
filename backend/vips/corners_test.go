package vips

import (
	"fmt"
	"image"
	"image/draw"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// badged is four quarters, of which the first has a black badge: no turn or flip looks like
// another.
func badged() *image.NRGBA {
	img := picture4(240, 160)
	draw.Draw(img, image.Rect(0, 0, 60, 30), image.Black, image.Point{}, draw.Src)
	return img
}

// stored is how a camera keeps img that writes this orientation.
func stored(img *image.NRGBA, orientation int) *image.NRGBA {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewNRGBA(image.Rect(0, 0, width, height))
	if orientation >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, height, width))
	}
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			right, below := width-1, height-1
			at := [9]image.Point{1: {x, y}, 2: {right - x, y}, 3: {right - x, below - y}, 4: {x, below - y},
				5: {y, x}, 6: {right - y, x}, 7: {right - y, below - x}, 8: {y, below - x}}[orientation]
			out.SetNRGBA(x, y, img.NRGBAAt(at.X, at.Y))
		}
	}
	return out
}

// TestCornersAgree: the eight ways to store one picture give the same result as the upright
// one does, for every resizing type in boxes that cut, with crops, gravities and turns.
func TestCornersAgree(t *testing.T) {
	e := start(t, transform.Policy{})
	asks := map[string]transform.Options{
		"plain":           {},
		"turned":          {Geometry: transform.Geometry{QuarterTurns: 1}},
		"flipped":         {Geometry: transform.Geometry{FlipX: true}},
		"turned, flipped": {Geometry: transform.Geometry{QuarterTurns: 3, FlipY: true}},
		"cropped":         {Crop: transform.Crop{Width: 150, Height: 90}},
		"cropped, turned": {Crop: transform.Crop{Width: 90, Height: .8}, Geometry: transform.Geometry{QuarterTurns: 1, FlipX: true}},
	}
	var files [9][]byte
	for orientation := 1; orientation <= 8; orientation++ {
		files[orientation] = segment(jpegFile(t, stored(badged(), orientation)), 0xe1, exif(orientation))
	}
	for name, o := range asks {
		for kind := transform.Fit; kind <= transform.AutoSize; kind++ {
			for _, anchor := range []transform.Anchor{transform.Center, transform.NorthWest, transform.East} {
				o.Resize, o.Gravity.Anchor = kind, anchor
				o.Width, o.Height, o.Format = 60, 64, transform.PNG
				want := run(t, e, files[1], o)
				for orientation := 2; orientation <= 8; orientation++ {
					sameLook(t, fmt.Sprint(name, " ", kind, " ", anchor, " stored as ", orientation), run(t, e, files[orientation], o), want)
				}
			}
		}
	}
}

// sameLook allows what JPEG's halved colours cost at edges, and no more.
func sameLook(t *testing.T, name string, got, want result) {
	t.Helper()
	size := want.Bounds().Size()
	if got.Bounds().Size() != size {
		t.Errorf("%s: %v, want %v", name, got.Bounds().Size(), size)
		return
	}
	off := 0
	for y := range size.Y {
		for x := range size.X {
			if !near(got.at(x, y), want.at(x, y), 60) {
				off++
			}
		}
	}
	if off > size.X*size.Y/33 {
		t.Errorf("%s: %d of %d pixels differ", name, off, size.X*size.Y)
	}
}
