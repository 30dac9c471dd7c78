package cache

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/gip4all/gip4all/backend/fault"
)

// join waits for the key's flight, which it starts if there is none. The flight lives on a
// context of its own: a visitor who leaves takes nobody else's image away, and the next one
// finds it made.
func (g *Group) join(ctx context.Context, key string) (Answer, error) {
	detached := context.WithoutCancel(ctx)
	landed := g.flights.DoChan(key, func() (any, error) { return g.fly(detached, key) })
	select {
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	case result := <-landed:
		// fly gives an Answer even with an error.
		return result.Val.(Answer), result.Err
	}
}

// fly is one flight. It never panics: singleflight would bring the process down for it.
func (g *Group) fly(ctx context.Context, key string) (answer Answer, err error) {
	if !g.begin() {
		return Answer{}, errClosed()
	}
	defer g.running.Done()
	defer rescue(&err)
	ctx, cancel := context.WithTimeout(ctx, g.config.Timeout)
	defer cancel()
	// Look again. singleflight joins those who ask at the same time, but one caller may have
	// missed the layers while another's flight was in the air, and arrive here after it landed:
	//
	//	1: lookup(key) misses
	//	2: lookup(key) misses
	//	1: flight, load, store, landed
	//	2: flight: nobody to join, so this is a second one
	//
	// The first layer is filled before a flight lands, so the second one finds it there; and a
	// failure, too, is noted before.
	if entry, layer := g.lookup(ctx, key); layer != nil {
		return Answer{Entry: entry, From: layer.Name()}, nil
	}
	if err := g.failures.known(key, g.config.Now()); err != nil {
		return Answer{}, err
	}
	return g.load(ctx, key)
}

// load makes the entry and stores it, or notes the failure.
func (g *Group) load(ctx context.Context, key string) (Answer, error) {
	purges := g.purges.Load()
	g.counts.loads.Add(1)
	made, err := g.call(ctx, key)
	if err != nil {
		g.counts.failures.Add(1)
		if lasting(err) {
			g.failures.note(key, err, g.config.Now())
		}
		return Answer{}, err
	}
	if made.Entry.Fresh(g.config.Now()) {
		written := g.store(ctx, g.layers, key, made.Entry, purges)
		g.improve(key, made, purges, written)
	}
	return Answer{Entry: made.Entry, From: "miss", Timings: made.Timings}, nil
}

// call runs the loader, whose panic is an error, and whose running out of the group's time is
// a Timeout unless the loader knows better.
func (g *Group) call(ctx context.Context, key string) (made Made, err error) {
	defer rescue(&err)
	made, err = g.config.Load(ctx, key)
	if errors.Is(err, context.DeadlineExceeded) && fault.KindOf(err) == fault.Internal {
		err = fault.Wrap(fault.Timeout, err, "making the image took longer than %v", g.config.Timeout)
	}
	return made, err
}

// lasting tells whether asking again at once would only fail again. A full queue empties, and
// a cancelled load says nothing about the image.
func lasting(err error) bool {
	return fault.KindOf(err) != fault.Busy && !errors.Is(err, context.Canceled)
}

// rescue turns a panic of the function that defers it into its error.
func rescue(err *error) {
	if value := recover(); value != nil {
		*err = fault.Wrap(fault.Internal, fmt.Errorf("panic: %v\n%s", value, debug.Stack()), "internal error")
	}
}
