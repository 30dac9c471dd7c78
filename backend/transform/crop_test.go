package transform

import (
	"fmt"
	"math"
	"testing"
)

func TestPreCrop(t *testing.T) {
	at := func(a Anchor, x, y float64) Gravity { return Gravity{a, x, y} }
	crop := func(w, h float64, g Gravity) Options {
		return Options{Crop: Crop{Width: w, Height: h, Gravity: g, HasGravity: true}}
	}
	for _, row := range []struct {
		name  string
		o     Options
		want  *Rect
		smart bool
	}{
		{"none", Options{}, nil, false},
		{"pixels, centred", crop(200, 100, Gravity{}), &Rect{400, 250, 200, 100}, false},
		{"fractions", crop(.5, .25, Gravity{}), &Rect{250, 226, 500, 150}, false},
		{"one side kept", crop(0, 100, Gravity{}), &Rect{0, 250, 1000, 100}, false},
		{"exactly 1 is a pixel", crop(1, 1, at(NorthWest, 0, 0)), &Rect{0, 0, 1, 1}, false},
		{"a tiny fraction keeps a pixel", crop(.0001, .0001, at(NorthWest, 0, 0)), &Rect{0, 0, 1, 1}, false},
		{"clamped", crop(5000, 100, Gravity{}), &Rect{0, 250, 1000, 100}, false},
		{"all of it is none", crop(5000, 5000, Gravity{}), nil, false},
		{"not a number is none", crop(math.NaN(), math.NaN(), Gravity{}), nil, false},
		{"infinite is none", crop(math.Inf(1), math.Inf(1), Gravity{}), nil, false},
		{"north", crop(200, 100, at(North, 0, 0)), &Rect{400, 0, 200, 100}, false},
		{"south", crop(200, 100, at(South, 0, 0)), &Rect{400, 500, 200, 100}, false},
		{"east", crop(200, 100, at(East, 0, 0)), &Rect{800, 250, 200, 100}, false},
		{"west", crop(200, 100, at(West, 0, 0)), &Rect{0, 250, 200, 100}, false},
		{"north-east", crop(200, 100, at(NorthEast, 0, 0)), &Rect{800, 0, 200, 100}, false},
		{"north-west", crop(200, 100, at(NorthWest, 0, 0)), &Rect{0, 0, 200, 100}, false},
		{"south-east", crop(200, 100, at(SouthEast, 0, 0)), &Rect{800, 500, 200, 100}, false},
		{"south-west", crop(200, 100, at(SouthWest, 0, 0)), &Rect{0, 500, 200, 100}, false},
		{"offsets lead away from the edges", crop(200, 100, at(SouthEast, 30, 20)), &Rect{770, 480, 200, 100}, false},
		{"offsets as fractions", crop(200, 100, at(NorthWest, .1, .1)), &Rect{100, 60, 200, 100}, false},
		{"negative offsets stop at the edge", crop(200, 100, at(NorthWest, -30, -.5)), &Rect{0, 0, 200, 100}, false},
		{"offsets stop at the far edge", crop(200, 100, at(Center, 1e9, 1e300)), &Rect{800, 500, 200, 100}, false},
		{"focus point", crop(200, 100, at(FocusPoint, .25, .5)), &Rect{150, 250, 200, 100}, false},
		{"focus point in a corner", crop(200, 100, at(FocusPoint, 1, 1)), &Rect{800, 500, 200, 100}, false},
		{"focus on nothing", crop(200, 100, at(FocusPoint, math.NaN(), math.NaN())), &Rect{0, 0, 200, 100}, false},
		{"smart", crop(200, 100, at(Smart, 0, 0)), &Rect{400, 250, 200, 100}, true},
		{"the options' gravity is the default", Options{Crop: Crop{Width: 200, Height: 100}, Gravity: at(North, 0, 0)},
			&Rect{400, 0, 200, 100}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(jpeg(1000, 600), row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			compareRects(t, "pre-crop", plan.PreCrop, row.want)
			if plan.PreSmart != row.smart {
				t.Errorf("smart is %v", plan.PreSmart)
			}
			if row.want != nil && (plan.Width != row.want.Width || plan.Height != row.want.Height) {
				t.Errorf("result is %d×%d", plan.Width, plan.Height)
			}
		})
	}
}

func TestPostCropGravity(t *testing.T) {
	fill := Options{Resize: Fill, Width: 100, Height: 100}
	for _, row := range []struct {
		name    string
		gravity Gravity
		dpr     float64
		want    Rect
		smart   bool
	}{
		{"west", Gravity{Anchor: West}, 1, Rect{0, 0, 100, 100}, false},
		{"offset", Gravity{West, 10, 0}, 1, Rect{10, 0, 100, 100}, false},
		{"offset grows with dpr", Gravity{West, 10, 0}, 2, Rect{20, 0, 200, 200}, false},
		{"smart", Gravity{Anchor: Smart}, 1, Rect{50, 0, 100, 100}, true},
		{"focus point", Gravity{FocusPoint, .75, .5}, 1, Rect{100, 0, 100, 100}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := fill
			o.Gravity, o.DPR = row.gravity, row.dpr
			plan, err := MakePlan(jpeg(2000, 1000), o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			compareRects(t, "post-crop", plan.PostCrop, &row.want)
			if plan.PostSmart != row.smart {
				t.Errorf("smart is %v", plan.PostSmart)
			}
		})
	}
}

// TestStored turns a small numbered image as a viewer would and compares what a crop of the
// turned image holds with what the stored part holds.
func TestStored(t *testing.T) {
	const width, height = 5, 3
	crop := Rect{1, 0, 2, 2} // fits both ways round
	for orientation := range 9 {
		t.Run(fmt.Sprint(orientation), func(t *testing.T) {
			meta := Meta{Width: width, Height: height, Orientation: orientation}
			stored := meta.Stored(crop)
			want := map[[2]int]bool{}
			for y := crop.Y; y < crop.Y+crop.Height; y++ {
				for x := crop.X; x < crop.X+crop.Width; x++ {
					want[storedPixel(orientation, width, height, x, y)] = true
				}
			}
			for y := stored.Y; y < stored.Y+stored.Height; y++ {
				for x := stored.X; x < stored.X+stored.Width; x++ {
					if !want[[2]int{x, y}] {
						t.Errorf("%+v holds stored pixel %d,%d", stored, x, y)
					}
				}
			}
			if stored.Width*stored.Height != len(want) {
				t.Errorf("%+v holds %d pixels, want %d", stored, stored.Width*stored.Height, len(want))
			}
		})
	}
}

// storedPixel is where an upright pixel lies in the file, straight from the EXIF standard's
// words for rows and columns.
func storedPixel(orientation, width, height, x, y int) [2]int {
	switch orientation {
	case 2: // row 0 is the top, column 0 the right
		return [2]int{width - 1 - x, y}
	case 3: // bottom, right
		return [2]int{width - 1 - x, height - 1 - y}
	case 4: // bottom, left
		return [2]int{x, height - 1 - y}
	case 5: // row 0 is the left, column 0 the top
		return [2]int{y, x}
	case 6: // right, top
		return [2]int{y, height - 1 - x}
	case 7: // right, bottom
		return [2]int{width - 1 - y, height - 1 - x}
	case 8: // left, bottom
		return [2]int{width - 1 - y, x}
	default:
		return [2]int{x, y}
	}
}

// TestMiddle holds to what imgproxy answers, one pixel past the middle at times.
func TestMiddle(t *testing.T) {
	for left, want := range map[int]float64{0: 0, 1: 1, 2: 2, 3: 2, 4: 2, 5: 3, 6: 4, 250: 126, 251: 126, 252: 126} {
		if got := middleOf(100+left, 100); got != want {
			t.Errorf("%d to spare: at %v, want %v", left, got, want)
		}
	}
}
