package render

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/transform"
)

// Pictures answers the keys of pictures that stand in; the cache.Group over this renderer
// does, so that one picture for a hundred broken sources is made once.
type Pictures interface {
	Get(ctx context.Context, key string) (cache.Answer, error)
}

// Fallbacks says what stands in where a source fails. The zero value: nothing does.
type Fallbacks struct {
	Pictures Pictures                       // nil: no fallback, not even one that a URL names
	Source   func(failed fault.Kind) string // of a URL that names none; "": none; nil: never any
}

// NoteFallback is the name of the note that another picture stands in; its value is the kind
// of the failure.
const NoteFallback = "fallback"

// fallbackAge is how long a picture stands in before its source is asked again: as long as an
// error may be kept at most.
const fallbackAge = 10 * time.Second

// standIn gives the fallback's picture in place of a failure, or the failure again. The caches
// prefer what they still have of the image itself.
func (r *Renderer) standIn(ctx context.Context, request imageurl.Request, failure error) (cache.Made, error) {
	source := r.fallbackOf(request, fault.KindOf(failure))
	if source == "" || source == request.Source {
		return cache.Made{}, failure
	}
	found, err := r.config.Fallbacks.Pictures.Get(ctx, request.FallbackKey(source))
	if err != nil {
		return cache.Made{}, alsoFailed(failure, err)
	}
	entry := found.Entry
	entry.Created = r.config.Now()
	entry.Expires = entry.Created.Add(fallbackAge)
	entry.Stale, entry.IfError, entry.Kept = time.Time{}, time.Time{}, time.Time{}
	entry.Note = NoteFallback + ": " + fault.KindOf(failure).String() + "\n" + entry.Note
	return cache.Made{Entry: entry, Timings: found.Timings, Failed: failure}, nil
}

func (r *Renderer) fallbackOf(request imageurl.Request, failed fault.Kind) string {
	fallbacks := r.config.Fallbacks
	switch {
	case fallbacks.Pictures == nil || request.StandsIn || request.Options.StandIn != transform.Picture || !blames(failed):
		return ""
	case request.Fallback != "":
		return request.Fallback
	case fallbacks.Source != nil:
		return fallbacks.Source(failed)
	}
	return ""
}

// blames tells whether a failure is the source's. What the URL asked wrongly, what is not
// allowed, a full queue and our own mistakes are not to be hidden behind a picture.
func blames(failed fault.Kind) bool {
	switch failed {
	case fault.NotFound, fault.TooLarge, fault.Unsupported, fault.Broken, fault.Upstream, fault.Timeout:
		return true
	}
	return false
}

// alsoFailed is still the source's failure to whoever asked; the log has both.
func alsoFailed(failure, fallback error) error {
	both := errors.Join(failure, fmt.Errorf("and its fallback: %w", fallback))
	return fault.Wrap(fault.KindOf(failure), both, "%s", fault.Message(failure))
}
