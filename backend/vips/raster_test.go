package vips

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/gip4all/gip4all/backend/likeness"
	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// unlike is the most that a result from a raster may differ from one from the source: an SSIM
// of 0.99, as for shrinking while a JPEG is decoded.
const unlike = 0.005

func reduced(t testing.TB, e *Engine, body []byte) (transform.Meta, transform.Raster) {
	t.Helper()
	meta, err := e.Probe(body)
	if err != nil {
		t.Fatal(err)
	}
	by := transform.Reduction(meta, 1<<30)
	if by == 0 {
		t.Fatalf("no raster of %+v", meta)
	}
	raster, err := e.Reduce(body, meta, by)
	if err != nil || !raster.Sound() {
		t.Fatalf("%d×%d×%d, %d bytes: %v", raster.Width, raster.Height, raster.Bands, len(raster.Pixels), err)
	}
	return meta, raster
}

// onRaster makes what o asks for from the raster; false where its plan needs the source.
func onRaster(t testing.TB, e *Engine, meta transform.Meta, raster transform.Raster, o transform.Options) (picture image.Image, made bool) {
	t.Helper()
	plan, err := transform.MakePlan(meta, o, e.policy)
	if err != nil {
		t.Fatal(err)
	}
	if plan, made = plan.On(meta, raster); !made {
		return nil, false
	}
	out, width, height, err := e.Execute(nil, meta, plan)
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, e, out, transform.Options{Format: transform.PNG})
	if r.Bounds().Size() != image.Pt(width, height) {
		t.Errorf("%v, said to be %d×%d", r.Bounds().Size(), width, height)
	}
	return r.Image, true
}

func canvasOf(from image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: from.Bounds().Size()})
	draw.Draw(out, out.Rect, from, from.Bounds().Min, draw.Src)
	return out
}

// TestRasterIsAsGood compares each kind of plan with what the source itself gives.
func TestRasterIsAsGood(t *testing.T) {
	e := start(t, transform.Policy{})
	png := transform.Options{Format: transform.PNG}
	asked := func(change func(o *transform.Options)) transform.Options {
		o := png
		change(&o)
		return o
	}
	plans := []transform.Options{
		asked(func(o *transform.Options) {
			o.Resize, o.Width, o.Height = transform.Fill, 300, 300
			o.Gravity = transform.Gravity{Anchor: transform.FocusPoint, X: 0.2, Y: 0.7}
		}),
		asked(func(o *transform.Options) { o.Resize, o.Width, o.Height = transform.Force, 300, 100 }),
		asked(func(o *transform.Options) {
			o.Crop = transform.Crop{Width: 0.5, Height: 0.4, Gravity: transform.Gravity{Anchor: transform.SouthEast}, HasGravity: true}
			o.Width = 333
		}),
		asked(func(o *transform.Options) { o.Width, o.Geometry.QuarterTurns, o.Geometry.FlipX = 301, 1, true }),
		asked(func(o *transform.Options) { o.Width, o.Look.Blur, o.Look.Corners.Radius = 400, 2, 20 }),
	}
	for _, width := range []int{839, 700, 560, 420, 299, 150, 64} {
		plans = append(plans, asked(func(o *transform.Options) { o.Width = width }))
	}
	for seed := range uint64(3) {
		painted := photo.Small(1681, 1119, seed+4)
		for name, file := range map[string][]byte{
			"jpeg": jpegFile(t, painted), "turned jpeg": segment(jpegFile(t, painted), 0xe1, exif(6)), "png": pngFile(t, painted),
			"transparent png": pngFile(t, fading(painted)), "grey jpeg": jpegFile(t, grey(painted)),
		} {
			meta, raster := reduced(t, e, file)
			for _, o := range plans {
				made, possible := onRaster(t, e, meta, raster, o)
				if !possible {
					t.Errorf("%s: %+v needs the source", name, o)
					continue
				}
				direct := canvasOf(run(t, e, file, o).Image)
				if direct.Rect != canvasOf(made).Rect {
					t.Fatalf("%s: %v, from the source %v", name, made.Bounds(), direct.Rect)
				}
				loss := likeness.NewReference(direct).Loss(canvasOf(made))
				fmt.Println(name, seed, direct.Rect.Max, loss)
				if loss > unlike {
					t.Errorf("%s, picture %d: %v is %.4f away from the source's own, want at most %v", name, seed, direct.Rect.Max, loss, unlike)
				}
			}
		}
	}
}

// fading has an opacity that runs from one side to the other.
func fading(from image.Image) *image.NRGBA {
	out := canvasOf(from)
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = uint8(55 + i%out.Stride*200/out.Stride)
	}
	return out
}

func grey(from image.Image) *image.Gray {
	out := image.NewGray(image.Rectangle{Max: from.Bounds().Size()})
	draw.Draw(out, out.Rect, from, from.Bounds().Min, draw.Src)
	return out
}

var _ = color.Black
