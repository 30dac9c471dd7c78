package vips

/*
#include <stdlib.h>
#include "output.h"
*/
import "C"

import (
	"unsafe"

	"github.com/gip4all/gip4all/backend/transform"
)

// Savers are the formats that the libvips found can make.
func (e *Engine) Savers() transform.FormatSet { return e.savers }

func savers() (found transform.FormatSet) {
	for format, saver := range map[transform.Format]string{
		transform.JPEG: "jpegsave_buffer", transform.PNG: "pngsave_buffer", transform.WebP: "webpsave_buffer",
		transform.AVIF: "heifsave_buffer", transform.GIF: "gifsave_buffer", transform.TIFF: "tiffsave_buffer",
		transform.JXL: "jxlsave_buffer",
	} {
		name := C.CString(saver)
		if C.gip_saves(name) != 0 {
			found |= transform.Formats(format)
		}
		C.free(unsafe.Pointer(name))
	}
	return found
}

// fit encodes, again and again where the plan has a limit of bytes: always from the same
// pixels, which are then in memory. It gives the size of what it made.
func (p *picture) fit(meta transform.Meta, plan transform.Plan) (out []byte, width, height int, err error) {
	width, height = p.size(plan.Frames)
	if plan.MaxBytes <= 0 {
		out, err = p.encode(meta, plan)
		return out, width, height, err
	}
	if C.gip_memory(&p.ref) != 0 {
		return nil, 0, 0, broken(meta.Format)
	}
	sizes := map[*byte][2]int{} // of each result, by its first byte
	out, err = plan.Fit(width, height, func(quality, width, height int) ([]byte, error) {
		made, err := p.encodeAt(meta, plan, quality, width, height)
		if len(made) > 0 {
			sizes[&made[0]] = [2]int{width, height}
		}
		return made, err
	})
	if err != nil {
		return nil, 0, 0, err
	}
	size := sizes[unsafe.SliceData(out)]
	return out, size[0], size[1], nil
}

func (p *picture) encodeAt(meta transform.Meta, plan transform.Plan, quality, width, height int) ([]byte, error) {
	var resized picture
	defer resized.free()
	if plan.Frames.Animated {
		if err := p.resizeReel(meta, plan.Frames, width, height, &resized); err != nil {
			return nil, err
		}
	} else if C.gip_same_size(p.ref, C.int(width), C.int(height), &resized.ref) != 0 {
		return nil, broken(meta.Format)
	}
	plan.Quality = quality
	return resized.encode(meta, plan)
}

func keeping(k transform.Keep) (keep C.int) {
	for flag, set := range map[C.int]bool{
		C.GIP_KEEP_METADATA: k.Metadata, C.GIP_KEEP_COPYRIGHT: k.Copyright, C.GIP_KEEP_PROFILE: k.Profile,
	} {
		if set {
			keep |= flag
		}
	}
	return keep
}
