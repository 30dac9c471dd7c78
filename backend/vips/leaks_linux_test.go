package vips

import (
	"bytes"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
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
	leakMost = 4 << 20 // of growth: 4 kB a run; an image of libvips that is not freed takes 16 kB, with all that it holds
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

// flatMemory gives growth five chances to be none: threads of some encoders, first of all JPEG
// XL's, keep what they free for a while, and a leak grows every time.
func flatMemory(t *testing.T, run func(int)) {
	t.Helper()
	for i := range 50 {
		run(i)
	}
	grown := leakMost + 1
	for round := 0; round < 5 && grown > leakMost; round++ {
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

// resident is the process's memory in bytes, without Go's own garbage.
func resident(t testing.TB) int {
	t.Helper()
	debug.FreeOSMemory()
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(string(bytes.Fields(text)[1]))
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
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
	e := start(t, transform.Policy{PDF: true})
	t.Cleanup(func() { start(t, transform.Policy{}) }) // block it again for the other tests
	picture := noisy(24, 16)
	alpha := noisy(24, 16)
	for i := 3; i < len(alpha.Pix); i += 8 {
		alpha.Pix[i] = 90
	}
	turned := segment(jpegFile(t, picture), 0xe1, authored(6))
	sources := leakSources{
		jpeg:     turned,
		alpha:    pngFile(t, alpha),
		grey:     rawPNG(24, 16, 8, 4, make([]byte, 24*16*2)),
		profiled: withProfile(turned, swappedProfile()),
		print:    withProfile(cmykJPEG(24, 16, [4]byte{0, 90, 180, 255}), pressProfile()),
		gif:      gifOfImages(t, 10, picture, flat(24, 16, color.NRGBA{})),
	}
	return slices.Concat(sources.readers(t, e), sources.steps(e), sources.together(t, e), []leakRow{sources.rasters(e)})
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
	lqip := transform.PlanLQIP(24, 16, true, transform.Options{StandIn: transform.LQIP}, transform.Policy{})
	smart := transform.Gravity{Anchor: transform.Smart}
	return []leakRow{
		{"start, rest", "start block saves loads sample open release", func(int) {
			_, _ = Start(transform.Policy{PDF: true})
			e.Release()
		}},
		{"headers", "header facts", func(int) {
			for _, body := range [][]byte{s.profiled, s.gif, s.jpeg[:200]} {
				_, _ = e.Probe(body)
				_, _ = e.Facts(body, jpegMeta)
			}
		}},
		{"pixels, softened", "rgba soften", func(i int) {
			if thumbnail, err := thumbnailOf(e, s.grey[:len(s.grey)-i%4*9], transform.Options{}); err == nil {
				_, _ = e.Soften(thumbnail, lqip)
			}
		}},
		{"trim", "find_trim open_as", func(i int) {
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
		{"page", "open_as opaque", func(int) { _, _ = try(e, []byte(leakPDF), transform.Options{Format: transform.TIFF}) }},
		{"reels", "reel_open reel_frame reel_join reel_keeps", func(i int) {
			format := [...]transform.Format{transform.GIF, transform.WebP}[i%2]
			_, _ = try(e, s.gif[:len(s.gif)/(1+i/2%2)], transform.Options{Width: 12, Format: format})
		}},
		{"attention of pages", "ref attention memory", func(int) {
			o := transform.Options{Crop: transform.Crop{Width: 9, Height: 9}, Gravity: smart, Format: transform.TIFF, Frames: transform.Frames{Page: 1}}
			_, _ = try(e, s.gif, o)
		}},
	}
}

// leakPDF is a page of 24 × 16 points, half of it blue.
const leakPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 24 16]/Contents 4 0 R>>endobj " +
	"4 0 obj<</Length 25>>stream\n0 0 1 rg 0 0 12 16 re f  \nendstream endobj\ntrailer<</Root 1 0 R>>\n"

// steps are what a plan can hold, as many in a run as do not hide each other: a run costs
// milliseconds, whatever it does.
func (s leakSources) steps(e *Engine) []leakRow {
	tiff := func(o transform.Options) func(int) {
		o.Format = transform.TIFF
		return s.makes(e, o)
	}
	return []leakRow{
		{"one axis, turned, flattened", "stretch srgb replace unref turn flatten", tiff(transform.Options{
			Resize: transform.Force, Width: 12, HasBackground: true, Geometry: transform.Geometry{QuarterTurns: 1},
		})},
		{"profiles", "thumbnail area_thumbnail", func(i int) {
			o := transform.Options{Width: 12, Format: transform.TIFF}
			if i%2 == 0 {
				o.Crop.Width = 15
			}
			bodies := [...][]byte{s.profiled, s.jpeg, s.alpha, s.grey, s.profiled, s.jpeg, s.alpha, s.grey, s.jpeg, s.alpha, s.grey, s.print, s.jpeg}
			_, _ = try(e, bodies[i%len(bodies)], o)
		}},
		{"part, canvas and veil", "extract canvas veil", tiff(transform.Options{
			Crop: transform.Crop{Width: 15, Height: 15}, HasBackground: true,
			Geometry: transform.Geometry{Padding: transform.Padding{Top: 9}, HasBackgroundAlpha: true, BackgroundAlpha: .5},
		})},
		{"what looks at neighbours", "blur sharpen unsharp pixelate", tiff(transform.Options{Look: transform.Look{
			Blur: 1, Sharpen: 2, Pixelate: 7, Unsharp: transform.Unsharp{Mode: transform.UnsharpAlways, Weight: 2, Divider: 6},
		}})},
		{"what changes colours", "recolor palette overlay round", tiff(transform.Options{Look: transform.Look{
			Brightness: 20, Duotone: transform.Duotone{Intensity: .7, Light: transform.Color{R: 255}},
			Colorize: transform.Colorize{Opacity: .5, KeepAlpha: true}, Gradient: transform.Gradient{Opacity: 1, Stop: 1},
			Corners: transform.Corners{Max: true},
		}})},
		{"a search that keeps", "same_size kept", func(i int) {
			o := transform.Options{Format: transform.JPEG, Output: transform.Output{KeepMetadata: true, KeepProfile: true, MaxBytes: 5000}}
			if i%8 == 0 {
				o.Output.MaxBytes = 500 // fewer than any quality gives: smaller sizes are tried
			}
			_, _ = try(e, s.profiled, o)
		}},
		{"encoders", "save save_tiff save_jxl", func(i int) {
			formats := []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.GIF, transform.TIFF, transform.JXL, transform.AVIF}
			o := transform.Options{Look: transform.Look{Brightness: 9}, Format: formats[i%len(formats)]}
			if i%2 == 0 {
				o.Quality = 70 // a palette, JPEG in TIFF
			}
			s.makes(e, o)(i)
		}},
	}
}

// together is what takes several pictures, or several steps.
func (s leakSources) together(t *testing.T, e *Engine) []leakRow {
	padded := transform.Options{HasBackground: true, Geometry: transform.Geometry{Padding: transform.Padding{Top: 9, Left: 9}}}
	trimmed := transform.Options{Geometry: transform.Geometry{Trim: transform.Trim{On: true, Threshold: 5, HasColor: true}}}
	found := transform.Options{Geometry: transform.Geometry{Trim: transform.Trim{On: true, Threshold: 5}}}
	text := transform.Mark{Opacity: 1, Text: transform.Text{Content: "é\n<b>", Size: 8}}
	tiled := [...]transform.Options{
		oneMark(transform.Mark{Opacity: .5, Tiling: transform.Repeated, Angle: 30}),
		oneMark(transform.Mark{Opacity: .5, Tiling: transform.Chessboard, Scale: .3}),
	}
	written := oneMark(text)
	outside, err := tryMarked(e, s.alpha, written)
	if err != nil {
		t.Fatal(err)
	}
	outside.plan.Stamps.List[0].X = 1000 // a plan gone wrong
	return []leakRow{
		{"chains", "between find_trim_in", func(i int) {
			if i%4 > 0 {
				chained(t, e, s.alpha, padded, trimmed, found)
				return
			}
			chained(t, e, s.gif, transform.Options{Width: 12}, padded)
		}},
		{"written marks", "letters mark stamp", func(i int) {
			if i%3 == 0 {
				_, _, _, _ = e.Execute(s.alpha, outside.meta, outside.plan)
				return
			}
			_, _ = tryMarked(e, s.alpha, written)
		}},
		{"tiled marks", "mark tiles stamp", func(i int) {
			logo, photo := s.alpha, s.jpeg
			switch i % 5 {
			case 3:
				logo = logo[:len(logo)*2/3]
			case 4:
				photo = photo[:len(photo)*2/3]
			}
			_, _ = tryMarked(e, photo, tiled[i%2], logo)
		}},
	}
}
