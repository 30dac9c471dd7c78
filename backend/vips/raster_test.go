package vips

import (
	"fmt"
	"image"
	"image/draw"
	"testing"

	"github.com/gip4all/gip4all/backend/likeness"
	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// unlike is the most that a result from a raster may differ from one from the source: an SSIM
// of 0.99, as for shrinking while a JPEG is decoded.
const unlike = 0.005

func reduced(t testing.TB, e *Engine, body []byte, by int) (transform.Meta, transform.Raster) {
	t.Helper()
	meta, err := e.Probe(body)
	if err != nil {
		t.Fatal(err)
	}
	raster, err := e.Reduce(body, meta, by)
	if err != nil || !raster.Sound() {
		t.Fatalf("%d×%d×%d, %d bytes: %v", raster.Width, raster.Height, raster.Bands, len(raster.Pixels), err)
	}
	return meta, raster
}

// onRaster makes what o asks for from the raster; false where its plan needs the source.
func onRaster(t testing.TB, e *Engine, meta transform.Meta, raster transform.Raster, o transform.Options) (picture *image.NRGBA, made bool) {
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
	return canvasOf(r.Image), true
}

func canvasOf(from image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: from.Bounds().Size()})
	draw.Draw(out, out.Rect, from, from.Bounds().Min, draw.Src)
	return out
}

// TestRasterIsAsGood compares each kind of plan with what the source itself gives, down from
// where the raster is only just large enough.
func TestRasterIsAsGood(t *testing.T) {
	e := start(t, transform.Policy{})
	for seed := range uint64(2) {
		painted := photo.Small(1227, 819, seed+4)
		for _, row := range []struct {
			name   string
			file   []byte
			by     int
			widest float64 // of the upright source's width
		}{
			{"jpeg", jpegFile(t, painted), 2, 0.499},
			{"turned jpeg", segment(jpegFile(t, painted), 0xe1, exif(6)), 2, 0.499},
			{"grey jpeg", jpegFile(t, grey(painted)), 2, 0.499},
			{"quarter of a jpeg", jpegFile(t, painted), 4, 0.17},
			{"png", pngFile(t, painted), 2, 0.333},
			{"transparent png", pngFile(t, fading(painted)), 2, 0.333},
			{"a whole png", pngFile(t, painted), 1, 1},
		} {
			t.Run(fmt.Sprintf("%s, picture %d", row.name, seed), func(t *testing.T) {
				meta, raster := reduced(t, e, row.file, row.by)
				for _, o := range asGood(meta, row.widest) {
					made, possible := onRaster(t, e, meta, raster, o)
					if !possible {
						t.Errorf("width %d, crop %v: the source is needed", o.Width, o.Crop)
						continue
					}
					alike(t, canvasOf(run(t, e, row.file, o).Image), made)
				}
			})
		}
	}
}

func alike(t *testing.T, direct, made *image.NRGBA) {
	t.Helper()
	if direct.Rect != made.Rect {
		t.Fatalf("%v, from the source %v", made.Rect, direct.Rect)
	}
	if loss := likeness.NewReference(direct).Loss(made); loss > unlike {
		t.Errorf("%v is %.4f away from the source's own, want at most %v", made.Rect.Max, loss, unlike)
	}
}

// asGood are plans of all kinds, none wider than that part of the source.
func asGood(meta transform.Meta, widest float64) []transform.Options {
	full, _ := meta.Upright()
	width := int(float64(full) * widest)
	options := []transform.Options{
		{Width: width}, {Width: width * 3 / 4}, {Width: width / 2}, {Width: width / 5},
		{Resize: transform.Fill, Width: width / 2, Height: width / 2, Gravity: transform.Gravity{Anchor: transform.FocusPoint, X: 0.2, Y: 0.7}},
		{Resize: transform.Force, Width: width / 2, Height: width / 5},
		{Crop: transform.Crop{Width: 0.5, Height: 0.4, Gravity: transform.Gravity{Anchor: transform.SouthEast}, HasGravity: true}, Width: width / 3},
		{Width: width / 2, Geometry: transform.Geometry{QuarterTurns: 2, FlipX: true}},
		{Width: width / 2, Look: transform.Look{Blur: 2, Corners: transform.Corners{Radius: 20}}},
	}
	for i := range options {
		options[i].Format = transform.PNG
	}
	return options
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
