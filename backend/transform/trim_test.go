package transform

import (
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
)

func TestMakeTrimmedPlan(t *testing.T) {
	found := Rect{10, 20, 50, 30} // of 100 × 80 as stored
	trim := func(hor, ver bool) Options {
		return Options{Geometry: Geometry{Trim: Trim{On: true, EqualHor: hor, EqualVer: ver}}}
	}
	cropped := trim(false, false)
	cropped.Crop = Crop{Width: 10, Height: 5}
	cropped.Gravity = Gravity{Anchor: NorthWest}
	for _, row := range []struct {
		name        string
		orientation int
		found       Rect
		o           Options
		want        *Rect
	}{
		{"upright", 1, found, trim(false, false), &found},
		{"turned clockwise", 6, found, trim(false, false), &Rect{30, 10, 30, 50}},
		{"turned counterclockwise", 8, found, trim(false, false), &Rect{20, 40, 30, 50}},
		{"mirrored", 2, found, trim(false, false), &Rect{40, 20, 50, 30}},
		{"equally left and right", 1, found, trim(true, false), &Rect{10, 20, 80, 30}},
		{"equally top and bottom", 1, found, trim(false, true), &Rect{10, 20, 50, 40}},
		{"a crop lies in what is left", 1, found, cropped, &Rect{10, 20, 10, 5}},
		{"nothing but border is kept", 1, Rect{}, trim(false, false), nil},
		{"no border", 1, Rect{0, 0, 100, 80}, trim(false, false), nil},
		{"a part that leaves the image", 1, Rect{90, 70, 50, 50}, trim(false, false), &Rect{90, 70, 10, 10}},
	} {
		t.Run(row.name, func(t *testing.T) {
			meta := Meta{Format: JPEG, Width: 100, Height: 80, Orientation: row.orientation, Pages: 1}
			plan, err := MakeTrimmedPlan(meta, row.found, row.o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			compareRects(t, "pre-crop", plan.PreCrop, row.want)
		})
	}
}

func TestTrims(t *testing.T) {
	o := Options{Geometry: Geometry{Trim: Trim{On: true}}}
	if !o.Trims(jpeg(10, 10)) || (Options{}).Trims(jpeg(10, 10)) || o.Trims(Meta{Format: GIF, Pages: 2}) {
		t.Error("trims what it should not, or does not what it should")
	}
}

func TestCheckSource(t *testing.T) {
	if err := CheckSource(jpeg(100, 100), Policy{}); err != nil {
		t.Error(err)
	}
	if err := CheckSource(jpeg(20_000, 20_000), Policy{}); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("got %v", err)
	}
}
