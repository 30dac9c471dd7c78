package transform

import (
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func jpeg(width, height int) Meta {
	return Meta{Format: JPEG, Width: width, Height: height, Pages: 1}
}

func TestMakePlanSizes(t *testing.T) {
	type result struct {
		resized size
		post    *Rect
	}
	box := func(r Resize, w, h int) Options { return Options{Resize: r, Width: w, Height: h} }
	with := func(o Options, change func(*Options)) Options { change(&o); return o }
	enlarge := func(o *Options) { o.Enlarge = true }
	dpr := func(v float64) func(*Options) { return func(o *Options) { o.DPR = v } }
	for _, row := range []struct {
		name string
		meta Meta
		o    Options
		want result
	}{
		{"nothing asked", jpeg(4000, 3000), Options{}, result{size{4000, 3000}, nil}},
		{"fit into a wide box", jpeg(4000, 3000), box(Fit, 800, 300), result{size{400, 300}, nil}},
		{"fit into a high box", jpeg(4000, 3000), box(Fit, 400, 900), result{size{400, 300}, nil}},
		{"fit, width only", jpeg(4000, 3000), box(Fit, 800, 0), result{size{800, 600}, nil}},
		{"fit, height only", jpeg(4000, 3000), box(Fit, 0, 300), result{size{400, 300}, nil}},
		{"fit rounds to the nearest", jpeg(1000, 667), box(Fit, 500, 0), result{size{500, 334}, nil}},
		{"fit keeps a pixel of a line", jpeg(10000, 1), box(Fit, 100, 0), result{size{100, 1}, nil}},
		{"fit keeps a pixel of a pole", jpeg(1, 10000), box(Fit, 0, 100), result{size{1, 100}, nil}},
		{"fit never enlarges", jpeg(100, 50), box(Fit, 800, 0), result{size{100, 50}, nil}},
		{"fit enlarges when asked", jpeg(100, 50), with(box(Fit, 800, 0), enlarge), result{size{800, 400}, nil}},
		{"a turned source is measured upright", Meta{Format: JPEG, Width: 4000, Height: 3000, Orientation: 6},
			box(Fit, 300, 0), result{size{300, 400}, nil}},
		{"fill crops the sides", jpeg(4000, 3000), box(Fill, 300, 300), result{size{400, 300}, &Rect{50, 0, 300, 300}}},
		{"fill crops top and bottom", jpeg(3000, 4000), box(Fill, 300, 300), result{size{300, 400}, &Rect{0, 50, 300, 300}}},
		{"fill with the same ratio cuts nothing", jpeg(4000, 3000), box(Fill, 400, 300), result{size{400, 300}, nil}},
		{"fill, width only, is fit", jpeg(4000, 3000), box(Fill, 400, 0), result{size{400, 300}, nil}},
		{"fill of a smaller image crops what there is", jpeg(250, 1000), box(Fill, 300, 200), result{size{250, 1000}, &Rect{0, 400, 250, 200}}},
		{"fill of an image smaller both ways", jpeg(100, 80), box(Fill, 300, 200), result{size{100, 80}, nil}},
		{"fill enlarges when asked", jpeg(100, 100), with(box(Fill, 300, 200), enlarge), result{size{300, 300}, &Rect{0, 50, 300, 200}}},
		{"fill-down of a smaller image keeps the box's ratio", jpeg(250, 1000), box(FillDown, 300, 200), result{size{250, 1000}, &Rect{0, 417, 250, 167}}},
		{"fill-down of a wide image", jpeg(1000, 100), box(FillDown, 300, 200), result{size{1000, 100}, &Rect{426, 0, 150, 100}}},
		{"fill-down of a larger image is fill", jpeg(4000, 3000), box(FillDown, 300, 300), result{size{400, 300}, &Rect{50, 0, 300, 300}}},
		{"force ignores the ratio", jpeg(4000, 3000), box(Force, 100, 700), result{size{100, 700}, nil}},
		{"force without width keeps it", jpeg(4000, 3000), box(Force, 0, 700), result{size{4000, 700}, nil}},
		{"force of a smaller image keeps the box's ratio", jpeg(250, 1000), box(Force, 300, 200), result{size{250, 167}, nil}},
		{"force enlarges when asked", jpeg(10, 10), with(box(Force, 30, 20), enlarge), result{size{30, 20}, nil}},
		{"auto: both landscape is fill", jpeg(4000, 3000), box(AutoSize, 400, 200), result{size{400, 300}, &Rect{0, 50, 400, 200}}},
		{"auto: landscape into portrait is fit", jpeg(4000, 3000), box(AutoSize, 200, 400), result{size{200, 150}, nil}},
		{"dpr doubles", jpeg(4000, 3000), with(box(Fit, 400, 0), dpr(2)), result{size{800, 600}, nil}},
		{"dpr stops at the source", jpeg(1000, 1000), with(box(Fill, 600, 300), dpr(2)), result{size{1000, 1000}, &Rect{0, 250, 1000, 500}}},
		{"dpr goes on when enlarging", jpeg(1000, 1000), with(with(box(Fill, 600, 300), dpr(2)), enlarge), result{size{1200, 1200}, &Rect{0, 300, 1200, 600}}},
		{"dpr of half without a size", jpeg(1000, 500), Options{DPR: .5}, result{size{500, 250}, nil}},
		{"dpr of half of twice the source", jpeg(100, 100), with(box(Fit, 200, 0), dpr(.5)), result{size{100, 100}, nil}},
		{"a drawing of lines has every size", Meta{Format: SVG, Width: 24, Height: 24, Pages: 1}, box(Fit, 200, 0), result{size{200, 200}, nil}},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if got := (size{plan.Width, plan.Height}); got != row.want.resized {
				t.Errorf("resized to %v, want %v", got, row.want.resized)
			}
			compareRects(t, "post-crop", plan.PostCrop, row.want.post)
		})
	}
}

func compareRects(t *testing.T, what string, got, want *Rect) {
	t.Helper()
	switch {
	case got == nil && want == nil:
	case got == nil || want == nil:
		t.Errorf("%s is %v, want %v", what, got, want)
	case *got != *want:
		t.Errorf("%s is %+v, want %+v", what, *got, *want)
	}
}

func TestMakePlanLimits(t *testing.T) {
	for _, row := range []struct {
		name   string
		meta   Meta
		o      Options
		policy Policy
		kind   fault.Kind
		names  string // in the message
	}{
		{"no width", jpeg(0, 100), Options{}, Policy{}, fault.Broken, "0×100"},
		{"negative height", jpeg(100, -1), Options{}, Policy{}, fault.Broken, "100×-1"},
		{"the giant GIF of 62 bytes", Meta{Format: GIF, Width: 65000, Height: 65000, Pages: 1}, Options{Width: 10}, Policy{}, fault.TooLarge, "65000×65000"},
		{"a product that overflows", jpeg(1<<62, 1<<62), Options{}, Policy{}, fault.TooLarge, "50000000"},
		{"a thin line over a side", jpeg(16384, 1), Options{}, Policy{}, fault.TooLarge, "16383"},
		{"its own pixel limit", jpeg(101, 100), Options{}, Policy{MaxSourcePixels: 10000}, fault.TooLarge, "limit of 10000 pixels"},
		{"jpeg xl that no worker's memory holds", jpeg(5000, 5000), Options{Format: JXL}, Policy{}, fault.TooLarge, "jxl of 5000×5000 pixels is over its limit of 12500000"},
		{"a result over a side", jpeg(10, 10), Options{Width: 16384, Enlarge: true}, Policy{}, fault.TooLarge, "16384×16384"},
		{"a result of too many pixels", jpeg(10, 10), Options{Width: 10000, Enlarge: true}, Policy{}, fault.TooLarge, "10000×10000"},
		{"a fill that is huge before it is cut", jpeg(1, 10000), Options{Resize: Fill, Width: 100, Height: 100, Enlarge: true}, Policy{}, fault.TooLarge, "100×1000000"},
		{"webp cannot be longer", jpeg(20000, 10), Options{Format: WebP}, Policy{MaxSide: 30000}, fault.TooLarge, "webp"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := MakePlan(row.meta, row.o, row.policy)
			if err == nil || fault.KindOf(err) != row.kind {
				t.Fatalf("got %v, want kind %v", err, row.kind)
			}
			if message := fault.Message(err); !strings.Contains(message, row.names) {
				t.Errorf("message %q does not name %q", message, row.names)
			}
		})
	}
}
