package vips

/*
#include "describe.h"
#include "frames.h"
*/
import "C"

import (
	"image"
	"unsafe"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/likeness"
	"github.com/gip4all/gip4all/backend/transform"
)

// evenShare is the share of pixels like their neighbour from which on a picture is one of even
// areas: of a drawing most pixels are so, of a photograph, with its grain, few.
const evenShare = 0.5

// Seek is Execute for a plan with a Search: it encodes again and again, always from the same
// pixels, and compares. The arithmetic of what to try is the plan's.
func (e *Engine) Seek(body []byte, meta transform.Meta, plan transform.Plan) (transform.Made, error) {
	defer enter(bodies(body, plan)...)()
	meta = plan.Frames.Of(meta)
	p, err := pixels(body, meta, plan)
	defer func() { p.free() }()
	if err != nil {
		return transform.Made{}, err
	}
	return p.seek(meta, plan)
}

func (p *picture) seek(meta transform.Meta, plan transform.Plan) (transform.Made, error) {
	if C.gip_memory(&p.ref) != 0 {
		return transform.Made{}, broken(meta.Format)
	}
	found, err := plan.Search.Seek(&bench{picture: p, meta: meta, plan: plan})
	if err != nil {
		return transform.Made{}, err
	}
	return p.budgeted(meta, plan, found)
}

// budgeted goes on from what was found where it has more bytes than the plan allows.
func (p *picture) budgeted(meta transform.Meta, plan transform.Plan, found transform.Found) (made transform.Made, err error) {
	made = transform.Made{Body: found.Body, Format: found.Format, Note: plan.Told(found)}
	made.Width, made.Height = p.size(plan.Frames)
	if plan.MaxBytes <= 0 || len(found.Body) <= plan.MaxBytes {
		return made, nil
	}
	plan.Format, plan.Quality = found.Format, found.Quality
	made.Note = plan.Note
	made.Body, made.Width, made.Height, err = p.fit(meta, plan)
	return made, err
}

// bench is where one picture is encoded and compared.
type bench struct {
	*picture
	meta      transform.Meta
	plan      transform.Plan
	itself    *image.NRGBA
	reference *likeness.Reference
}

// Encode makes a result of the picture's own size.
func (b *bench) Encode(t transform.Trial) ([]byte, error) {
	plan := b.plan
	plan.Format, plan.Quality, plan.Lossless = t.Format, t.Quality, t.Lossless
	return b.encode(b.meta, plan)
}

// Loss decodes a result again.
func (b *bench) Loss(body []byte) (float64, error) {
	if b.reference == nil {
		original, err := b.pixels()
		if err != nil {
			return 0, err
		}
		b.reference = likeness.NewReference(original)
	}
	again, err := decodedAgain(body, b.meta)
	if err != nil {
		return 0, err
	}
	return b.reference.Loss(again), nil
}

// Flat tells whether most of the picture is even areas.
func (b *bench) Flat() (bool, error) {
	original, err := b.pixels()
	if err != nil {
		return false, err
	}
	return likeness.Flatness(original) > evenShare, nil
}

func (b *bench) pixels() (*image.NRGBA, error) {
	if b.itself != nil {
		return b.itself, nil
	}
	same := picture{C.gip_ref(b.ref)}
	defer func() { same.free() }()
	var err error
	b.itself, err = same.nrgba(b.meta)
	return b.itself, err
}

// decodedAgain decodes what was encoded here.
func decodedAgain(body []byte, meta transform.Meta) (*image.NRGBA, error) {
	defer pinned(body)()
	var p picture
	defer func() { p.free() }()
	data, length := address(body)
	if C.gip_open(data, length, 1, &p.ref) != 0 || C.gip_srgb(&p.ref) != 0 {
		return nil, fault.Wrap(fault.Internal, takeError(), "a result that cannot be read again")
	}
	return p.nrgba(meta)
}

// nrgba gives the pixels of a picture, which is spent.
func (p *picture) nrgba(meta transform.Meta) (*image.NRGBA, error) {
	if C.gip_rgba(&p.ref) != 0 {
		return nil, broken(meta.Format)
	}
	width, height := int(p.ref.Xsize), int(p.ref.Ysize)
	return &image.NRGBA{
		Pix:    C.GoBytes(unsafe.Pointer(p.ref.data), C.int(4*width*height)),
		Stride: 4 * width, Rect: image.Rect(0, 0, width, height),
	}, nil
}
