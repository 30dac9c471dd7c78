package transform

// Job is one image to make.
type Job struct {
	Body    []byte    // the source's bytes
	Options Options   // what to do with it
	Then    []Options // further pipelines, each on the result of the one before
	Extras  []Extra   // what the options name besides the source
	Pace    Pace
}

// Extra is an image that a Job's options name: a watermark.
type Extra struct {
	Source string // as the options name it
	Body   []byte
}
