package transform

import "math"

// Raster is a decoded and reduced copy of a source, from which smaller results are made for a
// fraction of what decoding costs: plain pixels of 8 bits a band, row by row, upright, in sRGB
// (3 bands) or grey (1), with alpha as one band more.
type Raster struct {
	Width, Height, Bands int
	Pixels               []byte
	Shared               Shared // the memory that Pixels lie in; nil: the garbage collector's
}

// Shared is memory that other processes can be lent, and that the garbage collector does not
// take back.
type Shared interface {
	Hold()      // keeps it until a Release more
	Release()   // ends one use; after the last one it is gone
	Bytes() int // how large it may be
}

// Hold keeps the pixels until a Release more.
func (r Raster) Hold() {
	if r.Shared != nil {
		r.Shared.Hold()
	}
}

// Release ends a use of the pixels.
func (r Raster) Release() {
	if r.Shared != nil {
		r.Shared.Release()
	}
}

// Sound tells whether there are pixels, and as many as the numbers say.
func (r Raster) Sound() bool {
	return r.Width > 0 && r.Height > 0 && r.Bands >= 1 && r.Bands <= 4 &&
		r.Width <= math.MaxInt32 && r.Height <= math.MaxInt32 && len(r.Pixels) > 0 &&
		int64(len(r.Pixels)) == int64(r.Width)*int64(r.Height)*int64(r.Bands)
}

func (r Raster) alpha() bool { return r.Bands == 2 || r.Bands == 4 }

const (
	// reducible is the least of pixels of a source that is worth a raster: what is smaller is
	// decoded in a few milliseconds.
	reducible = 1_000_000
	// largestRaster is the most of pixels: half of the sides of a photograph of 25 megapixels.
	largestRaster = 6_300_000
)

// Reduction is by how much the sides of a raster of this source are smaller than its own: 1,
// 2, 4 or 8; 0 where none is to be made, of at most so many bytes. A JPEG is always halved:
// that is free while it is decoded, and what is made of less than half of it is no worse.
func Reduction(meta Meta, most int) (by int) {
	if meta.Pages > 1 || meta.Foreign || meta.Chained || !reduces(meta.Format) {
		return 0
	}
	pixels := (size{meta.Width, meta.Height}).pixels(1)
	if pixels < reducible {
		return 0
	}
	bands := 3.0
	if meta.Alpha {
		bands = 4
	}
	by = 1
	if meta.Format == JPEG {
		by = 2
	}
	for ; by <= 8; by *= 2 {
		if left := pixels / float64(by*by); left <= largestRaster && left*bands <= float64(most) {
			return by
		}
	}
	return 0
}

// reduces names the formats of pictures: one page, no vectors, no palette that a result would
// take over.
func reduces(f Format) bool {
	switch f {
	case JPEG, PNG, WebP, AVIF, HEIC, JXL:
		return true
	}
	return false
}

// spare is how many times larger than the result the raster must be, at least, for the result
// to be as good as from the source. A whole copy loses nothing, and half a JPEG is what its
// own way to the result begins with. Two resizes, one after the other, blur where the second
// is slight.
func spare(meta Meta, by float64) float64 {
	switch {
	case by <= 1:
		return 0
	case meta.Format == JPEG && by < 3:
		return 1
	case meta.Format == JPEG:
		return 1.4
	default:
		return 1.5
	}
}

// On gives the plan as one on a raster of the source, with the same result: not exactly to the
// last bit, but to the eye. It is false where the result needs the source itself: what a file
// holds beside the picture, attention (which would choose by other pixels), frames and pages,
// or too much detail.
func (p Plan) On(meta Meta, r Raster) (Plan, bool) {
	if !r.Sound() || r.alpha() != meta.Alpha || Reduction(meta, math.MaxInt) == 0 ||
		p.Passthrough || p.PreSmart || p.PostSmart || p.Keep != (Keep{}) || p.Frames != (Reel{}) {
		return p, false
	}
	part := size{r.Width, r.Height}
	stored := part.turned(meta.Orientation)
	byX, byY := by(meta, meta.Width, stored.width), by(meta, meta.Height, stored.height)
	if p.PreCrop != nil { // pixels were put together in rows and columns as stored
		cut := stored.upright(meta.Stored(*p.PreCrop).reduced(byX, byY, stored), meta.Orientation)
		p.PreCrop, part = &cut, size{cut.Width, cut.Height}
	}
	least := spare(meta, max(byX, byY))
	if float64(part.width) < least*float64(p.Width) || float64(part.height) < least*float64(p.Height) {
		return p, false
	}
	p.Raster = &r
	return p, true
}

// by is how many pixels of the source one of the raster is. libjpeg's are squares of 2, 4 or 8,
// also at an edge that has no whole one.
func by(meta Meta, from, to int) float64 {
	by := float64(from) / float64(to)
	if meta.Format == JPEG {
		return math.Exp2(math.Round(math.Log2(by)))
	}
	return by
}

// reduced is where a part of the source lies in its raster.
func (r Rect) reduced(byX, byY float64, in size) Rect {
	x, y := min(round(float64(r.X)/byX), in.width-1), min(round(float64(r.Y)/byY), in.height-1)
	return Rect{
		X: x, Y: y,
		Width:  min(max(1, round(float64(r.X+r.Width)/byX)-x), in.width-x),
		Height: min(max(1, round(float64(r.Y+r.Height)/byY)-y), in.height-y),
	}
}
