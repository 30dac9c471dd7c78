package photo

import "math"

// desert: a sea of dunes in low sun. Unlike the other scenes it is a real surface seen in
// perspective, so that crests hide what is behind them and each has a side in shade.
func desert(f *view) shader {
	d := newDunes(f)
	depths := d.look()
	sky := newRamp(stop{0, 0x3f7fb8}, stop{0.55, 0x8fb9d2}, stop{0.85, 0xe6d3b4}, stop{1, 0xf7dcae})
	return func(x, y int) rgb {
		u, v := f.place(x, y)
		air := sky.at(v / 0.40)
		air = air.lit(rgb{1, 1, 1}, 0.55*smooth(0.1, 0.7, f.noise.at(u*0.22+0.1, v*1.3)+0.35*f.noise.at(u*0.9, v*4.7)))
		away := depths[y*f.width+x]
		if away == 0 {
			return air
		}
		return d.colour((u-f.wide/2)*away/focal, away, air)
	}
}

// The camera, in dune units: a dune is about 0.2 high and one unit wide.
const (
	eyeHeight = 0.30 // above the highest ground nearby
	focal     = 1.25
	eyeLine   = 0.30 // v of the horizon
	nearest   = 0.4
	farthest  = 40
)

type dunes struct {
	f   *view
	eye float32 // height of the camera
}

// newDunes puts the camera above whatever it stands on.
func newDunes(f *view) dunes {
	d := dunes{f: f}
	ground := float32(0)
	for z := float32(0); z < 2; z += 0.05 {
		ground = max(ground, d.height(-z*0.4, z), d.height(0, z), d.height(z*0.4, z))
	}
	d.eye = ground + eyeHeight
	return d
}

// look walks each column of the picture from near to far and notes how far away the
// ground is at each pixel; 0 is sky.
func (d dunes) look() []float32 {
	depths := make([]float32, d.f.width*d.f.height)
	inRows(d.f.width, func(x int) { d.column(x, depths) })
	return depths
}

func (d dunes) column(x int, depths []float32) {
	f := d.f
	side := ((float32(x)+0.5)*f.pixel - f.wide/2) / focal
	top, before, at := f.height, float32(nearest), float32(f.height)
	for away := float32(nearest); away < farthest && top > 0; away *= 1.003 {
		rise := d.eye - d.height(side*away, away)
		row := (eyeLine + rise*focal/away) * f.fine
		for top > 0 && float32(top)-0.5 > row {
			top--
			part := clamp((at - float32(top) - 0.5) / max(at-row, 0.001))
			depths[top*f.width+x] = lerp(before, away, part)
		}
		before, at = away, row
	}
}

// height of the sand: long dunes across the wind, steep on the lee side, bent and swollen
// by noise, and smaller ones on their backs.
func (d dunes) height(x, z float32) float32 {
	bend := softNoise(x*0.33, z*0.26, d.f.seed)
	swell := softNoise(x*0.15+9, z*0.17, d.f.seed)
	large := lee(0.24*x-0.19*z+0.8*bend) * (0.50 + 0.38*swell)
	small := lee(0.50*x+0.42*z+0.9*bend+0.4) * (0.075 + 0.07*swell)
	return large + small + 0.30*swell
}

// lee is one dune along its phase: a long rise to a sharp crest, and a short steep fall.
func lee(phase float32) float32 {
	p := phase - float32(floor(phase))
	if p < 0.68 {
		p /= 0.68
		return p * p * (1.6 - 0.6*p)
	}
	p = (1 - p) / 0.32
	return p * p * (3 - 2*p)
}

// colour of the sand at a point: sun or shade by its slope, ripples nearby, haze far away.
func (d dunes) colour(x, z float32, air rgb) rgb {
	step := 0.002 + 0.0022*z
	here := d.height(x, z)
	dx, dz := (d.height(x+step, z)-here)/step, (d.height(x, z+step)-here)/step
	ripple := d.ripples(x, z)
	dx, dz = dx+ripple, dz+0.4*ripple
	// The sun stands low on the left, a little beyond the dunes.
	facing := (0.86*dx - 0.16*dz + 0.34) / float32(math.Sqrt(float64(1+dx*dx+dz*dz)))
	light := smooth(-0.06, 0.62, facing)
	if light > 0 {
		light *= d.sun(x, z, here)
	}
	c := mix(web(0x6d3c3a), web(0xf4b067), light)
	c = c.lit(rgb{1, 0.9, 0.7}, 0.30*smooth(0.45, 0.8, facing)*light)
	c = c.scale(1 + 0.05*d.f.noise.at(x*3.1, z*3.1))
	return mix(c, air, 0.82*smooth(4, farthest, z)+0.1*smooth(2, 8, z))
}

// ripples are the small waves of the wind, too fine to see from far away.
func (d dunes) ripples(x, z float32) float32 {
	fade := smooth(4.0, 0.8, z)
	if fade == 0 {
		return 0
	}
	warp := softNoise(x*0.9, z*0.9, d.f.seed+1) + 0.35*softNoise(x*2.9, z*2.9, d.f.seed+2)
	return 0.09 * fade * sin((x*0.9+z*0.35)*150+9*warp) * (0.7 + softNoise(x*1.3, z*1.3, d.f.seed+3))
}

// sun is 0 where a dune stands between the point and the sun. Far away the slopes alone tell.
func (d dunes) sun(x, z, here float32) float32 {
	open := float32(1)
	for i := float32(1); i <= 5 && z < 14 && open > 0; i++ {
		far := 0.09 * i * i
		above := here + 0.02 + far*0.36 - d.height(x-far*0.98, z+far*0.18)
		open *= smooth(-0.03, 0.03+0.02*i, above)
	}
	return open
}
