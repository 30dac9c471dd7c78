package transform

import (
	"math"
	"math/rand/v2"
	"testing"
)

// checkPlan holds for every plan that MakePlan gives without an error.
func checkPlan(t *testing.T, meta Meta, o Options, policy Policy, plan Plan) {
	t.Helper()
	policy = policy.WithDefaults()
	width, height := meta.Upright()
	src := size{width, height}
	if plan.PreCrop != nil {
		checkInside(t, "pre-crop", *plan.PreCrop, src)
		checkInside(t, "stored pre-crop", meta.Stored(*plan.PreCrop), size{meta.Width, meta.Height})
		src = size{plan.PreCrop.Width, plan.PreCrop.Height}
	}
	resized := size{plan.Width, plan.Height}
	if plan.Width < 1 || plan.Height < 1 || resized.over(policy.MaxSide) || resized.pixels(1) > float64(policy.MaxSourcePixels) {
		t.Errorf("resized to %v", resized)
	}
	minimum := o.Geometry.MinWidth > 0 || o.Geometry.MinHeight > 0
	if !o.Enlarge && !minimum && meta.Format != SVG && (plan.Width > src.width || plan.Height > src.height) {
		t.Errorf("%v enlarged to %v", src, resized)
	}
	if plan.PostCrop != nil {
		checkInside(t, "post-crop", *plan.PostCrop, resized.turned(plan.Turn))
	}
	checkCanvas(t, policy, plan)
	plan.Canvas = nil // it may leave the box
	checkBox(t, o, plan)
	if !plan.Format.Saved() {
		t.Errorf("format %v cannot be saved", plan.Format)
	}
	if !plan.Passthrough && (plan.Quality < 1 || plan.Quality > 100) {
		t.Errorf("quality %d", plan.Quality)
	}
}

func checkInside(t *testing.T, what string, r Rect, outer size) {
	t.Helper()
	if r.X < 0 || r.Y < 0 || r.Width < 1 || r.Height < 1 || r.X+r.Width > outer.width || r.Y+r.Height > outer.height {
		t.Errorf("%s %+v is not inside %v", what, r, outer)
	}
}

// checkBox holds for all but forced sizes: the result stays in the box that was asked for.
func checkBox(t *testing.T, o Options, plan Plan) {
	t.Helper()
	if o.DPR > 1 || o.Resize == Force {
		return
	}
	width, height := plan.Size()
	zoomX, zoomY := o.Geometry.zoom()
	leaves := func(side, asked int, zoom float64) bool {
		return asked > 0 && asked < math.MaxInt32 && side > max(1, round(float64(asked)*zoom))
	}
	if leaves(width, o.Width, zoomX) || leaves(height, o.Height, zoomY) {
		t.Errorf("%d×%d leaves the box %d×%d", width, height, o.Width, o.Height)
	}
}

// checkCanvas: the image lies on it, and it is within the limits.
func checkCanvas(t *testing.T, policy Policy, plan Plan) {
	t.Helper()
	c := plan.Canvas
	if c == nil {
		return
	}
	plan.Canvas = nil
	width, height := plan.Size()
	checkInside(t, "image on the canvas", Rect{c.X, c.Y, width, height}, size{c.Width, c.Height})
	if s := (size{c.Width, c.Height}); s.over(policy.MaxSide) || s.pixels(1) > float64(policy.MaxSourcePixels) {
		t.Errorf("canvas of %v", s)
	}
}

func FuzzMakePlan(f *testing.F) {
	f.Add(4000, 3000, 6, 1, uint8(JPEG), 800, 600, 2.0, uint8(Fill), uint8(Smart), .5, .5, .3, 200.0, false)
	f.Add(1, 10000, 1, 1, uint8(PNG), 100, 0, 1.0, uint8(Fit), uint8(Center), 0.0, 0.0, 0.0, 0.0, true)
	f.Add(16383, 3000, 3, 40, uint8(GIF), 0, 1, .001, uint8(FillDown), uint8(FocusPoint), math.NaN(), 1e300, math.Inf(1), 1e-9, false)
	f.Add(math.MaxInt, math.MaxInt, -1, math.MaxInt, uint8(SVG), math.MaxInt, math.MaxInt, math.Inf(1), uint8(Force), uint8(East), -1.0, -1e9, -5.0, math.NaN(), true)
	f.Fuzz(func(t *testing.T, width, height, orientation, pages int, format uint8, toWidth, toHeight int, dpr float64,
		resize, anchor uint8, x, y, cropWidth, cropHeight float64, enlarge bool) {
		meta := Meta{Format: Format(format % 10), Width: width, Height: height, Orientation: orientation, Pages: pages, Alpha: enlarge}
		gravity := Gravity{Anchor(anchor % 11), x, y}
		o := Options{Resize: Resize(resize % 5), Width: toWidth, Height: toHeight, DPR: dpr, Enlarge: enlarge,
			Gravity: gravity, Crop: Crop{cropWidth, cropHeight, gravity, enlarge}, Format: Format(anchor % 7)}
		plan, err := MakePlan(meta, o, Policy{})
		if err == nil {
			checkPlan(t, meta, o, Policy{}, plan)
		}
	})
}

// TestMakePlanProperties draws ordinary sizes, which a fuzzer seldom does.
func TestMakePlanProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	some := func(of ...float64) float64 { return of[random.IntN(len(of))] }
	for range 50_000 {
		meta := Meta{Format: JPEG, Width: 1 + random.IntN(4000), Height: 1 + random.IntN(3000), Orientation: random.IntN(9), Pages: 1}
		o := Options{
			Resize: Resize(random.IntN(5)), Width: random.IntN(3) * random.IntN(2000), Height: random.IntN(3) * random.IntN(2000),
			DPR: some(0, .5, 1, 1.5, 2, 3), Enlarge: random.IntN(3) == 0,
			Gravity: Gravity{Anchor(random.IntN(11)), some(0, .5, 17), some(0, .25, 40)},
			Crop:    Crop{Width: some(0, .5, 200), Height: some(0, .9, 3000)},
		}
		plan, err := MakePlan(meta, o, Policy{})
		if err != nil {
			continue
		}
		checkPlan(t, meta, o, Policy{}, plan)
		checkRatio(t, meta, o, plan)
		if t.Failed() {
			t.Fatalf("%+v %+v gave %+v", meta, o, plan)
		}
	}
}

// checkRatio: a fit keeps the ratio to the nearest pixel of the derived side.
func checkRatio(t *testing.T, meta Meta, o Options, plan Plan) {
	t.Helper()
	if o.Resize != Fit {
		return
	}
	width, height := meta.Upright()
	if plan.PreCrop != nil {
		width, height = plan.PreCrop.Width, plan.PreCrop.Height
	}
	byWidth := float64(plan.Width) / float64(width)
	byHeight := float64(plan.Height) / float64(height)
	off := min(math.Abs(byWidth*float64(height)-float64(plan.Height)), math.Abs(byHeight*float64(width)-float64(plan.Width)))
	if off > 1 {
		t.Errorf("ratio is off by %.2f pixels", off)
	}
}
