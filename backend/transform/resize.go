package transform

import "math"

// scaling is what a resize comes to: the size after it, the box that a fill then keeps of
// it, the box that was asked for, and the dpr that could be had without enlarging.
type scaling struct {
	resized, kept, target size // target's sides can be open
	dpr                   float64
}

// scale works out a resize of src. The arithmetic is imgproxy's (calcScale and calcSizes of
// its processing/prepare.go), so that signed URLs moved from there give the same sizes; free
// is for vector images, which nothing enlarges.
func scale(src size, o Options, free bool) scaling {
	s := scaleBy(src, o, free, 1)
	most := o.Limits.ResultSide
	if most <= 0 {
		return s
	}
	by := 1.0
	for range 8 { // rounding, twice with padding, can leave a pixel too many
		outer := s.outer(o)
		if !outer.over(most) {
			break
		}
		by *= float64(most) / float64(max(outer.width, outer.height))
		s = scaleBy(src, o, free, by)
	}
	return s
}

// outer is the size of the finished image.
func (s scaling) outer(o Options) size {
	if c := canvas(o, s); c != nil {
		return size{c.Width, c.Height}
	}
	return s.kept
}

// scaleBy makes everything smaller by a factor, the canvas around the image included.
func scaleBy(src size, o Options, free bool, by float64) scaling {
	free = free || o.Enlarge
	kind := resizeKind(src, o)
	wide, high := shrinks(src, kind, o)
	zoomX, zoomY := o.Geometry.zoom()
	wide, high = wide/zoomX, high/zoomY
	dpr := factor(o.DPR)
	if !free {
		wide, high, dpr = withoutEnlarging(wide, high, dpr, !o.Geometry.Extend.On)
	}
	wide, high, raised := o.Geometry.atLeast(src, wide, high)
	dpr *= by
	target := size{scaled(o.Width, dpr*zoomX), scaled(o.Height, dpr*zoomY)}
	resized := size{shrunk(src.width, wide/dpr), shrunk(src.height, high/dpr)}
	if raised { // the minimum may leave any box: what leaves it is cut off
		return scaling{resized, target.within(resized), target, dpr}
	}
	resized = snap(resized, target, src, kind, free)
	return scaling{resized, kept(resized, target, kind, o.Enlarge), target, dpr}
}

// factor is a dpr or a zoom; nothing, or what is no number, is 1.
func factor(by float64) float64 {
	if !(by > 0) || math.IsInf(by, 1) {
		return 1
	}
	return by
}

// resizeKind replaces AutoSize: fill where both are portrait or both landscape, else fit.
func resizeKind(src size, o Options) Resize {
	if o.Resize != AutoSize {
		return o.Resize
	}
	target := size{o.Width, o.Height}.open(src)
	if (src.width >= src.height) == (target.width >= target.height) {
		return Fill
	}
	return Fit
}

// open fills each side that was left open from src.
func (s size) open(src size) size {
	if s.width <= 0 {
		s.width = src.width
	}
	if s.height <= 0 {
		s.height = src.height
	}
	return s
}

// shrinks are the factors by which each side gets smaller, before dpr.
func shrinks(src size, kind Resize, o Options) (wide, high float64) {
	srcWidth, srcHeight := src.float()
	width, height := size{o.Width, o.Height}.open(src).float()
	wide, high = srcWidth/width, srcHeight/height
	switch {
	case kind == Force:
	case o.Width <= 0 && o.Height <= 0:
	case o.Width <= 0:
		wide = high
	case o.Height <= 0:
		high = wide
	case kind == Fit:
		wide = max(wide, high)
		high = wide
	default:
		wide = min(wide, high)
		high = wide
	}
	return wide, high
}

// withoutEnlarging raises the factors until neither enlarges, and lowers dpr likewise. A dpr
// below 1 first makes up for what the factors lost, so that half of twice the source is
// the source and not half of it; but not where the rest of the box is filled by extending.
func withoutEnlarging(wide, high, dpr float64, makeUp bool) (float64, float64, float64) {
	if least := min(wide, high); least < 1 {
		wide, high = wide/least, high/least
		if makeUp {
			dpr /= least
		}
	}
	return wide, high, min(dpr, wide, high)
}

func scaled(side int, by float64) int {
	if side <= 0 {
		return 0
	}
	return max(1, round(float64(side)*by))
}

func shrunk(side int, by float64) int { return max(1, round(float64(side)/by)) }

// round is to the nearest pixel, and stays where int32 (libvips' sizes) can count: what is
// beyond is over every limit anyway.
func round(value float64) int { return int(min(math.Round(value), math.MaxInt32)) }

// snap mends what rounding two ways can cost: a fit never leaves its box, a fill never
// misses it by a pixel, and nothing grows unasked.
func snap(resized, target, src size, kind Resize, free bool) size {
	switch kind {
	case Fit:
		resized = resized.within(target.open(resized))
	case Fill, FillDown, Force:
		resized.width = nudge(resized.width, target.width)
		resized.height = nudge(resized.height, target.height)
	}
	if !free {
		resized = resized.within(src)
	}
	return resized
}

func nudge(side, target int) int {
	if side+1 == target {
		return target
	}
	return side
}

// kept is the part of the resized image that a fill keeps: the box, or what there is of it.
// FillDown keeps the box's ratio instead, where the image is smaller than the box.
func kept(resized, target size, kind Resize, enlarge bool) size {
	if kind != Fill && kind != FillDown {
		return resized
	}
	if kind == FillDown && !enlarge && target.width > 0 && target.height > 0 {
		target = ratioDown(resized, target)
	}
	return target.within(resized)
}

func ratioDown(resized, target size) size {
	width, height := resized.float()
	boxWidth, boxHeight := target.float()
	wider, higher := boxWidth/width, boxHeight/height
	switch {
	case wider > higher && wider > 1:
		return size{resized.width, max(1, round(width*boxHeight/boxWidth))}
	case higher > wider && higher > 1:
		return size{max(1, round(height*boxWidth/boxHeight)), resized.height}
	default:
		return target
	}
}
