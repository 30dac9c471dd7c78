package cache

import (
	"context"
	"errors"
	"sync"

	"github.com/gip4all/gip4all/backend/fault"
)

// fromStale is where an answer comes from that is past its time.
const fromStale = "stale"

// previousKey is where a loader's context holds the entry that it makes anew.
type previousKey struct{}

// Previous gives a loader the entry that it is to make anew, if there is one that layers still
// keep: what it was made of may not have changed. Nobody changes its Body.
func Previous(ctx context.Context) (Entry, bool) {
	previous, ok := ctx.Value(previousKey{}).(*Entry)
	if !ok || previous == nil {
		return Entry{}, false
	}
	return *previous, true
}

// answer is what a lookup found.
func (g *Group) answer(entry Entry, layer *tracked) Answer {
	if entry.Fresh(g.config.Now()) {
		return Answer{Entry: entry, From: layer.Name()}
	}
	g.counts.stale.Add(1)
	return Answer{Entry: entry, From: fromStale}
}

// renew has a stale entry made anew behind its answer: one flight for its key, and none when
// too many others are under way or it failed a moment ago. The next visitor starts it then.
func (g *Group) renew(ctx context.Context, key string) {
	if g.failures.known(key, g.config.Now()) != nil || !g.renewals.begin(key, g.config.Renewals) {
		return
	}
	if !g.begin() {
		g.renewals.end(key)
		return
	}
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer g.running.Done()
		defer g.renewals.end(key)
		// Whoever misses the key meanwhile joins; the failure is counted and noted inside.
		_, _, _ = g.flights.Do(key, func() (any, error) { return g.fly(ctx, key, true) })
	}()
}

// renewals are the keys that are made anew behind answers. The zero value is ready.
type renewals struct {
	mu   sync.Mutex // guards keys
	keys map[string]bool
}

// begin is false where the key is made anew already, or so are most others.
func (r *renewals) begin(key string, most int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keys[key] || len(r.keys) >= most {
		return false
	}
	if r.keys == nil {
		r.keys = make(map[string]bool)
	}
	r.keys[key] = true
	return true
}

func (r *renewals) end(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, key)
}

// spared is the previous entry in place of a failure, if it may be sent; the failure is still
// remembered, so that not everyone waits for the next one.
func (g *Group) spared(previous *Entry, failure error) (Answer, bool) {
	if previous == nil || failure == nil || final(failure) || !previous.Spare(g.config.Now()) {
		return Answer{}, false
	}
	g.counts.stale.Add(1)
	return Answer{Entry: *previous, From: fromStale}, true
}

// final tells whether a failure says of the image itself that it is no more: whatever was kept
// of it is then not sent any longer. Everything else may pass.
func final(failure error) bool {
	kind := fault.KindOf(failure)
	return kind == fault.NotFound || kind == fault.Denied || kind == fault.Invalid
}

// drop removes what a final failure says is no more. It is no purge: what other keys have made
// meanwhile is kept.
func (g *Group) drop(ctx context.Context, key string) {
	for _, layer := range g.layers {
		if err := safely(func() error { return layer.Delete(ctx, key) }); err != nil && !errors.Is(err, context.Canceled) {
			g.layerFailed(ctx, layer, "delete", err)
		}
	}
}
