package worker

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

var (
	errSlow = errors.New("the deadline of one image is over") // a context's cause
	errDied = errors.New("the image worker died")
)

// Transform makes the job's image, in whichever worker is free first; it
// waits for one as long as ctx allows. A worker that dies in the middle is replaced and the
// job given to its successor, once: whoever killed it may not have meant this image, and an
// image that kills its worker costs two. A running job whose ctx ends is killed.
//
// Errors of the worker keep their kind and public message; its own are Upstream (it died
// twice, or none can be started), Timeout (over the deadline, or ctx ended), Busy (none came
// free in time, or the pool is closed) and TooLarge. The result's Body may be the job's own.
func (p *Pool) Transform(ctx context.Context, job transform.Job) (transform.Result, error) {
	parcel := pipe.NewParcel(p.jobs.Add(1), job)
	if size := pipe.Size(parcel.Parts); size > pipe.MaxBody {
		return transform.Result{}, fault.New(fault.TooLarge, "the image has %d bytes, over %d", size, pipe.MaxBody)
	}
	asked := time.Now()
	w, err := p.borrow(ctx)
	if err != nil {
		return transform.Result{}, err
	}
	queued := time.Since(asked)
	ctx, cancel := context.WithTimeoutCause(ctx, p.config.Deadline, errSlow)
	defer cancel()
	result, err := p.attempt(ctx, w, parcel, job.Body)
	if errors.Is(err, errDied) {
		if w, err = p.swap(ctx, w); err == nil {
			result, err = p.attempt(ctx, w, parcel, job.Body)
		}
	}
	if w != nil {
		w.giveBack()
	}
	result.Queued = queued
	return result, err
}

// swap gives back a dead worker and takes the one that its keeper starts in its place. Not
// any free one: who kills one worker from outside may have killed them all, and the pool has
// not seen it yet.
func (p *Pool) swap(ctx context.Context, dead *process) (*process, error) {
	c := claim{next: make(chan successor), left: ctx.Done()}
	dead.claim = &c
	dead.giveBack()
	select {
	case next := <-c.next:
		if next.err != nil {
			return nil, fault.Wrap(fault.Upstream, next.err, "the image worker died and cannot be replaced")
		}
		return next.worker, nil
	case <-p.closing:
		return nil, p.closed()
	case <-ctx.Done():
		return nil, p.givenUp(context.Cause(ctx))
	}
}

// attempt has w do the job, which is about source. The error is errDied if w broke off by itself; w's keeper logs
// how it ended.
func (p *Pool) attempt(ctx context.Context, w *process, parcel pipe.Parcel, source []byte) (transform.Result, error) {
	answer := shelf{source: source, wanted: parcel.Job.Reduce > 0}
	reply, image, err := w.exchange(ctx, parcel, answer.room)
	image = answer.keep(image, err == nil && reply.Failure == nil && !reply.Unchanged && reply.Bands > 0)
	switch cause := context.Cause(ctx); {
	case err != nil && cause != nil:
		return transform.Result{}, p.givenUp(cause)
	case err != nil:
		err = errors.Join(errDied, err)
		return transform.Result{}, fault.Wrap(fault.Upstream, err, "the image worker died while working on this image")
	case reply.Failure != nil:
		return transform.Result{}, reply.Failure.Err()
	case reply.Unchanged:
		image = source
	}
	return transform.Result{
		Shared: answer.shared(),
		Body:   image, Format: reply.Format, Width: reply.Width, Height: reply.Height,
		Source: reply.Source, Took: reply.Took, Note: reply.Note, Later: reply.Later,
		Bands: reply.Bands, Spared: reply.Spared,
	}, nil
}

// sourceShare: a source is kept beside its raster if it is so many times smaller, as photographs
// are.
const sourceShare = 4

// shelf is where an answer's body is put. A raster lies where workers can read it; behind the
// source, which further jobs need too, and before the room for its reductions.
type shelf struct {
	source []byte
	wanted bool
	memory *pipe.Memory
}

// room is where so many bytes are read into.
func (s *shelf) room(size int) []byte {
	if s.wanted {
		source := s.source
		if len(source) > size/sourceShare {
			source = nil
		}
		memory, err := pipe.NewMemory(source, transform.Room(size))
		if err == nil {
			s.memory = memory
			return memory.Room()[:size]
		}
	}
	return make([]byte, size)
}

// keep gives the body where it lies; or a copy, if it is no raster after all: what lies in shared
// memory must be released by whoever asked for it.
func (s *shelf) keep(body []byte, isRaster bool) []byte {
	if s.memory == nil || isRaster {
		return body
	}
	body = bytes.Clone(body)
	s.memory.Release()
	s.memory = nil
	return body
}

func (s *shelf) shared() transform.Shared {
	if s.memory == nil {
		return nil
	}
	return s.memory
}

// givenUp is the error of a job whose context ended because of cause.
func (p *Pool) givenUp(cause error) error {
	if errors.Is(cause, errSlow) {
		return fault.New(fault.Timeout, "transform took longer than %s", p.config.Deadline)
	}
	return fault.Wrap(fault.Timeout, cause, "the transform was given up")
}
