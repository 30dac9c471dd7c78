package transform

import "math"

const (
	leastQuality = 10  // the lowest that Fit tries: below, a smaller picture looks better
	mostEncodes  = 8   // of one Fit
	mostReels    = 5   // of one Fit of an animation
	wellFilled   = 0.9 // of MaxBytes: a result of that many is not worth another encode
	aimed        = 0.95
)

// Encode makes the result at a quality and a size, and gives its bytes.
type Encode func(quality, width, height int) ([]byte, error)

// Fit searches the best result of at most MaxBytes: at the highest quality that gives it,
// else smaller, at the least quality. If even the smallest that was tried has more bytes,
// that is the result. It encodes at most eight times, an animation five. Width and height are
// the whole size.
func (p Plan) Fit(width, height int, encode Encode) ([]byte, error) {
	f := fit{budget: p.MaxBytes, width: width, height: height, format: p.Format, most: mostEncodes, encode: encode}
	if p.Frames.Animated {
		f.most = mostReels
	}
	whole, err := f.try(p.Quality, 1)
	if err != nil || p.MaxBytes <= 0 || whole <= p.MaxBytes {
		return f.best, err
	}
	least := min(leastQuality, p.Quality)
	smallest := whole
	if least < p.Quality {
		if smallest, err = f.try(least, 1); err != nil {
			return nil, err
		}
	}
	if smallest <= p.MaxBytes {
		err = f.narrow(bound{least, smallest}, bound{p.Quality, whole})
	} else {
		err = f.shrink(least, smallest)
	}
	return f.best, err
}

// fit is one search. best is the largest result within the budget, or else the smallest.
type fit struct {
	budget, width, height int
	format                Format
	encode                Encode
	best                  []byte
	quality               int // of best
	encodes, most         int
}

// between searches the highest quality from low to high that fits, at the picture's own size.
func (f *fit) between(low, high int) error {
	largest, err := f.try(high, 1)
	if err != nil || largest <= f.budget || low >= high {
		return err
	}
	smallest, err := f.try(low, 1)
	if err != nil || smallest > f.budget {
		return err
	}
	return f.narrow(bound{low, smallest}, bound{high, largest})
}

func (f *fit) try(quality int, scale float64) (size int, err error) {
	f.encodes++
	out, err := f.encode(quality, max(1, round(float64(f.width)*scale)), max(1, round(float64(f.height)*scale)))
	if err != nil {
		f.best = nil
		return 0, err
	}
	fits, fitted := len(out) <= f.budget, len(f.best) <= f.budget
	if f.best == nil || fits && (!fitted || len(out) > len(f.best)) || !fits && !fitted && len(out) < len(f.best) {
		f.best, f.quality = out, quality
	}
	return len(out), nil
}

func (f *fit) done() bool {
	return f.encodes >= f.most || len(f.best) <= f.budget && float64(len(f.best)) >= wellFilled*float64(f.budget)
}

// bound is an end of the range that is searched.
type bound struct{ quality, size int }

// narrow searches between a low quality that fits and a high one that does not: in turn
// where a straight line through the logarithms of the sizes says, and in the middle, so that
// a curve that is nothing like a line costs little.
func (f *fit) narrow(low, high bound) error {
	low.quality, high.quality = f.format.last(low.quality), f.format.first(high.quality)
	for turn := 0; high.quality-low.quality > 1 && !f.done(); turn++ {
		middle := (low.quality + high.quality) / 2
		if turn%2 == 0 {
			middle = guess(low, high, aimed*float64(f.budget))
		}
		size, err := f.try(middle, 1)
		if err != nil {
			return err
		}
		if size <= f.budget {
			low = bound{f.format.last(middle), size}
		} else {
			high = bound{f.format.first(middle), size}
		}
	}
	return nil
}

func guess(low, high bound, target float64) int {
	rise := math.Log(float64(high.size) / float64(low.size))
	part := math.Log(target/float64(low.size)) / rise
	if !(part > 0) { // also where both have the same size
		part = 0
	}
	middle := low.quality + round(part*float64(high.quality-low.quality))
	return min(max(middle, low.quality+1), high.quality-1)
}

// shrink makes the picture smaller until it fits, and then larger again while it is far
// below. Bytes go with the area, but for what every file holds: two sizes tell how much that is.
func (f *fit) shrink(quality, size int) error {
	tried, fits, over := [2]area{{1, size}, {1, size}}, 0.0, 1.0
	for scale := 1.0; !f.done() && (scale*float64(f.width) > 1 || scale*float64(f.height) > 1); {
		next := reach(tried, aimed*float64(f.budget))
		if next <= fits || next >= over {
			next = (fits + over) / 2
		}
		if f.encodes == f.most-1 && fits == 0 {
			next = scale / 16 // the last chance
		}
		size, err := f.try(quality, next)
		if err != nil {
			return err
		}
		tried = [2]area{tried[1], {next * next, size}}
		if scale = next; size <= f.budget {
			fits = next
		} else {
			over = next
		}
	}
	return nil
}

// area is a part of the whole picture's, and the bytes that it took.
type area struct {
	part  float64
	bytes int
}

// reach is the scale at which a line through both areas comes to the target.
func reach(tried [2]area, target float64) float64 {
	last := tried[1]
	each := float64(last.bytes) / last.part
	if rise := float64(tried[0].bytes-last.bytes) / (tried[0].part - last.part); rise > 0 && !math.IsInf(rise, 1) {
		each = rise
	}
	return math.Sqrt(max(0, last.part+(target-float64(last.bytes))/each))
}
