package imageurl

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	// nextPipeline is the segment that begins the next pipeline.
	nextPipeline = "-"
	// maxPipelines is how many one URL may have, those of its presets included: each costs about
	// as much as an image of its own.
	maxPipelines = 5
)

// Pipeline is what is done to the picture that the pipeline before it made.
type Pipeline struct {
	Options   transform.Options
	AutoWidth bool // see Request
	AutoDPR   bool
}

// Chain is the pipelines after the first: those that ask for something, then zero ones.
type Chain [maxPipelines - 1]Pipeline

// Further are the options of the pipelines after the first, none of them zero.
func (r Request) Further() []transform.Options {
	var further []transform.Options
	for _, pipeline := range r.Then {
		if pipeline != (Pipeline{}) {
			further = append(further, pipeline.Options)
		}
	}
	return further
}

// Marks are the watermarks of all pipelines.
func (r Request) Marks() []transform.Mark {
	var marks []transform.Mark
	for _, pipeline := range r.pipelines() {
		marks = append(marks, pipeline.Options.Marks.List()...)
	}
	return marks
}

// WithMarks gives r with the watermarks of every pipeline changed.
func (r Request) WithMarks(change func(transform.Marks) transform.Marks) Request {
	return r.each(func(p Pipeline) Pipeline {
		p.Options.Marks = change(p.Options.Marks)
		return p
	})
}

// pipelines are all that there are; the first always is.
func (r Request) pipelines() []Pipeline {
	all := []Pipeline{{r.Options, r.AutoWidth, r.AutoDPR}}
	for _, pipeline := range r.Then {
		if pipeline != (Pipeline{}) {
			all = append(all, pipeline)
		}
	}
	return all
}

// first gives r with this as its first pipeline, which is the one that options read and write.
func (r Request) first(p Pipeline) Request {
	r.Options, r.AutoWidth, r.AutoDPR = p.Options, p.AutoWidth, p.AutoDPR
	return r
}

// each gives r with every pipeline changed.
func (r Request) each(change func(Pipeline) Pipeline) Request {
	all := r.pipelines()
	r = r.first(change(all[0]))
	r.Then = Chain{}
	next := 0
	for _, pipeline := range all[1:] {
		if pipeline = change(pipeline); pipeline != (Pipeline{}) {
			r.Then[next] = pipeline
			next++
		}
	}
	return r
}

// Auto tells what Resolve has to find, in any pipeline.
func (r Request) Auto() (width, dpr bool) {
	for _, pipeline := range r.pipelines() {
		width, dpr = width || pipeline.AutoWidth, dpr || pipeline.AutoDPR
	}
	return width, dpr
}

// enter makes the pipeline at this place the one that options read into.
func (p *parser) enter(at int) error {
	if at >= maxPipelines {
		return fault.New(fault.Invalid, "%q: there are more than %d pipelines, those of presets included", nextPipeline, maxPipelines)
	}
	p.pipelines[p.at] = Pipeline{p.request.Options, p.request.AutoWidth, p.request.AutoDPR}
	p.request = p.request.first(p.pipelines[at])
	p.at = at
	return nil
}

// read has an option set its part: of the pipeline that it stands in, or of the whole request,
// which the first pipeline keeps.
func (p *parser) read(c call) error {
	if !c.option.whole {
		return c.option.read(p, c.args)
	}
	back := p.at
	if err := p.enter(0); err != nil {
		return err
	}
	if err := c.option.read(p, c.args); err != nil {
		return err
	}
	return p.enter(back)
}

// chained moves what was read into the request. A further pipeline that asks for nothing is
// none: the picture would pass it as it is.
func (p *parser) chained() error {
	if err := p.enter(0); err != nil {
		return err
	}
	next := 0
	for _, pipeline := range p.pipelines[1:] {
		if pipeline != (Pipeline{}) {
			p.request.Then[next] = pipeline
			next++
		}
	}
	if stand := p.request.Options.StandIn; next > 0 && stand != transform.Picture {
		return fault.New(fault.Invalid, "ph:%s is made from the source in one step: it takes no further pipeline (%q)", stand, nextPipeline)
	}
	return nil
}
