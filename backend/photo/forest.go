package photo

// stand is one slope of a forest: its firs, and how much fog lies before it.
type stand struct {
	firs   grove
	line   []float32
	colour rgb
	near   float32 // 0 for the farthest, 1 for the nearest
}

// forest: slope behind slope of firs in morning fog, with the sun as a pale disc.
func forest(f *view) shader {
	stands := make([]stand, 15)
	for i := range stands {
		stands[i] = newStand(f, i, float32(i)/float32(len(stands)-1))
	}
	sky := fogSky(f)
	return func(x, y int) rgb {
		u, v := f.place(x, y)
		c, from := sky(u, v), 0
		for i := len(stands) - 1; i >= 0; i-- {
			if stands[i].solid(v, x) {
				from = i
				break
			}
		}
		for i := from; i < len(stands); i++ {
			if part := stands[i].cover(f, x, u, v); part > 0 {
				c = mix(c, stands[i].at(f, x, u, v), part)
			}
		}
		return shafts(f, c, u, v)
	}
}

func newStand(f *view, i int, near float32) stand {
	outline := wave{octaves: 4, sharp: 0.1, seed: f.seed*13 + uint64(i/3)}
	row := float32(i%3) * 0.022 * (0.5 + near)
	base, tall := lerp(0.36, 0.94, near), lerp(0.15, 0.10, near)
	ground := func(u float32) float32 {
		tilt := 0.10 * sin(float32(i/3)*2.1+0.6) * (u/f.wide - 0.5)
		return base + row + tilt - 2*tall*outline.at(u*lerp(1.6, 0.9, near)+float32(i/3)*5)
	}
	size := lerp(0.020, 0.30, near*near)
	return stand{
		firs:   newGrove(f, ground, size*0.22, size, f.seed*17+uint64(i)),
		line:   f.columns(ground),
		near:   near,
		colour: newRamp(stop{0, 0xa3b8bf}, stop{0.35, 0x718f94}, stop{0.65, 0x3f5f5e}, stop{0.85, 0x1d3a36}, stop{1, 0x0e211e}).at(near),
	}
}

// solid says that the stand hides everything behind it.
func (s stand) solid(v float32, x int) bool { return v > s.line[x]+0.002 }

func (s stand) cover(f *view, x int, u, v float32) float32 {
	if s.solid(v, x) {
		return 1
	}
	return max(f.edge(v, s.line[x]), s.firs.cover(x, u, v))
}

// at is the colour of the trees, which fades into the fog that lies at their feet.
func (s stand) at(f *view, x int, u, v float32) rgb {
	depth := v - s.line[x]
	texture := f.noise.at(u*5, v*7) + 0.6*f.noise.at(u*19, v*13)
	c := s.colour.scale(1 + 0.2*s.near*texture)
	fog := smooth(-0.03, 0.16, depth+(0.015+0.05*s.near)*f.noise.at(u*0.4+s.near, v*1.3))
	return mix(c, mix(web(0xd9e2df), s.colour, 0.22), 0.82*fog)
}

func fogSky(f *view) func(u, v float32) rgb {
	colours := newRamp(stop{0, 0xa9bfca}, stop{0.5, 0xd5dfdd}, stop{1, 0xf0ead9})
	return func(u, v float32) rgb {
		c := colours.at(v * 2.2)
		c = c.scale(1 + 0.05*f.noise.at(u*0.3, v*0.8))
		du, dv := u-0.30*f.wide, v-0.19
		d := sqrt(du*du + dv*dv)
		c = c.lit(rgb{1, 0.93, 0.75}, 0.75/(1+90*d*d))
		return mix(c, web(0xfffaf0), 0.8*smooth(0.047, 0.043, d))
	}
}

// shafts are beams of light that fan out from the sun through the fog.
func shafts(f *view, c rgb, u, v float32) rgb {
	du, dv := u-0.30*f.wide, v-0.19+0.25
	along := du / (abs(dv) + 0.05)
	beam := smooth(0.05, 0.5, f.noise.at(along*0.33+0.2, 0.37)+0.3*f.noise.at(along*1.3, 0.71))
	fade := smooth(0.15, 0.4, v) * smooth(1.0, 0.45, v)
	return c.lit(rgb{1, 0.95, 0.8}, 0.20*beam*fade)
}
