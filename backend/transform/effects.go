package transform

import "math"

// Effects is a Look in numbers, to execute in this order: Blur, Sharpen, Unsharp, Pixelate,
// the Steps, Radius.
type Effects struct {
	Page     int // height of one page, of which the image may have several in a column
	Blur     Blur
	Sharpen  float64 // sigma; 0 is none
	Unsharp  *Mask
	Pixelate int // side of a square; 0 is none
	Steps    []Step
	Radius   float64 // of the corners, in pixels; 0 is none
}

// Blur is a blur by Sigma of the image made Shrink times smaller (1: as it is), which is then
// made larger again: a blur by 100 would take a minute otherwise.
type Blur struct {
	Sigma  float64
	Shrink int
}

// Mask is a convolution of three by three: the pixel counts Middle, its neighbours Around.
type Mask struct{ Middle, Around float64 }

// Step changes colours in one of three ways.
type Step struct {
	Recolor *Recolor
	Palette *Palette
	Overlay *Overlay
}

// Recolor is Matrix × (red, green, blue) + Offset.
type Recolor struct {
	Matrix [9]float64
	Offset [3]float64
}

// Palette gives each brightness, which is Weights × (red, green, blue), a colour, and mixes
// that with the pixel's own.
type Palette struct {
	Weights   [3]float64
	Colors    [256]Color
	Intensity float64
}

// Overlay is laid over the image with an opacity that goes from 0 to Opacity as
// X·x + Y·y + At goes from 0 to 1, for the pixel x, y of each page.
type Overlay struct {
	Color     Color
	Opacity   float64
	X, Y, At  float64
	KeepAlpha bool
}

const (
	maxBlur     = 100
	maxSharpen  = 10 // libvips' own limit
	middleShade = 127.5
)

// effects plans the Look of a result; shrunk is whether it has fewer pixels than its source.
func effects(l Look, result size, dpr float64, shrunk bool) *Effects {
	if l == (Look{}) {
		return nil
	}
	e := &Effects{Page: result.height, Blur: blur(l.Blur, result), Sharpen: within(l.Sharpen, maxSharpen)}
	if l.Pixelate > 1 {
		e.Pixelate = min(l.Pixelate, max(result.width, result.height))
	}
	if l.Unsharp.Mode == UnsharpAlways || l.Unsharp.Mode == UnsharpAuto && shrunk && l.Sharpen == 0 {
		by := l.Unsharp.Weight / l.Unsharp.Divider
		e.Unsharp = &Mask{Middle: 1 + 8*by, Around: -by}
	}
	filter, _ := FilterByName(l.Filter)
	e.Steps = append(colours(filter.Look, result), colours(l, result)...)
	e.Radius = radius(l.Corners, result, dpr)
	return e
}

// blur shrinks by so much that a blur of about two pixels is left. A mean of squares is a
// blur already: what it blurs is taken off.
func blur(sigma float64, result size) Blur {
	sigma = within(sigma, maxBlur)
	by := max(1, min(int(sigma/1.5), min(result.width, result.height)/4))
	if sigma <= 3 || by == 1 {
		return Blur{Sigma: sigma, Shrink: 1}
	}
	squares := float64(by*by-1) / 12
	return Blur{Sigma: math.Sqrt(sigma*sigma-squares) / float64(by), Shrink: by}
}

func within(value, most float64) float64 {
	if !(value > 0) {
		return 0
	}
	return min(value, most)
}

// radius scales with dpr, as sizes do; more than half the shorter side is no corner.
func radius(c Corners, result size, dpr float64) float64 {
	most := float64(min(result.width, result.height)) / 2
	if c.Max {
		return most
	}
	return within(float64(c.Radius)*dpr, most)
}

// below tells whether s has fewer pixels than other along a side.
func (s size) below(other size) bool { return s.width < other.width || s.height < other.height }

// ramp runs from one end of the image to the other, across its corners where it is oblique.
func ramp(g Gradient, result size) Overlay {
	sin, cos := math.Sincos(g.Angle * math.Pi / 180)
	x, y := -sin, cos
	length := math.Abs(x)*float64(result.width) + math.Abs(y)*float64(result.height)
	steep := 1 / max((g.Stop-g.Start)*length, 1e-6) // start at stop is an edge
	middle := x*float64(result.width-1)/2 + y*float64(result.height-1)/2
	return Overlay{
		Color: g.Color, Opacity: g.Opacity, X: x * steep, Y: y * steep,
		At: (length*(.5-g.Start) - middle) * steep,
	}
}
