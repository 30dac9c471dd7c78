package cache

import (
	"context"
	"time"
)

// writeTimeout bounds one write behind an answer, over all layers.
const writeTimeout = 30 * time.Second

// store puts an entry into layers: into the fastest at once, so that whoever comes next finds
// it, and into the others behind the answer. purges is the count from before the entry was
// read or made. It never fails; a layer that does is complained about. written is closed when
// the writes behind have ended too; nil: there are none.
func (g *Group) store(ctx context.Context, layers []*tracked, key string, entry Entry, purges uint64) (written <-chan struct{}) {
	if len(layers) == 0 {
		return nil
	}
	g.keep(ctx, layers[0], key, entry, purges)
	if len(layers) == 1 {
		return nil
	}
	return g.storeBehind(ctx, layers[1:], key, entry, purges)
}

// storeBehind leaves the write out when too many are waiting: the image is answered all the
// same, and made again some day.
func (g *Group) storeBehind(ctx context.Context, layers []*tracked, key string, entry Entry, purges uint64) (written <-chan struct{}) {
	select {
	case g.pending <- struct{}{}:
	default:
		g.counts.leftOut.Add(1)
		g.full.say(g.config, "cache writes are left out: too many are waiting", "waiting", cap(g.pending))
		return nil
	}
	if !g.begin() {
		<-g.pending
		return nil
	}
	ctx = context.WithoutCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer g.running.Done()
		defer close(done)
		defer func() { <-g.pending }()
		ctx, cancel := context.WithTimeout(ctx, writeTimeout)
		defer cancel()
		for _, layer := range layers {
			g.keep(ctx, layer, key, entry, purges)
		}
	}()
	return done
}

// keep sets the entry in one layer, unless anything was deleted since purges was read: the
// entry may be what was to be deleted. A deletion counts, waits until nobody holds storing,
// and only then empties the layer: see purge.
func (g *Group) keep(ctx context.Context, layer *tracked, key string, entry Entry, purges uint64) {
	layer.storing.RLock()
	defer layer.storing.RUnlock()
	if g.purges.Load() != purges {
		return
	}
	if err := safely(func() error { return layer.Set(ctx, key, entry) }); err != nil {
		g.layerFailed(ctx, layer, "write", err)
	}
}

// safely turns a layer's panic into an error: behind an answer nobody else would catch it.
func safely(do func() error) (err error) {
	defer rescue(&err)
	return do()
}
