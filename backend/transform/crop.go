package transform

import "math"

// cutFirst sets the part of the upright source to work on, which lies in area, and gives
// its size once it is turned.
func (p *Plan) cutFirst(meta Meta, area Rect, o Options) size {
	width, height := meta.Upright()
	whole := Rect{Width: width, Height: height}
	if area != whole {
		trimmed := area
		p.Trimmed = &trimmed
	}
	src := size{area.Width, area.Height}.turned(p.Turn)
	part, smart := preCrop(src, o)
	if part != nil {
		src = size{part.Width, part.Height}
		area = area.part(p.Turn, *part)
	}
	if area != whole {
		p.PreCrop, p.PreSmart = &area, smart
	}
	return src
}

// part is where in the image a part of r lies that was cut out of it after turning it.
func (r Rect) part(turn int, cut Rect) Rect {
	back := Meta{Width: r.Width, Height: r.Height, Orientation: turn}.Stored(cut)
	back.X, back.Y = back.X+r.X, back.Y+r.Y
	return back
}

// preCrop is the part of the source to work on, or nil for all of it.
func preCrop(src size, o Options) (rect *Rect, smart bool) {
	area := size{extent(src.width, o.Crop.Width), extent(src.height, o.Crop.Height)}
	area = o.Geometry.proportioned(area, src)
	gravity := o.Gravity
	if o.Crop.HasGravity {
		gravity = o.Crop.Gravity
	}
	return cut(src, area, gravity, 1) // before the resize, so offsets are in source pixels
}

// cut places area in outer; the whole of outer is no cut.
func cut(outer, area size, g Gravity, dpr float64) (rect *Rect, smart bool) {
	if area == outer {
		return nil, false
	}
	placed := place(outer, area, g, dpr)
	return &placed, g.Anchor == Smart
}

// extent is how many of a side's pixels a crop of want keeps: from 1 on pixels, below it a
// fraction, and all of them for 0 (or for what is no number).
func extent(side int, want float64) int {
	switch {
	case !(want > 0) || want >= float64(side) && want >= 1:
		return side
	case want >= 1:
		return int(want)
	default:
		return max(1, int(math.Round(float64(side)*want)))
	}
}

// place puts inner, which fits, into outer where the gravity says. Smart starts at the
// centre: whoever has pixels moves it.
func place(outer, inner size, g Gravity, dpr float64) Rect {
	var x, y float64
	switch g.Anchor {
	case FocusPoint:
		x = focus(outer.width, inner.width, g.X)
		y = focus(outer.height, inner.height, g.Y)
	case Smart:
		x, y = middleOf(outer.width, inner.width), middleOf(outer.height, inner.height)
	default:
		horizontal, vertical := edges(g.Anchor)
		x = align(outer.width, inner.width, horizontal, offset(outer.width, g.X, dpr))
		y = align(outer.height, inner.height, vertical, offset(outer.height, g.Y, dpr))
	}
	return Rect{
		X: clamp(x, outer.width-inner.width), Y: clamp(y, outer.height-inner.height),
		Width: inner.width, Height: inner.height,
	}
}

// edge is the end of a side that an anchor holds on to.
type edge int8

const (
	start  edge = -1 // west, north
	middle edge = 0
	end    edge = 1 // east, south
)

func edges(a Anchor) (horizontal, vertical edge) {
	switch a {
	case West, NorthWest, SouthWest:
		horizontal = start
	case East, NorthEast, SouthEast:
		horizontal = end
	}
	switch a {
	case North, NorthEast, NorthWest:
		vertical = start
	case South, SouthEast, SouthWest:
		vertical = end
	}
	return horizontal, vertical
}

func align(outer, inner int, at edge, offset float64) float64 {
	switch at {
	case start:
		return offset
	case end:
		return float64(outer-inner) - offset
	default:
		return middleOf(outer, inner) + offset
	}
}

// middleOf is imgproxy's middle, to the pixel, so that the same URL shows the same part: half
// of what is left over plus a half, to the even pixel. It is up to one pixel past the true
// middle.
func middleOf(outer, inner int) float64 {
	return math.RoundToEven(float64(outer-inner+1) / 2)
}

// focus centres inner on a point given as a fraction of outer.
func focus(outer, inner int, at float64) float64 {
	return math.RoundToEven(float64(outer)*at) - float64(inner/2)
}

// offset is in pixels (scaled by dpr, so that a composition is the same at every dpr), or
// below 1 a fraction of the side.
func offset(side int, by, dpr float64) float64 {
	if math.Abs(by) >= 1 {
		return math.RoundToEven(by * dpr)
	}
	return math.RoundToEven(float64(side) * by)
}

// clamp gives 0…most, and 0 for what is no number.
func clamp(value float64, most int) int {
	switch {
	case !(value > 0):
		return 0
	case value > float64(most):
		return most
	default:
		return int(value)
	}
}

// Stored gives the part of the image as stored that an upright part comes from: a decoder
// can then skip the rest before it turns anything.
func (m Meta) Stored(r Rect) Rect {
	width, height := m.Upright()
	right, bottom := width-r.X-r.Width, height-r.Y-r.Height
	switch m.Orientation {
	case 2: // mirrored
		return Rect{right, r.Y, r.Width, r.Height}
	case 3: // turned by half
		return Rect{right, bottom, r.Width, r.Height}
	case 4: // upside down, mirrored
		return Rect{r.X, bottom, r.Width, r.Height}
	case 5: // transposed
		return Rect{r.Y, r.X, r.Height, r.Width}
	case 6: // to be turned clockwise
		return Rect{r.Y, right, r.Height, r.Width}
	case 7: // transposed over the other diagonal
		return Rect{bottom, right, r.Height, r.Width}
	case 8: // to be turned counterclockwise
		return Rect{bottom, r.X, r.Height, r.Width}
	default:
		return r
	}
}
