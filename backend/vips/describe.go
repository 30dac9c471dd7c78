package vips

/*
#include "describe.h"
*/
import "C"

import (
	"image"
	"unsafe"

	"github.com/gip4all/gip4all/backend/transform"
)

// Facts is what a header tells beyond [transform.Meta]. The blocks are as they stand in the
// file, with all that is private in them.
type Facts struct {
	Space         string // of its pixels: rgb, grey, cmyk, lab…
	EXIF, Profile []byte // nil: none
}

// Facts reads an image's header and decodes no pixels. meta must be what Probe said of body.
func (e *Engine) Facts(body []byte, meta transform.Meta) (Facts, error) {
	defer enter(body)()
	var f C.GipFacts
	defer func() {
		C.g_free(C.gpointer(f.exif))
		C.g_free(C.gpointer(f.profile))
	}()
	data, length := address(body)
	if C.gip_facts(data, length, &f) != 0 {
		return Facts{}, broken(meta.Format)
	}
	return Facts{
		Space: spaceName(C.GoString(f.space)),
		EXIF:  bytesOf(f.exif, f.exif_length), Profile: bytesOf(f.profile, f.profile_length),
	}, nil
}

// spaceName folds libvips' words for the same space at different depths into one.
func spaceName(nick string) string {
	switch nick {
	case "srgb", "rgb", "rgb16", "scrgb":
		return "rgb"
	case "b-w", "grey16", "histogram":
		return "grey"
	}
	return nick
}

func bytesOf(data unsafe.Pointer, length C.size_t) []byte {
	if data == nil {
		return nil
	}
	return C.GoBytes(data, C.int(length))
}

// Thumbnail makes the image that the plan describes, as pixels. It is for plans of small
// results: all of it is in memory.
func (e *Engine) Thumbnail(body []byte, meta transform.Meta, plan transform.Plan) (*image.NRGBA, error) {
	defer enter(bodies(body, plan)...)()
	p, err := decode(body, meta, plan)
	defer p.free()
	if err == nil {
		err = p.finish(meta, plan)
	}
	if err != nil {
		return nil, err
	}
	return p.nrgba(meta)
}

// Soften shrinks a thumbnail to the plan's size, blurs and encodes it.
func (e *Engine) Soften(thumbnail *image.NRGBA, plan transform.Plan) ([]byte, error) {
	defer enter(thumbnail.Pix)()
	size := thumbnail.Rect.Size()
	var p picture
	defer func() { p.free() }()
	meta := transform.Meta{Format: plan.Format} // for the words of errors
	pixels, _ := address(thumbnail.Pix)
	if C.gip_soften(pixels, C.int(size.X), C.int(size.Y), C.int(plan.Width), C.int(plan.Height), &p.ref) != 0 {
		return nil, broken(meta.Format)
	}
	if err := p.finish(meta, plan); err != nil {
		return nil, err
	}
	return p.encode(meta, plan)
}
