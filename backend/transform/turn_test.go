package transform

import (
	"fmt"
	"testing"
)

// grid is a small image of which every pixel differs.
type grid struct {
	width, height int
	pixels        []int
}

func numbered(width, height int) grid {
	g := grid{width, height, make([]int, width*height)}
	for i := range g.pixels {
		g.pixels[i] = i
	}
	return g
}

// viewed is what a viewer shows of g when it has this orientation.
func (g grid) viewed(orientation int) grid {
	s := size{g.width, g.height}.turned(orientation)
	out := grid{s.width, s.height, make([]int, len(g.pixels))}
	for y := range s.height {
		for x := range s.width {
			at := storedPixel(orientation, g.width, g.height, x, y)
			out.pixels[y*s.width+x] = g.pixels[at[1]*g.width+at[0]]
		}
	}
	return out
}

func (g grid) String() string { return fmt.Sprint(g.width, g.height, g.pixels) }

func TestTurningsAreAGroup(t *testing.T) {
	start := numbered(3, 2)
	for first := 1; first <= 8; first++ {
		one := turningOf(first)
		if got := one.orientation(); got != first {
			t.Errorf("orientation %d reads back as %d", first, got)
		}
		if got := start.viewed(first).viewed(one.undone().orientation()); got.String() != start.String() {
			t.Errorf("%d undone gives %v", first, got)
		}
		for second := 1; second <= 8; second++ {
			want := start.viewed(first).viewed(second)
			if got := start.viewed(one.then(turningOf(second)).orientation()); got.String() != want.String() {
				t.Errorf("%d then %d gives %v, want %v", first, second, got, want)
			}
		}
	}
}

func TestTurn(t *testing.T) {
	for _, row := range []struct {
		name        string
		g           Geometry
		orientation int
		want        int
	}{
		{"nothing", Geometry{}, 6, 0},
		{"a quarter clockwise", Geometry{QuarterTurns: 1}, 1, 6},
		{"a half", Geometry{QuarterTurns: 2}, 8, 3},
		{"three quarters", Geometry{QuarterTurns: 3}, 1, 8},
		{"flipped left to right", Geometry{FlipX: true}, 1, 2},
		{"flipped upside down", Geometry{FlipY: true}, 1, 4},
		{"flipped both ways is half a turn", Geometry{FlipX: true, FlipY: true}, 1, 3},
		{"the flip follows the turn", Geometry{QuarterTurns: 1, FlipX: true}, 1, 5},
		{"as stored, upright", Geometry{AsStored: true}, 1, 0},
		{"as stored, unknown", Geometry{AsStored: true}, 0, 0},
		{"as stored is EXIF undone", Geometry{AsStored: true}, 6, 8},
		{"as stored, then what EXIF wanted", Geometry{AsStored: true, QuarterTurns: 1}, 6, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := row.g.turn(row.orientation); got != row.want {
				t.Errorf("got %d, want %d", got, row.want)
			}
		})
	}
}

// TestCropOfTheTurned: cutting first and turning then is the same as the other way round.
func TestCropOfTheTurned(t *testing.T) {
	for orientation := 1; orientation <= 8; orientation++ {
		for turns := range 4 {
			g := Geometry{QuarterTurns: turns, FlipX: turns%2 == 0}
			meta := Meta{Format: JPEG, Width: 5, Height: 3, Orientation: orientation, Pages: 1}
			o := Options{Crop: Crop{Width: 2, Height: 1}, Gravity: Gravity{Anchor: NorthEast}, Geometry: g}
			plan, err := MakePlan(meta, o, Policy{})
			if err != nil {
				t.Fatal(err)
			}
			upright := numbered(5, 3).viewed(orientation)
			whole := upright.viewed(max(plan.Turn, 1))
			want := whole.cut(Rect{whole.width - 2, 0, 2, 1})
			if got := upright.cut(*plan.PreCrop).viewed(max(plan.Turn, 1)); got.String() != want.String() {
				t.Errorf("orientation %d, %d turns: got %v, want %v", orientation, turns, got, want)
			}
		}
	}
}

func (g grid) cut(r Rect) grid {
	out := grid{r.Width, r.Height, nil}
	for y := range r.Height {
		for x := range r.Width {
			out.pixels = append(out.pixels, g.pixels[(r.Y+y)*g.width+r.X+x])
		}
	}
	return out
}
