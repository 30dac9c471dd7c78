package render

import (
	"context"
	"errors"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// soonAge is how long an answer that is for now is kept: if the better one is not made by then
// (the server was restarted, or too busy), the next view tries again.
const soonAge = 10 * time.Minute

func (r *Renderer) pace() transform.Pace {
	if r.config.Later == nil {
		return transform.Once
	}
	return transform.Soon
}

// forNow marks an answer for which a better one is worth making, and says how.
func (r *Renderer) forNow(made cache.Made, key string, request imageurl.Request, result transform.Result) cache.Made {
	if r.config.Later == nil || result.Later == transform.Same {
		return made
	}
	forGood := made.Entry
	made.Later = func(ctx context.Context) (cache.Made, error) {
		better, err := r.better(ctx, key, request, result)
		switch {
		case err == nil && better.Body != nil:
			return cache.Made{Entry: better}, nil
		case err == nil, fruitless(ctx, err):
			return cache.Made{Entry: forGood}, err
		}
		return cache.Made{}, err
	}
	made.Entry.Note = noted(made.Entry.Note, transform.NoteLater+": "+result.Later.String())
	if soon := made.Entry.Created.Add(soonAge); forGood.Expires.IsZero() || soon.Before(forGood.Expires) {
		made.Entry.Expires = soon
	}
	return made
}

// better makes the better image when nobody waits for another one; no body: it is not better.
func (r *Renderer) better(ctx context.Context, key string, request imageurl.Request, soon transform.Result) (cache.Entry, error) {
	if err := r.slots.awaitIdle(ctx); err != nil {
		return cache.Entry{}, err
	}
	original, err := r.fetch(ctx, request)
	if err != nil {
		return cache.Entry{}, err
	}
	defer original.release()
	raster, _ := r.raster(ctx, request, key, original.Body)
	defer raster.Release()
	result, err := r.config.Later.Transform(ctx, r.job(request, original, raster, transform.Later))
	if err == nil && !whole(result, request.Options) {
		err = fault.New(fault.Internal, "a result of %d bytes, format %s", len(result.Body), result.Format)
	}
	if err != nil || !result.Better(soon) {
		return cache.Entry{}, err
	}
	return r.entry(request, original, result), nil
}

// fruitless tells whether trying again some minutes later would only fail again: then the answer
// that was for now is one for good. What is given up in its middle, or was refused because too
// much is going on, may yet be made.
func fruitless(ctx context.Context, err error) bool {
	return ctx.Err() == nil && fault.KindOf(err) != fault.Busy && !errors.Is(err, context.Canceled)
}

func noted(notes, line string) string {
	if notes == "" {
		return line
	}
	return notes + "\n" + line
}
