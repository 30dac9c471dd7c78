package transform

import "testing"

func BenchmarkPlan(b *testing.B) {
	meta := Meta{Format: JPEG, Width: 6000, Height: 4000, Orientation: 6, Pages: 1, Profile: true}
	options := Options{Width: 640, Height: 480, Resize: Fill, Format: Auto, Accepts: Formats(AVIF, WebP)}
	policy := Policy{}.WithDefaults()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := MakePlan(meta, options, policy); err != nil {
			b.Fatal(err)
		}
	}
}
