package vips

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/likeness"
	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// sought is a search's result, and how it differs from the picture without loss.
type sought struct {
	transform.Made
	loss float64
}

func hunted(t testing.TB, e *Engine, body []byte, o transform.Options) sought {
	t.Helper()
	made := seeking(t, e, body, o)
	if got := transform.Sniff(made.Body); got != made.Format {
		t.Errorf("%v is said to be %v", got, made.Format)
	}
	return sought{made, lossOf(t, e, body, made.Body, o)}
}

func seeking(t testing.TB, e *Engine, body []byte, o transform.Options) transform.Made {
	t.Helper()
	meta, err := e.Probe(body)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := transform.MakePlan(meta, o, e.policy)
	if err != nil || plan.Search == nil {
		t.Fatalf("nothing to search: %+v, %v", plan, err)
	}
	made, err := e.Seek(body, meta, plan)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// lossOf compares with the same picture as PNG, by way of the public functions.
func lossOf(t testing.TB, e *Engine, source, result []byte, o transform.Options) float64 {
	t.Helper()
	o.Format, o.Output, o.Quality = transform.PNG, transform.Output{}, 0
	itself := run(t, e, source, o)
	again := run(t, e, result, transform.Options{Format: transform.PNG})
	return likeness.NewReference(straight(itself)).Loss(straight(again))
}

func straight(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

func TestLossFallsWithQuality(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, photo.Small(480, 360, 11))
	for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF, transform.JXL} {
		before := 1.0
		for _, q := range []int{20, 40, 60, 80, 95} {
			o := transform.Options{Width: 240, Format: f, Quality: q}
			loss := lossOf(t, e, file, run(t, e, file, o).body, o)
			if !(loss < before) {
				t.Errorf("%v at %d: %v after %v", f, q, loss, before)
			}
			before = loss
		}
	}
}

// TestAutoQualityReachesItsTarget: within the error where the range of qualities allows it.
func TestAutoQualityReachesItsTarget(t *testing.T) {
	e := start(t, transform.Policy{})
	for seed := range uint64(3) {
		file := jpegFile(t, photo.Small(480, 360, 10+seed))
		for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF, transform.JXL} {
			for _, target := range []float64{.01, .03} {
				t.Run(fmt.Sprint(seed, f, target), func(t *testing.T) {
					auto := transform.AutoQuality{Method: transform.ByLikeness, Target: target, Min: 5, Max: 98, Error: .002}
					s := hunted(t, e, file, transform.Options{Width: 300, Format: f, Output: transform.Output{Auto: auto}})
					if math.Abs(s.loss-target) > auto.Error+1e-4 {
						t.Errorf("%v: %v, wanted %v", s.Note, s.loss, target)
					}
					if !strings.HasPrefix(s.Note, "quality: "+f.String()+" ") || s.Width != 300 {
						t.Errorf("said %q, width %d", s.Note, s.Width)
					}
				})
			}
		}
	}
}

func TestAutoQualityBySize(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, photo.Small(480, 360, 11))
	for _, f := range []transform.Format{transform.JPEG, transform.WebP, transform.AVIF} {
		budget := len(run(t, e, file, transform.Options{Format: f}).body) / 2
		auto := transform.AutoQuality{Method: transform.BySize, Target: float64(budget), Min: 5, Max: 90}
		s := hunted(t, e, file, transform.Options{Format: f, Output: transform.Output{Auto: auto}})
		if len(s.Body) > budget || float64(len(s.Body)) < .85*float64(budget) || s.Width != 480 {
			t.Errorf("%v: %d bytes of %d, %d wide", f, len(s.Body), budget, s.Width)
		}
		auto.Min = 70
		if s = hunted(t, e, file, transform.Options{Format: f, Output: transform.Output{Auto: auto}}); s.Note != "quality: "+f.String()+" 70" {
			t.Errorf("below the least quality: %q", s.Note)
		}
	}
}

// TestBestIsTheSmallest: no format that was taken is smaller at the quality that matches.
func TestBestIsTheSmallest(t *testing.T) {
	e := start(t, transform.Policy{})
	all := transform.Formats(transform.AVIF, transform.WebP)
	for seed := range uint64(4) {
		file := jpegFile(t, photo.Small(480, 360, 10+seed))
		o := transform.Options{Width: 320, Format: transform.Best, Accepts: all}
		best := hunted(t, e, file, o)
		jpeg := o
		jpeg.Format = transform.JPEG
		plain := run(t, e, file, jpeg)
		target := lossOf(t, e, file, plain.body, jpeg)
		if len(best.Body) > len(plain.body) || best.loss > 1.06*target {
			t.Errorf("%d: %d bytes, dssim %v; jpeg %d, %v", seed, len(best.Body), best.loss, len(plain.body), target)
		}
		for _, f := range []transform.Format{transform.WebP, transform.AVIF} {
			matched := transform.AutoQuality{Method: transform.ByLikeness, Target: target, Min: 5, Max: 98, Error: target / 20}
			s := hunted(t, e, file, transform.Options{Width: 320, Format: f, Output: transform.Output{Auto: matched}})
			if s.loss <= 1.05*target && len(best.Body) > len(s.Body)+len(s.Body)/20 { // another path ends a step away
				t.Errorf("%d: %v %d bytes, %v %d", seed, best.Format, len(best.Body), f, len(s.Body))
			}
		}
	}
}

func TestBestOfDrawings(t *testing.T) {
	e := start(t, transform.Policy{})
	diagram := flat(300, 200, white)
	draw.Draw(diagram, image.Rect(40, 30, 200, 90), image.NewUniform(red), image.Point{}, draw.Src)
	draw.Draw(diagram, image.Rect(90, 60, 260, 180), image.NewUniform(blue), image.Point{}, draw.Src)
	logo := flat(300, 200, color.NRGBA{})
	draw.Draw(logo, image.Rect(90, 60, 260, 180), image.NewUniform(blue), image.Point{}, draw.Src)
	for _, row := range []struct {
		name    string
		img     image.Image
		accepts transform.FormatSet
		want    []transform.Format
	}{
		{"a diagram for old browsers", diagram, 0, []transform.Format{transform.PNG}},
		{"a diagram", diagram, transform.Formats(transform.WebP), []transform.Format{transform.PNG, transform.WebP}},
		{"a logo", logo, transform.Formats(transform.WebP, transform.AVIF), []transform.Format{transform.PNG, transform.WebP}},
		{"a photograph as png, for old browsers", photo.Small(300, 200, 11), 0, []transform.Format{transform.JPEG}},
		{"a photograph as png", photo.Small(300, 200, 11), transform.Formats(transform.WebP, transform.AVIF), []transform.Format{transform.WebP, transform.AVIF}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := hunted(t, e, pngFile(t, row.img), transform.Options{Format: transform.Best, Accepts: row.accepts})
			found := false
			for _, f := range row.want {
				found = found || s.Format == f
			}
			drawn := row.img == image.Image(diagram) || row.img == image.Image(logo)
			if !found || drawn != (s.loss == 0) || drawn != strings.Contains(s.Note, "lossless") {
				t.Errorf("%q, dssim %v", s.Note, s.loss)
			}
		})
	}
}

func TestBestInABudget(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, photo.Small(480, 360, 11))
	o := transform.Options{Format: transform.Best, Accepts: transform.Formats(transform.WebP), Output: transform.Output{MaxBytes: 4000}}
	if s := hunted(t, e, file, o); len(s.Body) > 4000 || len(s.Body) < 3400 {
		t.Errorf("%d bytes", len(s.Body))
	}
}

func TestSeekRefusesBrokenSources(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, photo.Small(480, 360, 11))
	meta, err := e.Probe(file)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := transform.MakePlan(meta, transform.Options{Format: transform.Best, Accepts: transform.Formats(transform.WebP)}, e.policy)
	if err != nil {
		t.Fatal(err)
	}
	if made, err := e.Seek(file[:len(file)/2], meta, plan); err == nil || made.Body != nil {
		t.Errorf("made %d bytes", len(made.Body))
	}
}

// BenchmarkBest compares, at 800 pixels, what best gives with what auto gives and with JPEG:
// bytes, dissimilarity and time. docs/quality.md has its numbers. At this size best is made
// behind an answer.
func BenchmarkBest(b *testing.B) {
	behind := transform.Policy{}.At(transform.Later)
	engines := map[transform.Format]*Engine{transform.JPEG: start(b, transform.Policy{}), transform.Auto: start(b, transform.Policy{}), transform.Best: start(b, behind)}
	all := transform.Formats(transform.AVIF, transform.WebP)
	for name, file := range benchPhotos(b) {
		for _, f := range []transform.Format{transform.JPEG, transform.Auto, transform.Best} {
			o := transform.Options{Width: 800, Format: f, Accepts: all}
			b.Run(name+"/"+f.String(), func(b *testing.B) {
				e := engines[f]
				var made transform.Made
				for b.Loop() {
					if f == transform.Best {
						made = seeking(b, e, file, o)
						continue
					}
					r, err := try(e, file, o)
					if err != nil {
						b.Fatal(err)
					}
					made = transform.Made{Body: r.body, Note: r.plan.Format.String()}
				}
				b.Logf("%s", made.Note)
				b.ReportMetric(float64(len(made.Body)), "bytes")
				b.ReportMetric(lossOf(b, e, file, made.Body, o), "dssim")
			})
		}
	}
}

// TestOwnFilesAreBare: what is made here holds nothing beside the picture, so that it can be
// the answer itself.
func TestOwnFilesAreBare(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, img := range []image.Image{noisy(40, 30), flat(40, 30, color.NRGBA{200, 0, 0, 100})} {
		for _, f := range []transform.Format{transform.PNG, transform.WebP, transform.AVIF, transform.GIF} {
			r := run(t, e, pngFile(t, img), transform.Options{Format: f})
			if transform.Extras(f, r.body) {
				t.Errorf("%v: % x", f, r.body[:min(300, len(r.body))])
			}
		}
	}
}
