package pipe

import (
	"errors"

	"github.com/gip4all/gip4all/backend/transform"
)

// Job asks for one image; the frame's body is the source's bytes, behind them those of the
// extra images, one after the other, and then the raster's.
type Job struct {
	ID      uint64
	Options transform.Options
	Then    []transform.Options `json:",omitempty"`
	Extras  []Extra             `json:",omitempty"`
	Pace    transform.Pace      `json:",omitempty"`
	Raster  *Raster             `json:",omitempty"`
	Reduce  int                 `json:",omitempty"`
}

// Raster is a transform.Raster whose pixels are the end of a Job's body.
type Raster struct{ Width, Height, Bands, Size int }

// Extra is a further image in a Job's body.
type Extra struct {
	Source string
	Size   int // bytes
}

// NewJob is the frame of a job: its message and the parts of its body, the source first. A
// raster for which the frame has no room stays behind: the source will do.
func NewJob(id uint64, job transform.Job) (message Job, parts [][]byte) {
	message = Job{ID: id, Options: job.Options, Then: job.Then, Pace: job.Pace, Reduce: job.Reduce}
	parts = [][]byte{job.Body}
	for _, extra := range job.Extras {
		message.Extras = append(message.Extras, Extra{Source: extra.Source, Size: len(extra.Body)})
		parts = append(parts, extra.Body)
	}
	if r := job.Raster; r.Sound() && Size(parts)+len(r.Pixels) <= MaxBody {
		message.Raster = &Raster{Width: r.Width, Height: r.Height, Bands: r.Bands, Size: len(r.Pixels)}
		parts = append(parts, r.Pixels)
	}
	return message, parts
}

// open takes the frame apart again.
func (j Job) open(body []byte) (transform.Job, error) {
	job := transform.Job{Options: j.Options, Then: j.Then, Pace: j.Pace, Reduce: j.Reduce}
	if r := j.Raster; r != nil {
		from := len(body) - r.Size
		if r.Size < 0 || from < 0 {
			return transform.Job{}, errors.New("a raster is larger than the frame's body")
		}
		job.Raster = transform.Raster{Width: r.Width, Height: r.Height, Bands: r.Bands, Pixels: body[from:]}
		body = body[:from]
	}
	for i := len(j.Extras) - 1; i >= 0; i-- {
		from := len(body) - j.Extras[i].Size
		if j.Extras[i].Size < 0 || from < 0 {
			return transform.Job{}, errors.New("an extra image is larger than the frame's body")
		}
		extra := transform.Extra{Source: j.Extras[i].Source, Body: body[from:]}
		job.Extras = append([]transform.Extra{extra}, job.Extras...)
		body = body[:from]
	}
	job.Body = body
	return job, nil
}
