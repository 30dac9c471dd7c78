package vips

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

// speckled is a raster of hard edges and of everything between them, which overshoots both ends.
func speckled(width, height, bands int) transform.Raster {
	random := rand.New(rand.NewPCG(uint64(width), uint64(bands)))
	pixels := make([]byte, width*height*bands)
	for i := range pixels {
		pixels[i] = byte(random.Uint32())
		if i/bands/17%2 == 0 {
			pixels[i] = byte(int8(pixels[i]) >> 7) // 0 or 255
		}
	}
	return transform.Raster{Width: width, Height: height, Bands: bands, Pixels: pixels}
}

// resized is the raster at another size, of libvips' own making unless slowRows.
func resized(t testing.TB, r transform.Raster, width, height int, slowRows bool) transform.Raster {
	t.Helper()
	defer enter(r.Pixels)()
	var p picture
	defer func() { p.free() }()
	if p.view(r) != 0 || p.resizeRaster(width, height, slowRows) != 0 || p.toMemory() != 0 {
		t.Fatal(takeError())
	}
	return p.raster()
}

// TestReducesAsLibvips compares reduce.c to libvips, to the byte.
func TestReducesAsLibvips(t *testing.T) {
	start(t, transform.Policy{})
	if !slowRows() {
		t.Logf("libvips %s rounds in another way, and is not replaced", Versions())
		return
	}
	for bands := 1; bands <= 4; bands++ {
		for _, width := range []int{2, 3, 4, 5, 7, 8, 13, 31, 64, 131, 1441} {
			for _, times := range []float64{1.001, 1.02, 1.1, 4. / 3, 1.5, 1.7, 1.9, 2, 2.11, 2.5, 3, 3.3, 3.9, 7.7, 15, 40} {
				r := speckled(width, 6+width%5, bands)
				to := max(1, int(float64(width)/times))
				for _, height := range []int{r.Height, r.Height / 2, 1} {
					want, got := resized(t, r, to, height, false), resized(t, r, to, height, true)
					if got.Width != want.Width || got.Height != want.Height || !bytes.Equal(got.Pixels, want.Pixels) {
						t.Errorf("%d×%d×%d to %d×%d is not what libvips makes", width, r.Height, bands, to, height)
					}
				}
			}
		}
	}
}

// TestReducesParts: what asks for a part gets the same pixels as if it had asked for all.
func TestReducesParts(t *testing.T) {
	start(t, transform.Policy{})
	r, width := speckled(300, 40, 3), 170
	whole := resized(t, r, width, r.Height, true)
	for _, part := range []transform.Rect{{Width: 1, Height: 40}, {X: 1, Y: 3, Width: 7, Height: 5}, {X: 60, Y: 39, Width: 100, Height: 1}, {X: 165, Width: 5, Height: 3}} {
		got := partOf(t, r, width, part)
		for y := range part.Height {
			from := ((part.Y+y)*width + part.X) * r.Bands
			want := whole.Pixels[from : from+part.Width*r.Bands]
			if !bytes.Equal(got.Pixels[y*part.Width*r.Bands:][:len(want)], want) {
				t.Errorf("%v, line %d, has other pixels than the whole", part, y)
			}
		}
	}
}

func partOf(t *testing.T, r transform.Raster, width int, part transform.Rect) transform.Raster {
	t.Helper()
	defer enter(r.Pixels)()
	var p picture
	defer func() { p.free() }()
	if p.view(r) != 0 || p.resizeRaster(width, r.Height, true) != 0 ||
		p.postCrop(transform.Meta{}, transform.Plan{PostCrop: &part}) != nil || p.toMemory() != 0 {
		t.Fatal(takeError())
	}
	return p.raster()
}

// BenchmarkReduce resizes by libvips alone, and with reduce.c: by turns, as BenchmarkSeam.
func BenchmarkReduce(b *testing.B) {
	start(b, transform.Policy{})
	for _, bands := range []int{3, 1} {
		r := speckled(2880, 1920, bands)
		for _, width := range []int{320, 800, 1366, 1600, 1920} {
			b.Run(fmt.Sprintf("%d×%d", width, bands), func(b *testing.B) {
				var libvips, ours []time.Duration
				for b.Loop() {
					for _, slow := range []bool{false, true} {
						took := took(b, func() error {
							resized(b, r, width, width*2/3, slow)
							return nil
						})
						if slow {
							ours = append(ours, took)
						} else {
							libvips = append(libvips, took)
						}
					}
				}
				b.ReportMetric(median(libvips), "libvips-ms")
				b.ReportMetric(median(ours), "ours-ms")
				b.ReportMetric(median(libvips)/median(ours), "times-faster")
			})
		}
	}
}
