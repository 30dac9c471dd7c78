package httpapi

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/imageurl"
)

const hintSource = "/plain/https://blog.example/media/a.jpg"

func TestHints(t *testing.T) {
	short := []int{320, 640, 1280}
	for _, row := range []struct {
		name, options string
		headers       map[string]string
		ladder        []int
		want, vary    string
	}{
		{"width", "/w:auto", map[string]string{"Sec-CH-Width": "641"}, nil, "/w:768", "Sec-CH-Width"},
		{"width on a rung", "/w:auto", map[string]string{"Sec-CH-Width": "640"}, nil, "/w:640", "Sec-CH-Width"},
		{"a width hides viewport and dpr", "/w:auto", map[string]string{"Sec-CH-Width": "100", "Sec-CH-Viewport-Width": "3000", "Sec-CH-DPR": "3"}, nil, "/w:128", "Sec-CH-Width"},
		{"site ladder", "/w:auto", map[string]string{"Sec-CH-Width": "321"}, short, "/w:640", "Sec-CH-Width"},
		{"above the ladder", "/w:auto", map[string]string{"Sec-CH-Width": "9999"}, short, "/w:1280", "Sec-CH-Width"},
		{"legacy width", "/w:auto", map[string]string{"Width": "300"}, nil, "/w:384", "Sec-CH-Width, Width"},
		{"viewport", "/w:auto", map[string]string{"Sec-CH-Viewport-Width": "400"}, nil, "/w:512", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Sec-CH-DPR, DPR"},
		{"viewport × dpr", "/w:auto", map[string]string{"Sec-CH-Viewport-Width": "400", "Sec-CH-DPR": "2.625"}, nil, "/w:1200", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Sec-CH-DPR"},
		{"legacy viewport × dpr", "/w:auto", map[string]string{"Viewport-Width": "400", "DPR": "2"}, nil, "/w:960", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Viewport-Width, Sec-CH-DPR, DPR"},
		{"a screen zoomed out is not narrower", "/w:auto", map[string]string{"Sec-CH-Viewport-Width": "400", "Sec-CH-DPR": "0.5"}, nil, "/w:512", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Sec-CH-DPR"},
		{"no hints: a laptop's width", "/w:auto", nil, nil, "/w:1600", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Viewport-Width"},
		{"no hints, a short ladder", "/w:auto", nil, short, "/w:1280", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Viewport-Width"},
		{"no hints, only wide rungs", "/w:auto", nil, []int{3000, 2000}, "/w:2000", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Viewport-Width"},
		{"a dpr alone says no width", "/w:auto", map[string]string{"Sec-CH-DPR": "3"}, nil, "/w:1600", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Viewport-Width"},
		{"dpr", "/w:300/dpr:auto", map[string]string{"Sec-CH-DPR": "2"}, nil, "/w:300/dpr:2", "Sec-CH-DPR"},
		{"legacy dpr", "/w:300/dpr:auto", map[string]string{"DPR": "1.25"}, nil, "/w:300/dpr:1.5", "Sec-CH-DPR, DPR"},
		{"no dpr", "/w:300/dpr:auto", nil, nil, "/w:300", "Sec-CH-DPR, DPR"},
		{"both", "/w:auto/dpr:auto", map[string]string{"Sec-CH-Width": "640", "Sec-CH-DPR": "2"}, nil, "/w:320/dpr:2", "Sec-CH-Width, Sec-CH-DPR"},
		{"both from a viewport", "/w:auto/dpr:auto", map[string]string{"Sec-CH-Viewport-Width": "320", "Sec-CH-DPR": "2"}, nil, "/w:320/dpr:2", "Sec-CH-Width, Width, Sec-CH-Viewport-Width, Sec-CH-DPR"},
		{"garbage, then legacy", "/w:auto", map[string]string{"Sec-CH-Width": "NaN", "Width": "300"}, nil, "/w:384", "Sec-CH-Width, Width"},
	} {
		t.Run(row.name, func(t *testing.T) {
			request, err := imageurl.Grammar{}.Parse(row.options + hintSource)
			if err != nil {
				t.Fatal(err)
			}
			h := hints{header: func(name string) string { return row.headers[name] }}
			if got := h.resolve(request, row.ladder).Key(); got != row.want+hintSource {
				t.Errorf("got %q, want %q", got, row.want+hintSource)
			}
			if got := strings.Join(h.vary, ", "); got != row.vary {
				t.Errorf("Vary: got %q, want %q", got, row.vary)
			}
		})
	}
}

// Whatever a header says, the answers are as many as there are rungs and steps.
func TestHintGarbage(t *testing.T) {
	for _, text := range []string{
		"", " ", "0", "0.0", "-1", "+1", "-640", "NaN", "nan", "Inf", "-Inf", "infinity", "1e3", "1E3", "0x10", "1_000", "640px", "?1",
		"640, 320", "640;q=1", `"640"`, ".", ".5", "1.2.3", "99999", "65536", "1e999", strings.Repeat("9", 400), "0." + strings.Repeat("0", 400) + "1",
		"٣", "6\x0040",
	} {
		if got := hint(text, maxHintWidth); got != 0 {
			t.Errorf("hint(%q) = %g, want 0", text, got)
		}
	}
	for text, want := range map[string]float64{"640": 640, " 640\t": 640, "1.100000023841858": 1.100000023841858, "2.": 2, "65535": 65535, "007": 7} {
		if got := hint(text, maxHintWidth); got != want {
			t.Errorf("hint(%q) = %g, want %g", text, got, want)
		}
	}
}

func TestStep(t *testing.T) {
	for dpr, want := range map[float64]float64{0: 1, 0.5: 1, 1: 1, 1.0499: 1, 1.1: 1.5, 1.5: 1.5, 1.5000000596: 1.5, 1.75: 2, 2: 2, 2.0000001: 2, 2.0625: 3, 2.625: 3, 3: 3, 4: 3, 16: 3} {
		if got := step(dpr); got != want {
			t.Errorf("step(%g) = %g, want %g", dpr, got, want)
		}
	}
}

func FuzzHints(f *testing.F) {
	f.Add("640", "1280", "2")
	f.Add("NaN", "-1", "1e9")
	f.Add("0.0001", "65535", "16")
	ladder := []int{320, 640, 1280}
	f.Fuzz(func(t *testing.T, width, viewport, dpr string) {
		h := hints{header: func(name string) string {
			return map[string]string{headerWidth: width, headerViewport: viewport, headerDPR: dpr}[name]
		}}
		wide := h.resolve(imageurl.Request{AutoWidth: true}, ladder)
		if !slices.Contains(ladder, wide.Options.Width) || wide.AutoWidth || wide.Options.DPR != 0 {
			t.Errorf("got %+v", wide)
		}
		dense := h.resolve(imageurl.Request{AutoDPR: true}, ladder)
		if !slices.Contains([]float64{0, 1.5, 2, 3}, dense.Options.DPR) || dense.AutoDPR {
			t.Errorf("got %+v", dense)
		}
		both := h.resolve(imageurl.Request{AutoWidth: true, AutoDPR: true}, ladder)
		made := float64(both.Options.Width) * max(both.Options.DPR, 1)
		if made > 1282 || math.IsNaN(made) || made < 318 {
			t.Errorf("got %+v", both)
		}
		if slices.Contains(h.vary, "") || len(h.vary) > 6 {
			t.Errorf("Vary %q", h.vary)
		}
	})
}
