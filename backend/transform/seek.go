package transform

import (
	"fmt"
	"math"
)

// Bench encodes for a search, always from the same picture.
type Bench interface {
	Encode(Trial) ([]byte, error)
	Loss(body []byte) (float64, error) // dissimilarity of an encoded result from the picture
	Flat() (bool, error)               // whether the picture is one of even areas
}

// Found is what a search ended with.
type Found struct {
	Trial
	Body []byte
	loss float64 // below 0: not measured
}

// Note says which format and quality were taken, and how far from the picture that is.
func (f Found) Note() string {
	note := fmt.Sprintf("%s: %v %d", NoteQuality, f.Format, f.Quality)
	if f.Lossless {
		note = fmt.Sprintf("%s: %v lossless", NoteQuality, f.Format)
	}
	if f.loss >= 0 && !f.Lossless {
		note += fmt.Sprintf("; dssim %.4f", f.loss)
	}
	return note
}

// Seek tries and gives the best. Where no trial reaches the target, it is the one that comes
// nearest.
func (s Search) Seek(bench Bench) (Found, error) {
	if s.Bytes > 0 {
		return s.bySize(bench)
	}
	trials, err := s.worthTrying(bench)
	if err != nil {
		return Found{}, err
	}
	var best Found
	for i, t := range trials {
		h := hunt{bench: bench, target: s.Target, allowed: s.Error, most: s.Tries, limit: len(best.Body)}
		found, err := h.run(t)
		if err != nil {
			return Found{}, err
		}
		if i == 0 && s.Target == 0 { // what the others are measured by
			s.Target = max(found.loss, leastLoss)
			s.Error = s.Target / 20
		}
		best = s.better(best, found)
	}
	return best, nil
}

// leastLoss is below what anyone sees; without it, an even picture would ask for no loss at all.
const leastLoss = 0.0005

// worthTrying leaves out loss where the picture is a drawing of even areas: it would smear
// edges, and seldom be smaller.
func (s Search) worthTrying(bench Bench) ([]Trial, error) {
	if !s.Drawing {
		return s.Trials, nil
	}
	flat, err := bench.Flat()
	if err != nil || !flat {
		return s.Trials, err
	}
	var lossless []Trial
	for _, t := range s.Trials {
		if t.Lossless {
			lossless = append(lossless, t)
		}
	}
	return lossless, nil
}

func (s Search) enough(f Found) bool { return f.loss <= s.Target+s.Error }

// better prefers what is well enough, then what is smaller; of two that are not, the nearer.
func (s Search) better(a, b Found) Found {
	switch {
	case a.Body == nil:
		return b
	case b.Body == nil:
		return a
	case s.enough(a) != s.enough(b):
		if s.enough(b) {
			return b
		}
		return a
	case s.enough(a) && len(b.Body) < len(a.Body), !s.enough(a) && b.loss < a.loss:
		return b
	default:
		return a
	}
}

// hunt is the search for one trial's quality.
type hunt struct {
	bench           Bench
	target, allowed float64
	most            int // encodes
	limit           int // a result that is too poor and has as many bytes has lost; 0: none
}

func (h hunt) try(t Trial, quality int) (f Found, err error) {
	f.Trial, f.Quality = t, quality
	if f.Body, err = h.bench.Encode(f.Trial); err != nil || t.Lossless {
		return f, err
	}
	f.loss, err = h.bench.Loss(f.Body)
	return f, err
}

// run looks for the lowest quality that is well enough. It goes by the slope of the logarithm
// of the loss, which is nearly straight, and halves where that leads astray.
func (h hunt) run(t Trial) (best Found, err error) {
	compare := Search{Target: h.target, Error: h.allowed}
	low, high := t.Low-1, t.High+1 // too poor; more than needed. Both out of reach at first
	slope := usualSlope
	quality := t.Quality
	var last Found
	for n := range max(h.most, 1) {
		f, err := h.try(t, quality)
		if err != nil {
			return Found{}, err
		}
		best = compare.better(best, f)
		if t.Low >= t.High { // nothing to search, as without loss
			break
		}
		over := f.loss > h.target
		if over && h.limit > 0 && len(f.Body) >= h.limit || math.Abs(f.loss-h.target) <= h.allowed {
			break
		}
		if over {
			low = quality
		} else {
			high = quality
		}
		if high-low <= 1 {
			break
		}
		if n > 0 {
			slope = slopeOf(last, f)
		}
		last = f
		quality = h.next(f, slope, low, high, n%3 == 2 && low >= t.Low && high <= t.High)
	}
	return best, nil
}

// usualSlope is a first guess, until two results are there to tell: photographs were seen at
// -0.02 (JPEG, a fine one) to -0.07 (AVIF, a coarse one).
const usualSlope = -0.03

func slopeOf(a, b Found) float64 {
	slope := (math.Log(max(b.loss, 1e-6)) - math.Log(max(a.loss, 1e-6))) / float64(b.Quality-a.Quality)
	if !(slope < 0) { // rising, or one quality twice
		return usualSlope
	}
	return min(max(slope, -0.5), -0.005)
}

// next is a quality between low and high.
func (h hunt) next(f Found, slope float64, low, high int, halve bool) int {
	quality := f.Quality + round(math.Log(h.target/max(f.loss, 1e-6))/slope)
	if halve {
		quality = (low + high) / 2
	}
	return min(max(quality, low+1), high-1)
}

// bySize searches as Fit does, but for the size of the picture.
func (s Search) bySize(bench Bench) (Found, error) {
	t := s.Trials[0]
	f := fit{budget: s.Bytes, format: t.Format, most: s.Tries, encode: func(quality, _, _ int) ([]byte, error) {
		t.Quality = quality
		return bench.Encode(t)
	}}
	err := f.between(t.Low, t.High)
	t.Quality = f.quality
	return Found{Trial: t, Body: f.best, loss: -1}, err
}

// Told is the plan's note and that of what was found.
func (p Plan) Told(f Found) string {
	if p.Note == "" {
		return f.Note()
	}
	return p.Note + "\n" + f.Note()
}
