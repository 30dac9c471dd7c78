package child

import "github.com/gip4all/gip4all/backend/transform"

// execute makes the image of a plan, whether or not there is something to be found out.
func execute(engine Engine, body []byte, meta transform.Meta, plan transform.Plan) (transform.Made, error) {
	if plan.Search != nil {
		return engine.Seek(body, meta, plan)
	}
	out, width, height, err := engine.Execute(body, meta, plan)
	return transform.Made{Body: out, Format: plan.Format, Width: width, Height: height, Note: plan.Note}, err
}
