package child

import (
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// work makes one image: header, plan (which holds every limit), pixels.
func work(engine Engine, policy transform.Policy) pipe.Work {
	policy.Savers = engine.Savers()
	return func(job transform.Job) (transform.Result, error) {
		policy := policy.Under(job.Options.Limits).At(job.Pace)
		body, meta, err := opened(engine, job.Body, job.Options, policy)
		if err != nil {
			return transform.Result{}, err
		}
		if job.Options.PassesSVG(meta, policy) {
			return passed(body, meta, policy)
		}
		plan, err := planFor(engine, body, meta, job.Options, policy)
		if err != nil {
			return transform.Result{}, err
		}
		source := job.Body
		if plan.Bare {
			source = transform.Bare(meta.Format, source)
		}
		if plan.Passthrough {
			return unchanged(source, meta), nil
		}
		if plan, err = stamped(engine, job.Options.Marks, job.Extras, plan, policy); err != nil {
			return transform.Result{}, err
		}
		plan, spared := plan.On(meta, job.Raster)
		made, err := execute(engine, body, meta, plan)
		if err != nil {
			return transform.Result{}, err
		}
		if plan.OrSource && len(source) <= len(made.Body) { // and it was decoded: it is sound
			result := unchanged(source, meta)
			result.Later = plan.Later
			return result, nil
		}
		return transform.Result{
			Body: made.Body, Format: made.Format, Width: made.Width, Height: made.Height,
			Source: meta, Spared: spared, Note: made.Note, Later: plan.Later,
		}, nil
	}
}

// planFor looks at pixels before there is a plan only where a trim needs it, and then not
// before the source's limits.
func planFor(engine Engine, body []byte, meta transform.Meta, options transform.Options, policy transform.Policy) (transform.Plan, error) {
	return planWith(meta, options, policy, func(trim transform.Trim) (transform.Rect, error) {
		return engine.FindTrim(body, meta, trim)
	})
}

// planWith is planFor, whoever it is that finds what a trim leaves.
func planWith(meta transform.Meta, options transform.Options, policy transform.Policy, find func(transform.Trim) (transform.Rect, error)) (transform.Plan, error) {
	if !options.Trims(meta) {
		return transform.MakePlan(meta, options, policy)
	}
	if err := transform.CheckSource(meta, policy); err != nil {
		return transform.Plan{}, err
	}
	found, err := find(options.Geometry.Trim)
	if err != nil {
		return transform.Plan{}, err
	}
	return transform.MakeTrimmedPlan(meta, found, options, policy)
}

func unchanged(body []byte, meta transform.Meta) transform.Result {
	width, height := meta.Upright()
	return transform.Result{Body: body, Format: meta.Format, Width: width, Height: height, Source: meta}
}
