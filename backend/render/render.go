// Package render makes one image: it fetches the source a cache key names, and has its pixels
// transformed when there is room for that.
//
// The promise: a slot is held only while pixels are made, never while an origin is waited for;
// and a request that finds the queue full is refused at once, not kept waiting.
//
// It does not cache, and knows neither libvips nor the processes that run it.
package render

import (
	"context"
	"errors"
	"hash/maphash"
	"runtime"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// Opener fetches a source's whole body. Its errors say what kind of fault the source has. What
// it gives is released as soon as the pixels are made, or cannot be.
type Opener interface {
	Open(ctx context.Context, source string) (source.Original, error)
}

// Transformer makes a job's image, or a fault.
type Transformer interface {
	Transform(ctx context.Context, job transform.Job) (transform.Result, error)
}

// Config says from where, by whom and how many at a time.
type Config struct {
	Source Opener           // required
	Pixels Transformer      // required
	Slots  int              // images transformed at one time; 0: as many as cores
	Queue  int              // images that wait for a slot, one more is fault.Busy; 0: 64; below 0: none
	MaxAge time.Duration    // see expires; 0: as the origin says, at most a year, else for ever
	Stale  time.Duration    // how long past its age an image may be sent where its origin does not say; 0: not at all
	Now    func() time.Time // nil: time.Now

	Fallbacks Fallbacks // what stands in where a source fails

	Later Transformer // makes behind the answers what is slow; nil: every answer is for good
	// Intermediates is the most bytes of reduced copies of sources that are kept in memory, from
	// which further variants are made; 0: none.
	Intermediates int
}

const defaultQueue = 64

// Renderer makes images. Safe for concurrent use.
type Renderer struct {
	config Config
	slots  *slots

	intermediates *intermediates
	waiting       chan struct{} // a place for each that waits for a raster
	seed          maphash.Seed
}

// New checks the configuration and makes a renderer.
func New(config Config) (*Renderer, error) {
	if config.Source == nil || config.Pixels == nil {
		return nil, errors.New("render: a renderer needs a source and a transformer")
	}
	if config.Slots <= 0 {
		config.Slots = runtime.NumCPU()
	}
	if config.Queue == 0 {
		config.Queue = defaultQueue
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	queue := max(config.Queue, 0)
	return &Renderer{
		config: config, slots: newSlots(config.Slots, queue),
		intermediates: newIntermediates(config.Intermediates), waiting: make(chan struct{}, queue), seed: maphash.MakeSeed(),
	}, nil
}

// Load makes the image of a key. It is a cache.Loader. The timings are fetch,
// intermediate (where one was waited for or made), queue and transform, in this order. Where the source fails, Config.Fallbacks may give another picture.
func (r *Renderer) Load(ctx context.Context, key string) (cache.Made, error) {
	request, err := imageurl.ParseKey(key)
	if err != nil {
		return cache.Made{}, fault.Wrap(fault.Internal, err, "a cache key that is none")
	}
	made, err := r.load(ctx, request, key)
	if err != nil {
		return r.standIn(ctx, request, err)
	}
	return made, nil
}

// load makes the image from the request's own source.
func (r *Renderer) load(ctx context.Context, request imageurl.Request, key string) (cache.Made, error) {
	// Refuse before fetching what could not be transformed. The queue may fill meanwhile, so
	// acquire decides again.
	if r.slots.full() {
		return cache.Made{}, errBusy()
	}
	defer r.intermediates.begin(request.Source)()
	begun := r.config.Now()
	original, err := r.fetch(ctx, request)
	if err != nil {
		return cache.Made{}, err
	}
	// The result's body may be the original's own; from here on the caches account for it.
	defer original.release()
	fetching := cache.Timing{Name: "fetch", Took: r.config.Now().Sub(begun)}
	if request.Options.Output.Raw {
		entry, err := rawEntry(original.Original, r.config.MaxAge, r.config.Now())
		return cache.Made{Entry: lasting(entry, original.Keeping, r.config.Stale), Timings: []cache.Timing{fetching}}, err
	}
	raster, reduced := r.raster(ctx, request, key, original.Body)
	defer raster.Release()
	result, timings, err := r.transform(ctx, r.job(request, original, raster, r.pace()))
	if err != nil {
		return cache.Made{}, err
	}
	timings = append(reduced, timings...)
	made := cache.Made{
		Entry:   r.entry(request, original, result),
		Timings: append([]cache.Timing{fetching}, timings...),
	}
	return r.forNow(made, key, request, result), nil
}

// entry is what the caches keep of a result, as long as its original allows.
func (r *Renderer) entry(request imageurl.Request, original fetched, result transform.Result) cache.Entry {
	entry := entryOf(result, mediaTypeOf(result, request.Options), original.MaxAge, r.config.MaxAge, r.config.Now())
	return lasting(entry, original.Keeping, r.config.Stale)
}

func (r *Renderer) job(request imageurl.Request, original fetched, raster transform.Raster, pace transform.Pace) transform.Job {
	return transform.Job{
		Body: original.Body, Options: request.Options, Then: request.Further(), Extras: original.extras,
		Raster: raster, Pace: pace,
	}
}

// checkImage passes a body that is at least named like an image by its first bytes; whether it
// is whole, the transformer finds.
func checkImage(body []byte) error {
	if transform.Sniff(body) == transform.Same {
		return transform.Refusal(body)
	}
	return nil
}

// transform waits for a slot and has the pixels made. Waiting for a worker process, inside
// the slot, is queueing, too.
func (r *Renderer) transform(ctx context.Context, job transform.Job) (transform.Result, []cache.Timing, error) {
	begun := r.config.Now()
	release, err := r.slots.acquire(ctx)
	if err != nil {
		return transform.Result{}, nil, err
	}
	defer release()
	admitted := r.config.Now()
	result, err := r.config.Pixels.Transform(ctx, job)
	if err == nil && !whole(result, job.Options) {
		err = fault.New(fault.Internal, "a result of %d bytes, format %s", len(result.Body), result.Format)
	}
	working := r.config.Now().Sub(admitted) - result.Queued
	return result, []cache.Timing{
		{Name: "queue", Took: admitted.Sub(begun) + result.Queued},
		{Name: "transform", Took: max(working, 0)},
	}, err
}
