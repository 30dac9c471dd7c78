package child

import (
	"slices"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// stamped adds marks to a plan: each is read from its header, or written first,
// and placed on a result whose size is known by now.
func stamped(engine Engine, marks transform.Marks, extras []transform.Extra, plan transform.Plan, policy transform.Policy) (transform.Plan, error) {
	for i, mark := range marks.Drawn().List() {
		stamp, err := stampOf(engine, mark, extras, plan, policy)
		if err != nil {
			return plan, fault.Wrap(fault.KindOf(err), err, "watermark %d: %s", i+1, fault.Message(err))
		}
		plan.Stamps.List = append(plan.Stamps.List, stamp)
	}
	return plan, nil
}

func stampOf(engine Engine, mark transform.Mark, extras []transform.Extra, plan transform.Plan, policy transform.Policy) (transform.Stamp, error) {
	body, err := markBody(engine, mark, extras, plan, policy)
	if err != nil {
		return transform.Stamp{}, err
	}
	meta, err := engine.Probe(body)
	if err != nil {
		return transform.Stamp{}, err
	}
	stamp, err := plan.Stamp(mark, meta, policy)
	stamp.Body = body
	return stamp, err
}

func markBody(engine Engine, mark transform.Mark, extras []transform.Extra, plan transform.Plan, policy transform.Policy) ([]byte, error) {
	if mark.Text != (transform.Text{}) {
		lettering, err := plan.Lettering(mark, policy)
		if err != nil {
			return nil, err
		}
		return engine.Write(lettering)
	}
	at := slices.IndexFunc(extras, func(e transform.Extra) bool { return e.Source == mark.Source })
	if at < 0 {
		return nil, fault.New(fault.Invalid, "its image is not at hand")
	}
	body, _, err := readable(extras[at].Body, policy)
	return body, err
}
