package transform

import (
	"math"

	"github.com/gip4all/gip4all/backend/fault"
)

// DocumentPage is the page of a TIFF or PDF that the options ask for: the one whose header
// the plan is to be made from. meta is that of any page. Of what has no pages it is 0.
func DocumentPage(meta Meta, o Options) (int, error) {
	page := o.Frames.Page
	if !meta.Format.Paged() {
		return 0, nil
	}
	if page < 0 || page >= meta.Pages {
		return 0, fault.New(fault.Invalid, "page %d is not from 0 to %d, the last of this source", page, meta.Pages-1)
	}
	return page, nil
}

// coarsest is below every scale that matters: what is drawn larger than it need be is resized
// after. (libvips before 8.15.2 refuses a scale under 0.001 and draws at full size.)
const coarsest = 0.01

// drawing is the scale at which a vector image is drawn so that what becomes of its part src is
// sharp, but no larger, as a whole, than a source may be.
func drawing(meta Meta, src, resized size, policy Policy) float64 {
	if !meta.Format.Vector() {
		return 0
	}
	by := max(float64(resized.width)/float64(src.width), float64(resized.height)/float64(src.height))
	page := size{meta.Width, meta.Height}
	side := float64(policy.MaxSide) / float64(max(page.width, page.height))
	area := math.Sqrt(float64(policy.MaxSourcePixels) / page.pixels(1))
	return max(coarsest, min(by, side, area))
}

// drawn tells whether images of the format are lines and text rather than photographs: PNG
// keeps those sharp.
func drawn(f Format) bool { return f == ICO || f == PDF }
