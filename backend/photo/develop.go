package photo

import (
	"image"
	"runtime"
	"sync"
	"sync/atomic"
)

// view is the frame of a scene. Positions in it are (u, v): v runs from 0 at the top to 1
// at the bottom, and u in the same unit from the left, so that circles are round.
type view struct {
	width, height int
	wide          float32 // u of the right edge
	pixel         float32 // size of a pixel in u and v
	fine          float32 // pixels in 1
	seed          uint64
	noise         *texture
}

// shader gives the colour at a pixel.
type shader func(x, y int) rgb

func newView(s Scene) *view {
	return &view{
		width: s.Width, height: s.Height,
		wide: float32(s.Width) / float32(s.Height), pixel: 1 / float32(s.Height), fine: float32(s.Height),
		seed: s.Seed, noise: newTexture(textureSize(s.Height), s.Seed),
	}
}

// textureSize keeps tests with small pictures fast and large ones free of blur.
func textureSize(height int) int {
	switch {
	case height > 1000:
		return 1024
	case height > 300:
		return 512
	}
	return 128
}

func (v *view) place(x, y int) (float32, float32) {
	return (float32(x) + 0.5) * v.pixel, (float32(y) + 0.5) * v.pixel
}

// columns evaluates a curve once for every column of pixels.
func (v *view) columns(curve func(u float32) float32) []float32 {
	values := make([]float32, v.width)
	for x := range values {
		values[x] = curve((float32(x) + 0.5) * v.pixel)
	}
	return values
}

// edge is how much of a pixel at v lies below a line at the given height: its antialiasing.
func (v *view) edge(at, line float32) float32 { return clamp((at-line)*v.fine + 0.5) }

// column is the column of pixels at u, or the nearest one inside the frame.
func (v *view) column(u float32) int { return min(max(int(u*v.fine), 0), v.width-1) }

// develop paints every pixel and then does what a camera does: the lens darkens the
// corners and the sensor adds noise, most of it in brightness.
func develop(s Scene, paint painter) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, s.Width, s.Height))
	shade := paint(newView(s))
	across := vignette(s.Width)
	down := vignette(s.Height)
	inRows(s.Height, func(y int) {
		row := picture.Pix[y*picture.Stride : (y+1)*picture.Stride]
		for x := range s.Width {
			c := expose(shade(x, y).scale(1-across[x]-down[y]), hash(x, y, s.Seed))
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = level(c.r), level(c.g), level(c.b), 255
		}
	})
	return picture
}

// vignette is how much light is lost along one side of n pixels.
func vignette(n int) []float32 {
	loss := make([]float32, n)
	for i := range loss {
		d := 2*float32(i)/float32(n) - 1
		loss[i] = 0.11 * d * d
	}
	return loss
}

// Sensor noise, as parts of full brightness. With these a 12-megapixel JPEG of quality 90
// has about 2.5 MB, as a camera's would.
const (
	lumaNoise   = 0.034
	chromaNoise = 0.010
)

func expose(c rgb, h uint64) rgb {
	a, b, d, e := unit(h, 0), unit(h, 1), unit(h, 2), unit(h, 3)
	luma := (a + b - 1) * lumaNoise
	return rgb{c.r + luma + (d-0.5)*chromaNoise, c.g + luma, c.b + luma + (e-0.5)*chromaNoise}
}

func level(part float32) uint8 { return uint8(clamp(part)*255 + 0.5) }

// inRows calls do for every row from 0 to below n, on all cores, and waits.
func inRows(n int, do func(y int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for y := int(next.Add(1)) - 1; y < n; y = int(next.Add(1)) - 1 {
				do(y)
			}
		})
	}
	wait.Wait()
}
