package cache

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// Delete removes the key from every layer, see Sweep.
func (g *Group) Delete(ctx context.Context, key string) error {
	selection := Selection{Match: func(other string) bool { return other == key }}
	_, err := g.purge(selection, func(layer *tracked) (int, error) { return 0, layer.Delete(ctx, key) })
	return err
}

// Sweep removes the selected keys from every layer, and gives how many the fullest layer had.
// It is complete when it returns: whoever asks from then on gets what is made anew. What is
// being made at this moment will be handed to those who wait for it already, but not kept.
func (g *Group) Sweep(ctx context.Context, selection Selection) (removed int, err error) {
	return g.purge(selection, func(layer *tracked) (int, error) { return layer.Sweep(ctx, selection) })
}

// purge empties the layers from the slowest to the fastest, and counts before and after each.
//
// Nobody stores what was read or made under an older count (see keep). Before a layer is
// emptied, those who began to store into it end. So once a layer is empty nothing old comes
// back into it: not from a load, which began under an older count, and not from a slower
// layer, which is empty, while what was read there before was read under an older count.
func (g *Group) purge(selection Selection, empty func(*tracked) (int, error)) (removed int, err error) {
	g.purges.Add(1)
	g.flying.forget(selection, g.flights.Forget)
	g.failures.sweepKeys(selection)
	var errs []error
	for i := len(g.layers) - 1; i >= 0; i-- {
		layer := g.layers[i]
		layer.storing.Lock()
		layer.storing.Unlock() //nolint:staticcheck // nothing to guard: it lets those end who hold it
		count, err := empty(layer)
		if err != nil {
			errs = append(errs, fmt.Errorf("delete from %s: %w", layer.Name(), err))
		}
		removed = max(removed, count)
		g.purges.Add(1)
	}
	return removed, errors.Join(errs...)
}

// flying is the keys whose flights have begun to look or load. The zero value is ready.
type flying struct {
	mu   sync.Mutex // guards keys
	keys map[string]int
}

func (f *flying) add(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.keys == nil {
		f.keys = make(map[string]int)
	}
	f.keys[key]++
}

func (f *flying) remove(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.keys[key]--; f.keys[key] == 0 {
		delete(f.keys, key)
	}
}

// forget has nobody join the selected flights any more. One that is not counted yet has read
// nothing yet, either.
func (f *flying) forget(selection Selection, forget func(key string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for key := range f.keys {
		if selection.takes(key) {
			forget(key)
		}
	}
}
