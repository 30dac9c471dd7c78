package vips

import (
	"fmt"
	"math"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// BenchmarkAVIFSpeeds is the ground of the default speeds of AVIF: at 1200 pixels, what each
// takes at the default quality, and its bytes where it is as like the picture (see package
// likeness) as speed 8 is there.
func BenchmarkAVIFSpeeds(b *testing.B) {
	if *photos == "" {
		b.Skip("takes minutes: give -photos a folder")
	}
	usual := start(b, transform.Policy{AVIFSpeed: 8})
	sized := transform.Options{Width: 1200, Format: transform.PNG}
	for speed := 9; speed >= 6; speed-- {
		b.Run(fmt.Sprintf("speed %d", speed), func(b *testing.B) {
			e := start(b, transform.Policy{AVIFSpeed: speed})
			var bytes, spent, count float64
			for b.Loop() {
				for _, file := range formatPhotos(b) {
					picture := run(b, e, file, sized).body
					began := processorTime()
					encoded(b, e, picture, 0)
					spent, count = spent+processorTime()-began, count+1
					bytes += math.Log(float64(len(asLike(b, e, usual, picture))))
				}
			}
			b.ReportMetric(spent/count, "cpu-ms/image")
			b.ReportMetric(math.Exp(bytes/count), "bytes/image")
			b.ReportMetric(0, "ns/op") // left out: an op is a search for all photographs
		})
	}
}

// asLike is the smallest AVIF that is as like the picture as the usual one.
func asLike(b *testing.B, e, usual *Engine, picture []byte) (made []byte) {
	b.Helper()
	lossless := transform.Options{Format: transform.PNG}
	target := lossOf(b, usual, picture, encoded(b, usual, picture, 0), lossless)
	quality := lowest(func(q int) bool {
		return lossOf(b, e, picture, encoded(b, e, picture, q), lossless) <= target
	})
	return encoded(b, e, picture, quality)
}

func encoded(b *testing.B, e *Engine, picture []byte, quality int) []byte {
	b.Helper()
	r, err := try(e, picture, transform.Options{Format: transform.AVIF, Quality: quality})
	if err != nil {
		b.Fatal(err)
	}
	return r.body
}
