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
