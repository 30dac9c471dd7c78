package photo

import "image"

// shape is a flat figure: how far a point lies inside its outline (negative outside), its
// colour, and how much of what is below it hides.
type shape struct {
	inside func(u, v float32) float32
	colour rgb
	cover  float32
	soft   float32 // width of its edge; 0 is as sharp as pixels allow
}

// poster is flat geometry on a transparent ground, as designers export it: large areas of
// one colour, sharp edges, shapes that shine through each other, and a soft shadow.
func poster(s Scene) image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, s.Width, s.Height))
	pixel := 1 / float32(s.Height)
	shapes := composition(s.Seed, float32(s.Width)*pixel)
	inRows(s.Height, func(y int) {
		row := picture.Pix[y*picture.Stride : (y+1)*picture.Stride]
		for x := range s.Width {
			c, alpha := stack(shapes, (float32(x)+0.5)*pixel, (float32(y)+0.5)*pixel, pixel)
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = level(c.r), level(c.g), level(c.b), level(alpha)
		}
	})
	return picture
}

// stack lays the shapes over each other and gives colour and alpha, not premultiplied.
func stack(shapes []shape, u, v, pixel float32) (rgb, float32) {
	var c rgb
	var alpha float32
	for _, s := range shapes {
		part := clamp(s.inside(u, v)/max(s.soft, pixel)+0.5) * s.cover
		if part == 0 {
			continue
		}
		alpha = part + alpha*(1-part)
		c = mix(c, s.colour, part/alpha)
	}
	return c, alpha
}

// composition arranges the poster. Positions are in heights; wide is the right edge.
func composition(seed uint64, wide float32) []shape {
	near := func(at float32) float32 { return at + 0.012*(unit(hash(int(at*1000), 0, seed), 0)-0.5) }
	middle := wide / 2
	coral, teal, mustard := web(0xf2684a), web(0x1f9e9b), web(0xf4b942)
	navy, cream, rose := web(0x1d2c55), web(0xfbf3e3), web(0xf3a9a4)
	shapes := []shape{
		{inside: disc(middle, 0.535, 0.36), colour: navy, cover: 0.35, soft: 0.16},
		{inside: disc(middle, near(0.48), 0.375), colour: cream, cover: 1},
		{inside: cut(disc(middle, 0.48, 0.345), above(0.60)), colour: coral, cover: 1},
		{inside: ring(middle-0.40, near(0.27), 0.150, 0.034), colour: mustard, cover: 1},
		{inside: disc(middle-0.40, 0.27, 0.062), colour: navy, cover: 1},
		{inside: disc(middle+0.31, near(0.63), 0.23), colour: teal, cover: 0.72},
		{inside: triangle(middle-0.47, 0.88, 0.34, 0.33), colour: rose, cover: 0.80},
		{inside: cut(disc(middle+0.42, 0.22, 0.15), above(0.22)), colour: mustard, cover: 0.9},
		{inside: cut(disc(middle+0.42, 0.235, 0.15), below(0.235)), colour: navy, cover: 0.9},
	}
	for i := range 4 {
		line := 0.64 + 0.052*float32(i)
		shapes = append(shapes, shape{inside: cut(ripple(line, 0.012), disc(middle, 0.48, 0.345)), colour: navy, cover: 1})
	}
	for i := range 25 {
		u, v := middle+0.40+0.035*float32(i%5), 0.76+0.035*float32(i/5)
		shapes = append(shapes, shape{inside: disc(u, v, 0.0085), colour: coral, cover: 1})
	}
	for i := range 5 {
		shapes = append(shapes, shape{inside: bar(middle-0.60+0.045*float32(i), 0.50, 0.085), colour: navy, cover: 1 - 0.17*float32(i)})
	}
	return shapes
}

type outline = func(u, v float32) float32

func disc(u0, v0, radius float32) outline {
	return func(u, v float32) float32 { return radius - sqrt((u-u0)*(u-u0)+(v-v0)*(v-v0)) }
}

func ring(u0, v0, radius, width float32) outline {
	whole := disc(u0, v0, radius)
	return func(u, v float32) float32 { return width/2 - abs(whole(u, v)) }
}

func above(line float32) outline { return func(_, v float32) float32 { return line - v } }

func below(line float32) outline { return func(_, v float32) float32 { return v - line } }

// triangle stands on its base at v0, centred on u0.
func triangle(u0, v0, base, tall float32) outline {
	return func(u, v float32) float32 {
		return min(v0-v, (base/2*(1-(v0-v)/tall)-abs(u-u0))*0.89)
	}
}

// ripple is a wavy line across the whole picture.
func ripple(line, half float32) outline {
	return func(u, v float32) float32 { return half - abs(v-line-0.014*sin(u*34)) }
}

// bar is a slanted stroke with round ends.
func bar(u0, v0, half float32) outline {
	return func(u, v float32) float32 {
		along := min(max((u-u0)*0.5-(v-v0)*0.866, -half), half)
		du, dv := u-u0-along*0.5, v-v0+along*0.866
		return 0.011 - sqrt(du*du+dv*dv)
	}
}

// cut keeps what lies inside both outlines.
func cut(a, b outline) outline {
	return func(u, v float32) float32 { return min(a(u, v), b(u, v)) }
}
