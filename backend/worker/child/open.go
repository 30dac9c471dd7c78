package child

import (
	"github.com/gip4all/gip4all/backend/camera"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/svg"
	"github.com/gip4all/gip4all/backend/transform"
)

// opened gives a source in a form that the engine reads, and the header of the page that the
// options ask for.
func opened(engine prober, source []byte, options transform.Options, policy transform.Policy) (body []byte, meta transform.Meta, err error) {
	body, was, err := readable(source, policy)
	if err != nil {
		return nil, meta, err
	}
	if meta, err = engine.Probe(body); err != nil {
		return nil, meta, err
	}
	page, err := transform.DocumentPage(meta, options)
	if err == nil && page > 0 {
		meta, err = engine.ProbePage(body, meta, page)
	}
	if was == transform.BMP || was == transform.ICO || was.Camera() {
		meta.Format = was
	}
	return body, meta, err
}

// prober is the part of an Engine that reads headers.
type prober interface {
	Probe(body []byte) (transform.Meta, error)
	ProbePage(body []byte, meta transform.Meta, page int) (transform.Meta, error)
}

// preview gives the JPEG inside a RAW file, which itself goes no further.
func preview(body []byte, format transform.Format) ([]byte, error) {
	found, err := camera.Preview(body, format)
	if err == nil && transform.Sniff(found) != transform.JPEG {
		return nil, fault.New(fault.Broken, "%s data is broken: its preview is no JPEG", format)
	}
	return found, err
}

// passed is the answer where an SVG is given as SVG: written anew, of allowed parts only.
func passed(body []byte, meta transform.Meta, policy transform.Policy) (transform.Result, error) {
	if err := transform.CheckSource(meta, policy); err != nil {
		return transform.Result{}, err
	}
	clean, err := svg.Sanitise(body)
	if err != nil {
		return transform.Result{}, err
	}
	return transform.Result{Body: clean, Format: transform.SVG, Width: meta.Width, Height: meta.Height, Source: meta}, nil
}
