package source

import (
	"context"
	"sync"

	"github.com/gip4all/gip4all/backend/fault"
)

// shares deals out the download slots such that one slow host cannot take them all: a host
// holds at most a quarter of them. It also bounds who waits, for all and for each host.
type shares struct {
	slots   chan struct{} // one per running download
	perHost int           // of the slots, held by one host
	queue   int           // waiting for one host; for all hosts, four times as many

	mu      sync.Mutex // guards what follows, and the counts of each host
	hosts   map[string]*hostShare
	waiting int
}

// hostShare stands in the map only while somebody uses it: whoever asks chooses the names.
type hostShare struct {
	slots   chan struct{} // one per download of this host that runs or waits for shares.slots
	users   int           // running and waiting
	waiting int
}

func newShares(connections int) *shares {
	return &shares{
		slots:   make(chan struct{}, connections),
		perHost: max(connections/4, 1),
		queue:   connections,
		hosts:   map[string]*hostShare{},
	}
}

// acquire gives a slot at once, or waits for one in the order of asking. It is fault.Busy
// when too many wait already, and ctx's plain error when ctx ends first.
func (s *shares) acquire(ctx context.Context, host string) (release func(), err error) {
	h, holds, err := s.enter(host)
	if err != nil {
		return nil, err
	}
	if !holds {
		if err := s.wait(ctx, h); err != nil {
			s.leave(host, h)
			return nil, err
		}
	}
	return func() {
		<-s.slots
		<-h.slots
		s.leave(host, h)
	}, nil
}

// enter counts one more user of a host: one that holds its slots, or one that must wait.
func (s *shares) enter(host string) (h *hostShare, holds bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h = s.hosts[host]
	if h == nil {
		h = &hostShare{slots: make(chan struct{}, s.perHost)}
	}
	holds = s.try(h)
	if !holds {
		if h.waiting >= s.queue || s.waiting >= 4*s.queue {
			return nil, false, fault.New(fault.Busy, "too many downloads wait; try again in a moment")
		}
		h.waiting++
		s.waiting++
	}
	h.users++
	s.hosts[host] = h
	return h, holds, nil
}

// try overtakes nobody: while somebody waits for a channel, it is full.
func (s *shares) try(h *hostShare) bool {
	select {
	case h.slots <- struct{}{}:
	default:
		return false
	}
	select {
	case s.slots <- struct{}{}:
		return true
	default:
		<-h.slots
		return false
	}
}

// wait takes the host's slot first: the other way round, those that wait for a slow host
// would hold the slots of all.
func (s *shares) wait(ctx context.Context, h *hostShare) error {
	defer s.waited(h)
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case s.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-h.slots
		return ctx.Err()
	}
}

func (s *shares) waited(h *hostShare) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h.waiting--
	s.waiting--
}

func (s *shares) leave(host string, h *hostShare) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.users--; h.users == 0 {
		delete(s.hosts, host)
	}
}
