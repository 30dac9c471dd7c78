// Package likeness tells how much a picture differs from another of its size, as people see
// it: a structural dissimilarity (DSSIM) over brightness at three scales and over colour.
//
// The promise: 0 for the same picture, at most 1, and the same number for the same two
// pictures on every machine of one kind; both sides count alike. docs/quality.md describes
// and measures it.
//
// It decodes, encodes and decides nothing, and imports nothing of ours.
package likeness

import "image"

// What each part counts. Coarser scales see banding and blocks, the finest sees detail; the
// eye is far less exact in colour than in brightness.
const (
	lumaWeight   = 0.8
	chromaWeight = 0.1 // each of two

	scales = 3
)

func scaleWeights() [scales]float64 { return [...]float64{0.5, 0.3, 0.2} }

// Reference is a picture that others are compared with.
type Reference struct {
	width, height int
	views         []view // one, or with transparency one on black and one on white
	opaque        bool
}

// NewReference prepares a picture. It keeps nothing of pixels.
func NewReference(pixels *image.NRGBA) *Reference {
	r := &Reference{width: pixels.Rect.Dx(), height: pixels.Rect.Dy(), opaque: pixels.Opaque()}
	if r.width > 0 && r.height > 0 {
		r.views = viewsOf(pixels, r.opaque)
	}
	return r
}

// Loss is the dissimilarity of a picture from the reference: (1 − SSIM) / 2, from 0, the
// same, to 1. Transparent pictures are compared on black and on white, and the larger number
// counts. A picture of another size is 1.
func (r *Reference) Loss(pixels *image.NRGBA) float64 {
	if pixels.Rect.Dx() != r.width || pixels.Rect.Dy() != r.height || r.views == nil {
		return 1
	}
	loss := 0.0
	for i, other := range viewsOf(pixels, r.opaque && pixels.Opaque()) {
		mine := r.views[min(i, len(r.views)-1)] // an opaque reference looks the same on any ground
		loss = max(loss, (1-mine.like(other))/2)
	}
	return min(max(loss, 0), 1)
}

// view is a picture on one ground, taken apart.
type view struct {
	luma   [scales]plane // each half as large as the one before
	chroma [2]plane      // at half size, which is all that most encoders keep
}

func viewsOf(pixels *image.NRGBA, opaque bool) []view {
	if opaque {
		return []view{viewOf(pixels, 0)}
	}
	return []view{viewOf(pixels, 0), viewOf(pixels, 255)}
}

func viewOf(pixels *image.NRGBA, ground uint32) (v view) {
	luma, blue, red := planesOf(pixels, ground)
	v.chroma = [2]plane{blue.half().padded(), red.half().padded()}
	for i := range v.luma {
		v.luma[i] = luma.padded()
		luma = luma.half()
	}
	return v
}

// like is the mean structural similarity, weighted.
func (v view) like(other view) float64 {
	sum := 0.0
	for i, weight := range scaleWeights() {
		sum += lumaWeight * weight * ssim(v.luma[i], other.luma[i])
	}
	for i := range v.chroma {
		sum += chromaWeight * ssim(v.chroma[i], other.chroma[i])
	}
	return sum
}
