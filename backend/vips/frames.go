package vips

/*
#include "vips.h"
#include "frames.h"
*/
import "C"

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// pixels gives the finished picture: of one frame, or a reel of all frames of an animation.
// The caller frees it, also after an error.
func pixels(body []byte, meta transform.Meta, plan transform.Plan) (p picture, err error) {
	m, err := prepare(plan)
	defer m.free()
	if err != nil {
		return p, err
	}
	if plan.Frames.Animated {
		source, err := openReel(body, meta.Format, plan.Frames)
		defer source.free()
		if err != nil {
			return picture{}, err
		}
		return animate(source, meta, plan, m)
	}
	if p, err = decode(body, meta, plan); err == nil {
		err = p.finish(meta, plan)
	}
	if err == nil {
		err = p.stamp(m, meta.Format)
	}
	return p, err
}

// animate makes every frame of a reel by itself: resized as a whole, they would bleed into
// each other at their edges.
func animate(source picture, meta transform.Meta, plan transform.Plan, m *marks) (reel picture, err error) {
	meta.Alpha = C.vips_image_hasalpha(source.ref) != 0
	frames := make([]picture, plan.Frames.Count)
	defer func() {
		for i := range frames {
			frames[i].free()
		}
	}()
	for i := range frames {
		if frames[i], err = source.frame(i*meta.Height, meta); err == nil {
			err = frames[i].develop(meta, &plan)
		}
		if err == nil {
			err = frames[i].stamp(m, meta.Format)
		}
		if err != nil {
			return picture{}, err
		}
	}
	return join(frames, source, meta.Format)
}

// openReel opens the frames that are wanted, one below the other, and decodes none yet.
func openReel(body []byte, format transform.Format, frames transform.Reel) (p picture, err error) {
	data, length := address(body)
	if C.gip_reel_open(data, length, C.int(frames.First), C.int(frames.Count), &p.ref) != 0 {
		return p, broken(format)
	}
	return p, nil
}

// frame takes the next picture off a reel; meta is that of one.
func (p *picture) frame(top int, meta transform.Meta) (frame picture, err error) {
	if top+meta.Height > int(p.ref.Ysize) || meta.Width != int(p.ref.Xsize) {
		return frame, fault.New(fault.Broken, "%s data is broken: its frames are not as its header says", displayName(meta.Format))
	}
	if C.gip_reel_frame(p.ref, C.int(top), C.int(meta.Height), &frame.ref) != 0 {
		return frame, broken(meta.Format)
	}
	return frame, nil
}

// develop makes one frame of an animation as the plan says, into memory. The first that
// comes settles for all others where attention cuts.
func (p *picture) develop(meta transform.Meta, plan *transform.Plan) error {
	if err := p.settlePreCrop(meta, plan); err != nil {
		return err
	}
	if err := p.resizeWhole(meta, *plan); err != nil {
		return err
	}
	if err := p.settlePostCrop(meta, plan); err != nil {
		return err
	}
	if err := p.finish(meta, *plan); err != nil {
		return err
	}
	if C.gip_memory(&p.ref) != 0 {
		return broken(meta.Format)
	}
	return nil
}

func (p *picture) settlePreCrop(meta transform.Meta, plan *transform.Plan) error {
	if plan.PreCrop == nil || !plan.PreSmart {
		return nil
	}
	part, err := p.attendWhole(meta, *plan.PreCrop)
	plan.PreCrop, plan.PreSmart = &part, false
	return err
}

func (p *picture) settlePostCrop(meta transform.Meta, plan *transform.Plan) (err error) {
	if plan.PostCrop == nil || !plan.PostSmart {
		return nil
	}
	part := *plan.PostCrop
	part.X, part.Y, err = p.attention(meta.Format, part.Width, part.Height)
	plan.PostCrop, plan.PostSmart = &part, false
	return err
}

// join makes the reel of finished frames; their delays and loops are the source's.
func join(frames []picture, source picture, format transform.Format) (reel picture, err error) {
	refs := make([]*C.VipsImage, len(frames))
	for i, frame := range frames {
		refs[i] = frame.ref
	}
	if C.gip_reel_join(&refs[0], C.int(len(refs)), source.ref, &reel.ref) != 0 {
		return reel, broken(format)
	}
	return reel, nil
}

// size is that of one frame; a still's metadata may tell of others.
func (p *picture) size(frames transform.Reel) (width, height int) {
	if frames.Animated {
		return int(p.ref.Xsize), int(C.vips_image_get_page_height(p.ref))
	}
	return int(p.ref.Xsize), int(p.ref.Ysize)
}

// decodePages is decode for other pages than the first one: meta is that of their column.
func decodePages(body []byte, meta transform.Meta, plan transform.Plan) (p picture, err error) {
	reel, err := openReel(body, meta.Format, plan.Frames)
	defer reel.free()
	if err != nil {
		return p, err
	}
	if p, err = reel.frame(0, meta); err != nil {
		return p, err
	}
	if err = p.settlePreCrop(meta, &plan); err == nil {
		err = p.resizeWhole(meta, plan)
	}
	return p, err
}

// resizeWhole is what decode does to bytes, for a picture that is in memory.
func (p *picture) resizeWhole(meta transform.Meta, plan transform.Plan) error {
	width, height := meta.Upright()
	part := transform.Rect{Width: width, Height: height}
	if plan.PreCrop != nil {
		part = *plan.PreCrop
	}
	return p.resize(meta, plan, func(width, height int) error {
		return p.shrinkPart(meta, part, width, height, plan.Keep.Profile && !plan.Frames.Animated)
	})
}

// shrinkPart leaves an upright part of a picture in memory, at this size.
func (p *picture) shrinkPart(meta transform.Meta, part transform.Rect, width, height int, keepProfile bool) error {
	if C.gip_area_thumbnail(&p.ref, cArea(meta.Stored(part)), C.int(width), C.int(height), flag(keepProfile)) != 0 {
		return broken(meta.Format)
	}
	return nil
}

// attendWhole is attend for a picture in memory, which stays as it is.
func (p *picture) attendWhole(meta transform.Meta, part transform.Rect) (transform.Rect, error) {
	return seek(meta, part, nil, func(small *picture, width, height int) error {
		small.ref = C.gip_ref(p.ref)
		wide, high := meta.Upright()
		return small.shrinkPart(meta, transform.Rect{Width: wide, Height: high}, width, height, false)
	})
}
