package transform

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func anim(format Format, width, height, pages int) Meta {
	return Meta{Format: format, Width: width, Height: height, Pages: pages, Alpha: true}
}

func TestFramesPlan(t *testing.T) {
	all := Formats(AVIF, WebP)
	ten := anim(GIF, 100, 80, 10)
	moving := Reel{Count: 10, Animated: true}
	for _, row := range []struct {
		name   string
		meta   Meta
		o      Options
		policy Policy
		reel   Reel
		format Format
		size   size
		note   string // in the note; empty: there is none
	}{
		{"resized gif moves", ten, Options{Width: 50}, Policy{}, moving, GIF, size{50, 40}, ""},
		{"resized webp moves", anim(WebP, 100, 80, 10), Options{Width: 50}, Policy{}, moving, WebP, size{50, 40}, ""},
		{"as webp", ten, Options{Format: WebP}, Policy{}, moving, WebP, size{100, 80}, ""},
		{"webp as gif", anim(WebP, 100, 80, 10), Options{Format: GIF}, Policy{}, moving, GIF, size{100, 80}, ""},
		{"auto is webp, never avif", ten, Options{Width: 50, Format: Auto, Accepts: all}, Policy{}, moving, WebP, size{50, 40}, ""},
		{"auto is gif for those who take only avif", ten, Options{Width: 50, Format: Auto, Accepts: Formats(AVIF)}, Policy{}, moving, GIF, size{50, 40}, ""},
		{"auto of webp is gif for others", anim(WebP, 100, 80, 10), Options{Width: 50, Format: Auto}, Policy{}, moving, GIF, size{50, 40}, ""},
		{"as jpeg", ten, Options{Format: JPEG}, Policy{}, Reel{}, JPEG, size{100, 80}, ""},
		{"as avif", ten, Options{Format: AVIF}, Policy{}, Reel{}, AVIF, size{100, 80}, ""},
		{"page and pages are ignored by what moves", ten, Options{Width: 50, Frames: Frames{Page: 99, Pages: 3}}, Policy{}, moving, GIF, size{50, 40}, ""},
		{"a page as png", ten, Options{Format: PNG, Frames: Frames{Page: 9}}, Policy{}, Reel{First: 9, Count: 1}, PNG, size{100, 80}, ""},
		{"no animation", ten, Options{Frames: Frames{Still: true}}, Policy{}, Reel{}, GIF, size{100, 80}, ""},
		{"no animation, auto", ten, Options{Format: Auto, Accepts: all, Frames: Frames{Still: true}}, Policy{}, Reel{}, AVIF, size{100, 80}, ""},
		{"no animation, a page", ten, Options{Frames: Frames{Page: 4, Still: true}}, Policy{}, Reel{First: 4, Count: 1}, GIF, size{100, 80}, ""},
		{"pages in a column", ten, Options{Format: PNG, Frames: Frames{Pages: 3}}, Policy{}, Reel{Count: 3}, PNG, size{100, 240}, ""},
		{"pages in a column, resized", ten, Options{Format: PNG, Height: 120, Frames: Frames{Page: 1, Pages: 3}}, Policy{}, Reel{First: 1, Count: 3}, PNG, size{50, 120}, ""},
		{"no more pages than there are", ten, Options{Format: PNG, Frames: Frames{Page: 8, Pages: math.MaxInt}}, Policy{}, Reel{First: 8, Count: 2}, PNG, size{100, 160}, ""},
		{"a photo has no pages", jpeg(100, 80), Options{Frames: Frames{Page: 5, Pages: 7}}, Policy{}, Reel{}, JPEG, size{100, 80}, ""},
		{"one frame does not move", anim(GIF, 100, 80, 1), Options{Width: 50}, Policy{}, Reel{}, GIF, size{50, 40}, ""},
		{"200 frames", anim(GIF, 100, 80, 200), Options{Width: 50}, Policy{}, Reel{Count: 200, Animated: true}, GIF, size{50, 40}, ""},
		{"201 frames", anim(GIF, 100, 80, 201), Options{Width: 50}, Policy{}, Reel{}, GIF, size{50, 40}, "201 frames are over the limit of 200"},
		{"a giant count", anim(GIF, 100, 80, math.MaxInt), Options{Width: 50}, Policy{}, Reel{}, GIF, size{50, 40}, "over the limit of 200"},
		{"a limit of its own", ten, Options{Width: 50}, Policy{MaxFrames: 9}, Reel{}, GIF, size{50, 40}, "10 frames are over the limit of 9"},
		{"too long is a still in the best format", anim(GIF, 100, 80, 201), Options{Format: Auto, Accepts: all, Width: 50}, Policy{}, Reel{}, AVIF, size{50, 40}, "animation: first-frame; "},
		{"too many pixels", anim(GIF, 1000, 1000, 51), Options{Width: 50}, Policy{}, Reel{}, GIF, size{50, 50}, "51 frames of 1000x1000 pixels are over the limit of 50000000 pixels"},
		{"too many pixels made", anim(GIF, 100, 100, 100), Options{Width: 1000, Enlarge: true}, Policy{}, Reel{}, GIF, size{1000, 1000}, "100 frames of 1000x1000 pixels are"},
		{"too tall a column", anim(GIF, 2, 16000, 1000), Options{Width: 1}, Policy{MaxFrames: 2000}, Reel{}, GIF, size{1, 8000}, "height are over the limit of 10000000"},
		{"too long and untouched passes", anim(GIF, 100, 80, 9999), Options{}, Policy{}, Reel{}, GIF, size{100, 80}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, row.policy)
			if err != nil {
				t.Fatal(err)
			}
			width, height := plan.Size()
			if plan.Frames != row.reel || plan.Format != row.format || (size{width, height}) != row.size {
				t.Errorf("got %+v as %v of %d×%d", plan.Frames, plan.Format, width, height)
			}
			if (plan.Note == "") != (row.note == "") || !strings.Contains(plan.Note, row.note) {
				t.Errorf("note %q, want %q", plan.Note, row.note)
			}
		})
	}
}

func TestFramesRefused(t *testing.T) {
	for _, row := range []struct {
		name  string
		meta  Meta
		o     Options
		kind  fault.Kind
		names string
	}{
		{"a page behind the last", anim(GIF, 10, 10, 3), Options{Format: PNG, Frames: Frames{Page: 3}}, fault.Invalid, "page 3 is not from 0 to 2"},
		{"a page of a still", anim(WebP, 10, 10, 1), Options{Frames: Frames{Page: 1}}, fault.Invalid, "page 1 is not from 0 to 0"},
		{"a negative page", anim(GIF, 10, 10, 3), Options{Format: PNG, Frames: Frames{Page: -1}}, fault.Invalid, "page -1"},
		{"a page that is far", anim(GIF, 1000, 1000, 900), Options{Format: PNG, Frames: Frames{Page: 50}}, fault.TooLarge, "pages 50 to 50 of 1000×1000 pixels"},
		{"a column that is tall", anim(GIF, 10, 1000, 20), Options{Format: PNG, Frames: Frames{Pages: 20}}, fault.TooLarge, "10×20000 pixels is over the limit of 16383"},
		{"a frame that is giant", anim(GIF, 65000, 65000, 2), Options{Width: 10}, fault.TooLarge, "65000×65000"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := MakePlan(row.meta, row.o, Policy{})
			if err == nil || fault.KindOf(err) != row.kind || !strings.Contains(fault.Message(err), row.names) {
				t.Errorf("got %v, want %v with %q", err, row.kind, row.names)
			}
		})
	}
}

// TestFramesProperties: whatever is asked of whatever animation, what a plan decodes and makes
// is bounded, the frames are there, and a note stands beside every unasked still.
func TestFramesProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	some := func(of ...int) int { return of[random.IntN(len(of))] }
	policy := Policy{}.WithDefaults()
	planned := 0
	for range 50_000 {
		meta := anim(Format(some(int(GIF), int(WebP), int(PNG))), 1+random.IntN(3000), 1+random.IntN(3000), some(1, 2, 9, 150, 201, math.MaxInt))
		o := Options{
			Width: some(0, 10, 700), Height: some(0, 30, 500), Resize: Resize(random.IntN(5)), Enlarge: random.IntN(2) == 0,
			Format: Format(random.IntN(int(GIF) + 1)), Accepts: FormatSet(random.IntN(128)),
			Frames: Frames{Page: some(0, 0, 1, 5, 1000), Pages: some(0, 1, 4, math.MaxInt), Still: random.IntN(3) == 0},
		}
		plan, err := MakePlan(meta, o, policy)
		if err != nil {
			continue
		}
		planned++
		checkReel(t, meta, o, policy, plan)
		checkPlan(t, plan.Frames.Of(meta), o, policy, plan)
		if t.Failed() {
			t.Fatalf("%+v %+v gave %+v", meta, o, plan)
		}
	}
	if planned < 10_000 {
		t.Errorf("only %d plans", planned)
	}
}

func checkReel(t *testing.T, meta Meta, o Options, policy Policy, plan Plan) {
	t.Helper()
	r, excused := plan.Frames, strings.HasPrefix(plan.Note, NoteAnimation+":")
	if r.First < 0 || r.Count < 0 || r.First+r.Count > max(meta.Pages, 1) {
		t.Errorf("frames %+v of %d", r, meta.Pages)
	}
	if !moving(meta, o) && (r.Animated || excused) {
		t.Error("what was to be a still is none, or is excused")
	}
	if !moving(meta, o) || plan.Passthrough {
		return
	}
	if r.Animated == excused {
		t.Error("an unasked still without a note, or the other way round")
	}
	if r.Animated && (!plan.Format.Moves() || r.Count != meta.Pages || r.Count > policy.MaxFrames ||
		float64(plan.Width)*float64(plan.Height)*float64(r.Count) > float64(policy.MaxSourcePixels)) {
		t.Error("over a limit, or in a format that cannot move")
	}
}
