package child

import (
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// work makes one image: header, plan (which holds every limit), pixels.
func work(engine Engine, policy transform.Policy) pipe.Work {
	policy.Savers = engine.Savers()
	return func(body []byte, options transform.Options) (transform.Result, error) {
		body, was, err := readable(body, policy)
		if err != nil {
			return transform.Result{}, err
		}
		meta, err := engine.Probe(body)
		if err != nil {
			return transform.Result{}, err
		}
		if was == transform.BMP || was == transform.ICO {
			meta.Format = was
		}
		plan, err := transform.MakePlan(meta, options, policy)
		if err != nil {
			return transform.Result{}, err
		}
		if plan.Passthrough {
			return unchanged(body, meta), nil
		}
		out, width, height, err := engine.Execute(body, meta, plan)
		if err != nil {
			return transform.Result{}, err
		}
		if plan.OrSource && len(body) <= len(out) { // and it was decoded: it is sound
			return unchanged(body, meta), nil
		}
		return transform.Result{Body: out, Format: plan.Format, Width: width, Height: height, Source: meta}, nil
	}
}

func unchanged(body []byte, meta transform.Meta) transform.Result {
	width, height := meta.Upright()
	return transform.Result{Body: body, Format: meta.Format, Width: width, Height: height, Source: meta}
}
