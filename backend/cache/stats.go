package cache

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// Stats are a group's counts since it was made.
type Stats struct {
	Layers   []LayerStats `json:"layers"`   // in the group's order
	Stale    uint64       `json:"stale"`    // answers past their time, while they were made anew or because that failed
	Misses   uint64       `json:"misses"`   // Gets that no layer could answer at once
	Loads    uint64       `json:"loads"`    // calls of the loader; Misses beyond it joined a flight or got a known failure
	Failures uint64       `json:"failures"` // loads that failed
	LeftOut  uint64       `json:"left_out"` // writes left out because too many were waiting
	Later    LaterStats   `json:"later"`
}

// LayerStats are one layer's counts.
type LayerStats struct {
	Name   string `json:"name"`
	Hits   uint64 `json:"hits"`   // Gets that it answered
	Errors uint64 `json:"errors"` // its own failures, each taken as a miss
}

// Stats gives the counts. They are read one by one, so they need not add up exactly while
// requests run.
func (g *Group) Stats() Stats {
	s := Stats{
		Stale: g.counts.stale.Load(), Misses: g.counts.misses.Load(), Loads: g.counts.loads.Load(),
		Failures: g.counts.failures.Load(), LeftOut: g.counts.leftOut.Load(), Later: g.laters.stats(),
	}
	for _, layer := range g.layers {
		s.Layers = append(s.Layers, LayerStats{layer.Name(), layer.hits.Load(), layer.errors.Load()})
	}
	return s
}

type counts struct{ stale, misses, loads, failures, leftOut atomic.Uint64 }

// tracked is a layer with its counts.
type tracked struct {
	Layer
	hits, errors atomic.Uint64
	storing      sync.RWMutex // held for reading while an entry is set
	trouble      complaint
}

// layerFailed counts and logs a layer's failure; one because the visitor left is none.
func (g *Group) layerFailed(ctx context.Context, layer *tracked, doing string, err error) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return
	}
	layer.errors.Add(1)
	layer.trouble.say(g.config, "cache layer failed", "layer", layer.Name(), "doing", doing, "error", err)
}

// complaintPause is how long a complaint is silent after it was logged: a full disk fails for
// every image, and one line says it.
const complaintPause = 10 * time.Second

// complaint is something that may go wrong often and is logged seldom. The zero value is ready.
type complaint struct {
	mu      sync.Mutex // guards the rest
	quiet   time.Time  // until then
	swallow int        // not logged since the last line
}

func (c *complaint) say(config GroupConfig, message string, args ...any) {
	now := config.Now()
	c.mu.Lock()
	if now.Before(c.quiet) {
		c.swallow++
		c.mu.Unlock()
		return
	}
	unsaid := c.swallow
	c.quiet, c.swallow = now.Add(complaintPause), 0
	c.mu.Unlock()
	config.Log.Warn(message, append(args, "unsaid", unsaid)...)
}
