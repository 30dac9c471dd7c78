package vips

/*
#include <stdlib.h>
#include "marks.h"
*/
import "C"

import (
	"strconv"
	"unsafe"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Write gives a text as a PNG: an image for a mark. Pango and fontconfig find its font, or
// the nearest they have. A text that shows nothing is [fault.Invalid].
func (e *Engine) Write(l transform.Lettering) ([]byte, error) {
	defer enter()()
	text, font := C.CString(l.Text), C.CString(l.Font+" "+strconv.FormatFloat(l.Size, 'f', 2, 64)+"px")
	defer C.free(unsafe.Pointer(text))
	defer C.free(unsafe.Pointer(font))
	colour := C.int(l.Color.R)<<16 | C.int(l.Color.G)<<8 | C.int(l.Color.B)
	var p picture
	defer func() { p.free() }()
	if C.gip_letters(text, font, colour, C.int(l.Wrap), C.int(l.Align), &p.ref) != 0 {
		return nil, unwritten()
	}
	return p.encode(transform.Meta{Format: transform.PNG}, transform.Plan{Format: transform.PNG, Quality: 100})
}

func unwritten() error {
	cause := takeError()
	if outOfMemory(cause.Error()) {
		return fault.Wrap(fault.TooLarge, cause, "the text needs more memory than a worker may take")
	}
	return fault.Wrap(fault.Invalid, cause, "the text cannot be written")
}

// marks are the stamps of a plan, ready to be laid over one picture after the other.
type marks struct {
	pictures []picture
	stamps   []transform.Stamp
}

func (m *marks) free() {
	for i := range m.pictures {
		m.pictures[i].free()
	}
}

// prepare decodes, sizes, turns and repeats every mark once. The caller frees them, also
// after an error.
func prepare(plan transform.Plan) (*marks, error) {
	if plan.Stamps == nil {
		return &marks{}, nil
	}
	m := &marks{pictures: make([]picture, len(plan.Stamps.List)), stamps: plan.Stamps.List}
	for i, stamp := range m.stamps {
		if err := m.pictures[i].mark(stamp); err != nil {
			return m, fault.Wrap(fault.KindOf(err), err, "watermark %d: %s", i+1, fault.Message(err))
		}
	}
	return m, nil
}

// mark makes the picture of a stamp.
func (p *picture) mark(s transform.Stamp) (err error) {
	if *p, err = decode(s.Body, s.Meta, transform.Plan{Width: s.Width, Height: s.Height}); err != nil {
		return err
	}
	if C.gip_mark(&p.ref, C.double(s.Angle), C.int(s.BoxWidth), C.int(s.BoxHeight), C.double(s.Opacity)) != 0 {
		return broken(s.Meta.Format)
	}
	if s.Tiles != nil && C.gip_tiles(&p.ref, cTiles(*s.Tiles)) != 0 {
		return broken(s.Meta.Format)
	}
	return nil
}

func cTiles(t transform.Tiles) C.GipTiles {
	return C.GipTiles{
		width: C.int(t.Width), height: C.int(t.Height), x: C.int(t.X), y: C.int(t.Y),
		across: C.int(t.Across), down: C.int(t.Down), chess: flag(t.Chess),
	}
}

// stamp lays the marks over a finished picture, which is in memory afterwards.
func (p *picture) stamp(m *marks, format transform.Format) error {
	for i, s := range m.stamps {
		if C.gip_memory(&p.ref) != 0 || C.gip_stamp(&p.ref, m.pictures[i].ref, cArea(s.Seen), C.int(s.X), C.int(s.Y)) != 0 {
			return broken(format)
		}
	}
	if len(m.stamps) > 0 && C.gip_memory(&p.ref) != 0 {
		return broken(format)
	}
	return nil
}

// bodies are what libvips reads while the plan is executed.
func bodies(source []byte, plan transform.Plan) [][]byte {
	all := [][]byte{source}
	if plan.Raster != nil {
		all = append(all, plan.Raster.Pixels)
	}
	if plan.Stamps == nil {
		return all
	}
	for _, s := range plan.Stamps.List {
		all = append(all, s.Body)
	}
	return all
}
