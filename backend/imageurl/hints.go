package imageurl

import "math"

// auto stands where a number would, for negotiation to find one.
const auto = "auto"

// Resolve gives the request in which numbers stand for w:auto and dpr:auto; what is not auto
// stays. The width is what the visitor's screen shows, in its own pixels. As a dpr multiplies
// Options.Width, the width is divided by it first, which costs a pixel where it does not divide
// evenly; heights, offsets and the like are still multiplied.
func (r Request) Resolve(width int, dpr float64) Request {
	return r.each(func(p Pipeline) Pipeline { return p.resolve(width, dpr) })
}

func (p Pipeline) resolve(width int, dpr float64) Pipeline {
	if p.AutoDPR {
		p.AutoDPR = false
		p.Options.DPR = dpr
		if dpr == 1 {
			p.Options.DPR = 0
		}
	}
	if p.AutoWidth {
		p.AutoWidth = false
		p.Options.Width = beforeDPR(width, p.Options.DPR)
	}
	return p
}

func beforeDPR(width int, dpr float64) int {
	if dpr == 0 {
		return width
	}
	return int(max(1, min(maxSide, math.Round(float64(width)/dpr))))
}
