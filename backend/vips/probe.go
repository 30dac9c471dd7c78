package vips

/*
#include "load.h"
*/
import "C"

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// shortest is below the size of every image format's header.
const shortest = 12

// Probe reads an image's header and decodes no pixels. What is not one of the formats that
// sources may have is [fault.Unsupported], which names what it seems to be; a header that
// cannot be read is [fault.Broken].
func (e *Engine) Probe(body []byte) (transform.Meta, error) {
	format, err := e.identify(body)
	if err != nil {
		return transform.Meta{}, err
	}
	defer enter(body)()
	return header(body, format, 0)
}

// header reads the header of one page.
func header(body []byte, format transform.Format, page int) (transform.Meta, error) {
	var h C.GipHeader
	data, length := address(body)
	if C.gip_header(data, length, C.int(page), &h) != 0 {
		return transform.Meta{}, broken(format)
	}
	defer C.g_free(C.gpointer(h.icc))
	return transform.Meta{
		Format:      format,
		Page:        page,
		Width:       int(h.width),
		Height:      int(h.height),
		Orientation: int(h.orientation),
		Pages:       max(1, int(h.pages)),
		Alpha:       h.alpha != 0 && format != transform.PDF,
		Extras:      transform.Extras(format, body),
		Profile:     h.profile != 0,
		SRGB:        transform.IsSRGB(bytesOf(h.icc, h.icc_length)),
		Foreign:     h.foreign != 0,
	}, nil
}

// identify judges by magic bytes, before any library sees the data.
func (e *Engine) identify(body []byte) (transform.Format, error) {
	if len(body) < shortest {
		return transform.Same, fault.New(fault.Unsupported, "the source of %d bytes is no image", len(body))
	}
	format := transform.Sniff(body)
	switch format {
	case transform.JPEG, transform.PNG, transform.GIF, transform.WebP, transform.AVIF, transform.HEIC, transform.JXL:
		return format, nil
	case transform.SVG:
		if e.policy.SVG {
			return format, guardSVG(body)
		}
	case transform.TIFF, transform.PDF:
		if e.opened(format) {
			return format, nil
		}
	}
	return transform.Same, transform.Refusal(body)
}
