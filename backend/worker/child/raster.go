package child

import (
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// Reducer makes rasters. As with Engine, each call is alone.
type Reducer interface {
	// Reduce decodes the image and makes its sides so many times smaller; a zero raster is none.
	Reduce(body []byte, meta transform.Meta, by int) (transform.Raster, error)
}

// rasters does the jobs that ask for a raster, under the limits of any image, and leaves all
// others to images. The source itself is the answer where it is to have none.
func rasters(engine Engine, reducer Reducer, policy transform.Policy, images pipe.Work) pipe.Work {
	return func(job transform.Job) (transform.Result, error) {
		if job.Reduce <= 0 {
			return images(job)
		}
		policy := policy.Under(job.Options.Limits)
		body, meta, err := opened(engine, job.Body, transform.Options{}, policy)
		if err == nil {
			err = transform.CheckSource(meta, policy)
		}
		if err != nil {
			return transform.Result{}, err
		}
		by := transform.Reduction(meta, job.Reduce)
		if by == 0 {
			return unchanged(job.Body, meta), nil
		}
		raster, err := reducer.Reduce(body, meta, by)
		if err != nil || !raster.Sound() || len(raster.Pixels) > job.Reduce {
			return unchanged(job.Body, meta), err
		}
		return transform.Result{
			Body: raster.Pixels, Width: raster.Width, Height: raster.Height, Bands: raster.Bands, Source: meta,
		}, nil
	}
}
