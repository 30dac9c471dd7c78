package vips

import (
	"bytes"
	"fmt"
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestBackground(t *testing.T) {
	e := start(t, transform.Policy{})
	clear := pngFile(t, flat(40, 40, color.NRGBA{255, 0, 0, 0}))
	half := pngFile(t, flat(40, 40, color.NRGBA{0, 0, 0, 128}))
	grey := rawPNG(40, 40, 8, 4, make([]byte, 3200))
	on := func(f transform.Format, c transform.Color) transform.Options {
		return transform.Options{Format: f, Background: c, HasBackground: true, Width: 20}
	}
	for _, row := range []struct {
		name string
		file []byte
		o    transform.Options
		want color.NRGBA
	}{
		{"onto jpeg is white", clear, transform.Options{Format: transform.JPEG}, white},
		{"onto jpeg in a colour", clear, on(transform.JPEG, transform.Color{B: 255}), blue},
		{"half transparent", half, on(transform.JPEG, transform.Color{R: 255, G: 255, B: 255}), color.NRGBA{127, 127, 127, 255}},
		{"asked for in png", clear, on(transform.PNG, transform.Color{G: 255}), green},
		{"asked for in webp", clear, on(transform.WebP, transform.Color{G: 255}), green},
		{"asked for in avif", clear, on(transform.AVIF, transform.Color{G: 255}), green},
		{"asked for in gif", clear, on(transform.GIF, transform.Color{G: 255}), green},
		{"under grey", grey, on(transform.JPEG, transform.Color{B: 255}), blue},
		{"grey onto white", grey, transform.Options{Format: transform.JPEG}, white},
		{"an opaque image has none", jpegFile(t, flat(40, 40, red)), on(transform.JPEG, transform.Color{B: 255}), red},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, row.file, row.o)
			r.want(t, "middle", r.Bounds().Dx()/2, r.Bounds().Dy()/2, row.want)
		})
	}
}

func TestTransparencyIsKept(t *testing.T) {
	e := start(t, transform.Policy{})
	file := pngFile(t, flat(40, 40, color.NRGBA{255, 0, 0, 0}))
	for _, f := range []transform.Format{transform.PNG, transform.WebP, transform.AVIF, transform.GIF, transform.TIFF, transform.JXL} {
		if c := run(t, e, file, transform.Options{Format: f, Width: 20}).at(10, 10); c.A != 0 {
			t.Errorf("%v has %v", f, c)
		}
	}
}

func TestQualityChangesSize(t *testing.T) {
	e := start(t, transform.Policy{})
	file := pngFile(t, noisy(160, 120))
	for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF, transform.GIF, transform.PNG, transform.JXL} {
		t.Run(f.String(), func(t *testing.T) {
			low := run(t, e, file, transform.Options{Format: f, Quality: 10})
			high := run(t, e, file, transform.Options{Format: f, Quality: 90})
			if len(low.body) >= len(high.body) {
				t.Errorf("quality 10 takes %d bytes, 90 takes %d", len(low.body), len(high.body))
			}
		})
	}
}

func TestPNGIsLossless(t *testing.T) {
	e := start(t, transform.Policy{})
	img := noisy(50, 40)
	r := run(t, e, pngFile(t, img), transform.Options{})
	for y := range 40 {
		for x := range 50 {
			if got := r.at(x, y); got != img.NRGBAAt(x, y) {
				t.Fatalf("%d,%d became %v", x, y, got)
			}
		}
	}
}

// TestPaletteStays: a drawing of few colours stays a palette image, and so stays small.
func TestPaletteStays(t *testing.T) {
	e := start(t, transform.Policy{})
	plte := pngChunk("PLTE", []byte{255, 255, 255, 0, 0, 255})
	pixels := make([]byte, 200*200)
	for i := range pixels {
		pixels[i] = byte(i / 37 % 2)
	}
	r := run(t, e, rawPNG(200, 200, 8, 3, pixels, plte), transform.Options{Width: 150})
	if _, palette := r.ColorModel().(color.Palette); !palette {
		t.Error("the palette is gone")
	}
}

func TestMetadataIsStripped(t *testing.T) {
	e := start(t, transform.Policy{})
	file := segment(jpegFile(t, picture4(64, 64)), 0xe1, exif(6))
	file = segment(file, 0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>secret</x:xmpmeta>"))
	file = segment(withProfile(file, swappedProfile()), 0xfe, []byte("secret comment"))
	for _, f := range []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.AVIF, transform.GIF, transform.JXL} {
		for _, width := range []int{0, 20} {
			t.Run(fmt.Sprint(f, " ", width), func(t *testing.T) {
				r := run(t, e, file, transform.Options{Format: f, Width: width})
				for _, trace := range []string{"Exif", "EXIF", "eXIf", "xmpmeta", "secret", "swapped", "ICC", "iCCP", "acsp", "MM\x00*", "prof"} {
					if bytes.Contains(r.body, []byte(trace)) {
						t.Errorf("%q is still in it", trace)
					}
				}
			})
		}
	}
}
