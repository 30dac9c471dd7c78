package vips

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// coin is a green disc on nothing; under the nothing hides a colour.
func coin(width, height int, hidden color.NRGBA) *image.NRGBA {
	img := flat(width, height, hidden)
	for y := range height {
		for x := range width {
			dx, dy := 2*x-width, 2*y-height
			if dx*dx+dy*dy < height*height*3/5 {
				img.SetNRGBA(x, y, green)
			}
		}
	}
	return img
}

// coins is an animation of two coins on nothing.
func coins(t *testing.T) []byte {
	t.Helper()
	file := gif.GIF{}
	for range 2 {
		frame := image.NewPaletted(image.Rect(0, 0, 120, 90), color.Palette{color.NRGBA{}, green})
		draw.Draw(frame, frame.Rect, coin(120, 90, color.NRGBA{}), image.Point{}, draw.Src)
		file.Image, file.Delay, file.Disposal = append(file.Image, frame), append(file.Delay, 10), append(file.Disposal, gif.DisposalBackground)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestNoDarkFringes: neither black nor red from under transparency shows at the edges, whichever
// way the picture is scaled, animated, laid out or cut.
func TestNoDarkFringes(t *testing.T) {
	e := start(t, transform.Policy{})
	sources := map[string][]byte{
		"over black": pngFile(t, coin(120, 90, color.NRGBA{})),
		"over red":   pngFile(t, coin(120, 90, color.NRGBA{255, 0, 0, 0})),
		"animated":   coins(t),
	}
	for name, o := range map[string]transform.Options{
		"smaller":          {Width: 47},
		"larger":           {Width: 190, Enlarge: true},
		"one axis":         {Resize: transform.Force, Width: 47},
		"filled":           {Resize: transform.Fill, Width: 40, Height: 40},
		"cut, smaller":     {Crop: transform.Crop{Width: 100, Height: 80}, Width: 37},
		"turned":           {Width: 47, Geometry: transform.Geometry{QuarterTurns: 1, FlipX: true}},
		"padded":           {Width: 47, Geometry: transform.Geometry{Padding: transform.Padding{Top: 5, Right: 5, Bottom: 5, Left: 5}}},
		"extended":         {Width: 60, Height: 60, Geometry: transform.Geometry{Extend: transform.Extend{On: true}}},
		"round":            {Resize: transform.Force, Width: 47, Height: 30, Look: transform.Look{Corners: transform.Corners{Max: true}}},
		"blurred":          {Width: 47, Look: transform.Look{Blur: 2}},
		"pixelated":        {Width: 47, Look: transform.Look{Pixelate: 5}},
		"pages":            {Width: 47, Frames: transform.Frames{Pages: 2}},
		"veiled in green":  {Width: 47, HasBackground: true, Background: transform.Color{G: 255}, Geometry: transform.Geometry{HasBackgroundAlpha: true, BackgroundAlpha: .5}},
		"on green":         {Width: 47, HasBackground: true, Background: transform.Color{G: 255}},
		"searched smaller": {Width: 90, Output: transform.Output{MaxBytes: 700}},
	} {
		for from, file := range sources {
			for _, format := range []transform.Format{transform.PNG, transform.WebP} {
				t.Run(name+" "+from+" "+format.String(), func(t *testing.T) {
					o := o
					o.Format, o.Quality = format, 100
					noFringe(t, e, file, o)
				})
			}
		}
	}
}

// noFringe wants every pixel that is at all opaque to be green, but for what WebP smears of colours.
func noFringe(t *testing.T, e *Engine, file []byte, o transform.Options) {
	t.Helper()
	made, err := try(e, file, o)
	if err != nil {
		t.Fatal(err)
	}
	column, err := try(e, made.body, transform.Options{Format: transform.PNG, Frames: transform.Frames{Pages: 9}})
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, e, column.body, transform.Options{Format: transform.PNG})
	for y := range r.Bounds().Dy() {
		for x := range r.Bounds().Dx() {
			if c := r.at(x, y); c.A > 80 && (c.R > 60 || c.G < 200 || c.B > 60) {
				t.Fatalf("a fringe at %d,%d: %v", x, y, c)
			}
		}
	}
}

// TestNoFringesOfALine: a search for bytes makes one axis smaller where the other is one pixel.
func TestNoFringesOfALine(t *testing.T) {
	e := start(t, transform.Policy{})
	line := flat(4000, 1, color.NRGBA{255, 0, 0, 0})
	for x := range 4000 {
		if x/3%2 == 0 {
			line.SetNRGBA(x, 0, green)
		}
	}
	noFringe(t, e, pngFile(t, line), transform.Options{Format: transform.PNG, Output: transform.Output{MaxBytes: 90}})
}
