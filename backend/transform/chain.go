package transform

// Stages are the options of the pipelines of a job, in order, for a source with this header.
// How the result is encoded, what of the source is used and the limits are said once, in
// Job.Options, and count for all. What is not the result holds every pixel without loss, and
// moves if the result will.
func (j Job) Stages(meta Meta) []Options {
	stages := append([]Options{j.Options}, j.Then...)
	last := len(stages) - 1
	for i := range stages {
		if i == last {
			stages[i] = stages[i].encodedAs(j.Options)
		} else {
			stages[i] = stages[i].between(j.Options, moving(meta, j.Options))
		}
		if i > 0 {
			stages[i].Frames = Frames{} // they are of the source
		}
	}
	return stages
}

// CheckChain refuses, by the header of the source, what no chain can give: SVG.
func (j Job) CheckChain(meta Meta, policy Policy) error { return checkSVG(meta, j.Options, policy) }

// encodedAs takes from the first pipeline what is said once for the result.
func (o Options) encodedAs(first Options) Options {
	o.Format, o.Accepts, o.Quality = first.Format, first.Accepts, first.Quality
	o.Output, o.Limits = first.Output, first.Limits
	return o
}

// between is for a picture that only the next pipeline sees. It is never encoded; the format
// says what it can hold.
func (o Options) between(first Options, moves bool) Options {
	o.Format, o.Accepts, o.Quality = PNG, 0, 0
	if moves {
		o.Format = WebP
	}
	o.Output = Output{KeepProfile: first.Output.KeepProfile}
	o.Limits = Limits{}
	return o
}

// Skips tells whether the source itself is the answer, since the options name its format:
// then none of a job's pipelines is executed.
func (o Options) Skips(meta Meta) bool { return o.Output.Raw || skipped(meta, o) }

// Between is the header of a picture that a pipeline made of source.
func (m Meta) Between(width, height, pages int, alpha bool) Meta {
	if m.Format.Vector() { // pixels now: enlarging needs el
		m.Format = PNG
	}
	m.Width, m.Height, m.Pages, m.Alpha = width, height, max(pages, 1), alpha
	m.Orientation, m.Page, m.Chained = 0, 0, true
	m.Extras, m.Profile, m.Foreign = false, false, false
	return m
}
