package cache

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/gip4all/gip4all/backend/fault"
)

// GroupConfig says which layers a group asks, and who makes what none of them has.
type GroupConfig struct {
	Layers        []Layer          // the fastest first; none: nothing is kept
	Load          Loader           // required
	Timeout       time.Duration    // of one load, on its context; 0: 60 s
	NegativeTTL   time.Duration    // how long a failed load is answered from memory; 0: 2 s; below 0: not at all
	PendingWrites int              // writes behind the answers at one time; one more is left out; 0: 64
	Renewals      int              // stale entries made anew behind answers at one time; 0: 32
	Log           *slog.Logger     // of layers that fail and writes left out; nil: nowhere
	Now           func() time.Time // nil: time.Now
}

const (
	defaultTimeout       = 60 * time.Second
	defaultNegativeTTL   = 2 * time.Second
	defaultPendingWrites = 64
	defaultRenewals      = 32
)

func (c GroupConfig) withDefaults() GroupConfig {
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	if c.NegativeTTL == 0 {
		c.NegativeTTL = defaultNegativeTTL
	}
	if c.PendingWrites <= 0 {
		c.PendingWrites = defaultPendingWrites
	}
	if c.Renewals <= 0 {
		c.Renewals = defaultRenewals
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Group answers keys from its layers, and has the loader make what is missing: once, however
// many ask. Safe for concurrent use.
type Group struct {
	config   GroupConfig
	layers   []*tracked
	flights  singleflight.Group
	flying   flying
	renewals renewals
	failures failures
	pending  chan struct{} // one place per write behind an answer
	full     complaint     // about writes left out
	counts   counts
	laters   laters // better entries to be made behind the answers

	// purges counts deletions and their steps. Whoever stores an entry reads it before the
	// entry was read or made, and does not store it if there was a deletion since: see purge.
	purges atomic.Uint64

	mu      sync.Mutex // guards closed, and with it that running only grows before Close waits
	closed  bool
	running sync.WaitGroup // flights, and writes and better entries behind answers
}

// errClosed is what a visitor gets who asks while the process goes away.
func errClosed() error { return fault.New(fault.Busy, "the server is shutting down") }

// NewGroup checks the configuration and makes a group, which owns its layers from then on.
func NewGroup(config GroupConfig) (*Group, error) {
	if config.Load == nil {
		return nil, errors.New("cache: a group needs a loader")
	}
	config = config.withDefaults()
	g := &Group{
		config:   config,
		failures: failures{ttl: config.NegativeTTL},
		pending:  make(chan struct{}, config.PendingWrites),
	}
	for _, layer := range config.Layers {
		g.layers = append(g.layers, &tracked{Layer: layer})
	}
	return g, nil
}

// Get gives the key's entry: the first layer's that has a fresh one (faster layers get a
// copy), else a new one. A stale one that may be sent meanwhile is given at once, and made
// anew behind it. The making goes on if ctx ends, and then Get returns ctx.Err(). Other
// errors are the loader's; those, too, are shared by all who wait.
//
// The loader sees ctx's values after Get has returned: give it no context that is reused
// (fiber's UserContext, never its RequestCtx).
func (g *Group) Get(ctx context.Context, key string) (Answer, error) {
	entry, layer, _ := g.lookup(ctx, key)
	if layer != nil {
		layer.hits.Add(1)
		answer := g.answer(entry, layer)
		if answer.From == fromStale {
			g.renew(ctx, key)
		}
		return answer, nil
	}
	g.counts.misses.Add(1)
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	return g.join(ctx, key)
}

// lookup asks the layers in turn for a usable entry and fills those above the one that knew.
// No layer: a miss, and previous is what is still kept of the key, or nil.
func (g *Group) lookup(ctx context.Context, key string) (entry Entry, layer *tracked, previous *Entry) {
	return g.find(ctx, key, func(_ *Group, ctx context.Context, layer *tracked, key string) (Entry, bool, error) {
		return layer.Get(ctx, key)
	})
}

// reading is a way to ask a layer.
type reading func(g *Group, ctx context.Context, layer *tracked, key string) (Entry, bool, error)

// find is lookup with either way to read a layer.
func (g *Group) find(ctx context.Context, key string, read reading) (entry Entry, layer *tracked, previous *Entry) {
	purges := g.purges.Load()
	for i, layer := range g.layers {
		entry, ok, err := read(g, ctx, layer, key)
		if err != nil {
			g.layerFailed(ctx, layer, "read", err)
			continue
		}
		if !ok {
			continue
		}
		if entry.Usable(g.config.Now()) {
			if entry.File == nil {
				g.store(ctx, g.layers[:i], key, entry, purges)
			}
			return entry, layer, nil
		}
		if previous == nil {
			previous = keptOf(entry, g.config.Now())
		}
	}
	return Entry{}, nil, previous
}

// keptOf is nil for an entry that a layer should have let go.
func keptOf(entry Entry, now time.Time) *Entry {
	if !entry.Alive(now) {
		return nil
	}
	return &entry
}

// Close refuses new loads, waits for those under way and for all writes, and closes the layers.
// Better entries that wait to be made are dropped, and the one being made is cancelled.
func (g *Group) Close() error {
	g.mu.Lock()
	already := g.closed
	g.closed = true
	g.mu.Unlock()
	if already {
		return nil
	}
	g.laters.close()
	g.running.Wait()
	var errs []error
	for _, layer := range g.layers {
		errs = append(errs, layer.Close())
	}
	return errors.Join(errs...)
}

// begin counts something that Close waits for; false after Close.
func (g *Group) begin() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.running.Add(1)
	}
	return !g.closed
}
