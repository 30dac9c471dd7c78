package transform

import "math"

// opacity is that of the background: 0 is none.
func (o Options) opacity() float64 {
	switch {
	case !o.HasBackground:
		return 0
	case !o.Geometry.HasBackgroundAlpha || !(o.Geometry.BackgroundAlpha < 1):
		return 1
	default:
		return max(o.Geometry.BackgroundAlpha, 0)
	}
}

// ground adds what lies under the transparent parts of a result whose format is chosen. A
// format that holds no transparency has white under everything.
func (p Plan) ground(transparent bool, o Options) Plan {
	white := Color{255, 255, 255}
	opacity := o.opacity()
	p.Background = white
	if o.HasBackground {
		p.Background = o.Background
	}
	switch {
	case opacity == 1:
		p.Flatten = true
	case transparent && !p.Format.Alpha():
		p.Flatten = true
		p.Background = p.Background.over(white, opacity)
	case transparent:
		p.Veil = opacity
	}
	return p
}

// over mixes c, as opaque as opacity says, with what is below it.
func (c Color) over(below Color, opacity float64) Color {
	mix := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a)*opacity + float64(b)*(1-opacity)))
	}
	return Color{mix(c.R, below.R), mix(c.G, below.G), mix(c.B, below.B)}
}
