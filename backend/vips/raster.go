package vips

/*
#include "reduce.h"
#include "vips.h"
*/
import "C"

import (
	"unsafe"

	"github.com/gip4all/gip4all/backend/transform"
)

// Reduce decodes the image and makes its sides so many times smaller: see
// [transform.Reduction]. meta must be what Probe said of body. An image with a palette has no
// raster (and no error): its results take the palette over.
func (e *Engine) Reduce(body []byte, meta transform.Meta, by int) (transform.Raster, error) {
	defer enter(body)()
	var p picture
	defer func() { p.free() }()
	if err := p.reduce(body, meta, by); err != nil {
		return transform.Raster{}, err
	}
	if C.gip_has_palette(p.ref) != 0 {
		return transform.Raster{}, nil
	}
	if C.gip_srgb(&p.ref) != 0 || p.toMemory() != 0 {
		return transform.Raster{}, broken(meta.Format)
	}
	return p.raster(), nil
}

func (p *picture) toMemory() (failed C.int) { return C.gip_memory(&p.ref) }

// raster is a copy of a picture that is in memory.
func (p *picture) raster() transform.Raster {
	r := transform.Raster{Width: int(p.ref.Xsize), Height: int(p.ref.Ysize), Bands: int(p.ref.Bands)}
	r.Pixels = C.GoBytes(unsafe.Pointer(p.ref.data), C.int(r.Width*r.Height*r.Bands))
	return r
}

// reduce has libjpeg do it, where it can, and leaves nothing to a resize then.
func (p *picture) reduce(body []byte, meta transform.Meta, by int) error {
	width, height := meta.Upright()
	if meta.Format != transform.JPEG {
		return p.thumbnail(body, meta, meta.SRGB, (width+by-1)/by, (height+by-1)/by)
	}
	if err := p.open(body, meta, 0, by); err != nil {
		return err
	}
	all := transform.Rect{Width: int(p.ref.Xsize), Height: int(p.ref.Ysize)}
	width, height = transform.Meta{Width: all.Width, Height: all.Height, Orientation: meta.Orientation}.Upright()
	if C.gip_area_thumbnail(&p.ref, cArea(all), C.int(width), C.int(height), flag(meta.SRGB)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// decodeRaster is decode for a plan that has a raster, which must stay where it is as long as
// the picture lives.
func decodeRaster(meta transform.Meta, plan transform.Plan) (p picture, err error) {
	r := *plan.Raster
	part := transform.Rect{Width: r.Width, Height: r.Height}
	if plan.PreCrop != nil {
		part = *plan.PreCrop
	}
	if p.view(r) != 0 || C.gip_extract(&p.ref, cArea(part)) != 0 ||
		p.resizeRaster(plan.Width, plan.Height, slowRows()) != 0 {
		err = broken(meta.Format)
	}
	return p, err
}

func (p *picture) view(r transform.Raster) (failed C.int) {
	data, length := address(r.Pixels)
	return C.gip_raster(data, length, C.int(r.Width), C.int(r.Height), C.int(r.Bands), &p.ref)
}

func (p *picture) resizeRaster(width, height int, slowRows bool) (failed C.int) {
	return C.gip_resize_raster(&p.ref, C.int(width), C.int(height), flag(slowRows))
}

// slowRows is whether this libvips reduces rows without SIMD, so that reduce.c does it faster.
func slowRows() bool { return C.gip_rows_are_slow() != 0 }
