package vips

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// BenchmarkFormats is one row per output format: a photograph decoded, resized to 800 pixels
// and encoded at the lowest quality whose SSIM is that of JPEG at its default. Lossless
// formats have no such quality, and GIF does not reach it: they are as they come.
//
// MB is what the process's memory grows by at most, the first time; so each format wants a
// process of its own, which make bench gives it.
func BenchmarkFormats(b *testing.B) {
	for _, format := range []transform.Format{transform.JPEG, transform.PNG, transform.WebP, transform.AVIF, transform.GIF, transform.TIFF, transform.JXL} {
		b.Run(format.String(), func(b *testing.B) {
			e := start(b, transform.Policy{})
			files := formatPhotos(b)
			peak := peakOf(func() { run(b, e, files[0], transform.Options{Width: 800, Format: format}) })
			row := equalQuality(b, e, files, format)
			var times []time.Duration
			began := processorTime()
			for b.Loop() {
				for i, file := range files {
					times = append(times, took(b, func() error {
						_, err := try(e, file, transform.Options{Width: 800, Format: format, Quality: row.qualities[i]})
						return err
					}))
				}
			}
			b.ReportMetric(median(times), "ms/image")
			b.ReportMetric((processorTime()-began)/float64(len(times)), "cpu-ms/image")
			b.ReportMetric(peak, "MB")
			b.ReportMetric(row.ssim, "SSIM")
			b.ReportMetric(row.bytes, "bytes/image")
			b.ReportMetric(row.quality, "quality")
			b.ReportMetric(0, "ns/op") // left out: an op is all photographs
		})
	}
}

// formatPhotos are those of -photos, or else two painted ones.
func formatPhotos(b *testing.B) [][]byte {
	b.Helper()
	var files [][]byte
	found, _ := filepath.Glob(filepath.Join(*photos, "*.jpg")) // a bad pattern is no photograph
	for _, path := range found {
		if body, err := os.ReadFile(path); *photos != "" && err == nil {
			files = append(files, body)
		}
	}
	if len(files) > 0 {
		return files
	}
	for _, scene := range photo.Scenes()[:2] {
		scene.Width, scene.Height = scene.Width/2, scene.Height/2
		var out bytes.Buffer
		if err := scene.Encode(&out); err != nil {
			b.Fatal(err)
		}
		files = append(files, out.Bytes())
	}
	return files
}

// formatRow is means over the photographs: geometric of the bytes, so that no large one
// counts for more.
type formatRow struct {
	qualities            []int // of each photograph; 0 is the default
	quality, ssim, bytes float64
}

func equalQuality(b *testing.B, e *Engine, files [][]byte, format transform.Format) formatRow {
	b.Helper()
	var row formatRow
	for _, file := range files {
		lossless := run(b, e, file, transform.Options{Width: 800, Format: transform.PNG})
		target, _ := encodedAt(b, e, lossless, transform.Options{Format: transform.JPEG})
		quality := 0
		if format == transform.WebP || format == transform.AVIF || format == transform.JXL {
			quality = lowest(func(q int) bool {
				got, _ := encodedAt(b, e, lossless, transform.Options{Format: format, Quality: q})
				return got >= target
			})
		}
		o := transform.Options{Format: format, Quality: quality}
		got, size := encodedAt(b, e, lossless, o)
		_, plan := planned(b, e, lossless.body, o)
		n := float64(len(files))
		row.qualities = append(row.qualities, quality)
		row.quality, row.ssim, row.bytes = row.quality+float64(plan.Quality)/n, row.ssim+got/n, row.bytes+math.Log(float64(size))/n
	}
	row.bytes = math.Round(math.Exp(row.bytes))
	return row
}

// lowest is the least quality that is enough, or 100; more quality is never less similar, or
// by too little to matter.
func lowest(enough func(quality int) bool) int {
	low, high := 1, 100
	for low < high {
		if middle := (low + high) / 2; enough(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

func encodedAt(b *testing.B, e *Engine, lossless result, o transform.Options) (ssim float64, size int) {
	b.Helper()
	encoded := run(b, e, lossless.body, o)
	seen := encoded
	if o.Format != transform.TIFF { // libvips reads it as a browser does: Go takes WebP's colours for JPEG's
		seen = run(b, e, encoded.body, transform.Options{Format: transform.PNG})
	}
	return ssimOf(lumaOf(lossless), lumaOf(seen)), len(encoded.body)
}

// peakOf is by how many MB the resident memory grows at most during work, as Linux counts it
// (VmHWM, which writing 5 to clear_refs sets back); 0 elsewhere.
func peakOf(work func()) (megabytes float64) {
	debug.FreeOSMemory()
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) != nil {
		return 0
	}
	before := highWater()
	work()
	return math.Round((highWater() - before) / 1024)
}

// processorTime is what this process used of all cores, which a busy machine changes less
// than the time on the wall.
func processorTime() (milliseconds float64) {
	var used syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &used) // it cannot fail with these arguments
	return float64(used.Utime.Nano()+used.Stime.Nano()) / 1e6
}

func highWater() (kilobytes float64) {
	status, _ := os.ReadFile("/proc/self/status") // without it: 0
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	_, _ = fmt.Sscan(rest, &kilobytes)
	return kilobytes
}

func TestLowest(t *testing.T) {
	for _, want := range []int{1, 2, 50, 73, 99, 100} {
		if got := lowest(func(q int) bool { return q >= want }); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}
