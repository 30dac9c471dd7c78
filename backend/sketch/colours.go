package sketch

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
)

// MaxPalette is the most colours of a palette.
const MaxPalette = 6

const (
	apart  = 48 // least distance, of 441, of two colours at first: clearly not the same to an eye
	rounds = 6  // of moving each colour to the middle of what it stands for
)

// Colours are what a picture is made of. Only what is not transparent counts.
type Colours struct {
	Average color.NRGBA   // its alpha is 0 where the whole picture is transparent, else 255
	Palette []color.NRGBA // at most MaxPalette, that of most pixels first; empty where all is transparent
}

// Dominant is the colour of most pixels.
func (c Colours) Dominant() color.NRGBA {
	if len(c.Palette) == 0 {
		return c.Average
	}
	return c.Palette[0]
}

// Hex is a colour as CSS writes it: #rrggbb, with two more digits where it is transparent.
func Hex(c color.NRGBA) string {
	if c.A < 255 {
		return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A)
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// ColoursOf finds them: pixels are counted in cells of 16 levels a channel, the fullest cells
// that are apart start the palette, and a few rounds of k-means settle it.
func ColoursOf(picture *image.NRGBA) Colours {
	cells := cellsOf(picture)
	if len(cells) == 0 {
		return Colours{}
	}
	var all swatch
	for _, c := range cells {
		all.add(c)
	}
	palette := seeds(cells)
	for range rounds {
		palette = settle(palette, cells)
	}
	colours := Colours{Average: all.color()}
	for _, s := range palette {
		colours.Palette = append(colours.Palette, s.color())
	}
	return colours
}

// swatch is a sum of colours, weighted by their alpha.
type swatch struct{ r, g, b, weight float64 }

func (s *swatch) add(other swatch) {
	s.r, s.g, s.b, s.weight = s.r+other.r, s.g+other.g, s.b+other.b, s.weight+other.weight
}

func (s swatch) distance(other swatch) float64 {
	r, g, b := s.r/s.weight-other.r/other.weight, s.g/s.weight-other.g/other.weight, s.b/s.weight-other.b/other.weight
	return math.Sqrt(r*r + g*g + b*b)
}

func (s swatch) color() color.NRGBA {
	level := func(sum float64) uint8 { return uint8(math.Round(sum / s.weight)) }
	return color.NRGBA{R: level(s.r), G: level(s.g), B: level(s.b), A: 255}
}

// byWeight puts the heaviest first; equal ones by their colours, so that the order is always
// the same.
func byWeight(a, b swatch) int {
	for _, difference := range [...]float64{b.weight - a.weight, b.r - a.r, b.g - a.g, b.b - a.b} {
		if difference != 0 {
			return int(math.Copysign(1, difference))
		}
	}
	return 0
}

func cellsOf(picture *image.NRGBA) []swatch {
	var cells [16 * 16 * 16]swatch
	for y := range picture.Rect.Dy() {
		row := picture.Pix[y*picture.Stride:][:4*picture.Rect.Dx()]
		for ; len(row) > 0; row = row[4:] {
			r, g, b, alpha := row[0], row[1], row[2], float64(row[3])/255
			cell := &cells[int(r>>4)<<8|int(g>>4)<<4|int(b>>4)]
			cell.add(swatch{float64(r) * alpha, float64(g) * alpha, float64(b) * alpha, alpha})
		}
	}
	full := slices.DeleteFunc(cells[:], func(s swatch) bool { return s.weight == 0 })
	slices.SortFunc(full, byWeight)
	return full
}

func seeds(cells []swatch) []swatch {
	var chosen []swatch
	for _, cell := range cells {
		near := func(other swatch) bool { return cell.distance(other) < apart }
		if len(chosen) < MaxPalette && !slices.ContainsFunc(chosen, near) {
			chosen = append(chosen, cell)
		}
	}
	return chosen
}

// settle is one round: each cell goes to its nearest colour.
func settle(palette, cells []swatch) []swatch {
	sums := make([]swatch, len(palette))
	for _, cell := range cells {
		nearest := 0
		for i := range palette {
			if cell.distance(palette[i]) < cell.distance(palette[nearest]) {
				nearest = i
			}
		}
		sums[nearest].add(cell)
	}
	sums = slices.DeleteFunc(sums, func(s swatch) bool { return s.weight == 0 })
	slices.SortFunc(sums, byWeight)
	return sums
}
