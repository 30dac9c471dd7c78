package vips

/*
#include "geometry.h"
*/
import "C"

import "github.com/gip4all/gip4all/backend/transform"

// FindTrim gives the part of the image, as stored, that is more than border; empty if all
// of it is border. Data that cannot be decoded is [fault.Broken]. It decodes every pixel, so
// [transform.CheckSource] comes first.
func (e *Engine) FindTrim(body []byte, meta transform.Meta, trim transform.Trim) (transform.Rect, error) {
	defer enter(body)()
	asked := cTrim(trim)
	var found C.GipArea
	data, length := address(body)
	if C.gip_find_trim(data, length, C.int(meta.Page), &asked, &found) != 0 {
		return transform.Rect{}, broken(meta.Format)
	}
	return transform.Rect{
		X: int(found.left), Y: int(found.top), Width: int(found.width), Height: int(found.height),
	}, nil
}

func cTrim(trim transform.Trim) C.GipTrim {
	c := trim.Color
	return C.GipTrim{
		threshold: C.double(trim.Threshold), has_colour: flag(trim.HasColor),
		colour: [3]C.double{C.double(c.R), C.double(c.G), C.double(c.B)},
	}
}

// turn does the plan's turn, if there is one.
func (p *picture) turn(meta transform.Meta, plan transform.Plan) error {
	if plan.Turn > 1 && C.gip_turn(&p.ref, C.int(plan.Turn)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// canvas puts the picture on its canvas, if there is one, and the veil under it.
func (p *picture) canvas(meta transform.Meta, plan transform.Plan) error {
	if c := plan.Canvas; c != nil {
		place := C.GipArea{left: C.int(c.X), top: C.int(c.Y), width: C.int(c.Width), height: C.int(c.Height)}
		if C.gip_canvas(&p.ref, place) != 0 {
			return broken(meta.Format)
		}
	}
	c := plan.Background
	if plan.Veil > 0 && C.gip_veil(&p.ref, C.double(c.R), C.double(c.G), C.double(c.B), C.double(plan.Veil)) != 0 {
		return broken(meta.Format)
	}
	return nil
}
