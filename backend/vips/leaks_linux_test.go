package vips

import (
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// leakRow is work that calls some of our C functions. Each run must free all that it took,
// those with a source that breaks in its middle too.
type leakRow struct {
	name      string
	functions string // of *.h, by name without gip_; a function may be in several rows
	run       func(i int)
}

const (
	leakRuns = 1000
	leakMost = 6 << 20 // of growth: 6 kB a run, which is one picture here, or a few of libvips' objects
)

// TestLeakFlat: 1,000 runs of every C function leave resident memory flat. A function of a
// header that no row names fails here: add it to the row whose work calls it, or a new row.
func TestLeakFlat(t *testing.T) {
	rows := leakRows(t)
	covered := map[string]bool{}
	for _, row := range rows {
		for _, name := range strings.Fields(row.functions) {
			covered["gip_"+name] = true
		}
	}
	for _, name := range cFunctions(t) {
		if !covered[name] {
			t.Errorf("%s has no row", name)
		}
		delete(covered, name)
	}
	for name := range covered {
		t.Errorf("%s is in a row, but in no header", name)
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { flatMemory(t, row.run) })
	}
}

// flatMemory gives growth three chances to be none: some encoders' threads keep what they free
// for a while, and a leak grows every time.
func flatMemory(t *testing.T, run func(int)) {
	t.Helper()
	for i := range 100 {
		run(i)
	}
	grown := leakMost + 1
	for round := 0; round < 3 && grown > leakMost; round++ {
		before := resident(t)
		for i := range leakRuns {
			run(i)
		}
		grown = resident(t) - before
	}
	if grown > leakMost {
		t.Errorf("memory grew by %d kB in %d runs, and before that too", grown>>10, leakRuns)
	}
}

// cFunctions are those that the headers here declare.
func cFunctions(t *testing.T) []string {
	t.Helper()
	headers, err := filepath.Glob("*.h")
	if err != nil || len(headers) == 0 {
		t.Fatal(headers, err)
	}
	declared := regexp.MustCompile(`(?m)^[A-Za-z_][A-Za-z_ ]*[ *](gip_\w+)\(`)
	var names []string
	for _, header := range headers {
		text, err := os.ReadFile(header)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range declared.FindAllStringSubmatch(string(text), -1) {
			names = append(names, match[1])
		}
	}
	if len(names) < 40 {
		t.Fatalf("only %d functions were found: %v", len(names), names)
	}
	return names
}

func leakRows(t *testing.T) []leakRow {
	e := start(t, transform.Policy{})
	alpha := noisy(48, 32)
	for i := 3; i < len(alpha.Pix); i += 8 {
		alpha.Pix[i] = 90
	}
	sources := leakSources{
		jpeg:     segment(jpegFile(t, noisy(48, 32)), 0xe1, authored(6)),
		alpha:    pngFile(t, alpha),
		grey:     rawPNG(48, 32, 8, 4, make([]byte, 48*32*2)),
		profiled: withProfile(segment(jpegFile(t, noisy(48, 32)), 0xe1, authored(6)), swappedProfile()),
		print:    withProfile(cmykJPEG(48, 32, [4]byte{0, 90, 180, 255}), pressProfile()),
		gif:      gifOfImages(t, 10, noisy(48, 32), flat(48, 32, color.NRGBA{}), flat(48, 32, blue)),
	}
	return append(append(sources.readers(t, e), sources.steps(e)...), sources.rasters(e))
}

type leakSources struct{ jpeg, alpha, grey, profiled, print, gif []byte }

// makes tries the sources without profiles, which cost ten times as much as the rest, in turn;
// every fifth breaks in its middle.
func (s leakSources) makes(e *Engine, o transform.Options) func(int) {
	all := [][]byte{s.jpeg, s.alpha, s.grey}
	return func(i int) {
		body := all[i%3]
		if i%5 == 4 {
			body = body[:len(body)*2/3]
		}
		_, _ = try(e, body, o)
	}
}

func (s leakSources) readers(t *testing.T, e *Engine) []leakRow {
	meta := func(body []byte) transform.Meta {
		m, err := e.Probe(body)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	jpegMeta, alphaMeta := meta(s.jpeg), meta(s.alpha)
	lqip := transform.PlanLQIP(48, 32, true, transform.Options{StandIn: transform.LQIP}, transform.Policy{})
	thumbnail, err := thumbnailOf(e, s.alpha, transform.Options{})
	if err != nil {
		t.Fatal(err)
	}
	smart := transform.Gravity{Anchor: transform.Smart}
	return []leakRow{
		{"start", "start block saves loads sample open", func(int) { _, _ = Start(transform.Policy{}) }},
		{"headers", "header facts", func(int) {
			for _, body := range [][]byte{s.profiled, s.gif, s.jpeg[:200]} {
				_, _ = e.Probe(body)
				_, _ = e.Facts(body, jpegMeta)
			}
		}},
		{"pixels", "rgba", func(int) { _, _ = thumbnailOf(e, s.grey, transform.Options{}) }},
		{"soften", "soften", func(int) { _, _ = e.Soften(thumbnail, lqip) }},
		{"trim", "find_trim", func(i int) {
			_, _ = e.FindTrim(s.alpha[:len(s.alpha)/(1+i%2)], alphaMeta, transform.Trim{Threshold: 10})
		}},
		{"intermediate", "intermediate", func(int) {
			defer enter(s.alpha)()
			p, err := decode(s.alpha, alphaMeta, transform.Plan{Width: 24, Height: 16})
			defer p.free()
			if err == nil {
				_, _ = p.intermediate(alphaMeta)
			}
		}},
		{"reels", "reel_open reel_frame reel_join reel_keeps", func(i int) {
			format := [...]transform.Format{transform.GIF, transform.WebP}[i%2]
			_, _ = try(e, s.gif[:len(s.gif)/(1+i/2%2)], transform.Options{Width: 20, Format: format})
		}},
		{"attention of pages", "ref attention", func(int) {
			o := transform.Options{Crop: transform.Crop{Width: 20, Height: 20}, Gravity: smart, Format: transform.PNG, Frames: transform.Frames{Page: 1}}
			_, _ = try(e, s.gif, o)
		}},
	}
}

// steps are what a plan can hold, as many in a run as do not hide each other: a run costs
// milliseconds, whatever it does.
func (s leakSources) steps(e *Engine) []leakRow {
	tiff := func(change func(o *transform.Options)) func(int) {
		o := transform.Options{Format: transform.TIFF, Width: 24}
		change(&o)
		return s.makes(e, o)
	}
	formats := []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.GIF, transform.TIFF, transform.JXL, transform.AVIF}
	return []leakRow{
		{"resize and turn", "thumbnail srgb replace unref turn", tiff(func(o *transform.Options) { o.Geometry.QuarterTurns = 1 })},
		{"profiles", "thumbnail area_thumbnail", func(i int) {
			o := transform.Options{Width: 24, Format: transform.TIFF}
			if i%8 < 4 {
				o.Crop.Width = 30
			}
			_, _ = try(e, [][]byte{s.profiled, s.profiled, s.profiled, s.print}[i%4], o)
		}},
		{"part, canvas and veil", "area_thumbnail extract canvas veil", tiff(func(o *transform.Options) {
			o.Crop = transform.Crop{Width: 30, Height: 30}
			o.HasBackground = true
			o.Geometry = transform.Geometry{Padding: transform.Padding{Top: 9}, HasBackgroundAlpha: true, BackgroundAlpha: .5}
		})},
		{"one axis, flattened", "stretch flatten", tiff(func(o *transform.Options) { o.Resize, o.HasBackground = transform.Force, true })},
		{"smart fill", "attention memory", tiff(func(o *transform.Options) {
			o.Resize, o.Height, o.Gravity.Anchor = transform.Fill, 24, transform.Smart
		})},
		{"what looks at neighbours", "blur sharpen unsharp pixelate", tiff(func(o *transform.Options) {
			o.Look = transform.Look{Blur: 9, Sharpen: 2, Pixelate: 7, Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 2, Divider: 6}}
		})},
		{"what changes colours", "recolor palette overlay round", tiff(func(o *transform.Options) {
			o.Look = transform.Look{
				Brightness: 20, Duotone: transform.Duotone{Intensity: .7, Light: transform.Color{R: 255}},
				Colorize: transform.Colorize{Opacity: .5, KeepAlpha: true}, Gradient: transform.Gradient{Opacity: 1, Stop: 1},
				Corners: transform.Corners{Max: true},
			}
		})},
		{"a search that keeps", "same_size kept", func(i int) {
			o := transform.Options{Format: transform.JPEG, Width: 24, Output: transform.Output{KeepMetadata: true, KeepProfile: true, MaxBytes: 1200}}
			_, _ = try(e, s.profiled, o)
		}},
		{"encoders", "save save_tiff save_jxl", func(i int) {
			o := transform.Options{Width: 24, Format: formats[i%len(formats)]}
			if i%2 == 0 {
				o.Quality = 70 // a palette, JPEG in TIFF
			}
			s.makes(e, o)(i)
		}},
	}
}
