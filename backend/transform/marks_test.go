package transform

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func mustStamp(t *testing.T, meta Meta, o Options, m Mark, of Meta) Stamp {
	t.Helper()
	o.Marks = Marks{m}
	plan, err := MakePlan(meta, o, Policy{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := plan.Stamp(m, of, Policy{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStampIsPlaced(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 400, Height: 300, Pages: 1}
	logo := Meta{Format: PNG, Width: 60, Height: 30, Pages: 1}
	at := func(a Anchor, x, y float64) Mark { return Mark{Opacity: 1, Gravity: Gravity{Anchor: a, X: x, Y: y}} }
	for _, row := range []struct {
		name string
		mark Mark
		o    Options
		x, y int
		seen Rect
	}{
		{"centre", at(Center, 0, 0), Options{}, 170, 136, Rect{0, 0, 60, 30}},
		{"centre, moved", at(Center, 5, -5), Options{}, 175, 131, Rect{0, 0, 60, 30}},
		{"north west", at(NorthWest, 10, 20), Options{}, 10, 20, Rect{0, 0, 60, 30}},
		{"south east", at(SouthEast, 10, 20), Options{}, 330, 250, Rect{0, 0, 60, 30}},
		{"a fraction", at(SouthEast, .1, .1), Options{}, 300, 240, Rect{0, 0, 60, 30}},
		{"half outside", at(NorthWest, -20, -10), Options{}, 0, 0, Rect{20, 10, 40, 20}},
		{"over the far edge", at(SouthEast, -20, -10), Options{}, 360, 280, Rect{0, 0, 40, 20}},
		{"far outside", at(SouthEast, -1000, -1000), Options{}, 399, 299, Rect{0, 0, 1, 1}},
		{"dpr", at(NorthWest, 10, 20), Options{Width: 100, DPR: 2}, 20, 40, Rect{0, 0, 120, 60}},
		{"on padding", at(NorthWest, 0, 0), Options{Geometry: Geometry{Padding: Padding{Left: 50}}}, 0, 0, Rect{0, 0, 60, 30}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := mustStamp(t, photo, row.o, row.mark, logo)
			if s.X != row.x || s.Y != row.y || s.Seen != row.seen {
				t.Errorf("at %d,%d seen %v; want %d,%d %v", s.X, s.Y, s.Seen, row.x, row.y, row.seen)
			}
		})
	}
}

func TestStampIsSized(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 400, Height: 300, Pages: 1}
	logo := Meta{Format: PNG, Width: 60, Height: 30, Pages: 1}
	lying := Meta{Format: JPEG, Width: 30, Height: 60, Orientation: 6, Pages: 1}
	for _, row := range []struct {
		name string
		mark Mark
		dpr  float64
		logo Meta
		want [4]int // width, height, of the box too
	}{
		{"as it is", Mark{}, 0, logo, [4]int{60, 30, 60, 30}},
		{"upright by EXIF", Mark{}, 0, lying, [4]int{60, 30, 60, 30}},
		{"scaled", Mark{Scale: .5}, 0, logo, [4]int{200, 100, 200, 100}},
		{"scaled below a pixel", Mark{Scale: .0001}, 0, logo, [4]int{1, 1, 1, 1}},
		{"width", Mark{Width: 90}, 0, logo, [4]int{90, 45, 90, 45}},
		{"height", Mark{Height: 90}, 0, logo, [4]int{180, 90, 180, 90}},
		{"both", Mark{Width: 90, Height: 10}, 0, logo, [4]int{20, 10, 20, 10}},
		{"turned by a quarter", Mark{Angle: 270}, 0, logo, [4]int{60, 30, 30, 60}},
		{"turned by half", Mark{Angle: 180}, 0, logo, [4]int{60, 30, 60, 30}},
		{"turned", Mark{Angle: 45}, 0, logo, [4]int{60, 30, 64, 64}},
		{"dpr cannot make up what is not there", Mark{}, 4, logo, [4]int{60, 30, 60, 30}},
		{"a text has its dpr", Mark{Text: Text{Content: "a"}}, .5, logo, [4]int{60, 30, 60, 30}},
		{"dpr below 1", Mark{}, .5, logo, [4]int{30, 15, 30, 15}},
		{"scaled, dpr", Mark{Scale: .5}, .5, logo, [4]int{100, 50, 100, 50}},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.mark.Opacity = 1
			s := mustStamp(t, photo, Options{DPR: row.dpr}, row.mark, row.logo)
			if got := [4]int{s.Width, s.Height, s.BoxWidth, s.BoxHeight}; got != row.want {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

// TestStampsLieInside: whatever is asked, what is seen lies inside the mark or its tiles, and
// inside the result; tiles cover all of it, with a whole field around its middle.
func TestStampsLieInside(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		photo := Meta{Format: JPEG, Width: 1 + random.IntN(500), Height: 1 + random.IntN(500), Pages: 1}
		logo := Meta{Format: PNG, Width: 1 + random.IntN(300), Height: 1 + random.IntN(300), Pages: 1}
		m := Mark{
			Opacity: 1, Scale: float64(random.IntN(3)) * random.Float64(), Angle: 360 * random.Float64(),
			Width: random.IntN(3) * random.IntN(200), Tiling: Tiling(random.IntN(3)),
			Gravity: Gravity{Anchor: Anchor(random.IntN(int(Smart))), X: math.Pow(10, 6*random.Float64()-2), Y: -400 + 800*random.Float64()},
		}
		plan, err := MakePlan(photo, Options{DPR: .5 + random.Float64(), Marks: Marks{m}}, Policy{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := plan.Stamp(m, logo, Policy{})
		if fault.KindOf(err) == fault.TooLarge { // a strip made wide is very long
			continue
		}
		width, height := plan.Size()
		outer := size{s.BoxWidth, s.BoxHeight}
		if s.Tiles != nil {
			outer = size{s.Tiles.Width * s.Tiles.Across, s.Tiles.Height * s.Tiles.Down}
		}
		seen := s.Seen
		if seen.X < 0 || seen.Y < 0 || seen.Width < 1 || seen.Height < 1 || seen.X+seen.Width > outer.width || seen.Y+seen.Height > outer.height {
			t.Fatalf("%+v of %+v: %+v is not inside %v", m, s, seen, outer)
		}
		if s.X < 0 || s.Y < 0 || s.X+seen.Width > width || s.Y+seen.Height > height || s.Tiles != nil && (seen.Width != width || seen.Height != height) {
			t.Fatalf("%+v: not inside the result of %d×%d, or tiles do not cover it", s, width, height)
		}
	}
}

func TestTilesHaveAFieldInTheMiddle(t *testing.T) {
	logo := Meta{Format: PNG, Width: 10, Height: 10, Pages: 1}
	for _, tiling := range []Tiling{Repeated, Chessboard} {
		for side := 1; side < 120; side++ {
			photo := Meta{Format: PNG, Width: side, Height: 60, Pages: 1}
			s := mustStamp(t, photo, Options{}, Mark{Opacity: 1, Tiling: tiling}, logo)
			middle, down := s.Seen.X+side/2, s.Seen.Y+30
			if across := middle/10 + down/10; tiling == Chessboard && across%2 != 0 {
				t.Errorf("%d: an empty field %d is in the middle: %+v", side, across, s)
			}
			if s.Seen.Width != side || s.Seen.Height != 60 {
				t.Errorf("%d: not covered: %+v", side, s)
			}
		}
	}
}

func TestStampLimits(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 16000, Height: 2000, Pages: 1}
	plan, err := MakePlan(photo, Options{Marks: Marks{{Opacity: 1}}}, Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name string
		mark Mark
		logo Meta
		kind fault.Kind
	}{
		{"no size", Mark{}, Meta{}, fault.Broken},
		{"a huge source", Mark{Scale: .1}, Meta{Width: 9000, Height: 9000}, fault.TooLarge},
		{"enlarged", Mark{Scale: 10}, Meta{Width: 10, Height: 10}, fault.TooLarge},
		{"a wide size", Mark{Width: 20_000}, Meta{Width: 10, Height: 1}, fault.TooLarge},
		{"wide when turned", Mark{Angle: 45}, Meta{Width: 16_000, Height: 3000}, fault.TooLarge},
	} {
		if _, err := plan.Stamp(row.mark, row.logo, Policy{}); fault.KindOf(err) != row.kind || err == nil {
			t.Errorf("%s: %v, want %v", row.name, err, row.kind)
		}
	}
	long := make([]byte, 500)
	for i := range long {
		long[i] = '\n'
	}
	if _, err := plan.Lettering(Mark{Text: Text{Content: string(long), Size: 1000}}, Policy{}); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a large text: %v", err)
	}
}

func TestLettering(t *testing.T) {
	photo := Meta{Format: JPEG, Width: 400, Height: 300, Pages: 1}
	for _, row := range []struct {
		name string
		text Text
		at   Anchor
		dpr  float64
		want Lettering
	}{
		{"defaults", Text{Content: "a"}, Center, 0, Lettering{Text: "a", Font: "sans", Size: 16, Wrap: 400}},
		{"all", Text{Content: "a", Size: 20, Font: "Serif", Wrap: 100, Color: Color{1, 2, 3}}, East, 0, Lettering{Text: "a", Font: "Serif", Size: 20, Wrap: 100, Color: Color{1, 2, 3}, Align: 1}},
		{"at the left", Text{Content: "a", Wrap: 5000}, SouthWest, 0, Lettering{Text: "a", Font: "sans", Size: 16, Wrap: 400, Align: -1}},
		{"dpr", Text{Content: "a", Wrap: 100}, Center, .5, Lettering{Text: "a", Font: "sans", Size: 8, Wrap: 50}},
	} {
		m := Mark{Opacity: 1, Gravity: Gravity{Anchor: row.at}, Text: row.text}
		plan, err := MakePlan(photo, Options{DPR: row.dpr, Marks: Marks{m}}, Policy{})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := plan.Lettering(m, Policy{}); err != nil || got != row.want {
			t.Errorf("%s: got %+v, %v, want %+v", row.name, got, err, row.want)
		}
	}
}

func TestMarksArePixelChanges(t *testing.T) {
	marks := Marks{{Opacity: 1}}
	animation := Meta{Format: GIF, Width: 30, Height: 20, Pages: 5}
	if plan, err := MakePlan(animation, Options{Marks: marks}, Policy{}); err != nil || plan.Passthrough {
		t.Errorf("an animation passes without its mark: %+v, %v", plan, err)
	}
	if plan, err := MakePlan(Meta{Format: PNG, Width: 30, Height: 20, Pages: 1}, Options{Marks: marks}, Policy{}); err != nil || plan.OrSource {
		t.Errorf("the source may stand for a marked image: %+v, %v", plan, err)
	}
}
