package worker

import (
	"context"
	"sync"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// lowest is the scheduling priority (nice) of a Spare's worker: it gets the processor time that
// nobody else on the machine wants.
const lowest = 19

// Spare is one worker for what nobody waits for: beside a Pool's, so that visitors keep all of
// theirs, and with the lowest scheduling priority. It is started when it is needed and ended
// when it was not for a while. Safe for concurrent use.
type Spare struct {
	config Config
	idle   time.Duration

	mu     sync.Mutex // guards all below
	pool   *Pool      // nil while nothing is to be done
	users  int
	ending *time.Timer
	closed bool
}

// spareIdle is how long a Spare's worker outlives its last job: it takes some 50 MB, and starting
// another takes a fraction of a second.
const spareIdle = 30 * time.Second

// NewSpare starts nothing yet. Config.Workers is 1, whatever it says.
func NewSpare(config Config) *Spare {
	config.Workers = 1
	config.nice = lowest
	return &Spare{config: config, idle: spareIdle}
}

// Transform is as a Pool's.
func (s *Spare) Transform(ctx context.Context, job transform.Job) (transform.Result, error) {
	pool, err := s.take()
	if err != nil {
		return transform.Result{}, err
	}
	defer s.giveBack()
	return pool.Transform(ctx, job)
}

func (s *Spare) take() (*Pool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, fault.New(fault.Busy, "the spare worker is shut down")
	}
	if s.pool == nil {
		pool, err := New(s.config)
		if err != nil {
			return nil, fault.Wrap(fault.Upstream, err, "the spare worker cannot be started")
		}
		s.pool = pool
	}
	if s.ending != nil {
		s.ending.Stop()
	}
	s.users++
	return s.pool, nil
}

func (s *Spare) giveBack() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users--
	if s.users == 0 && !s.closed {
		s.ending = time.AfterFunc(s.idle, s.end)
	}
}

// end ends the worker unless it was taken again. Nothing runs on it, so it takes no time.
func (s *Spare) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users > 0 || s.pool == nil {
		return
	}
	_ = s.pool.Close(context.Background()) // fails only by its context
	s.pool = nil
}

// Close is as a Pool's.
func (s *Spare) Close(ctx context.Context) error {
	s.mu.Lock()
	s.closed = true
	pool := s.pool
	if s.ending != nil {
		s.ending.Stop()
	}
	s.mu.Unlock()
	if pool == nil {
		return nil
	}
	return pool.Close(ctx)
}
