package pipe

import (
	"bytes"
	"errors"

	"github.com/gip4all/gip4all/backend/transform"
)

// Job asks for one image; the frame's body is the source's bytes, behind them those of the
// extra images, one after the other, and then the raster's. What is lent is not in the body, but
// in a [Memory] whose descriptor was sent before.
type Job struct {
	ID      uint64
	Options transform.Options
	Then    []transform.Options `json:",omitempty"`
	Extras  []Extra             `json:",omitempty"`
	Pace    transform.Pace      `json:",omitempty"`
	Raster  *Raster             `json:",omitempty"`
	Reduce  int                 `json:",omitempty"`
	Memory  int                 `json:",omitempty"` // so many bytes of the lent memory; 0: none is
	Source  int                 `json:",omitempty"` // bytes of the source in it; 0: the source is in the body
}

// Raster is a transform.Raster whose pixels are the end of a Job's body, or lie At some bytes
// of the lent memory.
type Raster struct{ Width, Height, Bands, Size, At int }

// Extra is a further image in a Job's body.
type Extra struct {
	Source string
	Size   int // bytes
}

// Parcel is a job as it is handed over.
type Parcel struct {
	Job    Job
	Parts  [][]byte // of the frame's body
	Memory *Memory  // to be lent first; nil: none
}

// NewParcel packs a job: what lies in memory that can be lent, and the source if it lies there
// too, is not copied. A raster for which the frame has no room stays behind: the source will do.
func NewParcel(id uint64, job transform.Job) Parcel {
	p := Parcel{Job: Job{ID: id, Options: job.Options, Then: job.Then, Pace: job.Pace, Reduce: job.Reduce}}
	lent := p.lend(job)
	if p.Job.Source == 0 {
		p.Parts = append(p.Parts, job.Body)
	}
	for _, extra := range job.Extras {
		p.Job.Extras = append(p.Job.Extras, Extra{Source: extra.Source, Size: len(extra.Body)})
		p.Parts = append(p.Parts, extra.Body)
	}
	if r := job.Raster; !lent && r.Sound() && Size(p.Parts)+len(r.Pixels) <= MaxBody {
		p.Job.Raster = &Raster{Width: r.Width, Height: r.Height, Bands: r.Bands, Size: len(r.Pixels)}
		p.Parts = append(p.Parts, r.Pixels)
	}
	return p
}

// lend names the memory that the raster lies in, if it lies in one.
func (p *Parcel) lend(job transform.Job) bool {
	r := job.Raster
	memory, _ := r.Shared.(*Memory)
	at, ok := memory.offset(r.Pixels)
	if !ok || !r.Sound() {
		return false
	}
	p.Memory, p.Job.Memory = memory, at+len(r.Pixels)
	p.Job.Raster = &Raster{Width: r.Width, Height: r.Height, Bands: r.Bands, Size: len(r.Pixels), At: at}
	if bytes.Equal(job.Body, memory.source) {
		p.Job.Source = len(job.Body)
	}
	return true
}

// open takes the frame apart again; what was lent is in memory.
func (j Job) open(body []byte, memory view) (transform.Job, error) {
	job := transform.Job{Options: j.Options, Then: j.Then, Pace: j.Pace, Reduce: j.Reduce}
	var err error
	if r := j.Raster; r != nil && j.Memory > 0 {
		job.Raster = transform.Raster{Width: r.Width, Height: r.Height, Bands: r.Bands}
		if job.Raster.Pixels, err = memory.part(r.At, r.Size); err != nil {
			return transform.Job{}, err
		}
	} else if r != nil {
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
	if j.Source > 0 {
		job.Body, err = memory.part(0, j.Source)
	}
	return job, err
}
