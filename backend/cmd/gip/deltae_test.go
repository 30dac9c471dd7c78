package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
)

// meanDeltaE is the mean CIE76 colour difference of two pictures of one size, in sRGB under
// D65: 0 is equal, about 1 the least that an eye can tell in two flat patches side by side.
// Both are put on black by their alpha, so that what cannot be seen does not count.
func meanDeltaE(a, b image.Image) float64 {
	one, two := flat(a), flat(b)
	var sum float64
	for i := 0; i < len(one.Pix); i += 4 {
		l1, a1, b1 := lab(one.Pix[i : i+3])
		l2, a2, b2 := lab(two.Pix[i : i+3])
		sum += math.Sqrt((l1-l2)*(l1-l2) + (a1-a2)*(a1-a2) + (b1-b2)*(b1-b2))
	}
	return sum / float64(len(one.Pix)/4)
}

func flat(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Over)
	return out
}

// lab is CIE 15's L*a*b* of an sRGB pixel (IEC 61966-2-1).
func lab(pixel []uint8) (l, a, b float64) {
	red, green, blue := linear(pixel[0]), linear(pixel[1]), linear(pixel[2])
	x := root((0.4124564*red + 0.3575761*green + 0.1804375*blue) / 0.95047)
	y := root(0.2126729*red + 0.7151522*green + 0.0721750*blue)
	z := root((0.0193339*red + 0.1191920*green + 0.9503041*blue) / 1.08883)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

func linear(value uint8) float64 {
	v := float64(value) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func root(t float64) float64 {
	if t > 216.0/24389 {
		return math.Cbrt(t)
	}
	return (24389.0/27*t + 16) / 116
}

func TestMeanDeltaE(t *testing.T) {
	patch := func(c color.Color) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, 3, 2))
		draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
		return img
	}
	white, black := color.White, color.Black
	red, green := color.NRGBA{R: 255, A: 255}, color.NRGBA{G: 255, A: 255}
	tests := []struct {
		name string
		a, b color.Color
		want float64
	}{
		{"equal", red, red, 0},
		{"white and black", white, black, 100},
		{"red and green", red, green, 170.565}, // L*a*b* 53.24 80.09 67.20 and 87.73 -86.18 83.18
		{"what is clear has no colour", color.NRGBA{R: 9}, color.NRGBA{G: 200}, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := meanDeltaE(patch(test.a), patch(test.b)); math.Abs(got-test.want) > 0.01 {
				t.Errorf("got %.3f, want %.3f", got, test.want)
			}
		})
	}
}
