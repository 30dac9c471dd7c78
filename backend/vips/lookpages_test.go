package vips

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// column is three pages in a column: red, green, blue.
func column() *image.NRGBA {
	img := flat(30, 60, red)
	for i := 30 * 20 * 4; i < len(img.Pix); i += 4 {
		if i < 30*40*4 {
			img.Pix[i], img.Pix[i+1] = 0, 255
		} else {
			img.Pix[i], img.Pix[i+2] = 0, 255
		}
	}
	return img
}

// pagesLooked applies effects to a column of pages that are 20 pixels tall.
func pagesLooked(t *testing.T, img image.Image, effects transform.Effects) result {
	t.Helper()
	file := pngFile(t, img)
	defer enter(file)()
	effects.Page = 20
	meta := transform.Meta{Format: transform.PNG, Width: 30, Height: 60, Pages: 1}
	plan := transform.Plan{Width: 30, Height: 60, Format: transform.PNG, Quality: 100, Effects: &effects}
	p, err := decode(file, meta, plan)
	defer p.free()
	if err == nil {
		err = p.finish(meta, plan)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := p.encode(meta, plan)
	if err != nil {
		t.Fatal(err)
	}
	made, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return result{Image: made}
}

// TestPagesDoNotBleed: flat pages stay flat, whatever looks at neighbours.
func TestPagesDoNotBleed(t *testing.T) {
	start(t, transform.Policy{})
	clear := column()
	clear.Pix[3] = 0 // with alpha as well
	for name, effects := range map[string]transform.Effects{
		"blur": {Blur: transform.Blur{Sigma: 8, Shrink: 1}}, "wide blur": {Blur: transform.Blur{Sigma: 2, Shrink: 3}}, "sharpen": {Sharpen: 3}, "unsharp": {Unsharp: &transform.Mask{Middle: 5, Around: -.5}}, "pixelate": {Pixelate: 13},
	} {
		for _, img := range []*image.NRGBA{column(), clear} {
			r := pagesLooked(t, img, effects)
			for y, want := range map[int]color.NRGBA{19: red, 20: green, 39: green, 40: blue} {
				if got := r.at(29, y); !near(got, want, 1) {
					t.Errorf("%s: %v at %d, want %v", name, got, y, want)
				}
			}
		}
	}
}

// TestEachPageIsCovered: a gradient and corners begin again on each page.
func TestEachPageIsCovered(t *testing.T) {
	start(t, transform.Policy{})
	over := transform.Overlay{Opacity: 1, Y: 1. / 20, At: 1. / 40}
	r := pagesLooked(t, flat(30, 60, white), transform.Effects{Steps: []transform.Step{{Overlay: &over}}, Radius: 10})
	for y := range 60 {
		for x := range 30 {
			if got, want := r.at(x, y), r.at(x, y%20); got != want {
				t.Fatalf("%d,%d is %v, on the first page %v", x, y, got, want)
			}
		}
	}
	if r.at(0, 20).A != 0 || r.at(15, 20).R < 240 || r.at(15, 39).R > 20 {
		t.Errorf("the second page has %v, %v, %v", r.at(0, 20), r.at(15, 20), r.at(15, 39))
	}
}
