// Package child is the inside of a `gip worker` process: the one that holds libvips and
// makes one image at a time for the pool that started it.
//
// The promise: the process is bounded (memory, files, no core dumps) before it sees the first
// byte of a source, and it ends when its pool does.
//
// It decides nothing: transform plans, vips executes, sketch and metadata describe, package
// pipe talks to the pool.
package child

import (
	"fmt"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/vips"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// Engine makes pixels. Each call is alone in its process, so it may use all of it; body stays
// untouched and valid for the length of the call.
type Engine interface {
	// Probe reads the header of an image of an accepted format, and nothing behind it.
	Probe(body []byte) (transform.Meta, error)
	// ProbePage reads the header of another page than the first one.
	ProbePage(body []byte, meta transform.Meta, page int) (transform.Meta, error)
	// FindTrim decodes the image and gives its part, as stored, that is not border.
	FindTrim(body []byte, meta transform.Meta, trim transform.Trim) (transform.Rect, error)
	// Savers are the formats that results can have.
	Savers() transform.FormatSet
	// Write gives a text as an image.
	Write(lettering transform.Lettering) ([]byte, error)
	// Execute does what plan says, which follows from meta, and gives the encoded result.
	Execute(body []byte, meta transform.Meta, plan transform.Plan) (out []byte, width, height int, err error)
	// Seek does what plan says, and finds by trying what its Search leaves open.
	Seek(body []byte, meta transform.Meta, plan transform.Plan) (transform.Made, error)
}

// Main is the whole of `gip worker`: [Run] on the line that this process inherited.
func Main() error { return Run(pipe.Inherit()) }

// Run reads the policy and limits from the line, puts the limits on this process, starts libvips
// and answers jobs, until there are no more (nil) or the process is of no further use (an error
// for stderr). Once per process.
func Run(line pipe.Line) error {
	if err := pipe.Serve(line, open); err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	return nil
}

func open(start pipe.Start) (pipe.Work, string, error) {
	if err := pipe.Limit(start.MemoryLimit); err != nil {
		return nil, "", err
	}
	engine, err := vips.Start(start.Policy)
	if err != nil {
		return nil, "", fmt.Errorf("start libvips: %w", err)
	}
	images := standIns(engine, engine, start.Policy, chains(engine, engine, start.Policy, work(engine, start.Policy)))
	all := rasters(engine, engine, start.Policy, images)
	return resting(all, restAfter, release(engine)), "libvips " + vips.Versions(), nil
}
