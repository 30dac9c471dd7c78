package source

import (
	"sync/atomic"

	"github.com/gip4all/gip4all/backend/fault"
)

// budget bounds the bytes of all originals in memory at one time. Nobody waits for it: who
// waits for bytes would do so while holding others.
type budget struct {
	total int64
	taken atomic.Int64
}

func (b *budget) take(bytes int64) bool {
	for {
		taken := b.taken.Load()
		if bytes > b.total-taken {
			return false
		}
		if b.taken.CompareAndSwap(taken, taken+bytes) {
			return true
		}
	}
}

// holding is one original's part of the budget. It grows in one goroutine; it may be
// released in any.
type holding struct {
	budget *budget
	limit  int64 // most bytes of the original
	bytes  atomic.Int64

	after func()      // called once, by the first release; nil: nothing is
	done  atomic.Bool // after was called
}

// grow makes the holding one of so many bytes, or is fault.Busy.
func (h *holding) grow(bytes int64) error {
	more := bytes - h.bytes.Load()
	if !h.budget.take(more) {
		return fault.New(fault.Busy, "too many originals are being held; try again")
	}
	h.bytes.Add(more)
	return nil
}

func (h *holding) release() {
	h.budget.taken.Add(-h.bytes.Swap(0))
	if h.after != nil && !h.done.Swap(true) {
		h.after()
	}
}
