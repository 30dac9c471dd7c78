package photo

const (
	horizon = 0.44 // v where sea and sky meet
	beach   = 0.86 // v of the waterline, about
)

// sea: a bay at noon, with fair-weather clouds, islands on the horizon, a sail, and surf
// on a beach of pale sand.
func sea(f *view) shader {
	islands := []*ridge{
		newIsland(f, 0.24, 0.040, 0.20, web(0x7fa3bd)),
		newIsland(f, 0.88, 0.062, 0.26, web(0x5d8598)),
	}
	surf := newSurf(f)
	sky, bay := noonSky(f), newWaves(f)
	boat := sail{f: f, u: 0.60 * f.wide, v: horizon + 0.012, tall: 0.085}
	return func(x, y int) rgb {
		u, v := f.place(x, y)
		var c rgb
		switch line := surf.line[x]; {
		case v < horizon:
			c = behind(f, islands, x, u, v, sky)
		case v < line:
			c = surf.foam(bay.at(u, v), x, u, v)
		default:
			c = surf.foam(sand(f, u, v, v-line), x, u, v)
		}
		return boat.over(c, u, v)
	}
}

// newIsland is a headland that rises from the horizon around a place given as a part of
// the width.
func newIsland(f *view, at, tall, wide float32, rock rgb) *ridge {
	outline := wave{octaves: 8, sharp: 0.5, seed: f.seed*7 + uint64(at*100)}
	return &ridge{
		line: f.columns(func(u float32) float32 {
			hill := smooth(wide, 0, abs(u/f.wide-at)) * (0.75 + 0.8*outline.at(u*9))
			return horizon + 0.002 - tall*hill
		}),
		rock: rock, haze: web(0xb5cfdd), relief: 1.2, scale: 2,
	}
}

func noonSky(f *view) func(u, v float32) rgb {
	colours := newRamp(stop{0, 0x1f66b5}, stop{0.45, 0x4d94d6}, stop{0.85, 0x9dcaeb}, stop{1, 0xd3e8f2})
	return func(u, v float32) rgb {
		return cumulus(f, colours.at(v/horizon), u, v)
	}
}

// cumulus are heaps with flat grey bases that shrink towards the horizon, white where they
// thin out towards the sun, above.
func cumulus(f *view, sky rgb, u, v float32) rgb {
	away := 0.24 / (horizon + 0.20 - v)
	cu, cv := (u-f.wide*0.5)*away*0.62+0.31, v*0.34+away*0.13
	heap := func(cu, cv float32) float32 {
		return f.noise.at(cu, cv) + 0.42*abs(f.noise.at(cu*3.1, cv*3.1)) + 0.16*f.noise.at(cu*9.7, cv*9.7)
	}
	n := heap(cu, cv)
	thick := smooth(0.18, 0.40, n)
	if thick == 0 {
		return sky
	}
	light := clamp(0.80 + 1.1*(n-heap(cu-0.006, cv-0.022)) - 0.25*smooth(0.4, 1.0, n))
	c := mix(web(0x8fa6c2), web(0xffffff), light)
	return mix(sky, mix(c, sky, 0.6*smooth(0.28, horizon, v)), thick)
}

// waves are seen in perspective: one step down the picture is many metres at the horizon.
type waves struct {
	f       *view
	colours *ramp // from the horizon to the beach
}

func newWaves(f *view) waves {
	return waves{f, newRamp(stop{0, 0x1d5f94}, stop{0.12, 0x1a76a8}, stop{0.4, 0x1d9fb8}, stop{0.72, 0x55c9c6}, stop{1, 0xb4e6d6})}
}

func (w waves) at(u, v float32) rgb {
	f := w.f
	depth := v - horizon
	away := 0.05 / (depth + 0.004)
	wu, wv := (u-f.wide*0.5)*away, away
	swell := f.noise.at(wu*1.3, wv*6)
	chop := f.noise.at(wu*5.1+swell*0.08, wv*19)
	facing := 0.75*chop + 0.55*swell + 0.30*f.noise.at(wu*23, wv*61)*smooth(0, 0.12, depth)
	facing *= smooth(-0.01, 0.05, depth)
	reef := smooth(-0.1, 0.35, f.noise.at(u*0.8+0.1, depth*1.7)) * smooth(0.03, 0.2, depth) * smooth(0.42, 0.25, depth)
	c := w.colours.at(depth / (beach - horizon))
	c = mix(c, web(0x0f6a8e), 0.45*reef)
	c = mix(c, mix(web(0x0b4f86), web(0xc9eef5), clamp(0.5+facing)), 0.16+0.22*abs(facing))
	glint := smooth(0.62, 1.0, facing+0.5*smooth(0.5, 0, abs(u-0.5*f.wide))-2.2*depth+0.18)
	return c.lit(rgb{1, 1, 0.95}, 0.85*glint)
}

func sand(f *view, u, v, depth float32) rgb {
	wet := smooth(0.045, 0.0, depth+0.015*f.noise.at(u*1.2, v))
	hollows := f.noise.at(u*1.1+v*0.7, v*3.9-u*0.3) + 0.4*f.noise.at(u*5.3-v*2.1, v*11+u*1.7)
	c := mix(web(0xf0dcb6), web(0xd3b584), clamp(0.5+0.6*hollows))
	c = c.scale(1 + 0.07*f.noise.at(u*13.7+v*5.9, v*21.3-u*4.1) + 0.06*f.noise.at(u*29.3-v*11, v*41+u*17))
	return mix(c, web(0xa98f6c), 0.75*wet)
}

// surf is where the water ends: its line, and the foam that follows it.
type surf struct {
	f    *view
	line []float32
}

func newSurf(f *view) surf {
	edge := wave{octaves: 6, seed: f.seed + 17}
	return surf{f, f.columns(func(u float32) float32 {
		return beach + 0.06*(u/f.wide-0.5) + 0.045*edge.at(u*1.3)
	})}
}

// foam draws the white edge of the water and two breakers behind it, frayed like lace.
func (s surf) foam(c rgb, x int, u, v float32) rgb {
	out := s.line[x] - v
	if out > 0.16 || out < -0.03 {
		return c
	}
	n := s.f.noise.at(u*1.9, v*5.3) + 0.5*s.f.noise.at(u*7.7, v*17)
	lace := smooth(0.1, 0.5, abs(s.f.noise.at(u*5.3+n*0.05, v*11))+0.3*abs(s.f.noise.at(u*21, v*37)))
	edge := smooth(0.016, 0.0, abs(out-0.004+0.012*n))
	second := smooth(0.013, 0.002, abs(out-0.055+0.02*n)) * smooth(-0.35, 0.15, n)
	third := smooth(0.007, 0.0, abs(out-0.115+0.016*n)) * smooth(-0.1, 0.3, n)
	trail := smooth(0.06, 0.0, out) * smooth(0, 0.01, out) * 0.5
	white := max(edge*(1-0.25*lace), max(second*(1-0.6*lace), third*(1-0.6*lace)), trail*(1-lace))
	return mix(c, web(0xfbfdfc), 0.93*white)
}

// sail is a small boat: hull, mainsail and jib as half planes.
type sail struct {
	f          *view
	u, v, tall float32
}

func (s sail) over(c rgb, u, v float32) rgb {
	du, up := (u-s.u)/s.tall, (s.v-v)/s.tall
	if du < -0.6 || du > 0.6 || up < -0.6 || up > 1.1 {
		return c
	}
	cover := func(distance float32) float32 { return clamp(distance*s.tall*s.f.fine + 0.5) }
	if up < -0.02 { // its reflection, broken by the waves
		wobble := 0.1 * s.f.noise.at(u*3, v*40)
		return mix(c, web(0xdfeaf0), 0.35*smooth(-0.6, 0, up)*cover(min(0.3+up*0.3-abs(du+wobble), -up)))
	}
	hull := min(0.10-up, up+0.02, 0.34+up*0.6-abs(du+0.02))
	main := min(up-0.16, 0.02-du, du+0.40*(1-up))
	jib := min(up-0.16, du-0.05, 0.34*(0.85-up)-du+0.05)
	c = mix(c, web(0xf7f4ec), cover(main))
	c = mix(c, web(0xd9473f), cover(jib))
	return mix(c, web(0x22364d), cover(hull))
}
