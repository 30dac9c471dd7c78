package vips

import (
	"image"
	"image/color"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// looked is what a Look makes of img, as PNG.
func looked(t testing.TB, e *Engine, img image.Image, look transform.Look) result {
	t.Helper()
	return run(t, e, pngFile(t, img), transform.Options{Format: transform.PNG, Look: look})
}

// halves is left in one colour and right in another.
func halves(left, right color.NRGBA) *image.NRGBA {
	img := flat(80, 40, left)
	for y := range 40 {
		for x := 40; x < 80; x++ {
			img.SetNRGBA(x, y, right)
		}
	}
	return img
}

func TestLookColours(t *testing.T) {
	e := start(t, transform.Policy{})
	brown, half := color.NRGBA{200, 100, 50, 255}, color.NRGBA{200, 100, 50, 128}
	red, yellow := transform.Color{R: 255}, transform.Color{R: 255, G: 255}
	for _, row := range []struct {
		name     string
		in, want color.NRGBA
		look     transform.Look
	}{
		{"brighter", brown, color.NRGBA{240, 140, 90, 255}, transform.Look{Brightness: 40}},
		{"darker ends at black", brown, color.NRGBA{100, 0, 0, 255}, transform.Look{Brightness: -100}},
		{"more contrast", brown, color.NRGBA{255, 73, 0, 255}, transform.Look{Contrast: transform.Times(2)}},
		{"no contrast", brown, color.NRGBA{128, 128, 128, 255}, transform.Look{Contrast: transform.Times(0)}},
		{"no saturation", brown, color.NRGBA{118, 118, 118, 255}, transform.Look{Saturation: transform.Times(0)}},
		{"more saturation", brown, color.NRGBA{255, 82, 0, 255}, transform.Look{Saturation: transform.Times(2)}},
		{"alpha stays", half, color.NRGBA{240, 140, 90, 128}, transform.Look{Brightness: 40}},
		{"monochrome of a grey", brown, color.NRGBA{118, 118, 118, 255}, transform.Look{Monochrome: transform.Monochrome{Intensity: 1, Color: transform.Color{R: 179, G: 179, B: 179}}}},
		{"half monochrome", brown, color.NRGBA{159, 109, 84, 255}, transform.Look{Monochrome: transform.Monochrome{Intensity: .5, Color: transform.Color{R: 179, G: 179, B: 179}}}},
		{"duotone of black", black, color.NRGBA{255, 0, 0, 255}, transform.Look{Duotone: transform.Duotone{Intensity: 1, Dark: red, Light: yellow}}},
		{"duotone of white", white, color.NRGBA{255, 255, 0, 255}, transform.Look{Duotone: transform.Duotone{Intensity: 1, Dark: red, Light: yellow}}},
		{"duotone keeps alpha", half, color.NRGBA{255, 118, 0, 128}, transform.Look{Duotone: transform.Duotone{Intensity: 1, Dark: red, Light: yellow}}},
		{"colorize", brown, color.NRGBA{228, 50, 25, 255}, transform.Look{Colorize: transform.Colorize{Opacity: .5, Color: red}}},
		{"colorize covers the transparent", color.NRGBA{}, color.NRGBA{255, 0, 0, 128}, transform.Look{Colorize: transform.Colorize{Opacity: .5, Color: red}}},
		{"colorize keeps alpha", color.NRGBA{0, 0, 0, 51}, color.NRGBA{128, 0, 0, 51}, transform.Look{Colorize: transform.Colorize{Opacity: .5, Color: red, KeepAlpha: true}}},
		{"a filter", brown, color.NRGBA{118, 118, 118, 255}, transform.Look{Filter: "mono"}},
		{"a filter comes first", brown, color.NRGBA{157, 157, 157, 255}, transform.Look{Filter: "mono", Brightness: 40}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := looked(t, e, flat(40, 40, row.in), row.look)
			if got := r.at(20, 20); !near(got, row.want, 2) {
				t.Errorf("%v became %v, want %v", row.in, got, row.want)
			}
		})
	}
}

func TestGreyLooks(t *testing.T) {
	e := start(t, transform.Policy{})
	grey := rawPNG(40, 40, 8, 0, make([]byte, 1600))
	alpha := rawPNG(40, 40, 8, 4, make([]byte, 3200))
	for name, look := range everyLook() {
		for _, file := range [][]byte{grey, alpha} {
			if _, err := try(e, file, transform.Options{Look: look}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// everyLook has each field once.
func everyLook() map[string]transform.Look {
	red := transform.Color{R: 255}
	return map[string]transform.Look{
		"filter": {Filter: "film"}, "brightness": {Brightness: 9}, "contrast": {Contrast: transform.Times(2)},
		"saturation": {Saturation: transform.Times(2)}, "monochrome": {Monochrome: transform.Monochrome{Intensity: 1, Color: red}},
		"duotone": {Duotone: transform.Duotone{Intensity: 1, Light: red}}, "blur": {Blur: 3}, "sharpen": {Sharpen: 2},
		"pixelate": {Pixelate: 7}, "unsharp": {Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 1, Divider: 24}},
		"colorize": {Colorize: transform.Colorize{Opacity: .5, Color: red}},
		"gradient": {Gradient: transform.Gradient{Opacity: 1, Color: red, Angle: 30, Stop: 1}},
		"round":    {Corners: transform.Corners{Radius: 9}},
	}
}

func TestBlurAndSharpen(t *testing.T) {
	e := start(t, transform.Policy{})
	dark, light := color.NRGBA{100, 100, 100, 255}, color.NRGBA{150, 150, 150, 255}
	img := halves(dark, light)
	blurred := looked(t, e, img, transform.Look{Blur: 6})
	if left, right := blurred.at(38, 20).R, blurred.at(41, 20).R; left < 110 || right > 140 || left > right {
		t.Errorf("the blurred edge goes from %d to %d", left, right)
	}
	blurred.want(t, "far from the edge", 2, 20, dark)
	for name, look := range map[string]transform.Look{
		"sharpen": {Sharpen: 1}, "unsharp": {Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 2, Divider: 10}},
	} {
		r := looked(t, e, img, look)
		if left, right := r.at(39, 20).R, r.at(40, 20).R; left >= 100 || right <= 150 {
			t.Errorf("%s: the edge goes from %d to %d", name, left, right)
		}
		if got := r.at(10, 20); got != dark {
			t.Errorf("%s: flat parts became %v", name, got)
		}
	}
}

func TestPixelate(t *testing.T) {
	e := start(t, transform.Policy{})
	r := looked(t, e, noisy(50, 37), transform.Look{Pixelate: 8})
	for y := range 37 {
		for x := range 50 {
			if got, want := r.at(x, y), r.at(x/8*8, y/8*8); got != want {
				t.Fatalf("%d,%d is %v, its square is %v", x, y, got, want)
			}
		}
	}
	if r.at(0, 0) == r.at(8, 0) {
		t.Error("two squares are the same")
	}
}

// TestNoFringes: colours hidden under transparency (black here) never come out.
func TestNoFringes(t *testing.T) {
	e := start(t, transform.Policy{})
	img := halves(color.NRGBA{0, 0, 0, 0}, color.NRGBA{250, 200, 60, 255})
	for name, look := range map[string]transform.Look{
		"blur": {Blur: 5}, "pixelate": {Pixelate: 12},
		"unsharp": {Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 1, Divider: 24}},
	} {
		r := looked(t, e, img, look)
		between := 0
		for x := range 80 {
			c := r.at(x, 20)
			if c.A > 0 && c.A < 255 {
				between++
			}
			if c.A > 8 && !near(color.NRGBA{c.R, c.G, c.B, 255}, color.NRGBA{250, 200, 60, 255}, 12) {
				t.Errorf("%s: %v at %d", name, c, x)
			}
		}
		if between == 0 && name != "unsharp" {
			t.Errorf("%s left a hard edge", name)
		}
	}
}

func TestGradient(t *testing.T) {
	e := start(t, transform.Policy{})
	black, clear := transform.Color{}, color.NRGBA{}
	for _, row := range []struct {
		name              string
		g                 transform.Gradient
		top, bottom, left uint8
	}{
		{"down", transform.Gradient{Opacity: 1, Stop: 1}, 250, 4, 128},
		{"up", transform.Gradient{Opacity: 1, Angle: 180, Stop: 1}, 4, 250, 128},
		{"left", transform.Gradient{Opacity: 1, Angle: 90, Stop: 1}, 128, 128, 4},
		{"half as strong", transform.Gradient{Opacity: .5, Stop: 1}, 252, 129, 191},
		{"only below", transform.Gradient{Opacity: 1, Start: .8, Stop: 1}, 255, 15, 255},
		{"an edge", transform.Gradient{Opacity: 1, Start: .25, Stop: .25}, 255, 0, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.g.Color = black
			r := looked(t, e, flat(60, 60, white), transform.Look{Gradient: row.g})
			for what, pair := range map[string][2]uint8{
				"top": {r.at(30, 0).R, row.top}, "bottom": {r.at(30, 59).R, row.bottom}, "left": {r.at(0, 30).R, row.left},
			} {
				if d := int(pair[0]) - int(pair[1]); d < -5 || d > 5 {
					t.Errorf("%s is %d, want %d", what, pair[0], pair[1])
				}
			}
		})
	}
	r := looked(t, e, flat(60, 60, clear), transform.Look{Gradient: transform.Gradient{Opacity: 1, Stop: 1}})
	if top, bottom := r.at(30, 0).A, r.at(30, 59).A; top > 5 || bottom < 250 {
		t.Errorf("over nothing it goes from %d to %d", top, bottom)
	}
}

func TestRound(t *testing.T) {
	e := start(t, transform.Policy{})
	circle := transform.Look{Corners: transform.Corners{Max: true}}
	for _, row := range []struct {
		name   string
		file   []byte
		o      transform.Options
		corner color.NRGBA
	}{
		{"png", pngFile(t, flat(60, 60, red)), transform.Options{Look: circle}, color.NRGBA{}},
		{"webp of a jpeg", jpegFile(t, flat(60, 60, red)), transform.Options{Format: transform.WebP, Look: circle}, color.NRGBA{}},
		{"avif", jpegFile(t, flat(60, 60, red)), transform.Options{Format: transform.AVIF, Look: circle}, color.NRGBA{}},
		{"jpeg is white outside", jpegFile(t, flat(60, 60, red)), transform.Options{Look: circle}, white},
		{"or the background", jpegFile(t, flat(60, 60, red)), transform.Options{Look: circle, HasBackground: true, Background: transform.Color{G: 255}}, green},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, row.file, row.o)
			r.want(t, "middle", 30, 30, red)
			r.want(t, "edge", 30, 1, red)
			corner := r.at(0, 0)
			if corner.A == 0 {
				corner = color.NRGBA{} // whatever hides there
			}
			if !near(corner, row.corner, 30) { // JPEG smears colours
				t.Errorf("corner %v, want %v", corner, row.corner)
			}
		})
	}
}

// TestCornersAreSmooth: the covered area is that of a circle, and its rim is antialiased.
func TestCornersAreSmooth(t *testing.T) {
	e := start(t, transform.Policy{})
	r := looked(t, e, flat(100, 100, red), transform.Look{Corners: transform.Corners{Max: true}})
	area, rim := 0.0, 0
	for i := range 100 * 100 {
		a := r.at(i%100, i/100).A
		area += float64(a) / 255
		if a > 0 && a < 255 {
			rim++
		}
		if mirrored := r.at(99-i%100, i/100).A; mirrored != a {
			t.Fatalf("not symmetric at %d", i)
		}
	}
	if area < 7820 || area > 7890 || rim < 100 {
		t.Errorf("area %.0f, want 7854; %d pixels of rim", area, rim)
	}
}

// TestLooksInMemory: every look many times over keeps nothing.
func TestLooksInMemory(t *testing.T) {
	e := start(t, transform.Policy{})
	img := noisy(64, 48)
	img.SetNRGBA(1, 1, color.NRGBA{})
	file := pngFile(t, img)
	round := func(times int) {
		for range times {
			for name, look := range everyLook() {
				if _, err := try(e, file, transform.Options{Look: look, Format: transform.PNG}); err != nil {
					t.Fatal(name, err)
				}
			}
		}
	}
	round(40)
	before := residentKB(t)
	round(120) // of 13 looks each
	if grown := residentKB(t) - before; grown > 12<<10 {
		t.Errorf("grew by %d KB", grown)
	}
}

func residentKB(t testing.TB) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kb
}
