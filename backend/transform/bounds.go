package transform

import "github.com/gip4all/gip4all/backend/fault"

// Limits are those of one URL, where its owner lets URLs say so. 0 leaves the Policy's.
type Limits struct {
	SourcePixels int // Policy.MaxSourcePixels
	Frames       int // Policy.MaxFrames
	FramePixels  int // Policy.MaxFramePixels
	ResultSide   int // a result with a longer side is scaled down to it; unlike Policy.MaxSide, which refuses
}

// boundless is the pixels of an animation whose frames have a limit of their own: as much as
// any setting allows.
const boundless = 2_000_000_000

// Under is the policy for an image with these limits.
func (p Policy) Under(l Limits) Policy {
	replace := func(field *int, by int) {
		if by > 0 {
			*field = by
		}
	}
	replace(&p.MaxSourcePixels, l.SourcePixels)
	replace(&p.MaxFrames, l.Frames)
	replace(&p.MaxFramePixels, l.FramePixels)
	return p
}

// checkFrame refuses an animation for the size of each frame, where that has a limit.
func checkFrame(meta Meta, policy Policy) error {
	frame := size{meta.Width, meta.Height}
	if policy.MaxFramePixels <= 0 || meta.Pages <= 1 || frame.pixels(1) <= float64(policy.MaxFramePixels) {
		return nil
	}
	return fault.New(fault.TooLarge, "frames of %d×%d pixels are over the limit of %d pixels", frame.width, frame.height, policy.MaxFramePixels)
}

// maxReelPixels is the limit of all frames together.
func (p Policy) maxReelPixels() int {
	if p.MaxFramePixels > 0 {
		return boundless
	}
	return p.MaxSourcePixels
}
