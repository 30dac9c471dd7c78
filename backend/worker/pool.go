// Package worker makes images in processes of their own, because an image library cannot be
// stopped, and aborts when memory runs out: a pool of `gip worker` processes, one image at a
// time each.
//
// The promise: every call of [Pool.Transform] ends, and a file that crashes, hangs or bloats
// a worker costs that one answer and one worker, which is replaced; nothing it does reaches
// the server's own memory, environment or temporary files.
//
// It makes no pixels and knows no image library: what a worker does is package child, what
// is said between the two is package pipe. Linux only (Pdeathsig).
package worker

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/gip4all/gip4all/backend/fault"
)

// Pool is a number of worker processes. Use [New]; safe for concurrent use.
type Pool struct {
	config  Config
	free    chan *process // a keeper offers its idle worker; whoever takes it gives it back
	outage  *outage
	closing <-chan struct{} // no further job is taken
	close   context.CancelFunc
	killing <-chan struct{} // running jobs are ended
	kill    context.CancelFunc
	keepers sync.WaitGroup
	jobs    atomic.Uint64 // numbers them

	mu   sync.Mutex // guards pids
	pids map[int]struct{}
}

// New starts the workers and returns when one of them has said that it is ready (the others
// follow in the background). If none can be started it fails with what the worker printed.
func New(config Config) (*Pool, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	p := &Pool{
		config: config,
		free:   make(chan *process),
		outage: newOutage(config.Workers),
		pids:   map[int]struct{}{},
	}
	closing, closePool := context.WithCancel(context.Background())
	killing, kill := context.WithCancel(context.Background())
	p.closing, p.close = closing.Done(), closePool
	p.killing, p.kill = killing.Done(), kill
	first := make(chan struct{}, config.Workers)
	for number := range config.Workers {
		k := keeper{pool: p, number: number + 1, ready: func() { first <- struct{}{} }}
		p.keepers.Go(func() { k.run(closing) })
	}
	if err := p.await(first); err != nil {
		return nil, err
	}
	return p, nil
}

// await waits for one worker; each ready worker puts at most one token into first before
// it is offered, so the channel never blocks a keeper.
func (p *Pool) await(first <-chan struct{}) error {
	select {
	case <-first:
		return nil
	case <-p.outage.total():
		_ = p.Close(context.Background()) // no job is running that could outlast it
		return fmt.Errorf("worker: no image worker could be started: %w", p.outage.cause())
	}
}

// Workers is how many images are made at once.
func (p *Pool) Workers() int { return p.config.Workers }

// PIDs lists the processes that are ready or at work, in ascending order.
func (p *Pool) PIDs() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.pids))
}

// Close takes no further job (fault.Busy), waits until the running ones have ended, and ends
// the workers. When ctx ends first the running jobs are killed and ctx's error is given. On
// return no process, goroutine or temporary folder of the pool is left.
func (p *Pool) Close(ctx context.Context) error {
	p.close()
	ended := make(chan struct{})
	go func() {
		p.keepers.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
	}
	p.kill()
	<-ended
	return fmt.Errorf("worker: running jobs were killed: %w", ctx.Err())
}

// borrow takes an idle worker, which the caller must give back.
func (p *Pool) borrow(ctx context.Context) (*process, error) {
	select {
	case <-p.closing: // looked at alone first: a select takes any case that is ready
		return nil, p.closed()
	default:
	}
	select {
	case w := <-p.free:
		return w, nil
	case <-p.closing:
		return nil, p.closed()
	case <-p.outage.total():
		return nil, fault.Wrap(fault.Upstream, p.outage.cause(), "no image worker can be started")
	case <-ctx.Done():
		return nil, p.unserved(context.Cause(ctx))
	}
}

func (p *Pool) closed() error { return fault.New(fault.Busy, "the image workers are shut down") }

func (p *Pool) unserved(cause error) error {
	if errors.Is(cause, context.DeadlineExceeded) {
		return fault.Wrap(fault.Busy, cause, "no image worker became free in time")
	}
	return p.givenUp(cause)
}

func (p *Pool) enroll(pid int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pids[pid] = struct{}{}
}

func (p *Pool) strike(pid int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.pids, pid)
}
