package cache

import (
	"sync"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// maxFailures bounds the failures that are remembered. Beyond it new ones are not.
const maxFailures = 4096

// failures remembers for a short while that a key could not be made, so that a page that asks
// for one broken image a hundred times does not have it fetched a hundred times.
type failures struct {
	ttl   time.Duration // 0 or less: nothing is remembered
	mu    sync.Mutex    // guards byKey
	byKey map[string]failure
}

type failure struct {
	err   error
	until time.Time
}

// known gives the error that key failed with a moment ago, or nil.
func (f *failures) known(key string, now time.Time) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	failed, ok := f.byKey[key]
	if !ok || !now.Before(failed.until) {
		return nil
	}
	return failed.err
}

func (f *failures) note(key string, err error, now time.Time) {
	if f.ttl <= 0 {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byKey == nil {
		f.byKey = make(map[string]failure)
	}
	if len(f.byKey) >= maxFailures {
		f.sweep(now)
	}
	if len(f.byKey) < maxFailures {
		f.byKey[key] = failure{err, now.Add(f.lifetime(err))}
	}
}

// lifetime is longer for what cost a worker its time, and would again: a file that is broken,
// too large or too slow does not change within seconds.
func (f *failures) lifetime(err error) time.Duration {
	switch fault.KindOf(err) {
	case fault.Timeout, fault.Broken, fault.TooLarge, fault.Unsupported:
		return stubborn * f.ttl
	default:
		return f.ttl
	}
}

// stubborn times the ordinary lifetime: with 2 s it stays below the 10 s that an error may be
// kept at most.
const stubborn = 4

// sweep drops what is over. The caller holds mu.
func (f *failures) sweep(now time.Time) {
	for key, failed := range f.byKey {
		if !now.Before(failed.until) {
			delete(f.byKey, key)
		}
	}
}

// sweepKeys forgets the failures of the selected keys.
func (f *failures) sweepKeys(selection Selection) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for key := range f.byKey {
		if selection.takes(key) {
			delete(f.byKey, key)
		}
	}
}
