package vips

/*
#include "frames.h"
#include "output.h"
*/
import "C"

import "github.com/gip4all/gip4all/backend/transform"

// resizeReel makes each frame of a finished reel smaller, by itself. The caller frees what it
// leaves in resized.
func (p *picture) resizeReel(meta transform.Meta, reel transform.Reel, width, height int, resized *picture) error {
	wide, high := p.size(reel)
	if width == wide && height == high {
		resized.ref = C.gip_ref(p.ref)
		return nil
	}
	frames := make([]picture, reel.Count)
	defer func() {
		for i := range frames {
			frames[i].free()
		}
	}()
	for i := range frames {
		if err := p.smaller(meta, i*high, high, width, height, &frames[i]); err != nil {
			return err
		}
	}
	joined, err := join(frames, *p, meta.Format)
	*resized = joined
	return err
}

// smaller takes a frame off a reel and resizes it, into memory.
func (p *picture) smaller(meta transform.Meta, top, high, width, height int, frame *picture) error {
	var whole picture
	defer whole.free()
	if C.gip_reel_frame(p.ref, C.int(top), C.int(high), &whole.ref) != 0 ||
		C.gip_same_size(whole.ref, C.int(width), C.int(height), &frame.ref) != 0 ||
		C.gip_memory(&frame.ref) != 0 {
		return broken(meta.Format)
	}
	return nil
}
