package child

import (
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// work makes one image: header, plan (which holds every limit), pixels.
func work(engine Engine, policy transform.Policy) pipe.Work {
	policy.Savers = engine.Savers()
	return func(job transform.Job) (transform.Result, error) {
		body, was, err := readable(job.Body, policy)
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
		plan, err := planFor(engine, body, meta, job.Options, policy)
		if err != nil {
			return transform.Result{}, err
		}
		if plan.Passthrough {
			return unchanged(body, meta), nil
		}
		if plan, err = stamped(engine, job, plan, policy); err != nil {
			return transform.Result{}, err
		}
		out, width, height, err := engine.Execute(body, meta, plan)
		if err != nil {
			return transform.Result{}, err
		}
		if plan.OrSource && len(body) <= len(out) { // and it was decoded: it is sound
			return unchanged(body, meta), nil
		}
		return transform.Result{Body: out, Format: plan.Format, Width: width, Height: height, Source: meta, Note: plan.Note}, nil
	}
}

// planFor looks at pixels before there is a plan only where a trim needs it, and then not
// before the source's limits.
func planFor(engine Engine, body []byte, meta transform.Meta, options transform.Options, policy transform.Policy) (transform.Plan, error) {
	if !options.Trims(meta) {
		return transform.MakePlan(meta, options, policy)
	}
	if err := transform.CheckSource(meta, policy); err != nil {
		return transform.Plan{}, err
	}
	found, err := engine.FindTrim(body, meta, options.Geometry.Trim)
	if err != nil {
		return transform.Plan{}, err
	}
	return transform.MakeTrimmedPlan(meta, found, options, policy)
}

func unchanged(body []byte, meta transform.Meta) transform.Result {
	width, height := meta.Upright()
	return transform.Result{Body: body, Format: meta.Format, Width: width, Height: height, Source: meta}
}
