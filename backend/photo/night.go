package photo

// night: the Milky Way over a lake, a crescent moon, and one lit tent on the far shore.
func night(f *view) shader {
	hills := make([]*ridge, 3)
	for i := range hills {
		hills[i] = newNightHill(f, i)
	}
	sky := nightSky(f)
	pool := lake{f: f, shore: 0.78, stretch: 1.5, ripples: 0.022, bright: 0.72, colour: web(0x0a1830), depth: 0.9}
	firs := newGrove(f, func(float32) float32 { return pool.shore + 0.002 }, 0.006, 0.055, f.seed+41)
	camp := tent{f: f, u: 0.34 * f.wide, v: pool.shore - 0.001, tall: 0.020}
	land := func(x int, u, v float32) rgb {
		c := behind(f, hills, x, u, v, sky)
		c = mix(c, web(0x050a12), firs.cover(x, u, v))
		return camp.over(c, u, v)
	}
	return func(x, y int) rgb {
		u, v := f.place(x, y)
		return pool.at(x, u, v, land)
	}
}

func newNightHill(f *view, i int) *ridge {
	near := float32(i) / 2
	outline := wave{octaves: 9, sharp: lerp(0.9, 0.3, near), seed: f.seed*19 + uint64(i)}
	return &ridge{
		line: f.columns(func(u float32) float32 {
			return lerp(0.71, 0.775, near) - lerp(0.17, 0.05, near)*(0.25+outline.at(u*lerp(2.2, 3.1, near)))
		}),
		rock:   newRamp(stop{0, 0x223a5c}, stop{0.5, 0x14243f}, stop{1, 0x0a1322}).at(near),
		haze:   newRamp(stop{0, 0x3f6a86}, stop{1, 0x1d3550}).at(near),
		relief: 1.6, scale: 1.4,
	}
}

func nightSky(f *view) func(u, v float32) rgb {
	colours := newRamp(stop{0, 0x060a1e}, stop{0.4, 0x0d1a40}, stop{0.72, 0x1c3d68}, stop{0.9, 0x3b7286}, stop{1, 0x6f9a8f})
	crescent := moon{f: f, u: 0.77 * f.wide, v: 0.135, radius: 0.030}
	return func(u, v float32) rgb {
		band := milkyWay(f, u, v)
		c := colours.at(v / 0.76)
		c = c.lit(rgb{0.55, 0.58, 0.85}, 0.55*band)
		c = c.lit(rgb{1.0, 0.72, 0.62}, 0.38*band*band)
		dim := smooth(0.80, 0.45, v)
		c = stars(f, c, u, v, 0.0045, (0.10+0.75*band)*dim, 0.35)
		c = stars(f, c, u, v, 0.013, 0.32*dim, 0.75)
		c = stars(f, c, u, v, 0.055, 0.22*dim, 1.5)
		return crescent.over(c, u, v)
	}
}

// milkyWay is the brightness of the band that crosses the sky, with its dark lanes.
func milkyWay(f *view, u, v float32) float32 {
	du, dv := u-0.40*f.wide, v-0.38
	along, across := 0.42*du-0.91*dv, 0.91*du+0.42*dv
	across += 0.05 * f.noise.at(along*0.5, 0.3)
	glow := exp(-across * across * 46)
	cloud := 0.6 + 0.5*f.noise.at(along*0.9, across*1.5) + 0.3*f.noise.at(along*3.1, across*4.3)
	lane := smooth(0.05, 0.4, f.noise.at(along*0.8+0.4, across*2.3+0.1)+0.3*f.noise.at(along*4.3, across*5.7)+0.25-8*across*across)
	return clamp(glow * cloud * (1 - 0.75*lane))
}

// stars strews one star at most into each square cell of the sky; the chance that a cell
// has one is share. Few are bright: their light follows a steep power.
func stars(f *view, c rgb, u, v, cell, share, size float32) rgb {
	x, y := floor(u/cell), floor(v/cell)
	h := hash(x, y, f.seed^uint64(cell*1e6))
	if unit(h, 0) > share {
		return c
	}
	radius := size * max(0.0009, 0.8*f.pixel) * (0.6 + 0.6*unit(h, 1))
	room := cell - 4*radius
	du := u - float32(x)*cell - 2*radius - unit(h, 2)*room
	dv := v - float32(y)*cell - 2*radius - unit(h, 3)*room
	light := exp(-(du*du + dv*dv) / (radius * radius))
	if light < 0.004 {
		return c
	}
	bright := unit(h, 1)
	bright = 0.30 + 0.9*bright*bright*bright
	warm := unit(h, 3)
	return c.lit(mix(rgb{0.72, 0.84, 1}, rgb{1, 0.88, 0.70}, warm*warm), min(light*bright, 1))
}

// moon is a thin crescent in the halo of its own light; the rest of the disc is just seen.
type moon struct {
	f            *view
	u, v, radius float32
}

func (m moon) over(c rgb, u, v float32) rgb {
	du, dv := (u-m.u)/m.radius, (v-m.v)/m.radius
	d := sqrt(du*du + dv*dv)
	c = c.lit(rgb{0.80, 0.88, 1}, 0.55/(1+0.9*d*d)+0.10/(1+0.02*d*d))
	if d > 1.1 {
		return c
	}
	inside := clamp((1-d)*m.radius*m.f.fine + 0.5)
	shift := sqrt((du+0.50)*(du+0.50) + (dv-0.22)*(dv-0.22))
	sunlit := smooth(0.98, 1.10, shift)
	maria := 1 + 0.18*m.f.noise.at(du*0.3+0.2, dv*0.3)
	disc := mix(web(0x22304f), web(0xfdf6df), sunlit).scale(maria)
	return mix(c, disc, inside)
}

// tent glows from within, and lights the ground around it.
type tent struct {
	f          *view
	u, v, tall float32
}

func (t tent) over(c rgb, u, v float32) rgb {
	du, up := (u-t.u)/t.tall, (t.v-v)/t.tall
	d := du*du + (up-0.3)*(up-0.3)
	if d > 300 {
		return c
	}
	c = c.lit(rgb{1, 0.60, 0.22}, 0.40/(1+1.1*d)*smooth(300, 0, d))
	inside := min(up, 1-up-abs(du)*0.72)
	canvas := mix(web(0xffe9a8), web(0xe8782a), clamp(0.35*abs(du)+up*0.9))
	canvas = canvas.scale(1 - 0.35*smooth(0.05, 0.02, abs(du)))
	return mix(c, canvas, clamp(inside*t.tall*t.f.fine+0.5))
}
