package transform

// QualityMethod is how a quality is found.
type QualityMethod uint8

// The methods, with imgproxy's names. None is the default.
const (
	NoMethod   QualityMethod = iota // none
	BySize                          // size: the target is bytes
	ByLikeness                      // dssim: the target is a dissimilarity
)

// String is the method's name in a URL.
func (m QualityMethod) String() string { return [...]string{"none", "size", "dssim"}[m] }

// AutoQuality asks for the lowest quality that is well enough (ByLikeness) or the highest that
// is small enough (BySize). Comparable; the zero value asks for neither.
type AutoQuality struct {
	Method   QualityMethod
	Target   float64 // 0: the default dissimilarity; bytes for BySize, which has no default
	Min, Max int     // 1…100; 0: imgproxy's defaults
	Error    float64 // of a dissimilarity; 0: the default
}

// imgproxy's defaults; those of AVIF, whose scale differs, are [AutoQuality.Range]'s.
const (
	DefaultTarget = 0.02
	DefaultError  = 0.002
)

func (a AutoQuality) target() float64  { return orDefault(a.Target, DefaultTarget) }
func (a AutoQuality) allowed() float64 { return orDefault(a.Error, DefaultError) }

func orDefault(value, standard float64) float64 {
	if value > 0 {
		return value
	}
	return standard
}

// Range is which qualities of a format may be tried. A single limit that was given moves the
// other one's default out of its way.
func (a AutoQuality) Range(f Format) (low, high int) {
	low, high = 70, 80
	if f == AVIF {
		low, high = 60, 65
	}
	switch {
	case a.Min > 0 && a.Max > 0:
		return min(a.Min, a.Max), min(a.Max, 100)
	case a.Min > 0:
		return min(a.Min, 100), min(max(high, a.Min), 100)
	case a.Max > 0:
		return min(low, a.Max), min(a.Max, 100)
	}
	return low, high
}

// search is that of one format: only of those in which the quality is one of the picture and
// not of a palette.
func (a AutoQuality) search(f Format, quality int) *Search {
	if a.Method == NoMethod || f != JPEG && f != WebP && f != AVIF && f != JXL {
		return nil
	}
	s := &Search{Trials: []Trial{a.limited(Trial{Format: f, Quality: quality})}, Tries: tries}
	if a.Method == BySize {
		s.Bytes = int(a.Target)
	} else {
		s.Target, s.Error = a.target(), a.allowed()
	}
	return s
}

func (a AutoQuality) limited(t Trial) Trial {
	if t.Lossless {
		return t
	}
	t.Low, t.High = a.Range(t.Format)
	t.Quality = min(max(t.Quality, t.Low), t.High)
	return t
}
