package vips

/*
#include "vips.h"
*/
import "C"

import (
	"math"

	"github.com/gip4all/gip4all/backend/transform"
)

// picture is an image on its way through libvips. Whoever made it frees it.
type picture struct {
	ref *C.VipsImage
}

func (p *picture) free() {
	C.gip_unref(p.ref)
	p.ref = nil
}

// decode gives exactly the plan's Width × Height: upright, in sRGB or grey, of 8 bits.
// The caller frees the picture, also after an error.
func decode(body []byte, meta transform.Meta, plan transform.Plan) (p picture, err error) {
	if plan.Frames.Count > 0 {
		return decodePages(body, meta, plan)
	}
	if plan.Raster != nil {
		return decodeRaster(meta, plan)
	}
	err = p.resize(meta, plan, func(width, height int) error {
		if plan.PreCrop == nil && meta.Format == transform.JPEG {
			all := everything(meta) // vips_thumbnail shrinks less while it decodes, see jpegShrink
			plan.PreCrop = &all
		}
		if plan.PreCrop == nil {
			return p.thumbnail(body, meta, plan.Keep.Profile || meta.SRGB, width, height)
		}
		return p.thumbnailOfPart(body, meta, plan, width, height)
	})
	return p, err
}

// resize shrinks, and does what shrinking leaves to be done to the colours and to one axis.
func (p *picture) resize(meta transform.Meta, plan transform.Plan, shrink func(width, height int) error) error {
	width, height := plan.Width, plan.Height
	stretched := oneAxis(meta, plan)
	if stretched { // first at its own size, see gip_stretch
		width, height = area(meta, plan)
	}
	err := shrink(width, height)
	if err == nil && C.gip_srgb(&p.ref) != 0 {
		err = broken(meta.Format)
	}
	if err == nil && stretched && C.gip_stretch(&p.ref, C.int(plan.Width), C.int(plan.Height)) != 0 {
		err = broken(meta.Format)
	}
	return err
}

// area is the size of what is resized: the upright source, or its part.
func area(meta transform.Meta, plan transform.Plan) (width, height int) {
	if plan.PreCrop != nil {
		return plan.PreCrop.Width, plan.PreCrop.Height
	}
	return meta.Upright()
}

// everything is the upright source as an area.
func everything(meta transform.Meta) transform.Rect {
	width, height := meta.Upright()
	return transform.Rect{Width: width, Height: height}
}

// oneAxis tells whether a transparent image changes one side and keeps the other.
func oneAxis(meta transform.Meta, plan transform.Plan) bool {
	width, height := area(meta, plan)
	return meta.Alpha && (width == plan.Width) != (height == plan.Height)
}

// thumbnail resizes; asStored leaves the colours as they are.
func (p *picture) thumbnail(body []byte, meta transform.Meta, asStored bool, width, height int) error {
	if meta.Format.Paged() {
		return p.thumbnailOfPage(body, meta, asStored, width, height)
	}
	data, length := address(body)
	if C.gip_thumbnail(data, length, C.int(width), C.int(height), flag(asStored), &p.ref) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// thumbnailOfPart cuts before it resizes, so that nothing beyond the cut bleeds into the
// edges.
func (p *picture) thumbnailOfPart(body []byte, meta transform.Meta, plan transform.Plan, width, height int) error {
	part := *plan.PreCrop
	if plan.PreSmart {
		var err error
		if part, err = attend(body, meta, part, plan.Trimmed); err != nil {
			return err
		}
	}
	shrink := jpegShrink(meta.Format, part, width, height)
	if err := p.open(body, meta, plan.Scale, shrink); err != nil {
		return err
	}
	stored := transform.Rect{Width: int(p.ref.Xsize), Height: int(p.ref.Ysize)}
	if part != everything(meta) {
		stored = shrunk(meta.Stored(part), factor(plan.Scale, shrink), stored.Width, stored.Height)
	}
	if C.gip_area_thumbnail(&p.ref, cArea(stored), C.int(width), C.int(height), flag(plan.Keep.Profile || meta.SRGB)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// jpegShrink is the factor by which libjpeg can shrink for nearly nothing while it decodes.
// Halving leaves out the finest eighth of each block's waves and nothing else, so it may go
// all the way; the larger factors leave something to the proper resize. vips_thumbnail leaves
// a factor of two each time, which costs a third more processor time for a difference of less
// than 0.01 SSIM, see TestShrinkingWhileDecoding.
func jpegShrink(format transform.Format, part transform.Rect, width, height int) int {
	by := min(float64(part.Width)/float64(width), float64(part.Height)/float64(height))
	switch {
	case format != transform.JPEG || by < 2:
		return 1
	case by < 4*beforeLanczos:
		return 2
	case by < 8*beforeLanczos:
		return 4
	default:
		return 8
	}
}

// beforeLanczos is what is left to the resize after shrinking by 4 or 8.
const beforeLanczos = 1.4

// shrunk gives the part's place in the image that was shrunk to width × height.
func shrunk(r transform.Rect, by float64, width, height int) transform.Rect {
	if by == 1 {
		return r
	}
	scale := func(v int) int { return int(math.Round(float64(v) / by)) }
	x, y := min(scale(r.X), width-1), min(scale(r.Y), height-1)
	return transform.Rect{
		X: x, Y: y,
		Width:  min(max(1, scale(r.X+r.Width)-x), width-x),
		Height: min(max(1, scale(r.Y+r.Height)-y), height-y),
	}
}

// attentive is the longer side of the small image in which the interesting part is looked
// for: attention is a matter of 32 pixels to libvips, and this keeps memory small.
const attentive = 512

// attend moves part to the most interesting place of the upright source, or of that part
// of it which a trim left.
func attend(body []byte, meta transform.Meta, part transform.Rect, trimmed *transform.Rect) (transform.Rect, error) {
	return seek(meta, part, trimmed, func(small *picture, width, height int) error {
		return small.thumbnail(body, meta, meta.SRGB, width, height)
	})
}

// seek finds the place in the small picture that shrink makes.
func seek(meta transform.Meta, part transform.Rect, trimmed *transform.Rect, shrink func(small *picture, width, height int) error) (transform.Rect, error) {
	width, height := meta.Upright()
	in := transform.Rect{Width: width, Height: height}
	if trimmed != nil {
		in = *trimmed
	}
	scale := min(1, attentive/float64(max(width, height)))
	toSmall := func(v int) int { return max(1, int(math.Round(float64(v)*scale))) }
	small := picture{}
	defer small.free()
	if err := shrink(&small, toSmall(width), toSmall(height)); err != nil {
		return part, err
	}
	if trimmed != nil {
		within := shrunk(in, 1/scale, int(small.ref.Xsize), int(small.ref.Ysize))
		if C.gip_extract(&small.ref, cArea(within)) != 0 {
			return part, broken(meta.Format)
		}
	}
	wide, high := min(toSmall(part.Width), int(small.ref.Xsize)), min(toSmall(part.Height), int(small.ref.Ysize))
	left, top, err := small.attention(meta.Format, wide, high)
	part.X = in.X + min(int(math.Round(float64(left)/scale)), in.Width-part.Width)
	part.Y = in.Y + min(int(math.Round(float64(top)/scale)), in.Height-part.Height)
	return part, err
}

// attention finds where the most interesting width × height of the picture begins.
func (p *picture) attention(format transform.Format, width, height int) (left, top int, err error) {
	var x, y C.int
	if C.gip_srgb(&p.ref) != 0 || C.gip_memory(&p.ref) != 0 ||
		C.gip_attention(p.ref, C.int(width), C.int(height), &x, &y) != 0 {
		return 0, 0, broken(format)
	}
	return int(x), int(y), nil
}

func cArea(r transform.Rect) C.GipArea {
	return C.GipArea{left: C.int(r.X), top: C.int(r.Y), width: C.int(r.Width), height: C.int(r.Height)}
}
