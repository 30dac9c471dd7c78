package transform

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestGeometrySizes(t *testing.T) {
	zoom := func(x, y float64) Geometry { return Geometry{ZoomX: x, ZoomY: y} }
	for _, row := range []struct {
		name    string
		o       Options
		resized size // not yet turned
		result  size
	}{
		{"zoom of a width", Options{Width: 200, Geometry: zoom(2, 2)}, size{400, 300}, size{400, 300}},
		{"zoom without a size", Options{Geometry: zoom(.5, .5)}, size{400, 300}, size{400, 300}},
		{"zoom of one side", Options{Width: 200, Geometry: zoom(1, 2)}, size{200, 300}, size{200, 300}},
		{"zoom does not enlarge", Options{Geometry: zoom(2, 2)}, size{800, 600}, size{800, 600}},
		{"zoom enlarges when asked", Options{Enlarge: true, Geometry: zoom(2, 2)}, size{1600, 1200}, size{1600, 1200}},
		{"zoom of a filled box", Options{Resize: Fill, Width: 100, Height: 100, Geometry: zoom(2, 2)}, size{267, 200}, size{200, 200}},
		{"zoom and dpr", Options{Width: 100, DPR: 2, Geometry: zoom(2, 2)}, size{400, 300}, size{400, 300}},
		{"a minimum that is met", Options{Width: 400, Geometry: Geometry{MinWidth: 300}}, size{400, 300}, size{400, 300}},
		{"a minimum of the other side", Options{Width: 200, Geometry: Geometry{MinHeight: 300}}, size{400, 300}, size{200, 300}},
		{"a minimum without a size enlarges", Options{Geometry: Geometry{MinWidth: 1600}}, size{1600, 1200}, size{1600, 1200}},
		{"both minimums", Options{Geometry: Geometry{MinWidth: 900, MinHeight: 900}}, size{1200, 900}, size{1200, 900}},
		{"a minimum grows with dpr", Options{Width: 100, DPR: 2, Geometry: Geometry{MinWidth: 200}}, size{400, 300}, size{200, 300}},
		{"a quarter turn swaps what the box sees", Options{Width: 300, Geometry: Geometry{QuarterTurns: 1}}, size{400, 300}, size{300, 400}},
		{"half a turn does not", Options{Width: 400, Geometry: Geometry{QuarterTurns: 2}}, size{400, 300}, size{400, 300}},
		{"the crop is of the turned image", Options{Crop: Crop{Width: 100, Height: 200}, Geometry: Geometry{QuarterTurns: 3}}, size{200, 100}, size{100, 200}},
		{"extend fills the box", Options{Width: 400, Height: 400, Geometry: Geometry{Extend: Extend{On: true}}}, size{400, 300}, size{400, 400}},
		{"extend an image smaller than the box", Options{Width: 1000, Height: 900, Geometry: Geometry{Extend: Extend{On: true}}}, size{800, 600}, size{1000, 900}},
		{"extend without a box", Options{Geometry: Geometry{Extend: Extend{On: true}}}, size{800, 600}, size{800, 600}},
		{"extend, one side open", Options{Width: 1000, Geometry: Geometry{Extend: Extend{On: true}}}, size{800, 600}, size{1000, 600}},
		{"extend to the ratio", Options{Width: 1000, Height: 1000, Geometry: Geometry{ExtendRatio: Extend{On: true}}}, size{800, 600}, size{800, 800}},
		{"extend to a wide ratio", Options{Width: 2000, Height: 1000, Geometry: Geometry{ExtendRatio: Extend{On: true}}}, size{800, 600}, size{1200, 600}},
		{"extend to the ratio that it has", Options{Width: 400, Height: 300, Geometry: Geometry{ExtendRatio: Extend{On: true}}}, size{400, 300}, size{400, 300}},
		{"padding", Options{Width: 400, Geometry: Geometry{Padding: Padding{1, 2, 3, 4}}}, size{400, 300}, size{406, 304}},
		{"padding grows with dpr", Options{Width: 200, DPR: 2, Geometry: Geometry{Padding: Padding{10, 10, 10, 10}}}, size{400, 300}, size{440, 340}},
		{"padding does not grow with zoom", Options{Width: 200, Geometry: Geometry{ZoomX: 2, ZoomY: 2, Padding: Padding{10, 10, 10, 10}}}, size{400, 300}, size{420, 320}},
		{"padding around what was extended", Options{Width: 400, Height: 400,
			Geometry: Geometry{Extend: Extend{On: true}, Padding: Padding{Top: 5}}}, size{400, 300}, size{400, 405}},
		{"crop to a ratio", Options{Crop: Crop{Width: 400, Height: 400}, Geometry: Geometry{CropRatio: 2}}, size{400, 200}, size{400, 200}},
		{"crop to a high ratio", Options{Crop: Crop{Width: 400, Height: 400}, Geometry: Geometry{CropRatio: .5}}, size{200, 400}, size{200, 400}},
		{"crop to a ratio by growing", Options{Crop: Crop{Width: 300, Height: 200}, Geometry: Geometry{CropRatio: 1, CropEnlarge: true}}, size{300, 300}, size{300, 300}},
		{"growing stops at the image", Options{Crop: Crop{Width: 800, Height: 200}, Geometry: Geometry{CropRatio: 1, CropEnlarge: true}}, size{600, 600}, size{600, 600}},
		{"the whole image to a ratio", Options{Geometry: Geometry{CropRatio: 1}}, size{600, 600}, size{600, 600}},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(jpeg(800, 600), row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if got := (size{plan.Width, plan.Height}); got != row.resized {
				t.Errorf("resized to %v, want %v", got, row.resized)
			}
			width, height := plan.Size()
			if got := (size{width, height}); got != row.result {
				t.Errorf("result is %v, want %v", got, row.result)
			}
		})
	}
}

func TestCanvasPlaces(t *testing.T) {
	extend := func(g Gravity) Geometry { return Geometry{Extend: Extend{true, g}} }
	for _, row := range []struct {
		name string
		g    Geometry
		dpr  float64
		want Canvas
	}{
		{"centre", extend(Gravity{}), 1, Canvas{200, 200, 0, 50}},
		{"north", extend(Gravity{Anchor: North}), 1, Canvas{200, 200, 0, 0}},
		{"south", extend(Gravity{Anchor: South}), 1, Canvas{200, 200, 0, 100}},
		{"an offset", extend(Gravity{North, 0, 10}), 1, Canvas{200, 200, 0, 10}},
		{"an offset grows with dpr", extend(Gravity{North, 0, 10}), 2, Canvas{400, 400, 0, 20}},
		{"an offset of a fraction", extend(Gravity{North, 0, .1}), 1, Canvas{200, 200, 0, 20}},
		{"an offset stops at the edge", extend(Gravity{North, 900, 900}), 1, Canvas{200, 200, 0, 100}},
		{"a focus point", extend(Gravity{FocusPoint, .5, .75}), 1, Canvas{200, 200, 0, 100}},
		{"padding moves it on", Geometry{Extend: Extend{On: true}, Padding: Padding{1, 2, 3, 4}}, 1, Canvas{206, 204, 4, 51}},
		{"half a pixel of padding", Geometry{Extend: Extend{On: true}, Padding: Padding{Top: 1}}, 1.5, Canvas{300, 302, 0, 78}},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := Options{Width: 200, Height: 200, DPR: row.dpr, Geometry: row.g}
			plan, err := MakePlan(jpeg(2000, 1000), o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if plan.Canvas == nil || *plan.Canvas != row.want {
				t.Errorf("got %+v, want %+v", plan.Canvas, row.want)
			}
		})
	}
}

func TestGround(t *testing.T) {
	red := Color{R: 255}
	clear := Meta{Format: PNG, Width: 10, Height: 10, Pages: 1, Alpha: true}
	veiled := func(f Format, alpha float64) Options {
		return Options{Format: f, HasBackground: true, Background: red, Geometry: Geometry{HasBackgroundAlpha: true, BackgroundAlpha: alpha}}
	}
	padded := Geometry{Padding: Padding{1, 1, 1, 1}}
	for _, row := range []struct {
		name    string
		meta    Meta
		o       Options
		veil    float64
		flatten bool
		color   Color
	}{
		{"half a background", clear, veiled(PNG, .5), .5, false, red},
		{"half a background on white", clear, veiled(JPEG, .5), 0, true, Color{255, 128, 128}},
		{"no background left", clear, veiled(PNG, 0), 0, false, red},
		{"alpha without a background", clear, Options{Format: PNG, Geometry: Geometry{HasBackgroundAlpha: true, BackgroundAlpha: .5}}, 0, false, Color{255, 255, 255}},
		{"an opaque image needs none", jpeg(10, 10), veiled(PNG, .5), 0, false, red},
		{"padding of a jpeg is white", jpeg(10, 10), Options{Geometry: padded}, 0, true, Color{255, 255, 255}},
		{"padding in a colour", jpeg(10, 10), Options{HasBackground: true, Background: red, Geometry: padded}, 0, true, red},
		{"padding is transparent where it can be", jpeg(10, 10), Options{Format: WebP, Geometry: padded}, 0, false, Color{255, 255, 255}},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if plan.Veil != row.veil || plan.Flatten != row.flatten || plan.Background != row.color {
				t.Errorf("got veil %v, flatten %v, %v", plan.Veil, plan.Flatten, plan.Background)
			}
		})
	}
}

func TestGeometryLimits(t *testing.T) {
	for _, row := range []struct {
		name string
		o    Options
	}{
		{"padding over a side", Options{Geometry: Geometry{Padding: Padding{Left: 16_384}}}},
		{"padding times dpr", Options{Width: 5, DPR: 8, Enlarge: true, Geometry: Geometry{Padding: Padding{Left: 2100}}}},
		{"padding of too many pixels", Options{Geometry: Geometry{Padding: Padding{4000, 4000, 4000, 4000}}}},
		{"extend over a side", Options{Width: 20_000, Geometry: Geometry{Extend: Extend{On: true}}}},
		{"extend of too many pixels", Options{Width: 10_000, Height: 10_000, Geometry: Geometry{Extend: Extend{On: true}}}},
		{"a ratio over a side", Options{Width: 1_000_000, Height: 1, Geometry: Geometry{ExtendRatio: Extend{On: true}}}},
		{"a minimum over a side", Options{Geometry: Geometry{MinWidth: 20_000}}},
		{"a zoom of too many pixels", Options{Enlarge: true, Geometry: Geometry{ZoomX: 100, ZoomY: 100}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(jpeg(100, 100), row.o, Policy{})
			if fault.KindOf(err) != fault.TooLarge {
				t.Errorf("got %+v, %v", plan, err)
			}
		})
	}
}

// TestGeometryProperties: nothing is larger than asked, enlarged unasked, out of proportion,
// out of the image or over a limit, whatever is combined.
func TestGeometryProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	made := 0
	for range 20_000 {
		meta, o := randomAsk(r)
		plan, err := MakePlan(meta, o, Policy{})
		if o.Geometry.Trim.On {
			found := Rect{r.IntN(meta.Width), r.IntN(meta.Height), r.IntN(meta.Width + 9), r.IntN(meta.Height + 9)}
			plan, err = MakeTrimmedPlan(meta, found, o, Policy{})
		}
		if err != nil {
			if fault.KindOf(err) != fault.TooLarge {
				t.Fatal(err)
			}
			continue
		}
		made++
		checkPlan(t, meta, o, Policy{}, plan)
		if o.Geometry.ZoomX == o.Geometry.ZoomY {
			checkRatio(t, meta, o, plan)
		}
		if t.Failed() {
			t.Fatalf("%+v %+v gave %+v", meta, o, plan)
		}
	}
	if made < 10_000 {
		t.Errorf("only %d plans were made", made)
	}
}

func randomAsk(r *rand.Rand) (Meta, Options) {
	some := func(of ...float64) float64 { return of[r.IntN(len(of))] }
	side := func(most int) int { return r.IntN(3) / 2 * r.IntN(most) }
	yes := func() bool { return r.IntN(4) == 0 }
	gravity := func() Gravity { return Gravity{Anchor(r.IntN(11)), some(0, .5, 17), some(0, .25, 40)} }
	meta := Meta{Format: JPEG, Width: 1 + r.IntN(4000), Height: 1 + r.IntN(3000), Orientation: r.IntN(9), Pages: 1}
	o := Options{
		Resize: Resize(r.IntN(5)), Width: side(2000), Height: side(2000), DPR: some(0, .5, 1, 1.5, 2, 3), Enlarge: yes(),
		Gravity: gravity(), Crop: Crop{Width: some(0, .5, 200), Height: some(0, .9, 3000)},
		Geometry: Geometry{
			Trim: Trim{On: yes(), EqualHor: yes(), EqualVer: yes()}, CropRatio: some(0, 0, .01, 1, 1.5, 900), CropEnlarge: yes(),
			MinWidth: side(900), MinHeight: side(900), AsStored: yes(), QuarterTurns: r.IntN(4), FlipX: yes(), FlipY: yes(),
			Extend: Extend{yes(), gravity()}, ExtendRatio: Extend{yes(), gravity()},
			Padding: Padding{side(40), side(20), side(7000), side(20_000)},
		},
	}
	if yes() {
		o.Geometry.ZoomX, o.Geometry.ZoomY = some(.1, 2, 9), some(.1, 2, 9)
	}
	return meta, o
}

func TestHostileGeometry(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e300, 1e-300} {
		g := Geometry{ZoomX: bad, ZoomY: -bad, CropRatio: bad, QuarterTurns: -7, BackgroundAlpha: bad, HasBackgroundAlpha: true,
			Padding: Padding{-5, math.MinInt, -5, -5}, Extend: Extend{true, Gravity{Center, bad, bad}}, MinWidth: -3}
		o := Options{Width: 10, HasBackground: true, Geometry: g}
		if plan, err := MakePlan(jpeg(100, 70), o, Policy{}); err == nil {
			plan.Canvas = nil
			checkPlan(t, jpeg(100, 70), o, Policy{}, plan)
		}
	}
}
