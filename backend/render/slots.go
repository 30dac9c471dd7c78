package render

import (
	"context"
	"errors"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// slots lets so many work and so many wait. Two channels count exactly, without a lock: whoever
// works or waits sits on a seat, and whoever works holds a slot as well.
type slots struct {
	seats chan struct{} // slots and queue together
	held  chan struct{}
}

func newSlots(count, queue int) *slots {
	return &slots{seats: make(chan struct{}, count+queue), held: make(chan struct{}, count)}
}

func errBusy() error {
	return fault.New(fault.Busy, "too many images are being made; try again in a moment")
}

// acquire gives a slot at once, or waits for one in the order of asking. It is fault.Busy when
// the queue is full, or when ctx's time ends first; the plain error of a ctx that was cancelled.
func (s *slots) acquire(ctx context.Context) (release func(), err error) {
	select {
	case s.seats <- struct{}{}:
	default:
		return nil, errBusy()
	}
	select {
	case s.held <- struct{}{}:
		return s.release, nil
	case <-ctx.Done():
		<-s.seats
		return nil, whyLeft(ctx)
	}
}

// release gives the slot back before the seat, so that there are never more slots than seats.
func (s *slots) release() {
	<-s.held
	<-s.seats
}

func whyLeft(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return fault.Wrap(fault.Busy, ctx.Err(), "no slot became free in time; try again in a moment")
}

// full tells whether acquire would refuse at this moment.
func (s *slots) full() bool { return len(s.seats) == cap(s.seats) }

// idlePause is how long to wait between looks for a free slot. What waits so is in no hurry.
const idlePause = 50 * time.Millisecond

// awaitIdle waits until a slot is free and nobody waits for one. It takes none: who comes next
// must not wait for what is in no hurry.
func (s *slots) awaitIdle(ctx context.Context) error {
	for len(s.held) == cap(s.held) || len(s.seats) > len(s.held) {
		select {
		case <-time.After(idlePause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
