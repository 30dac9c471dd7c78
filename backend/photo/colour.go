package photo

// rgb is a colour as it is displayed (sRGB), each part 0 to 1. Mixing in this space is not
// physics, but it is what painters of gradients expect, and it is cheap.
type rgb struct{ r, g, b float32 }

// web is a colour written as in CSS: 0xRRGGBB.
func web(v uint32) rgb {
	return rgb{float32(v>>16&255) / 255, float32(v>>8&255) / 255, float32(v&255) / 255}
}

func mix(a, b rgb, t float32) rgb {
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}

func (c rgb) scale(k float32) rgb { return rgb{c.r * k, c.g * k, c.b * k} }

// lit adds light the way film does: it approaches white and never clips.
func (c rgb) lit(light rgb, k float32) rgb {
	return rgb{c.r + (1-c.r)*light.r*k, c.g + (1-c.g)*light.g*k, c.b + (1-c.b)*light.b*k}
}

type stop struct {
	at     float32
	colour uint32
}

// ramp is a gradient over 0 to 1, drawn beforehand.
type ramp [257]rgb

func newRamp(stops ...stop) *ramp {
	var r ramp
	for i := range r {
		r[i] = between(stops, float32(i)/256)
	}
	return &r
}

func between(stops []stop, t float32) rgb {
	for i, s := range stops {
		if t > s.at {
			continue
		}
		if i == 0 {
			return web(s.colour)
		}
		before := stops[i-1]
		return mix(web(before.colour), web(s.colour), smooth(before.at, s.at, t))
	}
	return web(stops[len(stops)-1].colour)
}

func (r *ramp) at(t float32) rgb {
	t = clamp(t) * 256
	i := int(t)
	if i > 255 {
		return r[256]
	}
	return mix(r[i], r[i+1], t-float32(i))
}

// clamp is written out because the built-in min and max of floats are several times slower.
func clamp(t float32) float32 {
	if t < 0 {
		return 0
	}
	if t > 1 {
		return 1
	}
	return t
}

// smooth rises from 0 at a to 1 at b without corners; a may be above b.
func smooth(a, b, t float32) float32 {
	t = clamp((t - a) / (b - a))
	return t * t * (3 - 2*t)
}

func lerp(a, b, t float32) float32 { return a + (b-a)*t }
