package likeness

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
)

func nrgba(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, out.Rect.Min, draw.Src)
	return out
}

// worse is the picture with noise of up to so much in every channel.
func worse(img *image.NRGBA, by int) *image.NRGBA {
	out := image.NewNRGBA(img.Rect)
	random := rand.New(rand.NewPCG(1, 2))
	for i, value := range img.Pix {
		if i%4 < 3 {
			value = uint8(min(max(int(value)+random.IntN(2*by+1)-by, 0), 255))
		}
		out.Pix[i] = value
	}
	return out
}

func TestLossGrowsWithNoise(t *testing.T) {
	img := nrgba(photo.Small(203, 151, 4)) // no multiple of anything
	r := NewReference(img)
	if loss := r.Loss(img); loss != 0 {
		t.Errorf("the same picture: %v", loss)
	}
	before := 0.0
	for _, by := range []int{2, 4, 8, 16, 32, 64} {
		loss := r.Loss(worse(img, by))
		if !(loss > before && loss <= 1) {
			t.Errorf("noise of %d: %v after %v", by, loss, before)
		}
		before = loss
	}
}

func TestLossIsSymmetric(t *testing.T) {
	a := nrgba(photo.Small(64, 48, 4))
	b := worse(a, 20)
	if x, y := NewReference(a).Loss(b), NewReference(b).Loss(a); math.Abs(x-y) > 1e-12 {
		t.Errorf("%v and %v", x, y)
	}
}

func TestLoss(t *testing.T) {
	plain := func(width, height int, c color.NRGBA) *image.NRGBA {
		img := image.NewNRGBA(image.Rect(0, 0, width, height))
		draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		return img
	}
	black, white, red := color.NRGBA{A: 255}, color.NRGBA{255, 255, 255, 255}, color.NRGBA{200, 0, 0, 255}
	grey := color.NRGBA{60, 60, 60, 255} // as bright as that red
	for _, row := range []struct {
		name      string
		a, b      *image.NRGBA
		low, high float64
	}{
		{"one pixel", plain(1, 1, red), plain(1, 1, red), 0, 0},
		{"one pixel of another colour", plain(1, 1, black), plain(1, 1, white), .39, .6},
		{"narrow", plain(3, 90, red), plain(3, 90, red), 0, 0},
		{"another size", plain(9, 9, red), plain(9, 8, red), 1, 1},
		{"nothing", plain(0, 0, red), plain(0, 0, red), 1, 1},
		{"only the colour differs", plain(40, 40, red), plain(40, 40, grey), .005, .2},
		{"hidden colours do not count", plain(20, 20, color.NRGBA{255, 0, 0, 0}), plain(20, 20, color.NRGBA{0, 255, 0, 0}), 0, 0},
		{"lost transparency does", plain(20, 20, color.NRGBA{255, 255, 255, 0}), plain(20, 20, white), .39, .6},
		{"and gained", plain(20, 20, black), plain(20, 20, color.NRGBA{}), .39, .6},
	} {
		t.Run(row.name, func(t *testing.T) {
			if loss := NewReference(row.a).Loss(row.b); loss < row.low || loss > row.high {
				t.Errorf("%v is not from %v to %v", loss, row.low, row.high)
			}
		})
	}
}

func TestFlatness(t *testing.T) {
	drawing := image.NewNRGBA(image.Rect(0, 0, 100, 50))
	draw.Draw(drawing, image.Rect(20, 10, 70, 40), image.NewUniform(color.NRGBA{200, 10, 10, 255}), image.Point{}, draw.Src)
	if got := Flatness(drawing); got < .95 {
		t.Errorf("a drawing: %v", got)
	}
	if got := Flatness(nrgba(photo.Small(100, 80, 4))); got > .3 {
		t.Errorf("a photograph: %v", got)
	}
}

func BenchmarkLoss(b *testing.B) {
	img := nrgba(photo.Small(1000, 1000, 4))
	r, other := NewReference(img), worse(img, 5)
	for b.Loop() {
		r.Loss(other)
	}
}
