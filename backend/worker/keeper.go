package worker

import (
	"context"
	"errors"
	"runtime"
	"syscall"
	"time"
)

const (
	// freeRestarts is how many failures in a row are answered by an immediate restart: a
	// worker killed from outside must not be missed.
	freeRestarts = 3
	firstPause   = 100 * time.Millisecond
	longestPause = 5 * time.Second
	// proven is the life after which a worker that never had a job counts as a good start.
	proven = time.Minute
)

var errDiedIdle = errors.New("the worker ended by itself")

// keeper owns one place in the pool: it starts that place's process, lends it to one job
// after the other, and replaces it. Nobody else starts or reaps processes.
type keeper struct {
	pool     *Pool
	number   int
	ready    func() // called once: after the first successful start
	failures int    // in a row
	lost     bool   // counted out in the outage
	claim    *claim // on the next process, or nil
}

// run keeps the place until closing ends. It stays on one thread of the operating system,
// because workers are started with Pdeathsig: the kernel kills a child when the *thread*
// that started it ends, and Go ends idle threads as it likes. This thread lives as long as
// the keeper, and a keeper outlives its process; so the signal is sent exactly when the
// whole server dies, even if a worker is then deep inside a library and reads no pipe.
func (k *keeper) run(closing context.Context) {
	runtime.LockOSThread()
	if nice := k.pool.config.nice; nice > 0 {
		// Only this thread's, and what it starts inherits it. It cannot be taken back, so the
		// thread stays locked, and ends with the keeper.
		_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, nice) // failing, the workers are merely not slow
	} else {
		defer runtime.UnlockOSThread()
	}
	for {
		w := k.start(closing)
		if w == nil {
			return
		}
		if k.settle(successor{worker: w}) {
			w.jobs++
			k.awaitReturn(w)
		}
		k.lend(w)
		k.end(w)
	}
}

// start gives a process that is ready, or nil when the pool closes.
func (k *keeper) start(closing context.Context) *process {
	for k.pause(closing) {
		w, err := launch(closing, k.pool.config, k.number)
		if err == nil {
			k.started(w)
			return w
		}
		if closing.Err() == nil {
			k.failed(err)
			k.settle(successor{err: err})
		}
	}
	return nil
}

// settle answers the claim, if there is one; it tells whether the claimant took the answer.
func (k *keeper) settle(answer successor) bool {
	c := k.claim
	k.claim = nil
	if c == nil {
		return false
	}
	select {
	case c.next <- answer:
		return true
	case <-c.left:
	case <-k.pool.closing:
	}
	return false
}

func (k *keeper) started(w *process) {
	k.pool.enroll(w.pid)
	k.pool.config.Log.Debug("image worker ready", "worker", k.number, "pid", w.pid, "engine", w.engine)
	if k.lost {
		k.pool.outage.regain()
		k.lost = false
	}
	if k.ready != nil {
		k.ready()
		k.ready = nil
	}
}

func (k *keeper) failed(err error) {
	k.failures++
	k.pool.config.Log.Warn("image worker does not start", "worker", k.number, "failures", k.failures, "error", err)
	k.lose(err)
}

func (k *keeper) lose(err error) {
	if !k.lost {
		k.pool.outage.lose(err)
		k.lost = true
	}
}

// pause waits before the next start if there were too many failures, and counts the place
// out meanwhile; false when the pool closes.
func (k *keeper) pause(closing context.Context) bool {
	if k.failures < freeRestarts {
		return closing.Err() == nil
	}
	k.lose(errDiedIdle)
	wait := min(firstPause<<min(k.failures-freeRestarts, 10), longestPause)
	select {
	case <-time.After(wait):
		return true
	case <-closing.Done():
		return false
	}
}

// lend offers the process until it is worn out, dead, or the pool closes.
func (k *keeper) lend(w *process) {
	for !w.worn && w.jobs < k.pool.config.JobsPerWorker {
		select {
		case k.pool.free <- w:
			w.jobs++
			k.awaitReturn(w)
		case <-w.done:
			w.spoil(errDiedIdle)
		case <-k.pool.closing:
			return
		}
	}
}

func (k *keeper) awaitReturn(w *process) {
	select {
	case <-w.back:
	case <-k.pool.killing:
		w.kill()
		<-w.back
	}
}

// end reaps the process and remembers whether it was of any use.
func (k *keeper) end(w *process) {
	w.kill()
	<-w.done
	k.pool.strike(w.pid)
	k.report(w)
	k.claim = w.claim
	if w.jobs > 0 || time.Since(w.born) > proven {
		k.failures = 0
	} else {
		k.failures++
	}
}

func (k *keeper) report(w *process) {
	log := k.pool.config.Log.With("worker", k.number, "pid", w.pid, "jobs", w.jobs)
	switch {
	case w.because == nil:
		log.Debug("image worker ended")
	case errors.Is(w.because, context.Canceled):
		log.Debug("image worker ended", "because", w.because)
	default:
		log.Warn("image worker replaced", "because", w.because, "state", w.state(), "printed", w.printed.tail())
	}
}
