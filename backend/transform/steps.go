package transform

// step is what an encoder makes of a quality: qualities of the same step give the same bytes.
// AVIF has 64 of them for our 100; the arithmetic is libheif's. Where another version
// rounds differently, a search passes over a neighbour, no more.
func (f Format) step(quality int) int {
	if f == AVIF {
		return ((100-quality)*63 + 50) / 100
	}
	return -quality
}

// first is the lowest quality of the same step, last the highest.
func (f Format) first(quality int) int {
	for quality > 1 && f.step(quality-1) == f.step(quality) {
		quality--
	}
	return quality
}

func (f Format) last(quality int) int {
	for quality < 100 && f.step(quality+1) == f.step(quality) {
		quality++
	}
	return quality
}
