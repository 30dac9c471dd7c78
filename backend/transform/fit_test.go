package transform

import (
	"errors"
	"math"
	"testing"
)

func TestFit(t *testing.T) {
	jpegLike := func(q, w, h int) int {
		return 600 + int(float64(w*h)*(0.02+0.25*math.Pow(float64(q)/100, 2.5)))
	}
	stairs := func(q, w, h int) int { return 800 + w*h*(1+q/25)/8 }
	steep := func(q, w, h int) int { return 100 + w*h/1000 + int(math.Exp(float64(q)/7)) }
	for _, row := range []struct {
		name   string
		size   func(q, w, h int) int
		budget int
		fits   bool
		filled float64 // of the budget, at least
	}{
		{"no budget", jpegLike, 0, false, 0},
		{"enough", jpegLike, 1 << 20, true, 0},
		{"half", jpegLike, 60_000, true, .85},
		{"a tenth", jpegLike, 12_000, true, .85},
		{"only smaller", jpegLike, 4_000, true, .85},
		{"much smaller", jpegLike, 900, true, .5},
		{"a file of nothing is more", jpegLike, 300, false, 0},
		{"steps", stairs, 120_000, true, .5},
		{"one quality", func(_, w, h int) int { return w * h }, 100_000, true, .85},
		{"a steep curve", steep, 50_000, true, .85},
	} {
		t.Run(row.name, func(t *testing.T) {
			encodes := 0
			out, err := Plan{Quality: 80, MaxBytes: row.budget}.Fit(800, 600, func(q, w, h int) ([]byte, error) {
				encodes++
				if q < 1 || q > 80 || w < 1 || h < 1 || w > 800 || h > 600 {
					t.Errorf("encoded at %d, %d×%d", q, w, h)
				}
				return make([]byte, row.size(q, w, h)), nil
			})
			if err != nil || encodes > 8 {
				t.Errorf("%v after %d encodes", err, encodes)
			}
			if fits := len(out) <= row.budget; fits != row.fits || row.fits && float64(len(out)) < row.filled*float64(row.budget) {
				t.Errorf("%d bytes of %d", len(out), row.budget)
			}
		})
	}
}

func TestFitBreaksOff(t *testing.T) {
	broken := errors.New("broken")
	for failing := range 4 {
		encodes := 0
		out, err := Plan{Quality: 80, MaxBytes: 10}.Fit(800, 600, func(int, int, int) ([]byte, error) {
			if encodes++; encodes > failing {
				return nil, broken
			}
			return make([]byte, 100), nil
		})
		if !errors.Is(err, broken) || out != nil {
			t.Errorf("failing after %d: %d bytes, %v", failing, len(out), err)
		}
	}
}

// TestFitTakesNoStepTwice has the sizes of a photograph as AVIF, 800 pixels wide: with every
// other encode spent on bytes that it had already, the search ended three steps too low.
func TestFitTakesNoStepTwice(t *testing.T) {
	sizes := map[int]int{23: 123244, 37: 44332, 47: 9397, 46: 11556, 45: 14076, 44: 16944, 43: 20012, 42: 23494, 41: 27082, 57: 1487}
	seen := map[int]bool{}
	out, err := Plan{Format: AVIF, Quality: 63, MaxBytes: 20_000}.Fit(800, 600, func(q, _, _ int) ([]byte, error) {
		step := AVIF.step(q)
		if seen[step] || sizes[step] == 0 {
			t.Errorf("encoded at %d, step %d, seen: %t", q, step, seen[step])
		}
		seen[step] = true
		return make([]byte, sizes[step]), nil
	})
	if err != nil || len(out) != sizes[44] {
		t.Errorf("%d bytes, %v; the most that fit are %d", len(out), err, sizes[44])
	}
}

func TestSteps(t *testing.T) {
	for _, row := range []struct {
		format               Format
		quality, first, last int
	}{
		{AVIF, 29, 28, 29}, {AVIF, 30, 30, 30}, {AVIF, 31, 31, 32}, {AVIF, 100, 100, 100}, {AVIF, 1, 1, 2},
		{JPEG, 1, 1, 1}, {JPEG, 31, 31, 31}, {WebP, 100, 100, 100},
	} {
		if first, last := row.format.first(row.quality), row.format.last(row.quality); first != row.first || last != row.last {
			t.Errorf("%v %d: %d to %d, want %d to %d", row.format, row.quality, first, last, row.first, row.last)
		}
	}
}
