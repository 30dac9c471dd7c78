package vips

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

var clear = color.NRGBA{}

func geometry(g transform.Geometry) transform.Options {
	return transform.Options{Format: transform.PNG, Geometry: g}
}

// asStored gives the quarters that a file must have for a viewer to see red, green, blue,
// white in reading order.
func asStored(orientation int) [4]color.NRGBA {
	return [9][4]color.NRGBA{
		1: {red, green, blue, white},
		2: {green, red, white, blue},
		3: {white, blue, green, red},
		4: {blue, white, red, green},
		5: {red, blue, green, white},
		6: {green, white, red, blue},
		7: {white, green, blue, red},
		8: {blue, red, white, green},
	}[orientation]
}

func quarters(width, height int, colours [4]color.NRGBA) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetNRGBA(x, y, colours[2*y/height*2+2*x/width])
		}
	}
	return img
}

// TestOrientationsAgree: the same picture stored in any of the eight ways gives the same
// result, whichever way it is resized and turned.
func TestOrientationsAgree(t *testing.T) {
	e := start(t, transform.Policy{})
	turns := []struct {
		name     string
		geometry transform.Geometry
		want     [4]color.NRGBA
		sideways bool
	}{
		{"not turned", transform.Geometry{}, [4]color.NRGBA{red, green, blue, white}, false},
		{"a quarter", transform.Geometry{QuarterTurns: 1}, [4]color.NRGBA{blue, red, white, green}, true},
		{"flipped", transform.Geometry{FlipX: true}, [4]color.NRGBA{green, red, white, blue}, false},
		{"three quarters, upside down", transform.Geometry{QuarterTurns: 3, FlipY: true}, [4]color.NRGBA{red, blue, green, white}, true},
	}
	for orientation := 1; orientation <= 8; orientation++ {
		stored := image.Pt(320, 200)
		if orientation >= 5 {
			stored = image.Pt(200, 320)
		}
		file := segment(jpegFile(t, quarters(stored.X, stored.Y, asStored(orientation))), 0xe1, exif(orientation))
		for kind := transform.Fit; kind <= transform.AutoSize; kind++ {
			for _, turn := range turns {
				t.Run(fmt.Sprint(orientation, " ", kind, " ", turn.name), func(t *testing.T) {
					o := transform.Options{Resize: kind, Width: 80, Height: 50, Geometry: turn.geometry}
					if turn.sideways {
						o.Width, o.Height = o.Height, o.Width
					}
					r := run(t, e, file, o)
					if got := r.Bounds().Size(); got != image.Pt(o.Width, o.Height) {
						t.Errorf("size %v", got)
					}
					r.wantQuarters(t, "quarter", turn.want)
				})
			}
		}
	}
}

func TestTurned(t *testing.T) {
	e := start(t, transform.Policy{})
	file := segment(jpegFile(t, picture4(320, 160)), 0xe1, exif(6))
	for _, row := range []struct {
		name string
		g    transform.Geometry
		size image.Point
		want [4]color.NRGBA
	}{
		{"as stored", transform.Geometry{AsStored: true}, image.Pt(320, 160), [4]color.NRGBA{red, green, blue, white}},
		{"as stored and half round", transform.Geometry{AsStored: true, QuarterTurns: 2}, image.Pt(320, 160), [4]color.NRGBA{white, blue, green, red}},
		{"a quarter on top of EXIF's", transform.Geometry{QuarterTurns: 1}, image.Pt(320, 160), [4]color.NRGBA{white, blue, green, red}},
		{"upside down", transform.Geometry{FlipY: true}, image.Pt(160, 320), [4]color.NRGBA{white, green, blue, red}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, file, geometry(row.g))
			if got := r.Bounds().Size(); got != row.size {
				t.Errorf("size %v, want %v", got, row.size)
			}
			r.wantQuarters(t, "quarter", row.want)
		})
	}
}

// TestCropBeforeTurn: the corner that is asked for is one of the turned image.
func TestCropBeforeTurn(t *testing.T) {
	e := start(t, transform.Policy{})
	o := geometry(transform.Geometry{QuarterTurns: 1})
	o.Crop = transform.Crop{Width: 40, Height: 60}
	o.Gravity = transform.Gravity{Anchor: transform.SouthWest}
	r := run(t, e, pngFile(t, picture4(320, 160)), o)
	r.want(t, "middle", 20, 30, white)
	o.Gravity.Anchor = transform.Smart
	if got := run(t, e, pngFile(t, picture4(320, 160)), o).Bounds().Size(); got != image.Pt(40, 60) {
		t.Errorf("smart crop of %v", got)
	}
}

func TestCanvas(t *testing.T) {
	e := start(t, transform.Policy{})
	grey := rawPNG(40, 20, 8, 0, make([]byte, 800))
	opaque, alpha := jpegFile(t, flat(40, 20, red)), pngFile(t, flat(40, 20, red))
	padded := transform.Geometry{Padding: transform.Padding{Top: 10, Right: 20, Bottom: 30, Left: 40}}
	on := func(f transform.Format, g transform.Geometry, c *transform.Color) transform.Options {
		o := transform.Options{Format: f, Width: 40, Height: 40, Geometry: g}
		if c != nil {
			o.HasBackground, o.Background = true, *c
		}
		return o
	}
	extended := transform.Geometry{Extend: transform.Extend{On: true, Gravity: transform.Gravity{Anchor: transform.South}}}
	for _, row := range []struct {
		name         string
		file         []byte
		o            transform.Options
		size         image.Point
		x, y         int // in the picture
		inside, edge color.NRGBA
	}{
		{"padding, png", opaque, on(transform.PNG, padded, nil), image.Pt(100, 60), 41, 11, red, clear},
		{"padding, the far corner", opaque, on(transform.PNG, padded, nil), image.Pt(100, 60), 79, 29, red, clear},
		{"padding, jpeg", opaque, on(transform.JPEG, padded, nil), image.Pt(100, 60), 60, 20, red, white},
		{"padding in blue", alpha, on(transform.JPEG, padded, &transform.Color{B: 255}), image.Pt(100, 60), 60, 20, red, blue},
		{"padding of grey", grey, on(transform.PNG, padded, nil), image.Pt(100, 60), 60, 20, black, clear},
		{"padding of grey in colour", grey, on(transform.WebP, padded, &transform.Color{G: 255}), image.Pt(100, 60), 60, 20, black, green},
		{"extended to the north", alpha, on(transform.PNG, extended, nil), image.Pt(40, 40), 20, 30, red, clear},
		{"extended, avif", opaque, on(transform.AVIF, extended, nil), image.Pt(40, 40), 20, 30, red, clear},
		{"extended, gif", opaque, on(transform.GIF, extended, &transform.Color{B: 255}), image.Pt(40, 40), 20, 30, red, blue},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, row.file, row.o)
			if got := r.Bounds().Size(); got != row.size {
				t.Errorf("size %v, want %v", got, row.size)
			}
			r.want(t, "inside", row.x, row.y, row.inside)
			if got := r.at(0, 0); got.A != row.edge.A || got.A > 0 && !near(got, row.edge, 20) {
				t.Errorf("edge is %v, want %v", got, row.edge)
			}
		})
	}
}

func TestVeil(t *testing.T) {
	e := start(t, transform.Policy{})
	veiled := func(f transform.Format) transform.Options {
		return transform.Options{Format: f, HasBackground: true, Background: transform.Color{B: 255},
			Geometry: transform.Geometry{HasBackgroundAlpha: true, BackgroundAlpha: .5}}
	}
	for _, row := range []struct {
		name string
		file []byte
		f    transform.Format
		want color.NRGBA
	}{
		{"under nothing", pngFile(t, flat(20, 20, clear)), transform.PNG, color.NRGBA{0, 0, 255, 128}},
		{"under nothing, webp", pngFile(t, flat(20, 20, clear)), transform.WebP, color.NRGBA{0, 0, 255, 128}},
		{"under half of red", pngFile(t, flat(20, 20, color.NRGBA{255, 0, 0, 128})), transform.PNG, color.NRGBA{171, 0, 85, 191}},
		{"under transparent grey", rawPNG(20, 20, 8, 4, make([]byte, 800)), transform.PNG, color.NRGBA{0, 0, 255, 128}},
		{"in jpeg, on white", pngFile(t, flat(20, 20, clear)), transform.JPEG, color.NRGBA{128, 128, 255, 255}},
		{"under an opaque image", jpegFile(t, flat(20, 20, red)), transform.PNG, red},
	} {
		t.Run(row.name, func(t *testing.T) {
			run(t, e, row.file, veiled(row.f)).want(t, "middle", 10, 10, row.want)
		})
	}
}

// framed is a red rectangle of 30 × 20 at 20, 10 in 100 × 60.
func framed(border color.NRGBA) *image.NRGBA {
	img := flat(100, 60, border)
	draw.Draw(img, image.Rect(20, 10, 50, 30), image.NewUniform(red), image.Point{}, draw.Src)
	return img
}

func TestFindTrim(t *testing.T) {
	e := start(t, transform.Policy{})
	at := transform.Rect{X: 20, Y: 10, Width: 30, Height: 20}
	grey := make([]byte, 100*60)
	for i := range grey {
		if x, y := i%100, i/100; x >= 20 && x < 50 && y >= 10 && y < 30 {
			grey[i] = 255
		}
	}
	in := func(c transform.Color) transform.Trim { return transform.Trim{Threshold: 10, HasColor: true, Color: c} }
	for _, row := range []struct {
		name string
		file []byte
		trim transform.Trim
		want transform.Rect
	}{
		{"the corner's colour", pngFile(t, framed(white)), transform.Trim{Threshold: 10}, at},
		{"a threshold of nothing", pngFile(t, framed(white)), transform.Trim{}, at},
		{"a jpeg", jpegFile(t, framed(white)), transform.Trim{Threshold: 60}, at},
		{"grey", rawPNG(100, 60, 8, 0, grey), transform.Trim{Threshold: 10}, at},
		{"transparent is magenta", pngFile(t, framed(clear)), in(transform.Color{R: 255, B: 255}), at},
		{"transparent corner", pngFile(t, framed(clear)), transform.Trim{Threshold: 10}, at},
		{"in its colour", pngFile(t, framed(blue)), in(transform.Color{B: 255}), at},
		{"in another colour", pngFile(t, framed(blue)), in(transform.Color{G: 255}), transform.Rect{Width: 100, Height: 60}},
	} {
		t.Run(row.name, func(t *testing.T) {
			meta, err := e.Probe(row.file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.FindTrim(row.file, meta, row.trim)
			if err != nil || got != row.want {
				t.Errorf("got %+v, %v, want %+v", got, err, row.want)
			}
		})
	}
}

func TestFindTrimOfNothingAndOfBroken(t *testing.T) {
	e := start(t, transform.Policy{})
	blank := pngFile(t, flat(50, 40, white))
	meta := transform.Meta{Format: transform.PNG, Width: 50, Height: 40, Pages: 1}
	if got, err := e.FindTrim(blank, meta, transform.Trim{Threshold: 10}); err != nil || got.Width*got.Height != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	cut := pngFile(t, noisy(400, 300))
	meta.Width, meta.Height = 400, 300
	if _, err := e.FindTrim(cut[:len(cut)/2], meta, transform.Trim{Threshold: 10}); fault.KindOf(err) != fault.Broken {
		t.Errorf("got %v", err)
	}
}

// TestTrimmed goes all the way, for a file that is stored sideways too.
func TestTrimmed(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, orientation := range []int{1, 6} {
		for _, smart := range []bool{false, true} {
			file := segment(jpegFile(t, framed(white)), 0xe1, exif(orientation))
			meta, err := e.Probe(file)
			if err != nil {
				t.Fatal(err)
			}
			o := geometry(transform.Geometry{Trim: transform.Trim{On: true, Threshold: 60}})
			if smart {
				o.Crop, o.Gravity.Anchor = transform.Crop{Width: 12, Height: 12}, transform.Smart
			}
			found, err := e.FindTrim(file, meta, o.Geometry.Trim)
			if err != nil {
				t.Fatal(err)
			}
			plan, err := transform.MakeTrimmedPlan(meta, found, o, transform.Policy{})
			if err != nil {
				t.Fatal(err)
			}
			body, _, _, err := e.Execute(file, meta, plan)
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, e, body, transform.Options{})
			size := r.Bounds().Size()
			if want := map[bool]int{false: 600, true: 144}[smart]; size.X*size.Y != want {
				t.Errorf("orientation %d: size %v", orientation, size)
			}
			for _, corner := range []image.Point{{2, 2}, {size.X - 3, 2}, {2, size.Y - 3}, {size.X - 3, size.Y - 3}} {
				if got := r.at(corner.X, corner.Y); !near(got, red, 60) {
					t.Errorf("orientation %d, smart %v: %v is %v", orientation, smart, corner, got)
				}
			}
		}
	}
}
