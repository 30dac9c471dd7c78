package transform

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestPlanPromises draws 10,000 plans and holds each to what docs promise of sizes: the box
// that was asked for, dpr and forced sizes included; the source's size without el; the ratio
// to a pixel before anything is cut; every cut inside what it cuts.
func TestPlanPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for made := 0; made < 10_000; {
		meta, o := randomAsk(r)
		o.Geometry.Trim = Trim{}
		plan, err := MakePlan(meta, o, Policy{})
		if err != nil {
			continue
		}
		made++
		checkPlan(t, meta, o, Policy{}, plan)
		if o.Geometry.MinWidth == 0 && o.Geometry.MinHeight == 0 { // which are let to leave box and source
			checkAsked(t, o, plan)
		}
		checkProportion(t, meta, o, plan)
		if t.Failed() {
			t.Fatalf("%+v %+v gave %+v", meta, o, plan)
		}
	}
}

// checkAsked: without the canvas, no side is longer than asked for, times dpr and zoom. A dpr
// below 1 is no limit: it first makes up for what a small source lacks.
func checkAsked(t *testing.T, o Options, plan Plan) {
	t.Helper()
	plan.Canvas = nil
	width, height := plan.Size()
	zoomX, zoomY := o.Geometry.zoom()
	dpr := max(1, factor(o.DPR))
	if longest := scaled(o.Width, dpr*zoomX); longest > 0 && width > longest {
		t.Errorf("%d wide, asked for %d", width, longest)
	}
	if longest := scaled(o.Height, dpr*zoomY); longest > 0 && height > longest {
		t.Errorf("%d high, asked for %d", height, longest)
	}
}

// checkProportion: whatever does not force keeps the ratio of what it resizes, to a pixel.
func checkProportion(t *testing.T, meta Meta, o Options, plan Plan) {
	t.Helper()
	if o.Resize == Force || o.Geometry.ZoomX != o.Geometry.ZoomY {
		return
	}
	width, height := meta.Upright()
	if plan.PreCrop != nil {
		width, height = plan.PreCrop.Width, plan.PreCrop.Height
	}
	byWidth, byHeight := float64(plan.Width)/float64(width), float64(plan.Height)/float64(height)
	off := min(math.Abs(byWidth*float64(height)-float64(plan.Height)), math.Abs(byHeight*float64(width)-float64(plan.Width)))
	if off > 1 && plan.Width > 1 && plan.Height > 1 {
		t.Errorf("the ratio is off by %.2f pixels", off)
	}
}
