package photo

// ridge is one range of mountains: a line, and the colours of rock and of the haze at its foot.
type ridge struct {
	line       []float32 // v by column
	rock, haze rgb
	relief     float32 // strength of the light on its slopes
	scale      float32 // of the texture
}

// Where the sun set: u as a part of the width, and v.
const (
	sunU = 0.64
	sunV = 0.50
)

// mountains: a range at dusk with the sun just gone, mist in the valleys, and a lake that
// mirrors it all.
func mountains(f *view) shader {
	ridges := make([]*ridge, 6)
	for i := range ridges {
		ridges[i] = newRidge(f, i, float32(i)/float32(len(ridges)-1))
	}
	sky := duskSky(f)
	land := func(x int, u, v float32) rgb {
		return behind(f, ridges, x, u, v, sky)
	}
	trees := shoreTrees(f)
	water := lake{f: f, shore: 0.735, stretch: 1.12, ripples: 0.035, bright: 0.86, colour: web(0x2a2a5c), depth: 0.4}
	return func(x, y int) rgb {
		u, v := f.place(x, y)
		dark := trees(x, u, v)
		if dark == 1 {
			return web(0x0d0d1d).scale(1 + 0.3*f.noise.at(u*9, v*9))
		}
		return mix(water.at(x, u, v, land), web(0x0d0d1d), dark)
	}
}

func newRidge(f *view, i int, near float32) *ridge {
	outline := wave{octaves: 10, sharp: lerp(0.95, 0.45, near), seed: f.seed*31 + uint64(i)}
	base, tall := lerp(0.545, 0.725, near*near*0.4+near*0.6), lerp(0.30, 0.11, near)
	return &ridge{
		line: f.columns(func(u float32) float32 {
			massif := 0.45 + 0.55*smooth(0.75, 0.05, abs(u/f.wide-lerp(0.36, 0.8, near)))
			return base - tall*massif*(0.35+outline.at(u*lerp(2.0, 3.4, near)))
		}),
		rock:   newRamp(stop{0, 0xa8788f}, stop{0.35, 0x6f5580}, stop{0.7, 0x3a3560}, stop{1, 0x191a38}).at(near),
		haze:   newRamp(stop{0, 0xe2a08e}, stop{0.5, 0xa5748f}, stop{1, 0x4c4272}).at(near),
		relief: lerp(1.5, 0.9, near),
		scale:  lerp(0.8, 1.3, near),
	}
}

// behind finds what stands at (u, v) above the water: the nearest ridge that hides all
// others, or the sky, and over it the antialiased edges of the ones in front.
func behind(f *view, ridges []*ridge, x int, u, v float32, sky func(u, v float32) rgb) rgb {
	first, edges := len(ridges)-1, false
	for ; first >= 0; first-- {
		part := f.edge(v, ridges[first].line[x])
		if part == 1 {
			break
		}
		edges = edges || part > 0
	}
	var c rgb
	if first < 0 {
		c = sky(u, v)
	} else {
		c = slope(f, ridges[first], x, u, v)
	}
	if !edges {
		return c
	}
	for _, r := range ridges[first+1:] {
		if part := f.edge(v, r.line[x]); part > 0 {
			c = mix(c, slope(f, r, x, u, v), part)
		}
	}
	return c
}

// slope is lit from the right, where the sun is; folds run down from the crest, and mist
// rises from the foot.
func slope(f *view, r *ridge, x int, u, v float32) rgb {
	depth := v - r.line[x]
	mist := 0.9 * smooth(-0.02, 0.22, depth+0.06*f.noise.at(u*0.5, v*1.5))
	tu, tv := (u-depth*0.35)*r.scale, (v*0.35+depth*0.35)*r.scale
	light := f.noise.at(tu+0.006, tv-0.003) - f.noise.at(tu, tv)
	tu, tv = tu*3.7, tv*3.7
	light += 0.6 * (f.noise.at(tu+0.006, tv-0.003) - f.noise.at(tu, tv))
	light += 0.12 * f.noise.at(tu*4, tv*4)
	c := r.rock.scale(1 + r.relief*light)
	if light > 0 {
		c = c.lit(rgb{1, 0.55, 0.40}, min(light*r.relief*0.8, 0.4))
	}
	return mix(c, r.haze, mist)
}

func duskSky(f *view) func(u, v float32) rgb {
	colours := newRamp(stop{0, 0x1c2456}, stop{0.25, 0x43408a}, stop{0.48, 0x9a5a95}, stop{0.66, 0xe57f78},
		stop{0.82, 0xfdb573}, stop{1, 0xffe2a4})
	return func(u, v float32) rgb {
		c := colours.at(v / 0.58)
		du, dv := u-sunU*f.wide, (v-sunV)*1.25
		near := 1 / (1 + 14*(du*du+dv*dv))
		c = c.lit(rgb{1, 0.74, 0.40}, 0.8*near*near)
		return duskClouds(f, c, u, v, near)
	}
}

// duskClouds are long banks: gold below where the sun still reaches them, violet above.
func duskClouds(f *view, sky rgb, u, v, near float32) rgb {
	cu, cv := u*0.16+0.3, v*0.75
	n := f.noise.at(cu+0.05*f.noise.at(u*0.7, v*2.2), cv) + 0.35*f.noise.at(u*1.1, v*4.4)
	thick := smooth(-0.08, 0.5, n) * smooth(0.56, 0.34, v)
	if thick == 0 {
		return sky
	}
	below := f.noise.at(cu, cv+0.018) + 0.3*f.noise.at(u*1.1, v*4.4+0.05)
	glow := clamp(0.5 + 1.3*(n-below))
	shade := mix(web(0x54457f), web(0x93608f), v*1.6)
	bright := mix(web(0xd8798c), web(0xffd08a), clamp(near*1.5))
	return mix(sky, mix(shade, bright, glow), 0.8*thick)
}

// shoreTrees frame the picture on the near bank, taller towards its edges.
func shoreTrees(f *view) func(x int, u, v float32) float32 {
	bank := wave{octaves: 7, seed: f.seed + 99}
	ground := func(u float32) float32 {
		side := abs(u/f.wide-0.56) * 2
		return 1.07 - 0.17*side*side + 0.03*bank.at(u*5)
	}
	inset := func(u float32) float32 { // the tall ones sink out of sight in the middle
		return ground(u) + 0.4*smooth(0.32, 0.2, abs(u/f.wide-0.56))
	}
	line := f.columns(ground)
	tall := newGrove(f, inset, 0.04, 0.42, f.seed+5)
	small := newGrove(f, ground, 0.016, 0.11, f.seed+6)
	return func(x int, u, v float32) float32 {
		bank := f.edge(v, line[x])
		if bank == 1 {
			return 1
		}
		return max(bank, small.cover(x, u, v), tall.cover(x, u, v))
	}
}
