package transform

// size is a width and a height in pixels; 0 is a side that was left open.
type size struct{ width, height int }

func (s size) float() (width, height float64) { return float64(s.width), float64(s.height) }

// over tells whether one side is longer than limit pixels.
func (s size) over(limit int) bool { return s.width > limit || s.height > limit }

// pixels is the area of frames images; float64, because a hostile header's product does not
// fit an int.
func (s size) pixels(frames int) float64 {
	return float64(s.width) * float64(s.height) * float64(max(frames, 1))
}

// within gives s with each side at most that of outer; a side left open is outer's.
func (s size) within(outer size) size {
	return size{lesser(s.width, outer.width), lesser(s.height, outer.height)}
}

func lesser(side, outer int) int {
	if side == 0 {
		return outer
	}
	return min(side, outer)
}
