package child

import (
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/vips"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// Chainer makes a picture in several steps, without encoding it between them.
type Chainer interface {
	// Begin does what plan says, and keeps the picture for further plans until it is closed.
	Begin(body []byte, meta transform.Meta, plan transform.Plan) (*vips.Work, error)
}

// chains makes jobs of several pipelines, and leaves all others to single.
func chains(engine Engine, chainer Chainer, policy transform.Policy, single pipe.Work) pipe.Work {
	policy.Savers = engine.Savers()
	return func(job transform.Job) (transform.Result, error) {
		if len(job.Then) == 0 || job.Options.StandIn != transform.Picture {
			return single(job)
		}
		policy := policy.Under(job.Options.Limits).At(job.Pace)
		body, meta, err := opened(engine, job.Body, job.Options, policy)
		if err != nil {
			return transform.Result{}, err
		}
		if job.Options.Skips(meta) {
			return unchanged(job.Body, meta), nil
		}
		if err := job.CheckChain(meta, policy); err != nil {
			return transform.Result{}, err
		}
		result, err := chain{engine, chainer, policy, job.Extras}.run(body, meta, job.Stages(meta))
		result.Source = meta
		return result, err
	}
}

// chain is what all pipelines of a job have in common.
type chain struct {
	engine  Engine
	chainer Chainer
	policy  transform.Policy
	extras  []transform.Extra
}

// run has every pipeline planned, under the limits of any image, when the one before is done.
func (c chain) run(body []byte, meta transform.Meta, stages []transform.Options) (transform.Result, error) {
	meta.Chained = true
	plan, err := planFor(c.engine, body, meta, stages[0], c.policy)
	if err != nil {
		return transform.Result{}, err
	}
	if plan, err = stamped(c.engine, stages[0].Marks, c.extras, plan, c.policy); err != nil {
		return transform.Result{}, err
	}
	work, err := c.chainer.Begin(body, meta, plan)
	if err != nil {
		return transform.Result{}, err
	}
	defer work.Close()
	var notes []string
	for _, options := range stages[1:] {
		notes = append(notes, plan.Note) // the last plan's comes with the result
		if plan, err = c.next(work, options); err != nil {
			return transform.Result{}, err
		}
	}
	made, err := work.Encode(plan)
	note := together(append(notes, made.Note))
	return transform.Result{Body: made.Body, Format: made.Format, Width: made.Width, Height: made.Height, Note: note, Later: plan.Later}, err
}

// together joins notes, each line once.
func together(notes []string) string {
	var lines []string
	for _, note := range notes {
		for line := range strings.SplitSeq(note, "\n") {
			if line != "" && !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

func (c chain) next(work *vips.Work, options transform.Options) (transform.Plan, error) {
	plan, err := planWith(work.Meta(), options, c.policy, work.FindTrim)
	if err != nil {
		return plan, err
	}
	if plan, err = stamped(c.engine, options.Marks, c.extras, plan, c.policy); err != nil {
		return plan, err
	}
	return plan, work.Continue(plan)
}
