package transform

// choose picks the result's format. alpha is whether the result can still be transparent.
func choose(meta Meta, o Options, result size, alpha bool, policy Policy) Format {
	switch {
	case o.Format == Auto:
		return negotiated(meta, o.Accepts, result, alpha, policy)
	case o.Format.Saved():
		return o.Format
	case meta.Format.Saved():
		return meta.Format
	case alpha:
		return PNG
	default:
		return JPEG
	}
}

// negotiated takes the smallest format that the visitor accepts. AVIF is so slow to encode
// that it is for small results only; PNG and GIF sources are drawings, which JPEG smears.
func negotiated(meta Meta, accepts FormatSet, result size, alpha bool, policy Policy) Format {
	drawing := meta.Format == PNG || meta.Format == GIF
	switch {
	case accepts.Has(AVIF) && result.pixels(1) <= float64(policy.AVIFPixels):
		return AVIF
	case accepts.Has(WebP) && !result.over(webpSide):
		return WebP
	case alpha || drawing:
		return PNG
	default:
		return JPEG
	}
}

// quality is what the visitor asked for, else the format's default. An unasked PNG stays
// lossless (100); a lower quality is one of a palette.
func quality(format Format, asked int, policy Policy) int {
	byFormat := map[Format]int{PNG: 100, WebP: policy.WebPQuality, AVIF: policy.AVIFQuality}
	q, special := byFormat[format]
	if !special {
		q = policy.Quality
	}
	if asked != 0 {
		q = asked
	}
	return min(max(q, 1), 100)
}

// untouched tells whether the source's own bytes are the answer: an animation that nobody
// wants changed, since only its first frame would be left of it otherwise.
func untouched(meta Meta, o Options, resized size, cropped bool) bool {
	animated := meta.Pages > 1 && (meta.Format == GIF || meta.Format == WebP)
	width, height := meta.Upright()
	if !animated || cropped || o.HasBackground || o.Look != (Look{}) || o.Width > 0 || o.Height > 0 || resized != (size{width, height}) {
		return false
	}
	if o.Format == Auto {
		return meta.Format == GIF || o.Accepts.Has(WebP)
	}
	return o.Format == Same || o.Format == meta.Format
}
