package vips

/*
#include "load.h"
*/
import "C"

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// open opens the page of the source that meta is of: a vector image at so many times its
// size, a JPEG shrunk by the factor (both 0 or 1: as it is).
func (p *picture) open(body []byte, meta transform.Meta, scale float64, shrink int) error {
	data, length := address(body)
	load := C.GipLoad{jpeg_shrink: C.int(shrink), page: C.int(meta.Page), scale: C.double(scale)}
	if C.gip_open_as(data, length, &load, &p.ref) != 0 {
		return broken(meta.Format)
	}
	if meta.Format == transform.PDF && C.gip_opaque(&p.ref) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// thumbnailOfPage is thumbnail for TIFF and PDF. libvips' own would take a TIFF whose pages
// halve for a pyramid of one picture.
func (p *picture) thumbnailOfPage(body []byte, meta transform.Meta, asStored bool, width, height int) error {
	scale := 0.0
	if wide, high := meta.Upright(); meta.Format.Vector() {
		scale = max(float64(width)/float64(wide), float64(height)/float64(high), coarsest)
	}
	if err := p.open(body, meta, scale, 1); err != nil {
		return err
	}
	all := C.GipArea{width: p.ref.Xsize, height: p.ref.Ysize}
	if C.gip_area_thumbnail(&p.ref, all, C.int(width), C.int(height), flag(asStored)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// coarsest keeps a small thumbnail of a large page from being drawn smaller than it is.
const coarsest = 0.01

// ProbePage is Probe for another page than the first one; meta is what Probe said. Pages of a
// document have their own sizes.
func (e *Engine) ProbePage(body []byte, meta transform.Meta, page int) (transform.Meta, error) {
	if !meta.Format.Paged() || page < 0 || page >= meta.Pages {
		return meta, fault.New(fault.Internal, "page %d of %d of a %s", page, meta.Pages, meta.Format)
	}
	defer enter(body)()
	return header(body, meta.Format, page)
}

// factor is by how much an image that was opened so is smaller than its header says.
func factor(scale float64, shrink int) float64 {
	if scale > 0 {
		return float64(shrink) / scale
	}
	return float64(max(shrink, 1))
}
