package transform

import (
	"math/rand/v2"
	"testing"
)

func TestStandInNames(t *testing.T) {
	for s := LQIP; s <= DataURI; s++ {
		if got, err := ParseStandIn(s.String()); err != nil || got != s {
			t.Errorf("ParseStandIn(%q) = %v, %v", s.String(), got, err)
		}
	}
	for _, name := range []string{"", "info", "LQIP", "lqip "} {
		if got, err := ParseStandIn(name); err == nil {
			t.Errorf("ParseStandIn(%q) = %v, want an error", name, got)
		}
	}
}

func TestSettled(t *testing.T) {
	north, fraction := Gravity{Anchor: North}, Gravity{Anchor: West, X: .25}
	for _, row := range []struct {
		name       string
		have, want Options
	}{
		{"a picture keeps all", Options{Width: 300, DPR: 2, Quality: 3}, Options{Width: 300, DPR: 2, Quality: 3}},
		{"info keeps nothing", Options{StandIn: Info, Width: 300, Format: PNG}, Options{StandIn: Info}},
		{"a width says no ratio", Options{StandIn: LQIP, Width: 300, Quality: 3, DPR: 2, Enlarge: true}, Options{StandIn: LQIP}},
		{"a fit keeps the picture's ratio", Options{StandIn: LQIP, Width: 300, Height: 200}, Options{StandIn: LQIP}},
		{"a fill has its own", Options{StandIn: LQIP, Resize: Fill, Width: 300, Height: 200},
			Options{StandIn: LQIP, Resize: FillDown, Width: 100, Height: 67}},
		{"a small box too", Options{StandIn: LQIP, Resize: Force, Width: 3, Height: 6, Gravity: north},
			Options{StandIn: LQIP, Resize: Force, Width: 50, Height: 100}},
		{"half a box has none", Options{StandIn: LQIP, Resize: Force, Width: 300}, Options{StandIn: LQIP}},
		{"a box as thin as a line", Options{StandIn: LQIP, Resize: Fill, Width: 1000000, Height: 1},
			Options{StandIn: LQIP, Resize: FillDown, Width: 100, Height: 1}},
		{"offsets shrink with the box", Options{StandIn: LQIP, Resize: Fill, Width: 400, Height: 400, Gravity: Gravity{North, 40, .5}},
			Options{StandIn: LQIP, Resize: FillDown, Width: 100, Height: 100, Gravity: Gravity{North, 10, .5}}},
		{"but become no fractions", Options{StandIn: LQIP, Resize: Fill, Width: 400, Height: 400, Gravity: Gravity{North, 1, -1}},
			Options{StandIn: LQIP, Resize: FillDown, Width: 100, Height: 100, Gravity: north}},
		{"a part takes the gravity along", Options{StandIn: BlurHash, Crop: Crop{Width: .5}, Gravity: fraction},
			Options{StandIn: BlurHash, Crop: Crop{Width: .5, Gravity: fraction, HasGravity: true}}},
		{"gravity without a cut is nothing", Options{StandIn: BlurHash, Gravity: north}, Options{StandIn: BlurHash}},
		{"text has no format", Options{StandIn: DataURI, Format: Auto, Accepts: Formats(WebP)}, Options{StandIn: DataURI}},
		{"an lqip has one", Options{StandIn: LQIP, Format: Auto, Accepts: Formats(WebP)}, Options{StandIn: LQIP, Format: Auto, Accepts: Formats(WebP)}},
		{"a background shows", Options{StandIn: LQIP, Background: Color{R: 9}, HasBackground: true},
			Options{StandIn: LQIP, Background: Color{R: 9}, HasBackground: true}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := row.have.Settled()
			if got != row.want {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
			if again := got.Settled(); again != got {
				t.Errorf("settled again it is %+v, was %+v", again, got)
			}
		})
	}
}

// TestThumbnailsAreSmall: whatever is asked for and of whatever, what a stand-in is made from
// has at most 100 pixels a side, and the work before the last cut is bounded, too.
func TestThumbnailsAreSmall(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		meta := Meta{Format: JPEG, Width: 1 + random.IntN(7000), Height: 1 + random.IntN(7000), Orientation: random.IntN(9), Pages: 1}
		o := Options{
			StandIn: StandIn(1 + random.IntN(6)), Resize: Resize(random.IntN(5)),
			Width: random.IntN(3) * random.IntN(5000), Height: random.IntN(3) * random.IntN(5000),
			DPR: float64(random.IntN(9)), Enlarge: random.IntN(2) == 0, Quality: random.IntN(100),
			Gravity: Gravity{Anchor: Anchor(random.IntN(10)), X: float64(random.IntN(900)) - 450},
			Crop:    Crop{Width: float64(random.IntN(2)) * random.Float64(), Height: float64(random.IntN(900))},
		}
		settled := o.Settled()
		if again := settled.Settled(); again != settled {
			t.Fatalf("%+v settles to %+v, then to %+v", o, settled, again)
		}
		if o.Thumbnail() != settled.Thumbnail() {
			t.Fatalf("%+v and what it settles to have other thumbnails", o)
		}
		plan, err := MakePlan(meta, o.Thumbnail(), Policy{})
		if err != nil {
			t.Fatalf("%+v of %+v: %v", o, meta, err)
		}
		width, height := plan.Size()
		if width > thumbnailSide || height > thumbnailSide || plan.Passthrough || min(plan.Width, plan.Height) > thumbnailSide {
			t.Fatalf("%+v of %+v is %+v", o, meta, plan)
		}
		lqip := PlanLQIP(width, height, false, o, Policy{})
		if lqip.Width > lqipSide || lqip.Height > lqipSide || lqip.Width < 1 || lqip.Height < 1 || lqip.Width > width {
			t.Fatalf("an LQIP of %d×%d is %+v", width, height, lqip)
		}
	}
}

func TestPlanLQIPFormats(t *testing.T) {
	for _, row := range []struct {
		name  string
		o     Options
		alpha bool
		want  Format
		flat  bool
	}{
		{"by default", Options{StandIn: LQIP}, true, WebP, false},
		{"as asked", Options{StandIn: LQIP, Format: JPEG}, true, JPEG, true},
		{"auto, accepted", Options{StandIn: LQIP, Format: Auto, Accepts: Formats(AVIF, WebP)}, false, WebP, true},
		{"auto, not accepted", Options{StandIn: LQIP, Format: Auto}, false, JPEG, true},
		{"auto, transparent", Options{StandIn: LQIP, Format: Auto}, true, PNG, false},
		{"in a data URI", Options{StandIn: DataURI, Format: Auto}, false, WebP, true},
		{"in info", Options{StandIn: Info}, false, WebP, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan := PlanLQIP(100, 50, row.alpha, row.o, Policy{})
			if plan.Format != row.want || plan.Flatten != row.flat || plan.Width != 24 || plan.Height != 12 || plan.Quality < 1 {
				t.Errorf("got %+v", plan)
			}
		})
	}
}
