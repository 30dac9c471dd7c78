package photo

import "math"

// hash scrambles two integers and a seed; every random detail of a pixel comes from it, so
// that rows can be painted in any order.
func hash(x, y int, seed uint64) uint64 {
	h := uint64(uint32(x))*0x9E3779B97F4A7C15 ^ uint64(uint32(y))*0xC2B2AE3D27D4EB4F ^ seed*0x165667B19E3779F9
	h = (h ^ h>>29) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>32) * 0x94D049BB133111EB
	return h ^ h>>29
}

// unit is a number in 0 to 1 from 16 bits of a hash; part 0 to 3 chooses which.
func unit(h uint64, part uint) float32 { return float32(h>>(16*part)&0xFFFF) / 65535 }

// texture is a square of fractal noise, −1 to 1, that repeats without a seam. Painting it
// once and looking it up at many scales is what makes 12 megapixels a matter of a second.
type texture struct {
	size   int // a power of two
	values []float32
}

// coarsest is how many bumps of the largest octave cross a texture.
const coarsest = 4

func newTexture(size int, seed uint64) *texture {
	t := &texture{size: size, values: make([]float32, size*size)}
	inRows(size, func(y int) {
		row := t.values[y*size : (y+1)*size]
		strength := float32(0.9)
		for period := coarsest; period <= size/4; period *= 2 {
			octave(row, y, period, strength, seed+uint64(period))
			strength /= 2
		}
	})
	return t
}

// octave adds one row of gradient noise with period bumps.
func octave(row []float32, y, period int, strength float32, seed uint64) {
	step := float32(period) / float32(len(row))
	fy := float32(y) * step
	y0 := int(fy)
	dy := fy - float32(y0)
	for x := range row {
		fx := float32(x) * step
		x0 := int(fx)
		row[x] += strength * gradientNoise(x0, y0, fx-float32(x0), dy, period, seed)
	}
}

func gradientNoise(x0, y0 int, dx, dy float32, period int, seed uint64) float32 {
	mask := period - 1
	slope := func(x, y int, dx, dy float32) float32 {
		h := hash(x&mask, y&mask, seed)
		return (unit(h, 0)*2-1)*dx + (unit(h, 1)*2-1)*dy
	}
	sx, sy := dx*dx*(3-2*dx), dy*dy*(3-2*dy)
	top := lerp(slope(x0, y0, dx, dy), slope(x0+1, y0, dx-1, dy), sx)
	bottom := lerp(slope(x0, y0+1, dx, dy-1), slope(x0+1, y0+1, dx-1, dy-1), sx)
	return 2 * lerp(top, bottom, sy)
}

// softNoise is one octave of gradient noise in the plane, without a texture's fine detail:
// surfaces made of it have no facets.
func softNoise(x, y float32, seed uint64) float32 {
	x0, y0 := floor(x), floor(y)
	return gradientNoise(x0, y0, x-float32(x0), y-float32(y0), 1<<16, seed)
}

// at looks the texture up; 1 is its whole period, and it repeats for ever.
func (t *texture) at(x, y float32) float32 {
	x, y = x*float32(t.size), y*float32(t.size)
	x0, y0 := floor(x), floor(y)
	dx, dy := x-float32(x0), y-float32(y0)
	mask := t.size - 1
	top, bottom := (y0&mask)*t.size, ((y0+1)&mask)*t.size
	left, right := x0&mask, (x0+1)&mask
	a := lerp(t.values[top+left], t.values[top+right], dx)
	b := lerp(t.values[bottom+left], t.values[bottom+right], dx)
	return lerp(a, b, dy)
}

func floor(x float32) int {
	i := int(x)
	if x < float32(i) {
		i--
	}
	return i
}

// wave is fractal noise along a line: the outline of hills. Each octave is half as high
// and twice as dense. sharp 0 gives round hills, 1 gives peaks.
type wave struct {
	octaves int
	sharp   float32
	seed    uint64
}

func (w wave) at(x float32) float32 {
	sum, strength := float32(0), float32(0.5)
	for i := range w.octaves {
		n := lineNoise(x, w.seed+uint64(i)*977)
		sum += strength * lerp(n, 1-2*abs(n)*1.4, w.sharp)
		x, strength = x*2.03+7.7, strength*0.5
	}
	return sum
}

func lineNoise(x float32, seed uint64) float32 {
	i := floor(x)
	d := x - float32(i)
	a := (unit(hash(i, 0, seed), 0)*2 - 1) * d
	b := (unit(hash(i+1, 0, seed), 0)*2 - 1) * (d - 1)
	return 2 * lerp(a, b, d*d*d*(d*(d*6-15)+10))
}

func abs(x float32) float32  { return math.Float32frombits(math.Float32bits(x) &^ (1 << 31)) }
func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }
func exp(x float32) float32  { return float32(math.Exp(float64(x))) }
func sin(x float32) float32  { return float32(math.Sin(float64(x))) }
