package vips

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif"
	"testing"

	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"github.com/gip4all/gip4all/backend/transform"
)

// result is what one run of probe, plan and execute gave.
type result struct {
	meta transform.Meta
	plan transform.Plan
	body []byte
	image.Image
}

// try probes, plans and executes.
func try(e *Engine, body []byte, o transform.Options) (r result, err error) {
	if r.meta, err = e.Probe(body); err != nil {
		return r, err
	}
	if r.plan, err = transform.MakePlan(r.meta, o, e.policy); err != nil {
		return r, err
	}
	r.body, _, _, err = e.Execute(body, r.meta, r.plan)
	return r, err
}

// run is try for what must succeed; it checks the result against its plan.
func run(t testing.TB, e *Engine, body []byte, o transform.Options) result {
	t.Helper()
	r, err := try(e, body, o)
	if err != nil {
		t.Fatal(err)
	}
	readable := r.body
	if r.plan.Format == transform.AVIF || r.plan.Format == transform.JXL { // Go reads neither
		readable = reread(t, e, r.body)
	}
	var format string
	if r.Image, format, err = image.Decode(bytes.NewReader(readable)); err != nil {
		t.Fatal(err)
	}
	if r.plan.Format != transform.AVIF && r.plan.Format != transform.JXL && format != r.plan.Format.String() {
		t.Errorf("made %s, planned %v", format, r.plan.Format)
	}
	width, height := r.plan.Size()
	if got := r.Bounds().Size(); got != image.Pt(width, height) {
		t.Errorf("made %v, planned %d×%d", got, width, height)
	}
	return r
}

func reread(t testing.TB, e *Engine, body []byte) []byte {
	t.Helper()
	r, err := try(e, body, transform.Options{Format: transform.PNG})
	if err != nil {
		t.Fatal(err)
	}
	return r.body
}

func (r result) at(x, y int) color.NRGBA {
	return color.NRGBAModel.Convert(r.At(x, y)).(color.NRGBA)
}

// near tells whether each channel is at most tolerance away.
func near(a, b color.NRGBA, tolerance int) bool {
	for _, d := range [...]int{
		int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A),
	} {
		if d > tolerance || d < -tolerance {
			return false
		}
	}
	return true
}

// want checks one pixel, loosely enough for lossy formats.
func (r result) want(t testing.TB, what string, x, y int, c color.NRGBA) {
	t.Helper()
	if got := r.at(x, y); !near(got, c, 20) {
		t.Errorf("%s at %d,%d is %v, want %v", what, x, y, got, c)
	}
}

// wantQuarters checks the four quarters, in reading order.
func (r result) wantQuarters(t testing.TB, what string, colours [4]color.NRGBA) {
	t.Helper()
	size := r.Bounds().Size()
	for i, c := range colours {
		x, y := size.X/4+i%2*size.X/2, size.Y/4+i/2*size.Y/2
		if got := r.at(x, y); !near(got, c, 50) { // a sharp resize rings near the edges
			t.Errorf("%s at %d,%d is %v, want %v", what, x, y, got, c)
		}
	}
}
