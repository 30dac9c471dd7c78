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
	landed := g.flights.DoChan(key, func() (any, error) { return g.fly(detached, key, false) })
	select {
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	case result := <-landed:
		// fly gives an Answer even with an error.
		return result.Val.(Answer), result.Err
	}
}

// fly is one flight; anew: also where the layers have an entry that is usable but stale. It
// never panics: singleflight would bring the process down for it.
func (g *Group) fly(ctx context.Context, key string, anew bool) (answer Answer, err error) {
	if !g.begin() {
		return Answer{}, errClosed()
	}
	defer g.running.Done()
	defer rescue(&err)
	g.flying.add(key)
	defer g.flying.remove(key)
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
	purges := g.purges.Load()
	entry, layer, previous := g.lookup(ctx, key)
	if layer != nil && (!anew || entry.Fresh(g.config.Now())) {
		return g.answer(entry, layer), nil
	}
	if layer != nil {
		previous = &entry
	}
	if err := g.failures.known(key, g.config.Now()); err != nil {
		answer, spared := g.spared(previous, err)
		return answer, unless(spared, err)
	}
	return g.load(ctx, key, previous, purges)
}

// load makes the entry and stores it, or notes the failure. A failure that may pass leaves the
// previous entry as it is; a final one removes it.
func (g *Group) load(ctx context.Context, key string, previous *Entry, purges uint64) (Answer, error) {
	g.counts.loads.Add(1)
	made, err := g.call(context.WithValue(ctx, previousKey{}, previous), key)
	failure := err
	if failure == nil {
		failure = made.Failed
	}
	answer, spared := g.spared(previous, failure)
	if err != nil || spared {
		g.counts.failures.Add(1)
		if lasting(failure) {
			g.failures.note(key, failure, g.config.Now())
		}
		if previous != nil && !spared && final(failure) {
			g.drop(ctx, key)
		}
		return answer, unless(spared, failure)
	}
	if made.Entry.Alive(g.config.Now()) {
		written := g.store(ctx, g.layers, key, made.Entry, purges)
		g.improve(key, made, purges, written)
	}
	return Answer{Entry: made.Entry, From: "miss", Timings: made.Timings}, nil
}

func unless(spared bool, err error) error {
	if spared {
		return nil
	}
	return err
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
