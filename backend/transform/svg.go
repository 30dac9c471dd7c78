package transform

import "github.com/gip4all/gip4all/backend/fault"

// ParseResult is [ParseFormat] for what a URL asks for, where svg is a format too: that of a
// source which is passed on.
func ParseResult(name string) (Format, error) {
	if name == SVG.String() {
		return SVG, nil
	}
	return ParseFormat(name)
}

// PassesSVG tells whether the answer is the source's own drawing, made harmless: it is SVG, the
// policy allows it, and nothing is asked that takes pixels.
func (o Options) PassesSVG(meta Meta, policy Policy) bool {
	return meta.Format == SVG && policy.SVG && policy.SVGPass &&
		(o.Format == Same || o.Format == SVG) && o.asksNothing()
}

// asksNothing leaves out what matters to an encoder only, or only together with something
// else.
func (o Options) asksNothing() bool {
	o.Format, o.Quality, o.Output = Same, 0, Output{}
	o.Enlarge, o.Gravity, o.Frames, o.Limits = false, Gravity{}, Frames{}, Limits{}
	if o.DPR == 1 {
		o.DPR = 0
	}
	return o == Options{}
}

// checkSVG refuses what asks for pixels to become an SVG.
func checkSVG(meta Meta, o Options, policy Policy) error {
	switch {
	case o.Format != SVG:
		return nil
	case meta.Format != SVG:
		return fault.New(fault.Invalid, "format svg is for SVG sources only; this one is %s", meta.Format)
	case !policy.SVGPass:
		return fault.New(fault.Invalid, "format svg is not given here: SVG becomes pixels")
	}
	return fault.New(fault.Invalid, "format svg is given only of the whole drawing as it is: no size, crop or effect can be asked for with it")
}
