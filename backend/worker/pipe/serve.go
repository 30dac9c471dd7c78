package pipe

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Work makes one image. A result that is the source itself may have the job's Body as its
// own. Work is called by one goroutine at a time and may panic.
type Work func(job transform.Job) (transform.Result, error)

// Opener makes a worker ready, once: it puts limits on the process, starts the engine, and
// gives the work and the engine's name and version.
type Opener func(start Start) (work Work, engine string, err error)

// errPanicked ends a worker whose engine panicked: its memory may be in any state.
var errPanicked = errors.New("the engine panicked")

// Serve is the worker's side of the talk: it reads Start, answers Hello, then answers one
// Job after the other until the pool closes the pipe (nil) or something is wrong with the
// pipe or the engine (the process is then to end).
func Serve(line Line, open Opener) error {
	work, err := greet(line.Jobs, line.Replies, open)
	if err != nil {
		return err
	}
	for {
		err := serveOne(line, work)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func greet(in io.Reader, out io.Writer, open Opener) (Work, error) {
	var start Start
	if _, err := Read(in, &start); err != nil {
		return nil, fmt.Errorf("read start: %w", err)
	}
	work, engine, err := open(start)
	hello := Hello{Protocol: Protocol, Engine: engine}
	if err != nil {
		hello.Failure = cut(err.Error())
	}
	return work, errors.Join(err, Write(out, hello, nil))
}

// serveOne gives io.EOF when there is no further job.
func serveOne(line Line, work Work) error {
	var message Job
	body, err := Read(line.Jobs, &message)
	if err != nil {
		return err
	}
	memory, err := lent(line, message)
	if err != nil {
		return err
	}
	defer memory.close()
	job, err := message.open(body, memory)
	if err != nil {
		return err
	}
	reply, image := answer(work, message.ID, job)
	if err := Write(line.Replies, reply, image); err != nil {
		return fmt.Errorf("write reply: %w", err)
	}
	if reply.Retire {
		return errPanicked
	}
	return nil
}

// lent is the memory that comes with a job; nil: none does.
func lent(line Line, message Job) (view, error) {
	if message.Memory <= 0 {
		return nil, nil
	}
	descriptor, err := borrow(line.Lent)
	if err != nil {
		return nil, err
	}
	return look(descriptor, message.Memory)
}

func answer(work Work, id uint64, job transform.Job) (Reply, []byte) {
	began := time.Now()
	result, err := guarded(work, job)
	if err == nil && len(result.Body) > MaxBody {
		err = fault.New(fault.TooLarge, "the result has %d bytes, over %d", len(result.Body), MaxBody)
	}
	if err != nil {
		return Reply{ID: id, Failure: NewFailure(err), Retire: errors.Is(err, errPanicked)}, nil
	}
	reply := Reply{
		ID: id, Format: result.Format, Width: result.Width, Height: result.Height,
		Source: result.Source, Took: time.Since(began), Bands: result.Bands, Spared: result.Spared,
		Note: result.Note, Later: result.Later, Unchanged: same(result.Body, job.Body),
	}
	if reply.Unchanged {
		return reply, nil
	}
	return reply, result.Body
}

// guarded turns a panic into an internal error, so that the answer still tells what it was.
func guarded(work Work, job transform.Job) (result transform.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanicked, v, debug.Stack())
		}
	}()
	return work(job)
}

// same tells whether a and b are the same bytes in memory, not just equal.
func same(a, b []byte) bool {
	return len(a) == len(b) && len(a) > 0 && &a[0] == &b[0]
}
