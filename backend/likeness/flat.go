package likeness

import (
	"bytes"
	"image"
)

// Flatness is the share of pixels, from 0 to 1, that are exactly as their left neighbour:
// most of a drawing's or a screen's, few of a photograph's.
func Flatness(pixels *image.NRGBA) float64 {
	width, height := pixels.Rect.Dx(), pixels.Rect.Dy()
	if width < 2 || height < 1 {
		return 1
	}
	same := 0
	for y := range height {
		row := pixels.Pix[y*pixels.Stride:][:4*width]
		for x := 4; x < len(row); x += 4 {
			if bytes.Equal(row[x:x+4], row[x-4:x]) {
				same++
			}
		}
	}
	return float64(same) / float64((width-1)*height)
}
