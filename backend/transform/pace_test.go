package transform

import "testing"

func TestPaces(t *testing.T) {
	all := Formats(AVIF, WebP)
	auto := Options{Format: Auto, Accepts: all}
	best := Options{Format: Best, Accepts: all}
	photo := func(width, height int) Meta { return Meta{Format: JPEG, Width: width, Height: height} }
	with := func(o Options, change func(*Options)) Options {
		change(&o)
		return o
	}
	for _, row := range []struct {
		name         string
		meta         Meta
		o            Options
		pace         Pace
		want, later  Format
		searched     bool
		policyChange Policy
	}{
		{name: "auto, small", meta: photo(900, 900), o: auto, pace: Soon, want: AVIF},
		{name: "auto, large, now", meta: photo(1600, 1067), o: auto, pace: Soon, want: WebP, later: AVIF},
		{name: "auto, large, later", meta: photo(1600, 1067), o: auto, pace: Later, want: AVIF},
		{name: "auto, large, once", meta: photo(1600, 1067), o: auto, pace: Once, want: WebP},
		{name: "too large even for later", meta: photo(6000, 4000), o: auto, pace: Soon, want: WebP},
		{name: "a limit of one's own", meta: photo(1600, 1067), o: auto, pace: Soon, want: WebP, policyChange: Policy{AVIFLaterPixels: 1_500_000}},
		{name: "a limit below that of at once", meta: photo(900, 900), o: auto, pace: Later, want: AVIF, policyChange: Policy{AVIFLaterPixels: 1}},
		{name: "no avif here", meta: photo(1600, 1067), o: auto, pace: Soon, want: WebP, policyChange: Policy{Savers: Formats(JPEG, WebP)}},
		{name: "a visitor without avif", meta: photo(1600, 1067), o: Options{Format: Auto, Accepts: Formats(WebP)}, pace: Soon, want: WebP},
		{name: "a visitor without webp", meta: photo(1600, 1067), o: Options{Format: Auto, Accepts: Formats(AVIF)}, pace: Soon, want: JPEG, later: AVIF},
		{name: "asked for", meta: photo(1600, 1067), o: Options{Format: AVIF}, pace: Soon, want: AVIF},
		{name: "a limit of bytes", meta: photo(1600, 1067), o: with(auto, func(o *Options) { o.Output.MaxBytes = 9 }), pace: Soon, want: WebP},
		{name: "a search for a quality", meta: photo(1600, 1067), o: with(auto, func(o *Options) { o.Output.Auto.Method = ByLikeness }), pace: Soon, want: WebP, searched: true},
		{name: "an animation", meta: Meta{Format: GIF, Width: 1600, Height: 1067, Pages: 3}, o: with(auto, func(o *Options) { o.Width = 1599 }), pace: Soon, want: WebP},
		{name: "best, small", meta: photo(400, 300), o: best, pace: Soon, want: AVIF, searched: true},
		{name: "best, now", meta: photo(900, 900), o: best, pace: Soon, want: AVIF, later: Best},
		{name: "best, later", meta: photo(900, 900), o: best, pace: Later, want: AVIF, searched: true},
		{name: "best, once", meta: photo(900, 900), o: best, pace: Once, want: AVIF, searched: true},
		{name: "best, not searched, now", meta: photo(1600, 1067), o: best, pace: Soon, want: WebP, later: AVIF},
		{name: "best, not searched, later", meta: photo(1600, 1067), o: best, pace: Later, want: AVIF},
	} {
		t.Run(row.name, func(t *testing.T) {
			plan, err := MakePlan(row.meta, row.o, row.policyChange.At(row.pace))
			if err != nil {
				t.Fatal(err)
			}
			if plan.Format != row.want || plan.Later != row.later || (plan.Search != nil) != row.searched {
				t.Errorf("%v, later %v, search %+v; want %v, %v, %v", plan.Format, plan.Later, plan.Search, row.want, row.later, row.searched)
			}
		})
	}
}

func TestBetter(t *testing.T) {
	result := func(bytes int, later Format) Result { return Result{Body: make([]byte, bytes), Later: later} }
	for _, row := range []struct {
		name        string
		soon, later Result
		want        bool
	}{
		{"smaller", result(9, AVIF), result(8, Same), true},
		{"as large", result(9, AVIF), result(9, Same), false},
		{"larger", result(9, AVIF), result(10, Same), false},
		{"larger, but searched", result(9, Best), result(10, Same), true},
	} {
		if got := row.later.Better(row.soon); got != row.want {
			t.Errorf("%s: %v, want %v", row.name, got, row.want)
		}
	}
}
