package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Whatever an image does to its worker costs that answer, and the next one is right.
func TestBadImagesCostOneAnswer(t *testing.T) {
	tests := []struct {
		name, body string
		kind       fault.Kind
		message    string
	}{
		{"panic", "panic", fault.Internal, "internal error"},
		{"killed by a signal, twice", "crash", fault.Upstream, "the image worker died while working on this image"},
		{"prints into the pipe", "garbage", fault.Upstream, "the image worker died while working on this image"},
		{"answers another job", "wrong-id", fault.Upstream, "the image worker died while working on this image"},
		{"answers nothing", "nothing", fault.Upstream, "the image worker died while working on this image"},
		{"takes all memory", "hog", fault.Upstream, "the image worker died while working on this image"},
	}
	pool := newPool(t, Config{})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := pool.PIDs()[0]
			_, err := pool.Transform(context.Background(), transform.Job{Body: []byte(test.body)})
			if fault.KindOf(err) != test.kind || fault.Message(err) != test.message {
				t.Errorf("got %v %q (%v)", fault.KindOf(err), fault.Message(err), err)
			}
			if got := do(t, pool, "echo next"); got != "next at 10" {
				t.Errorf("the next answer: %q", got)
			}
			if !gone(before) {
				t.Error("the worker was kept")
			}
		})
	}
}

func TestHangingJobsEndAtTheDeadline(t *testing.T) {
	pool := newPool(t, Config{Deadline: 2 * time.Second})
	_, err := pool.Transform(context.Background(), transform.Job{Body: []byte("hang")})
	if fault.KindOf(err) != fault.Timeout || fault.Message(err) != "transform took longer than 2s" {
		t.Errorf("got %v %q", fault.KindOf(err), fault.Message(err))
	}
	do(t, pool, "echo next")
}

func TestAWorkerThatDiesOnceCostsNothing(t *testing.T) {
	pool := newPool(t, Config{})
	if got := do(t, pool, "crash-once "+filepath.Join(t.TempDir(), "mark")); got != "second try" {
		t.Errorf("got %q", got)
	}
}

func TestKillFromOutsideCostsNothing(t *testing.T) {
	pool := newPool(t, Config{})
	folder, pid, end := waiting(context.Background(), t, pool)
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "another worker has the job", func() bool { return len(started(folder)) == 2 })
	letGo(t, folder)
	if got := <-end; got.err != nil || string(got.result.Body) == fmt.Sprintf("waited in %d", pid) {
		t.Errorf("got %q, %v", got.result.Body, got.err)
	}
}

func TestKillingIdleWorkersCostsNothing(t *testing.T) {
	pool := newPool(t, Config{Workers: 2})
	for round := range 3 {
		for _, pid := range pool.PIDs() {
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && err != syscall.ESRCH {
				t.Fatal(err)
			}
		}
		if got := do(t, pool, fmt.Sprintf("echo round %d", round)); got != fmt.Sprintf("round %d at 10", round) {
			t.Errorf("got %q", got)
		}
	}
}

func TestAPolitelySignalledWorkerGoesOn(t *testing.T) {
	pool := newPool(t, Config{})
	folder, pid, end := waiting(context.Background(), t, pool)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if err := syscall.Kill(pid, signal); err != nil {
			t.Fatal(err)
		}
	}
	letGo(t, folder)
	if got := <-end; got.err != nil || string(got.result.Body) != fmt.Sprintf("waited in %d", pid) {
		t.Errorf("got %q, %v", got.result.Body, got.err)
	}
}

func TestRunningJobsEndWithTheirContext(t *testing.T) {
	pool := newPool(t, Config{})
	ctx, cancel := context.WithCancel(context.Background())
	_, pid, end := waiting(ctx, t, pool)
	cancel()
	if got := <-end; fault.KindOf(got.err) != fault.Timeout || !errors.Is(got.err, context.Canceled) {
		t.Errorf("got %v", got.err)
	}
	do(t, pool, "echo next")
	if !gone(pid) {
		t.Error("the worker goes on")
	}
}

func TestTheLogTellsHowAWorkerDied(t *testing.T) {
	var book logBook
	pool := newPool(t, Config{Log: book.logger(slog.LevelWarn)})
	_, _ = pool.Transform(context.Background(), transform.Job{Body: []byte("crash")})
	do(t, pool, "echo next")
	text := book.String()
	if strings.Count(text, "image worker replaced") != 2 || !strings.Contains(text, "signal: killed") ||
		!strings.Contains(text, "free(): invalid pointer") {
		t.Errorf("got %s", text)
	}
}

func TestTheLogTellsThatMemoryRanOut(t *testing.T) {
	var book logBook
	pool := newPool(t, Config{Log: book.logger(slog.LevelWarn)})
	_, _ = pool.Transform(context.Background(), transform.Job{Body: []byte("hog")})
	do(t, pool, "echo next")
	if text := book.String(); !strings.Contains(text, "fatal error: ") || !strings.Contains(text, "memory") {
		t.Errorf("got %s", text)
	}
}

// The kernel ends the workers of a server that had no chance to: here one in the middle of
// a job, which reads no pipe.
func TestWorkersDieWithTheServer(t *testing.T) {
	folder := t.TempDir()
	server := exec.Command(os.Args[0], "fake-server", folder)
	server.Stderr = os.Stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the job starts", func() bool { return len(started(folder)) == 1 })
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = server.Wait() // it was killed
	worker := started(folder)[0]
	eventually(t, "the worker ends", func() bool { return gone(worker) || orphanedZombie(worker) })
}

// orphanedZombie: dead, but whoever inherited it does not reap.
func orphanedZombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}
