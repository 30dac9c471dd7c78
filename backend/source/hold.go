package source

import (
	"context"
	"sync"

	"github.com/gip4all/gip4all/backend/fault"
)

// bodies are the originals that somebody else keeps and that are in use. However many use one
// at a time, its bytes are there once, and count once. The zero value is ready.
type bodies struct {
	mu    sync.Mutex // guards users
	users map[*byte]int
}

// Hold counts a body that was opened before, and kept, against Config.BudgetBytes until the
// Original that it gives is released. TooLarge and Busy are as with Open.
func (f *Fetcher) Hold(ctx context.Context, body []byte) (Original, error) {
	if limit := f.config.maxBytes(ctx); int64(len(body)) > limit {
		return Original{}, tooLarge(limit)
	}
	if len(body) == 0 {
		return Original{}, nil
	}
	f.bodies.mu.Lock()
	defer f.bodies.mu.Unlock()
	id, size := &body[0], int64(len(body))
	if f.bodies.users[id] == 0 && !f.budget.take(size) {
		return Original{}, fault.New(fault.Busy, "too many originals are being held; try again")
	}
	if f.bodies.users == nil {
		f.bodies.users = make(map[*byte]int)
	}
	f.bodies.users[id]++
	return Original{Body: body, held: &holding{budget: &f.budget, after: func() { f.letGo(id, size) }}}, nil
}

// letGo is one user less.
func (f *Fetcher) letGo(id *byte, size int64) {
	f.bodies.mu.Lock()
	defer f.bodies.mu.Unlock()
	if f.bodies.users[id]--; f.bodies.users[id] == 0 {
		delete(f.bodies.users, id)
		f.budget.taken.Add(-size)
	}
}

// Check tells whether source may be opened, as far as its text says: Invalid or Denied. What
// was kept of it is subject to this, too.
func (f *Fetcher) Check(source string) error {
	u, err := parse(source)
	if err != nil {
		return err
	}
	if !f.allowed(u) {
		return fault.New(fault.Denied, "source %s is not allowed", u.Host)
	}
	return nil
}

// IsLocal tells the sources that are files of this machine.
func IsLocal(source string) bool {
	return len(source) > len(schemeLocal) && source[:len(schemeLocal)+1] == schemeLocal+":"
}
