package worker

import "sync"

// outage knows how many workers cannot be started, and tells when that is all of them, so
// that callers fail at once instead of waiting for a worker that will not come.
type outage struct {
	mu   sync.Mutex // guards all below
	up   int
	last error
	none chan struct{} // closed while up is 0
}

func newOutage(workers int) *outage {
	return &outage{up: workers, none: make(chan struct{})}
}

// lose counts one worker out, because of err.
func (o *outage) lose(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.up--
	o.last = err
	if o.up == 0 {
		close(o.none)
	}
}

// regain counts one that was lost in again.
func (o *outage) regain() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.up == 0 {
		o.none = make(chan struct{})
	}
	o.up++
}

// total gives a channel that is closed while, or as soon as, every worker is out.
func (o *outage) total() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.none
}

// cause is why the last one was lost.
func (o *outage) cause() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last
}
