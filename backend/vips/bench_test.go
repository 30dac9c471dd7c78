package vips

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/h2non/bimg"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// photograph is a JPEG of 12 megapixels, painted once: that takes seconds.
var photograph = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	if err := photo.Scenes()[0].Encode(&b); err != nil {
		panic("vips: " + err.Error())
	}
	return b.Bytes()
})

func planned(b *testing.B, e *Engine, body []byte, o transform.Options) (transform.Meta, transform.Plan) {
	b.Helper()
	meta, err := e.Probe(body)
	if err != nil {
		b.Fatal(err)
	}
	plan, err := transform.MakePlan(meta, o, e.policy)
	if err != nil {
		b.Fatal(err)
	}
	return meta, plan
}

// BenchmarkSeam compares encoding straight from libvips with handing an intermediate to
// bimg, which then encodes with the same settings. The two take turns, so that whatever else
// the machine does falls on both; the medians are what to compare.
func BenchmarkSeam(b *testing.B) {
	e := start(b, transform.Policy{})
	blockIntermediate(false)
	b.Cleanup(func() { blockIntermediate(true) })
	body := photograph()
	for _, format := range []transform.Format{transform.JPEG, transform.WebP} {
		for _, width := range []int{320, 800, 1920} {
			meta, plan := planned(b, e, body, transform.Options{Width: width, Format: format})
			b.Run(fmt.Sprintf("%v/%d", format, width), func(b *testing.B) {
				var direct, bimg []time.Duration
				for b.Loop() {
					direct = append(direct, took(b, func() error {
						_, _, _, err := e.Execute(body, meta, plan)
						return err
					}))
					bimg = append(bimg, took(b, func() error {
						_, err := throughBimg(body, meta, plan)
						return err
					}))
				}
				b.ReportMetric(median(direct), "direct-ms")
				b.ReportMetric(median(bimg), "bimg-ms")
				b.ReportMetric(100*(median(bimg)/median(direct)-1), "seam-%")
			})
		}
	}
}

func took(b *testing.B, work func() error) time.Duration {
	b.Helper()
	began := time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

func median(times []time.Duration) (milliseconds float64) {
	slices.Sort(times)
	return float64(times[len(times)/2].Microseconds()) / 1000
}

func throughBimg(body []byte, meta transform.Meta, plan transform.Plan) ([]byte, error) {
	defer enter(body)()
	p, err := decode(body, meta, plan)
	defer p.free()
	if err != nil {
		return nil, err
	}
	tiff, err := p.intermediate(meta)
	if err != nil {
		return nil, err
	}
	format := bimg.JPEG
	if plan.Format == transform.WebP {
		format = bimg.WEBP
	}
	return bimg.Resize(tiff, bimg.Options{Type: format, Quality: plan.Quality, StripMetadata: true})
}

// BenchmarkEncoders makes every format at 800 pixels; the bytes are the other half of the
// bargain.
func BenchmarkEncoders(b *testing.B) {
	e := start(b, transform.Policy{})
	body := photograph()
	for _, format := range []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.AVIF, transform.GIF} {
		meta, plan := planned(b, e, body, transform.Options{Width: 800, Format: format})
		b.Run(format.String(), func(b *testing.B) {
			size := 0
			for b.Loop() {
				out, _, _, err := e.Execute(body, meta, plan)
				if err != nil {
					b.Fatal(err)
				}
				size = len(out)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
