package transform

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func planned(t *testing.T, o Options) Plan {
	t.Helper()
	plan, err := MakePlan(Meta{Format: JPEG, Width: 400, Height: 300, Pages: 1}, o, Policy{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestEffects(t *testing.T) {
	unsharp := Unsharp{Mode: UnsharpAuto, Weight: 1, Divider: 24}
	for _, row := range []struct {
		name string
		o    Options
		want Effects
	}{
		{"blur is of the result, whatever the dpr", Options{Width: 100, DPR: 2, Look: Look{Blur: 5}}, Effects{Page: 150, Blur: blur(5, size{200, 150})}},
		{"blur has a bound", Options{Look: Look{Blur: 1e9}}, Effects{Page: 300, Blur: blur(100, size{400, 300})}},
		{"blur of no number is none", Options{Look: Look{Blur: math.NaN()}}, Effects{Page: 300, Blur: Blur{0, 1}}},
		{"sharpen has a bound", Options{Look: Look{Sharpen: 99}}, Effects{Page: 300, Blur: Blur{0, 1}, Sharpen: 10}},
		{"squares of one pixel", Options{Look: Look{Pixelate: 1}}, Effects{Page: 300, Blur: Blur{0, 1}}},
		{"squares larger than the image", Options{Look: Look{Pixelate: 5000}}, Effects{Page: 300, Blur: Blur{0, 1}, Pixelate: 400}},
		{"unsharp of the same size", Options{Look: Look{Unsharp: unsharp}}, Effects{Page: 300, Blur: Blur{0, 1}}},
		{"unsharp beside sharpen", Options{Width: 100, Look: Look{Unsharp: unsharp, Sharpen: 1}}, Effects{Page: 75, Blur: Blur{0, 1}, Sharpen: 1}},
		{"radius grows with dpr", Options{Width: 100, DPR: 2, Look: Look{Corners: Corners{Radius: 10}}}, Effects{Page: 150, Blur: Blur{0, 1}, Radius: 20}},
		{"radius ends at half a side", Options{Look: Look{Corners: Corners{Radius: 999}}}, Effects{Page: 300, Blur: Blur{0, 1}, Radius: 150}},
		{"the largest radius", Options{Width: 100, Look: Look{Corners: Corners{Max: true}}}, Effects{Page: 75, Blur: Blur{0, 1}, Radius: 37.5}},
		{"a page is what the crop left", Options{Width: 50, Height: 40, Resize: Fill, Look: Look{Blur: 1}}, Effects{Page: 40, Blur: Blur{1, 1}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := planned(t, row.o).Effects; fmt.Sprint(*got) != fmt.Sprint(row.want) {
				t.Errorf("got %+v, want %+v", *got, row.want)
			}
		})
	}
}

// TestBlurIsCheap: what is left to blur is small, and all in all the blur is that asked for.
func TestBlurIsCheap(t *testing.T) {
	for sigma := .5; sigma <= 100; sigma += .5 {
		b := blur(sigma, size{4000, 3000})
		all := math.Sqrt(b.Sigma*b.Sigma*float64(b.Shrink*b.Shrink) + float64(b.Shrink*b.Shrink-1)/12)
		if b.Sigma > 3 || math.Abs(all-sigma) > 1e-9 {
			t.Errorf("blur of %v is %+v", sigma, b)
		}
	}
	if b := blur(100, size{3, 900}); b.Shrink != 1 {
		t.Errorf("a line is made %d times smaller", b.Shrink)
	}
}

func TestUnsharpMask(t *testing.T) {
	o := Options{Width: 100, Look: Look{Unsharp: Unsharp{Mode: UnsharpAuto, Weight: 1, Divider: 24}}}
	mask := planned(t, o).Effects.Unsharp
	if mask == nil {
		t.Fatal("a smaller image is not sharpened")
	}
	if sum := mask.Middle + 8*mask.Around; math.Abs(sum-1) > 1e-9 || mask.Around != -1./24 {
		t.Errorf("mask %+v, whose sum is %v", *mask, sum)
	}
}

func TestNoLookIsNoEffect(t *testing.T) {
	if got := planned(t, Options{Width: 100}).Effects; got != nil {
		t.Errorf("got %+v", *got)
	}
}

func TestLookIsNoPassthrough(t *testing.T) {
	meta := Meta{Format: GIF, Width: 40, Height: 30, Pages: 3}
	plan, err := MakePlan(meta, Options{Look: Look{Pixelate: 4}}, Policy{})
	if err != nil || plan.Passthrough {
		t.Errorf("passed through: %t, %v", plan.Passthrough, err)
	}
}

func TestRoundNeedsAlpha(t *testing.T) {
	round := Look{Corners: Corners{Max: true}}
	for _, row := range []struct {
		name    string
		o       Options
		format  Format
		flatten bool
	}{
		{"a jpeg is flattened", Options{}, JPEG, true},
		{"png keeps it", Options{Format: PNG}, PNG, false},
		{"auto without webp is png", Options{Format: Auto}, PNG, false},
		{"a background fills the corners", Options{Format: PNG, HasBackground: true}, PNG, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.o.Look = round
			if plan := planned(t, row.o); plan.Format != row.format || plan.Flatten != row.flatten {
				t.Errorf("%v, flatten %t; want %v, %t", plan.Format, plan.Flatten, row.format, row.flatten)
			}
		})
	}
}

// TestRamp: in every direction the gradient starts at 0, ends at 1 and is half in the middle.
func TestRamp(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		s := size{1 + random.IntN(3000), 1 + random.IntN(3000)}
		o := ramp(Gradient{Angle: random.Float64() * 360, Stop: 1}, s)
		least, most := math.Inf(1), math.Inf(-1)
		for _, corner := range [][2]float64{{-.5, -.5}, {float64(s.width) - .5, -.5}, {-.5, float64(s.height) - .5}, {float64(s.width) - .5, float64(s.height) - .5}} {
			value := o.X*corner[0] + o.Y*corner[1] + o.At
			least, most = min(least, value), max(most, value)
		}
		if math.Abs(least) > 1e-6 || math.Abs(most-1) > 1e-6 {
			t.Fatalf("%v goes from %v to %v: %+v", s, least, most, o)
		}
	}
}

func TestRampDirections(t *testing.T) {
	for angle, opaque := range map[float64][2]float64{0: {50, 99}, 90: {0, 30}, 180: {50, 0}, 270: {99, 30}} {
		o := ramp(Gradient{Angle: angle, Start: .25, Stop: .75}, size{100, 100})
		if at := o.X*opaque[0] + o.Y*opaque[1] + o.At; at < 1 {
			t.Errorf("%v° is %v at %v", angle, at, opaque)
		}
	}
}

// TestAdjustKeepsGrey: saturation has nothing to do with grey; contrast leaves the middle.
func TestAdjustKeepsGrey(t *testing.T) {
	for _, saturation := range []float64{0, .5, 3} {
		r := adjust(Look{Contrast: Times(2), Saturation: Times(saturation)})
		for row := range 3 {
			sum := r.Matrix[row*3] + r.Matrix[row*3+1] + r.Matrix[row*3+2]
			if got := sum*middleShade + r.Offset[row]; math.Abs(got-middleShade) > 1e-9 {
				t.Errorf("saturation %v: the middle grey becomes %v", saturation, got)
			}
		}
	}
}

func TestShades(t *testing.T) {
	for _, row := range []struct {
		name  string
		color Color
		at    int
		want  Color
	}{
		{"black stays", Color{200, 100, 50}, 0, Color{}},
		{"white stays", Color{200, 100, 50}, 255, Color{255, 255, 255}},
		{"grey gives greys", Color{0xb3, 0xb3, 0xb3}, 77, Color{77, 77, 77}},
		{"the colour stands at its brightness", Color{0, 255, 0}, 182, Color{0, 255, 0}},
		{"black as a base", Color{}, 128, Color{128, 128, 128}},
		{"white as a base", Color{255, 255, 255}, 127, Color{128, 128, 128}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := shades(row.color)[row.at]; got != row.want {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

// TestFiltersAreDocumented compares docs/filters.md with the table, row by row.
func TestFiltersAreDocumented(t *testing.T) {
	body, err := os.ReadFile("../../docs/filters.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Filters() {
		row := fmt.Sprintf("| `%s` | %s | %s |\n", f.Name, f.About, values(f.Look))
		if !strings.Contains(string(body), row) {
			t.Errorf("docs/filters.md lacks\n%s", row)
		}
	}
	table, _, _ := strings.Cut(string(body), "![")
	if rows, want := strings.Count(table, "\n| `"), len(Filters()); rows != want {
		t.Errorf("docs/filters.md has %d rows, want %d", rows, want)
	}
}

// values is a filter's Look as the options that would give it.
func values(l Look) string {
	var parts []string
	add := func(set bool, format string, args ...any) {
		if set {
			parts = append(parts, "`"+fmt.Sprintf(format, args...)+"`")
		}
	}
	color := func(c Color) string { return fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B) }
	add(l.Brightness != 0, "br:%d", l.Brightness)
	add(l.Contrast.Set, "co:%v", l.Contrast.By)
	add(l.Saturation.Set, "sa:%v", l.Saturation.By)
	add(l.Monochrome.Intensity > 0, "mc:%v:%s", l.Monochrome.Intensity, color(l.Monochrome.Color))
	add(l.Duotone.Intensity > 0, "dt:%v:%s:%s", l.Duotone.Intensity, color(l.Duotone.Dark), color(l.Duotone.Light))
	add(l.Colorize.Opacity > 0, "col:%v:%s:1", l.Colorize.Opacity, color(l.Colorize.Color))
	return strings.Join(parts, " ")
}

func TestFiltersAreDistinct(t *testing.T) {
	seen := map[Look]string{{}: "nothing"}
	for _, f := range Filters() {
		if other, twice := seen[f.Look]; twice {
			t.Errorf("%s is %s", f.Name, other)
		}
		seen[f.Look] = f.Name
		if f.Look.Filter != "" || f.Look.Gradient != (Gradient{}) || f.Look.Corners != (Corners{}) || f.Look.Blur != 0 {
			t.Errorf("%s has values that filters do not apply", f.Name)
		}
	}
	if len(Filters()) < 8 {
		t.Errorf("only %d filters", len(Filters()))
	}
}
