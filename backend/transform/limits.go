package transform

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// webpSide is the longest side that the WebP format can express (14 bits).
const webpSide = 16383

// jxlPixels is how many a JPEG XL may have: libjxl 0.7 takes 100 bytes for each, and ends its
// process when there is no more memory.
const jxlPixels = 12_500_000

// checkFormat refuses a result that its format cannot hold, or cannot be made of here.
func checkFormat(format Format, result size, policy Policy) error {
	switch {
	case format == WebP && result.over(webpSide):
		return fault.New(fault.TooLarge, "webp of %d×%d pixels is over its limit of %d pixels a side",
			result.width, result.height, webpSide)
	case format == JXL && result.pixels(1) > jxlPixels:
		return fault.New(fault.TooLarge, "jxl of %d×%d pixels is over its limit of %d pixels",
			result.width, result.height, jxlPixels)
	}
	return checkSaver(format, policy)
}

// checkSource refuses, from the header alone, what would cost too much to decode: one frame,
// or one column of them. How many frames move is for reel to say.
func checkSource(meta Meta, policy Policy) error {
	s := size{meta.Width, meta.Height}
	if s.width <= 0 || s.height <= 0 {
		return fault.New(fault.Broken, "source says it is %d×%d pixels", s.width, s.height)
	}
	if s.pixels(1) > float64(policy.MaxSourcePixels) {
		return fault.New(fault.TooLarge, "source of %d×%d pixels is over the limit of %d pixels",
			s.width, s.height, policy.MaxSourcePixels)
	}
	if s.over(policy.MaxSide) {
		return fault.New(fault.TooLarge, "source of %d×%d pixels is over the limit of %d pixels a side",
			s.width, s.height, policy.MaxSide)
	}
	return nil
}

// checkSaver refuses a format that the encoders found at start do not include.
func checkSaver(format Format, policy Policy) error {
	if policy.Savers == 0 || policy.Savers.Has(format) {
		return nil
	}
	return fault.New(fault.Invalid, "format %s cannot be made by the libvips here, which makes %s",
		format, strings.Join(policy.Savers.Names(), ", "))
}

// checkResult refuses a resize that would make more than a source may have: with enlarging,
// one pixel could become billions.
func checkResult(resized size, policy Policy) error {
	if resized.over(policy.MaxSide) {
		return fault.New(fault.TooLarge, "resizing to %d×%d pixels is over the limit of %d pixels a side",
			resized.width, resized.height, policy.MaxSide)
	}
	if resized.pixels(1) > float64(policy.MaxSourcePixels) {
		return fault.New(fault.TooLarge, "resizing to %d×%d pixels is over the limit of %d pixels",
			resized.width, resized.height, policy.MaxSourcePixels)
	}
	return nil
}
