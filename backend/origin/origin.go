// Package origin keeps originals, so that a second width of a picture costs no second download.
//
// The promise: an original is sent for as long as its origin allows and no longer, but where
// the origin fails and the setting or the origin itself permits more; what may not be stored is
// not; and however many ask for one source at a time, it is downloaded or asked for once.
//
// It opens nothing itself: every rule of package source holds, for what is kept as well. Files
// of this machine are not kept: reading them anew is cheap and never out of date.
package origin

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/source"
)

// Fetcher opens sources; source.Fetcher does.
type Fetcher interface {
	Check(source string) error
	Revalidate(ctx context.Context, source string, have source.Validator) (source.Original, error)
	Hold(ctx context.Context, body []byte) (source.Original, error)
}

// Config says where originals come from, and where they are kept.
type Config struct {
	Fetcher Fetcher          // required
	Layers  []cache.Layer    // the fastest first; none: downloads are shared, and nothing is kept
	MaxAge  time.Duration    // the longest that one is used unasked, whatever its origin says; 0: as that says
	Stale   time.Duration    // how long past its age an original is used where its origin fails and did not say; 0: not at all
	Timeout time.Duration    // of one download with its waiting; 0: 60 s
	Log     *slog.Logger     // of layers that fail; nil: nowhere
	Now     func() time.Time // nil: time.Now
}

// Originals are the sources of a node. Safe for concurrent use.
type Originals struct {
	config Config
	group  *cache.Group
}

// failureTTL is short: whoever makes an image of it remembers the failure, too, and both
// together stay below the 10 s that an error may be kept.
const failureTTL = 500 * time.Millisecond

// New checks the configuration; the layers belong to what it gives.
func New(config Config) (*Originals, error) {
	if config.Fetcher == nil {
		return nil, errors.New("origin: originals need a fetcher")
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	o := &Originals{config: config}
	group, err := cache.NewGroup(cache.GroupConfig{
		Layers: config.Layers, Load: o.load, Timeout: config.Timeout, NegativeTTL: failureTTL, Log: config.Log, Now: config.Now,
	})
	o.group = group
	return o, err
}

// Open gives the source's original: what is kept of it while that is fresh, else what its
// origin sends or says is still the one. Its errors are source.Fetcher's. The caller must
// Release what it gets. The MaxAge is what is left of it.
func (o *Originals) Open(ctx context.Context, address string) (source.Original, error) {
	if source.IsLocal(address) {
		return o.config.Fetcher.Revalidate(ctx, address, source.Validator{})
	}
	if err := o.config.Fetcher.Check(address); err != nil {
		return source.Original{}, err
	}
	answer, err := o.group.Get(ctx, keyOf(address, source.MaxBytes(ctx)))
	if err != nil {
		return source.Original{}, err
	}
	original, err := o.config.Fetcher.Hold(ctx, answer.Entry.Body)
	if err != nil {
		return source.Original{}, err
	}
	return o.describe(original, answer), nil
}

// describe adds what the origin said. Past its age an original is only used because nothing
// better can be had: what is made of it should soon be made anew.
func (o *Originals) describe(original source.Original, answer cache.Answer) source.Original {
	kept, now := readNote(answer.Entry.Note), o.config.Now()
	original.ETag, original.Validator = answer.Entry.ETag, kept.Validator
	original.Keeping, original.MaxAge = kept.Keeping, kept.MaxAge
	switch fresh := answer.Entry.Fresh(now); {
	case answer.From == "miss":
	case !fresh:
		original.Keeping, original.MaxAge = kept.Keeping.Strict(), soon
	case kept.MaxAge > 0:
		original.MaxAge = max(answer.Entry.Expires.Sub(now), soon)
	}
	return original
}

// soon is the shortest age that is not "the origin did not say".
const soon = time.Second

// Purge forgets the originals of sources, completely: see cache.Group.Sweep. Only, if it is not
// "", is the one source that match takes.
func (o *Originals) Purge(ctx context.Context, only string, match func(source string) bool) (removed int, err error) {
	return o.group.Sweep(ctx, cache.Selection{Group: only, Match: func(key string) bool { return match(SourceOf(key)) }})
}

// Stats are the cache's counts.
func (o *Originals) Stats() cache.Stats { return o.group.Stats() }

// Close waits for downloads and writes, and closes the layers.
func (o *Originals) Close() error { return o.group.Close() }
