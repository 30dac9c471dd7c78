package transform

import "testing"

// TestFitKnowsHeaders: where much of a small file is header, as in JPEG, the search must still
// come near the budget and not end at its last chance.
func TestFitKnowsHeaders(t *testing.T) {
	for _, row := range []struct {
		name           string
		header, budget int
	}{
		{"no header", 0, 500},
		{"a JPEG's header", 280, 500},
		{"hardly more than the header", 280, 320},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan := Plan{Quality: 80, MaxBytes: row.budget}
			out, err := plan.Fit(200, 133, func(quality, width, height int) ([]byte, error) {
				return make([]byte, row.header+width*height*(quality+5)/450), nil
			})
			if err != nil || len(out) > row.budget || len(out) < row.budget*85/100 {
				t.Errorf("got %d of %d bytes, %v", len(out), row.budget, err)
			}
		})
	}
}
