package worker

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

// newPool starts a pool of fake workers; zero fields of config are filled in.
func newPool(t *testing.T, config Config) *Pool {
	t.Helper()
	if config.Command == nil {
		config.Command = fakeCommand("serve")
	}
	config.Workers = or(config.Workers, 1)
	config.MemoryLimit = or[uint64](config.MemoryLimit, dataLimit)
	config.TempDir = or(config.TempDir, t.TempDir())
	pool, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		_ = pool.Close(ctx)
		assertEmpty(t, config.TempDir, "gip-worker-*")
	})
	return pool
}

func assertEmpty(t *testing.T, folder, pattern string) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

// do has one job done that must succeed.
func do(t *testing.T, pool *Pool, body string) string {
	t.Helper()
	result, err := pool.Transform(context.Background(), transform.Job{Body: []byte(body), Options: transform.Options{Width: 10}})
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return string(result.Body)
}

// eventually waits for something that must come; the minute is only a safety net.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatalf("never: %s", what)
		}
	}
}

// started gives the processes that have begun a "wait" job in folder.
func started(folder string) []int {
	files, _ := filepath.Glob(filepath.Join(folder, "pid-*"))
	var pids []int
	for _, file := range files {
		pid, _ := strconv.Atoi(strings.TrimPrefix(filepath.Base(file), "pid-"))
		pids = append(pids, pid)
	}
	return pids
}

func letGo(t *testing.T, folder string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, "go"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// answer is what Transform gave in another goroutine.
type answer struct {
	result transform.Result
	err    error
}

func async(ctx context.Context, pool *Pool, body string) <-chan answer {
	ch := make(chan answer, 1)
	go func() {
		result, err := pool.Transform(ctx, transform.Job{Body: []byte(body)})
		ch <- answer{result, err}
	}()
	return ch
}

// waiting starts a "wait" job and returns when a worker is at it.
func waiting(ctx context.Context, t *testing.T, pool *Pool) (folder string, pid int, end <-chan answer) {
	t.Helper()
	folder = t.TempDir()
	end = async(ctx, pool, "wait "+folder)
	eventually(t, "the job starts", func() bool { return len(started(folder)) == 1 })
	return folder, started(folder)[0], end
}

// gone tells that there is no such process, not even a zombie of ours.
func gone(pid int) bool { return syscall.Kill(pid, 0) == syscall.ESRCH }

// logBook is a log that a test reads.
type logBook struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (b *logBook) Write(data []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(data)
}

func (b *logBook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func (b *logBook) logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: level}))
}
