package transform

import "math"

// luma weighs the channels as CSS filters do (Rec. 709, on the values as stored).
func luma() [3]float64 { return [3]float64{.2126, .7152, .0722} }

// colours are a Look's steps: adjust, monochrome, duotone, colorize, gradient.
func colours(l Look, result size) []Step {
	var steps []Step
	if l.Brightness != 0 || l.Contrast.Set || l.Saturation.Set {
		steps = append(steps, Step{Recolor: adjust(l)})
	}
	if m := l.Monochrome; m.Intensity > 0 {
		steps = append(steps, Step{Palette: &Palette{luma(), shades(m.Color), m.Intensity}})
	}
	if d := l.Duotone; d.Intensity > 0 {
		steps = append(steps, Step{Palette: &Palette{luma(), between(d.Dark, d.Light), d.Intensity}})
	}
	if c := l.Colorize; c.Opacity > 0 {
		steps = append(steps, Step{Overlay: &Overlay{Color: c.Color, Opacity: c.Opacity, At: 1, KeepAlpha: c.KeepAlpha}})
	}
	if l.Gradient.Opacity > 0 {
		over := ramp(l.Gradient, result)
		steps = append(steps, Step{Overlay: &over})
	}
	return steps
}

// adjust is brightness, then contrast, then saturation in one step, so that nothing is
// clipped between them.
func adjust(l Look) *Recolor {
	contrast, saturation := l.Contrast.Value(), l.Saturation.Value()
	offset := (float64(l.Brightness)-middleShade)*contrast + middleShade
	r := Recolor{Offset: [3]float64{offset, offset, offset}} // grey: saturation leaves it alone
	for row := range 3 {
		for column, weight := range luma() {
			r.Matrix[row*3+column] = weight * (1 - saturation) * contrast
		}
		r.Matrix[row*4] += saturation * contrast
	}
	return &r
}

// shades go from black to white by way of color, which stands at its own brightness: a grey
// gives plain greys.
func shades(color Color) (palette [256]Color) {
	weights := luma()
	at := int(math.Round(weights[0]*float64(color.R) + weights[1]*float64(color.G) + weights[2]*float64(color.B)))
	at = min(max(at, 1), 254)
	white := Color{255, 255, 255}
	for i := range palette {
		if i <= at {
			palette[i] = mix(Color{}, color, float64(i)/float64(at))
		} else {
			palette[i] = mix(color, white, float64(i-at)/float64(255-at))
		}
	}
	return palette
}

func between(dark, light Color) (palette [256]Color) {
	for i := range palette {
		palette[i] = mix(dark, light, float64(i)/255)
	}
	return palette
}

func mix(a, b Color, by float64) Color {
	one := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*by)) }
	return Color{one(a.R, b.R), one(a.G, b.G), one(a.B, b.B)}
}
