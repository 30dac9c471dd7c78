package child

import (
	"runtime/debug"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// restAfter is how long a worker is without work before it gives its memory back. While it
// works it keeps what it freed, since the next image needs about as much again; the pool
// sets malloc's thresholds so, which saves a tenth of the processor time.
const restAfter = 3 * time.Second

// resting is work, and rest after each time that no further job came for the pause.
func resting(work pipe.Work, pause time.Duration, rest func()) pipe.Work {
	idle := time.AfterFunc(pause, rest)
	return func(job transform.Job) (transform.Result, error) {
		idle.Stop()
		defer idle.Reset(pause)
		return work(job)
	}
}

// release gives the memory of Go and of libvips back to the system.
func release(engine interface{ Release() }) func() {
	return func() {
		debug.FreeOSMemory()
		engine.Release()
	}
}
