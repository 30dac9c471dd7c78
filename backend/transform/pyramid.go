package transform

// Pyramid is a raster and its reductions to a half, a quarter and so on, the largest first. A
// small result is made from a small one: less has to be handed to a worker and read there.
//
// All levels lie in the memory of the first, as far as that has room.
type Pyramid []Raster

// smallestRaster is the side, in pixels, below which halving saves nothing more.
const smallestRaster = 512

// NewPyramid halves the raster while that is worth it. One with transparency stays alone:
// averaging would draw what hidden pixels hold into the edges.
func NewPyramid(base Raster) Pyramid {
	if !base.Sound() {
		return nil
	}
	levels := Pyramid{base}
	for last := base; !base.alpha() && min(last.Width, last.Height) >= 2*smallestRaster; {
		last = last.halved()
		levels = append(levels, last)
	}
	return levels
}

// Room is how many bytes all levels of a raster of so many may take.
func Room(base int) int { return base + base/3 + base/64 + 4096 }

// Bytes is what the pixels of all levels take, and what lies in their memory beside them.
func (p Pyramid) Bytes() (sum int) {
	if len(p) > 0 && p[0].Shared != nil {
		return p[0].Shared.Bytes()
	}
	for _, level := range p {
		sum += len(level.Pixels)
	}
	return sum
}

// Release ends the use of all levels.
func (p Pyramid) Release() {
	if len(p) > 0 {
		p[0].Release()
	}
}

// For is the smallest raster from which the options' result loses nothing, as far as that can
// be told without a plan: else the largest. Zero: there is none.
func (p Pyramid) For(o Options) Raster {
	if len(p) == 0 {
		return Raster{}
	}
	best := p[0]
	least := halving * o.mostOf(best.Width, best.Height) * float64(best.Width)
	for _, level := range p[1:] {
		if float64(level.Width) >= least {
			best = level
		}
	}
	return best
}

// halving is how many times larger than its result a raster is that was halved on its way.
const halving = 1.5

// mostOf is the largest share of an upright picture's sides that the result's may have; 1 where
// a part or another way up is asked for.
func (o Options) mostOf(width, height int) float64 {
	g := o.Geometry
	whole := o.Crop == (Crop{}) && g.CropRatio == 0 && g.MinWidth == 0 && g.MinHeight == 0 && g.ZoomX == 0 && g.ZoomY == 0
	if !whole || g.AsStored || g.QuarterTurns != 0 || g.Trim.On || o.Width == 0 && o.Height == 0 {
		return 1
	}
	scale := max(float64(o.Width)/float64(width), float64(o.Height)/float64(height))
	if o.DPR > 0 {
		scale *= o.DPR
	}
	return min(scale, 1)
}

// halved is the mean of each square of four pixels; of fewer at the right and lower edge, as
// libjpeg does it. It lies behind the raster, if there is room.
func (r Raster) halved() Raster {
	half := Raster{Width: (r.Width + 1) / 2, Height: (r.Height + 1) / 2, Bands: r.Bands}
	size := half.Width * half.Height * half.Bands
	if room := r.Pixels[len(r.Pixels):cap(r.Pixels)]; r.Shared != nil && len(room) >= size {
		half.Pixels, half.Shared = room[:0], r.Shared
	} else {
		half.Pixels = make([]byte, 0, size)
	}
	stride := r.Width * r.Bands
	for y := 0; y < r.Height; y += 2 {
		upper := r.Pixels[y*stride : (y+1)*stride]
		lower := upper
		if y+1 < r.Height {
			lower = r.Pixels[(y+1)*stride : (y+2)*stride]
		}
		half.Pixels = appendHalved(half.Pixels, upper, lower, r.Bands)
	}
	return half
}

func appendHalved(out, upper, lower []byte, bands int) []byte {
	for x := 0; x < len(upper); x += 2 * bands {
		for left := x; left < x+bands; left++ {
			right := left
			if left+bands < len(upper) {
				right = left + bands
			}
			sum := int(upper[left]) + int(upper[right]) + int(lower[left]) + int(lower[right])
			out = append(out, byte((sum+2)/4))
		}
	}
	return out
}
