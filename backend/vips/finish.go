package vips

/*
#include "vips.h"
*/
import "C"

import (
	"unsafe"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// fastest is libheif's scale of speeds, which libvips turns round into efforts.
const fastest = 9

// Execute makes the image that the plan describes and gives its encoded bytes and size in
// pixels. meta must be what Probe said of body. Data that cannot be decoded is
// [fault.Broken]. A passthrough gives body itself.
func (e *Engine) Execute(body []byte, meta transform.Meta, plan transform.Plan) (out []byte, width, height int, err error) {
	width, height = plan.Size()
	if plan.Passthrough {
		return body, width, height, nil
	}
	defer enter(bodies(body, plan)...)()
	meta = plan.Frames.Of(meta)
	p, err := pixels(body, meta, plan)
	defer p.free()
	if err != nil {
		return nil, 0, 0, err
	}
	return p.fit(meta, plan)
}

// finish does what follows the resize: turn, crop, effects, canvas, then flatten.
func (p *picture) finish(meta transform.Meta, plan transform.Plan) error {
	if err := p.turn(meta, plan); err != nil {
		return err
	}
	if plan.PostCrop != nil {
		if err := p.postCrop(meta, plan); err != nil {
			return err
		}
	}
	if err := p.look(meta.Format, plan.Effects); err != nil {
		return err
	}
	if err := p.canvas(meta, plan); err != nil {
		return err
	}
	c := plan.Background
	if plan.Flatten && C.gip_flatten(&p.ref, C.double(c.R), C.double(c.G), C.double(c.B)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

func (p *picture) postCrop(meta transform.Meta, plan transform.Plan) error {
	part := *plan.PostCrop
	if plan.PostSmart {
		var err error
		if part.X, part.Y, err = p.attention(meta.Format, part.Width, part.Height); err != nil {
			return err
		}
	}
	if C.gip_extract(&p.ref, cArea(part)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// encode runs the whole pipeline: libvips decodes only what an encoder asks for, so errors
// of the source come out here.
func (p *picture) encode(meta transform.Meta, plan transform.Plan) ([]byte, error) {
	e, err := encoding(plan)
	if err != nil {
		return nil, err
	}
	var data unsafe.Pointer
	var length C.size_t
	if C.gip_save(p.ref, &e, &data, &length) != 0 {
		return nil, broken(meta.Format)
	}
	defer C.g_free(C.gpointer(data))
	out := C.GoBytes(data, C.int(length))
	switch plan.Format {
	case transform.WebP:
		return stripWebP(stripAnimation(out), plan.Keep), nil
	case transform.AVIF:
		return out, checkAVIF(out, int(p.ref.Xsize), int(p.ref.Ysize), C.vips_image_hasalpha(p.ref) != 0)
	}
	return out, nil
}

// encoding is the plan's format in the binding's words. The efforts were measured, see
// BenchmarkEncoders.
func encoding(plan transform.Plan) (C.GipEncoding, error) {
	e := C.GipEncoding{quality: C.int(plan.Quality), keep: keeping(plan.Keep)}
	switch plan.Format {
	case transform.JPEG:
		e.format = C.GIP_JPEG
	case transform.PNG:
		e.format = C.GIP_PNG
	case transform.WebP:
		e.format, e.effort, e.lossless = C.GIP_WEBP, webpEffort(plan), flag(plan.Lossless)
	case transform.AVIF:
		e.format, e.effort = C.GIP_AVIF, C.int(fastest-plan.Speed)
	case transform.GIF:
		e.format, e.effort = C.GIP_GIF, 4
	case transform.TIFF:
		e.format = C.GIP_TIFF
	case transform.JXL:
		e.format, e.effort = C.GIP_JXL, 4
	default:
		return e, fault.New(fault.Internal, "format %v cannot be saved", plan.Format)
	}
	return e, nil
}

// webpEffort: 4 makes photographs 4.5 % smaller than 2, the default, at the same likeness (13 %
// at the same SSIM of brightness), and takes twice as long. Less is not for those who ask for a
// search, nor for the smallest, where the time is nothing.
func webpEffort(plan transform.Plan) C.int {
	if plan.Lossless || plan.Search != nil || plan.Width*plan.Height <= 1<<16 {
		return C.int(max(plan.Effort, 4))
	}
	return C.int(plan.Effort)
}
