package pipe

import (
	"fmt"
	"os/signal"
	"syscall"
)

// Limit bounds this process from now on, for good: memory bytes of data (0 leaves that alone),
// no core dumps, and no byte into any file. A limit on each file's size would bound none of
// what a hostile source could fill a disk with in many.
//
// RLIMIT_DATA and not RLIMIT_AS: a Go program with libvips reserves 2 GB of addresses that
// it never touches, and crashes wherever a reservation fails (facts measured in engine.md).
// Writes to files fail with EFBIG, because the signal that would kill the
// process (SIGXFSZ) is ignored: the library then reports an ordinary error.
func Limit(memory uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	limits := []struct {
		name     string
		resource int
		set      bool
		bytes    uint64
	}{
		{"core", syscall.RLIMIT_CORE, true, 0},
		{"data", syscall.RLIMIT_DATA, memory > 0, memory},
		{"fsize", syscall.RLIMIT_FSIZE, true, 0},
	}
	for _, l := range limits {
		if !l.set {
			continue
		}
		if err := lower(l.resource, l.bytes); err != nil {
			return fmt.Errorf("limit %s to %d bytes: %w", l.name, l.bytes, err)
		}
	}
	return nil
}

// lower sets both limits of a resource. A stricter hard limit that is already in force
// (a container's, a shell's) stays: raising it is not ours to do.
func lower(resource int, bytes uint64) error {
	var now syscall.Rlimit
	if err := syscall.Getrlimit(resource, &now); err != nil {
		return err
	}
	bytes = min(bytes, now.Max)
	return syscall.Setrlimit(resource, &syscall.Rlimit{Cur: bytes, Max: bytes})
}
