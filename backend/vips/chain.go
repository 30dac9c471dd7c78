package vips

/*
#include "chain.h"
*/
import "C"

import "github.com/gip4all/gip4all/backend/transform"

// Work is a picture between two pipelines, in memory and without loss: a still, or the frames
// of an animation. Close frees it.
type Work struct {
	picture picture
	meta    transform.Meta
}

// Begin executes the first of several plans on a source. As with Execute, meta must be what
// Probe said of body; after it body is not needed any more.
func (e *Engine) Begin(body []byte, meta transform.Meta, plan transform.Plan) (*Work, error) {
	defer enter(bodies(body, plan)...)()
	p, err := pixels(body, plan.Frames.Of(meta), plan)
	w := &Work{picture: p, meta: meta}
	if err == nil {
		err = w.settle(plan)
	}
	if err != nil {
		w.picture.free()
		return nil, err
	}
	return w, nil
}

// Close gives back the picture's memory.
func (w *Work) Close() {
	defer enter()()
	w.picture.free()
}

// Meta is the header that the picture would have.
func (w *Work) Meta() transform.Meta { return w.meta }

// FindTrim is Engine.FindTrim for the picture so far.
func (w *Work) FindTrim(trim transform.Trim) (transform.Rect, error) {
	defer enter()()
	asked := cTrim(trim)
	var found C.GipArea
	if C.gip_find_trim_in(w.picture.ref, &asked, &found) != 0 {
		return transform.Rect{}, broken(w.meta.Format)
	}
	return transform.Rect{
		X: int(found.left), Y: int(found.top), Width: int(found.width), Height: int(found.height),
	}, nil
}

// Continue executes a plan that was made for Meta.
func (w *Work) Continue(plan transform.Plan) error {
	defer enter(bodies(nil, plan)[1:]...)()
	next, err := w.made(plan)
	if err != nil {
		next.free()
		return err
	}
	w.picture.free()
	w.picture = next
	return w.settle(plan)
}

// made gives the next picture. One frame is taken of what moves no longer.
func (w *Work) made(plan transform.Plan) (next picture, err error) {
	m, err := prepare(plan)
	defer m.free()
	if err != nil {
		return next, err
	}
	if plan.Frames.Animated {
		return animate(w.picture, w.meta, plan, m)
	}
	if next, err = w.picture.frame(0, w.meta); err == nil {
		err = next.develop(w.meta, &plan)
	}
	if err == nil {
		err = next.stamp(m, w.meta.Format)
	}
	return next, err
}

// settle leaves the picture in memory, and the header that it has now.
func (w *Work) settle(plan transform.Plan) error {
	if C.gip_between(&w.picture.ref, flag(plan.Keep.Profile && !plan.Frames.Animated)) != 0 {
		return broken(w.meta.Format)
	}
	width, height := w.picture.size(plan.Frames)
	w.meta = w.meta.Between(width, height, plan.Frames.Moving(), C.vips_image_hasalpha(w.picture.ref) != 0)
	return nil
}

// Encode makes the result of the picture so far, whose last plan this was.
func (w *Work) Encode(plan transform.Plan) (made transform.Made, err error) {
	defer enter()()
	if plan.Search != nil {
		return w.picture.seek(w.meta, plan)
	}
	made = transform.Made{Format: plan.Format, Note: plan.Note}
	made.Body, made.Width, made.Height, err = w.picture.fit(w.meta, plan)
	return made, err
}
