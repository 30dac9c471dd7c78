package vips

/*
#cgo LDFLAGS: -lm
#include "look.h"
#include "vips.h"
*/
import "C"

import (
	"unsafe"

	"github.com/gip4all/gip4all/backend/transform"
)

// look executes effects, in their order.
func (p *picture) look(format transform.Format, e *transform.Effects) error {
	if e == nil {
		return nil
	}
	if C.gip_memory(&p.ref) != 0 || !p.neighbours(e) {
		return broken(format)
	}
	for _, step := range e.Steps {
		if !p.step(step, C.int(e.Page)) {
			return broken(format)
		}
	}
	if e.Radius > 0 && C.gip_round(&p.ref, C.int(e.Page), C.double(e.Radius)) != 0 {
		return broken(format)
	}
	return nil
}

// neighbours does what looks at a pixel's neighbours, and tells whether it succeeded.
func (p *picture) neighbours(e *transform.Effects) bool {
	page := C.int(e.Page)
	return (e.Blur.Sigma == 0 || C.gip_blur(&p.ref, page, cBlur(e.Blur)) == 0) &&
		(e.Sharpen == 0 || C.gip_sharpen(&p.ref, page, C.double(e.Sharpen)) == 0) &&
		(e.Unsharp == nil || C.gip_unsharp(&p.ref, page, cMask(*e.Unsharp)) == 0) &&
		(e.Pixelate == 0 || C.gip_pixelate(&p.ref, page, C.int(e.Pixelate)) == 0)
}

// step changes colours, and tells whether it succeeded.
func (p *picture) step(step transform.Step, page C.int) bool {
	switch {
	case step.Recolor != nil:
		recolor := cRecolor(*step.Recolor)
		return C.gip_recolor(&p.ref, &recolor) == 0
	case step.Palette != nil:
		palette := cPalette(step.Palette)
		return C.gip_palette(&p.ref, unsafe.Pointer(&step.Palette.Colors), &palette) == 0
	default:
		overlay := cOverlay(*step.Overlay)
		return C.gip_overlay(&p.ref, page, &overlay) == 0
	}
}

func cBlur(b transform.Blur) C.GipBlur {
	return C.GipBlur{sigma: C.double(b.Sigma), shrink: C.int(b.Shrink)}
}

func cMask(m transform.Mask) C.GipMask {
	return C.GipMask{middle: C.double(m.Middle), around: C.double(m.Around)}
}

func cRecolor(r transform.Recolor) (c C.GipRecolor) {
	for i, value := range r.Matrix {
		c.matrix[i] = C.double(value)
	}
	for i, value := range r.Offset {
		c.offset[i] = C.double(value)
	}
	return c
}

func cPalette(p *transform.Palette) C.GipPalette {
	return C.GipPalette{
		red: C.double(p.Weights[0]), green: C.double(p.Weights[1]), blue: C.double(p.Weights[2]),
		intensity: C.double(p.Intensity),
	}
}

func cOverlay(o transform.Overlay) C.GipOverlay {
	return C.GipOverlay{
		red: C.double(o.Color.R), green: C.double(o.Color.G), blue: C.double(o.Color.B),
		opacity: C.double(o.Opacity), x: C.double(o.X), y: C.double(o.Y), at: C.double(o.At),
		keep_alpha: flag(o.KeepAlpha),
	}
}
