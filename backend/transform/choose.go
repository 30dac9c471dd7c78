package transform

// choose picks the result's format. alpha is whether the result can still be transparent.
func choose(meta Meta, o Options, result size, alpha bool, policy Policy) Format {
	switch {
	case o.Format.Negotiated():
		return negotiated(meta, o.Accepts, result, alpha, policy)
	case o.Format.Saved():
		return o.Format
	case meta.Format.Saved() && policy.makes(meta.Format):
		return meta.Format
	case alpha || drawn(meta.Format):
		return PNG
	default:
		return JPEG
	}
}

// negotiated takes the smallest format that the visitor accepts. AVIF is so slow to encode
// that it is for small results only; PNG and GIF sources are drawings, which JPEG smears.
func negotiated(meta Meta, accepts FormatSet, result size, alpha bool, policy Policy) Format {
	drawing := meta.Format == PNG || meta.Format == GIF || drawn(meta.Format)
	switch {
	case accepts.Has(AVIF) && policy.makes(AVIF) && result.pixels(1) <= float64(policy.avifPixels()):
		return AVIF
	case accepts.Has(WebP) && policy.makes(WebP) && !result.over(webpSide):
		return WebP
	case alpha || drawing:
		return PNG
	default:
		return JPEG
	}
}

// quality is what the visitor asked for, for all formats or for this, else the default. An unasked PNG or
// TIFF stays lossless (100); a lower quality is one of a palette, or JPEG inside.
func quality(format Format, o Options, policy Policy) int {
	byFormat := map[Format]int{PNG: 100, TIFF: 100, WebP: policy.WebPQuality, AVIF: policy.AVIFQuality}
	q, special := byFormat[format]
	if !special {
		q = policy.Quality
	}
	if own := o.Output.Qualities[format]; own != 0 {
		q = int(own)
	}
	if o.Quality != 0 {
		q = o.Quality
	}
	return min(max(q, 1), 100)
}

// untouched tells whether nobody wants an animation changed but, perhaps, in its format.
func untouched(meta Meta, o Options, resized size, cropped bool) bool {
	animated := meta.Pages > 1 && (meta.Format == GIF || meta.Format == WebP)
	width, height := meta.Upright()
	return animated && !meta.Chained && meta.Orientation <= 1 && !o.Frames.Still && !cropped && !o.HasBackground && o.Look == (Look{}) &&
		o.Width <= 0 && o.Height <= 0 && resized == (size{width, height})
}

// passes tells whether the source's own bytes are the answer for an animation that is
// untouched. However long it is, it costs nothing; so one that would take too long to encode
// passes even where its bytes are too many, or another format would be smaller.
func (p Plan) passes(meta Meta, o Options, policy Policy) bool {
	long := !p.Frames.Animated || !p.shortReel(policy)
	switch {
	case !accepted(meta.Format, o):
		return false
	case meta.Format == GIF && o.Format.Negotiated() && o.Accepts.Has(WebP), o.Output.MaxBytes > 0:
		return long
	default:
		return true
	}
}

// shortReel tells whether an animation may be encoded without need, or several times.
func (p Plan) shortReel(policy Policy) bool {
	width, height := p.Size()
	return size{width, height}.pixels(p.Frames.Count) <= 10*float64(policy.AVIFPixels)
}
