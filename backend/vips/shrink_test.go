package vips

import (
	"image"
	"image/draw"
	"testing"

	"github.com/gip4all/gip4all/backend/likeness"
	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// What is left out while a JPEG is decoded must not be seen in the result: each size is
// compared with what a full decode and one proper resize give. The widths lie at, just above
// and just below the factors at which jpegShrink changes its mind.
func TestShrinkingWhileDecoding(t *testing.T) {
	e := start(t, transform.Policy{})
	const width, height = 1680, 1120
	file := jpegFile(t, photo.Small(width, height, 4))
	full := reread(t, e, file)
	for _, w := range []int{1000, 841, 840, 700, 421, 420, 300, 299, 210, 150, 149, 105, 50} {
		o := transform.Options{Width: w, Format: transform.PNG}
		slow, fast := run(t, e, full, o), run(t, e, file, o)
		if loss := likeness.NewReference(slow.pixels()).Loss(fast.pixels()); loss > 0.005 {
			t.Errorf("at %d of %d pixels: %.4f away from a full decode, want at most 0.005 (SSIM 0.99)", w, width, loss)
		}
	}
}

func (r result) pixels() *image.NRGBA {
	out := image.NewNRGBA(r.Bounds())
	draw.Draw(out, out.Rect, r.Image, out.Rect.Min, draw.Src)
	return out
}
