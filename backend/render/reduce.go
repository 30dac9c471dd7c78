package render

import (
	"context"
	"hash/maphash"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// fingerprint tells one body from another. The hash is seeded anew in each process, so that
// nobody can make two bodies that have the same.
type fingerprint struct {
	hash uint64
	size int
}

func (r *Renderer) fingerprint(body []byte) fingerprint {
	return fingerprint{maphash.Bytes(r.seed, body), len(body)}
}

// DropSources forgets the reduced copies of the sources that match, also those that are being
// made.
func (r *Renderer) DropSources(match func(source string) bool) { r.intermediates.dropAll(match) }

// raster gives the source's reduced copy, for which it may have to wait or which it makes, and
// how long that took; a zero one where the source itself is to be used. It is to be released. No
// slot is held while it waits.
func (r *Renderer) raster(ctx context.Context, request imageurl.Request, key string, body []byte) (transform.Raster, []cache.Timing) {
	if r.intermediates.largest() == 0 || !reducible(request) {
		return transform.Raster{}, nil
	}
	begun := r.config.Now()
	found, make := r.intermediates.find(request.Source, r.fingerprint(body), key, imageurl.InSet(ctx), begun)
	switch {
	case found == nil:
		return transform.Raster{}, nil
	case make:
		r.reduce(ctx, found, body, request.Options.Limits)
	default:
		r.await(ctx, found)
	}
	took := r.config.Now().Sub(begun)
	select {
	case <-found.making:
		return r.intermediates.hold(found, request.Options), []cache.Timing{{Name: "intermediate", Took: took}}
	default: // the queue of those who wait is full, or ctx ended
		return transform.Raster{}, nil
	}
}

// reducible leaves out what needs the source itself, as far as the request tells.
func reducible(request imageurl.Request) bool {
	o := request.Options
	return len(request.Further()) == 0 && !o.Geometry.Trim.On && o.Frames == (transform.Frames{}) && o.Output.Skip == 0 &&
		!o.Output.KeepMetadata && !o.Output.KeepCopyright && !o.Output.KeepProfile && !attentive(o)
}

func attentive(o transform.Options) bool {
	return o.Gravity.Anchor == transform.Smart || o.Crop.Gravity.Anchor == transform.Smart
}

// reduce has the raster made, within a slot of its own. Whatever goes wrong with the source,
// its image will say.
func (r *Renderer) reduce(ctx context.Context, making *intermediate, body []byte, limits transform.Limits) {
	job := transform.Job{Body: body, Options: transform.Options{Limits: limits}, Reduce: r.intermediates.largest() * 3 / 5}
	settled := false
	defer func() { // also after a panic: others wait
		if !settled {
			r.intermediates.abandon(making)
		}
	}()
	release, err := r.slots.acquire(ctx)
	if err != nil {
		return
	}
	defer release()
	result, err := r.config.Pixels.Transform(ctx, job)
	if err != nil && (ctx.Err() != nil || fault.KindOf(err) == fault.Busy) {
		return
	}
	if err != nil {
		result = transform.Result{}
	}
	raster := result.Reduced()
	if !raster.Sound() && result.Shared != nil {
		result.Shared.Release()
	}
	pyramid := transform.NewPyramid(raster)
	settled = true
	r.intermediates.settle(making, pyramid)
}

// await waits until the raster is settled, if not too many wait already.
func (r *Renderer) await(ctx context.Context, found *intermediate) {
	select {
	case r.waiting <- struct{}{}:
	default:
		return
	}
	defer func() { <-r.waiting }()
	select {
	case <-found.making:
	case <-ctx.Done():
	}
}
