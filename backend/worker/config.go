package worker

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strconv"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

// Config is how many workers there are and what each may use. Only Command is needed.
type Config struct {
	Command       []string         // argv that starts one worker: the program's path, then its arguments
	Workers       int              // processes, so images made at once; 0: one per CPU
	Policy        transform.Policy // sent to each worker; zero fields take transform's defaults
	Deadline      time.Duration    // of one image in the workers, retry included; 0: 30 s
	MemoryLimit   uint64           // bytes of data of one worker (RLIMIT_DATA); 0: 1536 MiB, which holds a 22-megapixel render
	JobsPerWorker int              // a worker is replaced after that many, so that leaks end; 0: 2000
	StartTimeout  time.Duration    // until a new worker must have said that it is ready; 0: 30 s
	Log           *slog.Logger     // nil: nothing is logged
	TempDir       string           // where each worker's private folder is made; "": the system's folder for temporary files

	nice int // scheduling priority of the workers, 0 to 19; see Spare
}

func (c Config) withDefaults() (Config, error) {
	if len(c.Command) == 0 || c.Command[0] == "" {
		return c, errors.New("worker: Command is empty")
	}
	if c.Workers < 0 || c.Deadline < 0 || c.JobsPerWorker < 0 || c.StartTimeout < 0 {
		return c, fmt.Errorf("worker: a negative setting: workers %d, deadline %s, jobs per worker %d, start timeout %s",
			c.Workers, c.Deadline, c.JobsPerWorker, c.StartTimeout)
	}
	c.Policy = c.Policy.WithDefaults()
	c.Workers = or(c.Workers, runtime.GOMAXPROCS(0))
	c.Deadline = or(c.Deadline, 30*time.Second)
	c.MemoryLimit = or(c.MemoryLimit, 1536<<20)
	c.JobsPerWorker = or(c.JobsPerWorker, 2000)
	c.StartTimeout = or(c.StartTimeout, 30*time.Second)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}

func or[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

// environment is all that a worker knows of ours: nothing is inherited, so keys and tokens
// in the server's environment never reach the process that parses strangers' files.
func (c Config) environment(folder string) []string {
	return []string{
		"PATH=/usr/local/bin:/usr/bin:/bin",
		"LANG=C.UTF-8",
		"HOME=" + folder, // libraries that keep caches (fontconfig) keep them where we clean up
		"TMPDIR=" + folder,
		"VIPS_BLOCK_UNTRUSTED=1",                // before any package of the worker initialises libvips
		"VIPS_DISC_THRESHOLD=1048576g",          // what cannot be streamed goes to memory, which is bounded, and never to a file
		"VIPS_CONCURRENCY=1",                    // as many workers as cores; threads within each only add memory
		"GLIBC_TUNABLES=glibc.malloc.hugetlb=1", // pages of 2 MiB where the kernel has them: a tenth of an image's time was page faults
		"MALLOC_ARENA_MAX=2",                    // glibc otherwise keeps an arena per thread, each fragmented
		"MALLOC_MMAP_THRESHOLD_=8388608",        // freed memory is kept for the next image, until the worker rests (package child):
		"MALLOC_TRIM_THRESHOLD_=268435456",      // asking the kernel anew and clearing it costs a tenth of an image's time
		"GOGC=25",                               // a job is two or three large bodies, and their garbage as much again
		"GOMEMLIMIT=" + strconv.FormatUint(max(c.MemoryLimit/4, 32<<20), 10), // Go holds two bodies; the rest is libvips'
	}
}
