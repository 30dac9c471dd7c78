package transform

import (
	"fmt"

	"github.com/gip4all/gip4all/backend/fault"
)

// Frames is pages and animations. Comparable; the zero value asks for nothing: what moves
// goes on moving where the result's format can. Page and Pages count for stills only, as in
// imgproxy.
type Frames struct {
	Page  int  // the frame or page to use, from 0
	Pages int  // how many of them, one below the other; 0 means 1
	Still bool // an animation is not one
}

// Reel is which of the source's frames are decoded, and as what. The zero value is the first
// one, as if there were no other.
type Reel struct {
	First    int
	Count    int
	Animated bool // every frame is a picture, decoded, finished and shown by itself; else Count is one column of them
}

// Moves tells whether the format can hold an animation that every browser of it shows.
func (f Format) Moves() bool { return f == GIF || f == WebP }

// longestReel is the tallest column of frames that libvips has coordinates for
// (VIPS_MAX_COORD of its 8.14).
const longestReel = 10_000_000

// Of is the header of what a plan works on: of one frame, or of the column.
func (r Reel) Of(meta Meta) Meta {
	if !r.Animated && r.Count > 1 {
		meta.Height = round(float64(meta.Height) * float64(r.Count))
	}
	return meta
}

// Moving is how many frames move: 0 of a still.
func (r Reel) Moving() int {
	if !r.Animated {
		return 0
	}
	return r.Count
}

// reel decides what of the source is used. The note says when an animation becomes a still
// that nobody asked for.
func reel(meta Meta, o Options, policy Policy) (r Reel, note string, err error) {
	switch {
	case !meta.Format.Moves():
		return Reel{}, "", nil
	case !moving(meta, o):
		r, err = still(meta, o.Frames, policy)
		return r, "", err
	}
	if err = checkFrame(meta, policy); err != nil {
		return Reel{}, "", err
	}
	if note = tooMuch(meta.Pages, size{meta.Width, meta.Height}, policy); note != "" {
		return Reel{}, note, nil
	}
	return Reel{Count: meta.Pages, Animated: true}, "", nil
}

// moving tells whether the result is to be animated.
func moving(meta Meta, o Options) bool {
	return meta.Pages > 1 && meta.Format.Moves() && !o.Frames.Still &&
		(o.Format == Same || o.Format.Negotiated() || o.Format.Moves())
}

// still is the pages that were asked for. Frames before them count too: an animation's
// frames are made from those before.
func still(meta Meta, f Frames, policy Policy) (Reel, error) {
	have := max(meta.Pages, 1)
	if f.Page < 0 || f.Page >= have {
		return Reel{}, fault.New(fault.Invalid, "page %d is not from 0 to %d, the last of this source", f.Page, have-1)
	}
	if f.Page == 0 && f.Pages <= 1 {
		return Reel{}, nil
	}
	r := Reel{First: f.Page, Count: min(max(f.Pages, 1), have-f.Page)}
	if frame := (size{meta.Width, meta.Height}); frame.pixels(r.First+r.Count) > float64(policy.MaxSourcePixels) {
		return Reel{}, fault.New(fault.TooLarge, "pages %d to %d of %d×%d pixels are over the limit of %d pixels",
			r.First, r.First+r.Count-1, frame.width, frame.height, policy.MaxSourcePixels)
	}
	return r, nil
}

// tooMuch says why so many frames of this size are not animated, or nothing.
func tooMuch(frames int, each size, policy Policy) (note string) {
	switch column := float64(each.height) * float64(frames); {
	case frames > policy.MaxFrames:
		return firstFrame("%d frames are over the limit of %d", frames, policy.MaxFrames)
	case each.pixels(frames) > float64(policy.maxReelPixels()):
		return firstFrame("%d frames of %dx%d pixels are over the limit of %d pixels",
			frames, each.width, each.height, policy.maxReelPixels())
	case column > longestReel:
		return firstFrame("%d frames of %d pixels height are over the limit of %d", frames, each.height, longestReel)
	}
	return ""
}

// firstFrame is the note of it. ASCII only, because it becomes a header.
func firstFrame(why string, args ...any) string {
	return NoteAnimation + ": first-frame; " + fmt.Sprintf(why, args...)
}

// NoteAnimation is the name of the note that an animation became a still for its size.
const NoteAnimation = "animation"

// bound makes a still of an animation whose resized frames come to too much.
func (p *Plan) bound(resized size, policy Policy) {
	if !p.Frames.Animated {
		return
	}
	if note := tooMuch(p.Frames.Count, resized, policy); note != "" {
		p.Frames, p.Note = Reel{}, note
	}
}

// animation is the format of an animated result: as asked, else WebP where the visitor takes
// it and each frame fits, else GIF.
func animation(meta Meta, o Options, result size) Format {
	switch {
	case o.Format == Same:
		return meta.Format
	case !o.Format.Negotiated():
		return o.Format
	case o.Accepts.Has(WebP) && !result.over(webpSide):
		return WebP
	default:
		return GIF
	}
}
