package vips

import (
	"bytes"
	flags "flag"
	"image"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

var photos = flags.String("photos", "", "folder of further JPEGs for BenchmarkEqualQuality")

// BenchmarkEqualQuality compares each format at its default quality with JPEG at its own,
// at 400 and 800 pixels: the difference of structural similarity (SSIM, above 0 is better
// than JPEG) and the bytes, on painted photographs and those of a folder. It is the ground of the default qualities.
func BenchmarkEqualQuality(b *testing.B) {
	if *photos == "" {
		b.Skip("takes minutes: give -photos a folder")
	}
	e := start(b, transform.Policy{})
	files := benchPhotos(b)
	for b.Loop() {
		for _, format := range []transform.Format{transform.WebP, transform.AVIF, transform.JXL} {
			var better, bytes, count float64
			for name, file := range files {
				for _, width := range []int{400, 800} {
					jpeg, of := similarity(b, e, file, width, transform.JPEG)
					got, size := similarity(b, e, file, width, format)
					b.Logf("%-20s %4d px %v: SSIM %.4f in %d bytes; jpeg: %.4f in %d", name, width, format, got, size, jpeg, of)
					better, bytes, count = better+got-jpeg, bytes+math.Log(float64(size)/float64(of)), count+1
				}
			}
			b.ReportMetric(better/count, format.String()+"-ssim")
			b.ReportMetric(100*math.Exp(bytes/count), format.String()+"-%bytes")
		}
	}
}

func benchPhotos(b *testing.B) map[string][]byte {
	b.Helper()
	files := map[string][]byte{}
	for _, scene := range photo.Scenes()[:5] {
		scene.Width, scene.Height = scene.Width/2, scene.Height/2
		var out bytes.Buffer
		if err := scene.Encode(&out); err != nil {
			b.Fatal(err)
		}
		files[scene.Name] = out.Bytes()
	}
	found, _ := filepath.Glob(filepath.Join(*photos, "*.jpg")) // a bad pattern is no photograph
	for _, path := range found {
		body, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		files[filepath.Base(path)] = body
	}
	return files
}

// similarity is how much the encoded picture is like the same picture without loss.
func similarity(b *testing.B, e *Engine, file []byte, width int, format transform.Format) (ssim float64, size int) {
	b.Helper()
	lossless := run(b, e, file, transform.Options{Width: width, Format: transform.PNG})
	encoded, err := try(e, lossless.body, transform.Options{Format: format})
	if err != nil {
		b.Fatal(err)
	}
	again := run(b, e, encoded.body, transform.Options{Format: transform.PNG})
	return ssimOf(lumaOf(lossless), lumaOf(again)), len(encoded.body)
}

type luma struct {
	width, height int
	light         []float64
}

func lumaOf(img image.Image) luma {
	size := img.Bounds().Size()
	l := luma{size.X, size.Y, make([]float64, 0, size.X*size.Y)}
	for y := range size.Y {
		for x := range size.X {
			red, green, blue, _ := img.At(x, y).RGBA()
			l.light = append(l.light, (0.299*float64(red)+0.587*float64(green)+0.114*float64(blue))/257)
		}
	}
	return l
}

// ssimOf is the mean SSIM of brightness (Wang et al., 2004) over windows of 8 × 8 pixels
// that overlap by half.
func ssimOf(a, b luma) float64 {
	var sum, count float64
	for y := 0; y+8 <= a.height; y += 4 {
		for x := 0; x+8 <= a.width; x += 4 {
			sum, count = sum+windowSSIM(a, b, x, y), count+1
		}
	}
	return sum / count
}

func windowSSIM(a, b luma, left, top int) float64 {
	var sumA, sumB, squaresA, squaresB, product float64
	for y := top; y < top+8; y++ {
		for x := left; x < left+8; x++ {
			u, v := a.light[y*a.width+x], b.light[y*b.width+x]
			sumA, sumB = sumA+u, sumB+v
			squaresA, squaresB, product = squaresA+u*u, squaresB+v*v, product+u*v
		}
	}
	const n, c1, c2 = 64, 6.5025, 58.5225 // (0.01 × 255)², (0.03 × 255)²
	meanA, meanB := sumA/n, sumB/n
	varA, varB, cov := squaresA/n-meanA*meanA, squaresB/n-meanB*meanB, product/n-meanA*meanB
	return (2*meanA*meanB + c1) * (2*cov + c2) / ((meanA*meanA + meanB*meanB + c1) * (varA + varB + c2))
}
