package transform

// Job is one image to make.
type Job struct {
	Body    []byte    // the source's bytes
	Options Options   // what to do with it
	Then    []Options // further pipelines, each on the result of the one before
	Extras  []Extra   // what the options name besides the source
	Pace    Pace
	Raster  Raster // of the source, to be used where it will do; none: zero
	Reduce  int    // above 0: make no image, but a Raster of the source, of at most so many bytes
}

// Reduced is the raster that the result of a job with Reduce is. None: zero, for sources that
// are not worth it.
func (r Result) Reduced() Raster {
	raster := Raster{Width: r.Width, Height: r.Height, Bands: r.Bands, Pixels: r.Body, Shared: r.Shared}
	if !raster.Sound() {
		return Raster{}
	}
	return raster
}

// Extra is an image that a Job's options name: a watermark.
type Extra struct {
	Source string // as the options name it
	Body   []byte
}
