package likeness

import (
	"image"
	"image/color"
)

// plane is one number for each pixel.
type plane struct {
	width, height int
	values        []uint8
}

func newPlane(width, height int) plane {
	return plane{width, height, make([]uint8, width*height)}
}

// planesOf are brightness and the two differences of colour (JPEG's YCbCr), over a ground.
func planesOf(pixels *image.NRGBA, ground uint32) (luma, blue, red plane) {
	width, height := pixels.Rect.Dx(), pixels.Rect.Dy()
	luma, blue, red = newPlane(width, height), newPlane(width, height), newPlane(width, height)
	for y := range height {
		row := pixels.Pix[y*pixels.Stride:]
		for x := range width {
			p, i := row[4*x:4*x+4:4*x+4], y*width+x
			luma.values[i], blue.values[i], red.values[i] = color.RGBToYCbCr(
				over(p[0], p[3], ground), over(p[1], p[3], ground), over(p[2], p[3], ground))
		}
	}
	return luma, blue, red
}

func over(value, alpha uint8, ground uint32) uint8 {
	if alpha == 255 {
		return value
	}
	a := uint32(alpha)
	return uint8((uint32(value)*a + ground*(255-a) + 127) / 255)
}

// half is the plane at half its size, each value the mean of four.
func (p plane) half() plane {
	h := newPlane((p.width+1)/2, (p.height+1)/2)
	for y := range h.height {
		upper := p.values[2*y*p.width:]
		lower := p.values[min(2*y+1, p.height-1)*p.width:]
		for x := range h.width {
			left, right := 2*x, min(2*x+1, p.width-1)
			sum := uint32(upper[left]) + uint32(upper[right]) + uint32(lower[left]) + uint32(lower[right])
			h.values[y*h.width+x] = uint8((sum + 2) / 4)
		}
	}
	return h
}

// padded repeats the last row and column until whole blocks, and one window at least, fit.
func (p plane) padded() plane {
	width, height := roundUp(p.width), roundUp(p.height)
	if width == p.width && height == p.height {
		return p
	}
	q := newPlane(width, height)
	for y := range height {
		from := p.values[min(y, p.height-1)*p.width:][:p.width]
		to := q.values[y*width:][:width]
		for x := copy(to, from); x < width; x++ {
			to[x] = from[p.width-1]
		}
	}
	return q
}

func roundUp(side int) int { return max(2*block, (side+block-1)/block*block) }
