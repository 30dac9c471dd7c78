package worker

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestNewSaysWhyNoWorkerStarts(t *testing.T) {
	tests := []struct {
		name    string
		command []string
		want    []string
	}{
		{"no such program", []string{filepath.Join(t.TempDir(), "gip")}, []string{"start a worker", "no such file"}},
		{"exits", fakeCommand("exit"), []string{"exit status 3", "cannot load libvips.so.42"}},
		{"refuses", fakeCommand("refuses"), []string{"the self-test of a PDF passed"}},
		{"never says hello", fakeCommand("mute"), []string{"not ready after 2s"}},
		{"another version", fakeCommand("old"), []string{"protocol 2, not 3"}},
		{"no command", []string{}, []string{"Command is empty"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			pool, err := New(Config{
				Command: test.command, Workers: 2, TempDir: folder,
				MemoryLimit: dataLimit, StartTimeout: 2 * time.Second,
			})
			if err == nil {
				_ = pool.Close(context.Background())
				t.Fatal("it started")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q in it", err, want)
				}
			}
			assertEmpty(t, folder, "*")
		})
	}
}

func TestNewRefusesNegativeSettings(t *testing.T) {
	for _, config := range []Config{{Workers: -1}, {Deadline: -1}, {JobsPerWorker: -1}, {StartTimeout: -1}} {
		config.Command = fakeCommand("serve")
		if _, err := New(config); err == nil {
			t.Errorf("accepted %+v", config)
		}
	}
}

// When workers cannot be started any more, callers hear it at once; when they can again,
// the pool recovers by itself.
func TestAnOutageFailsFastAndEnds(t *testing.T) {
	library := filepath.Join(t.TempDir(), "library")
	touch := func() {
		if err := os.WriteFile(library, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	touch()
	pool := newPool(t, Config{Command: fakeCommand("needs " + library), Workers: 2})
	eventually(t, "both are ready", func() bool { return len(pool.PIDs()) == 2 })
	if err := os.Remove(library); err != nil {
		t.Fatal(err)
	}
	for _, pid := range pool.PIDs() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_, err := pool.Transform(context.Background(), transform.Job{Body: []byte("echo lost")})
	if fault.KindOf(err) != fault.Upstream || !strings.Contains(err.Error(), "a library is missing") {
		t.Errorf("the first to hear: got %v %v", fault.KindOf(err), err)
	}
	<-pool.outage.total()
	_, err = pool.Transform(context.Background(), transform.Job{Body: []byte("echo lost")})
	if fault.KindOf(err) != fault.Upstream || fault.Message(err) != "no image worker can be started" ||
		!strings.Contains(err.Error(), "a library is missing") {
		t.Errorf("got %v %v", fault.KindOf(err), err)
	}
	touch()
	eventually(t, "the pool works again", func() bool {
		_, err := pool.Transform(context.Background(), transform.Job{Body: []byte("echo found")})
		return err == nil
	})
}

func TestCloseWaitsForRunningJobs(t *testing.T) {
	pool := newPool(t, Config{Workers: 2})
	folder, pid, end := waiting(context.Background(), t, pool)
	closed := make(chan error, 1)
	go func() { closed <- pool.Close(context.Background()) }()
	<-pool.closing
	if _, err := pool.Transform(context.Background(), transform.Job{Body: []byte("echo late")}); fault.KindOf(err) != fault.Busy {
		t.Errorf("a job after Close: got %v", err)
	}
	letGo(t, folder)
	if got := <-end; got.err != nil {
		t.Errorf("the running job: %v", got.err)
	}
	if err := <-closed; err != nil || !gone(pid) || len(pool.PIDs()) != 0 {
		t.Errorf("close: %v, pids %v", err, pool.PIDs())
	}
}

func TestCloseKillsWhenItsContextEnds(t *testing.T) {
	pool := newPool(t, Config{})
	_, pid, end := waiting(context.Background(), t, pool)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := pool.Close(ctx); !errors.Is(err, context.Canceled) || !gone(pid) {
		t.Errorf("got %v, worker gone: %v", err, gone(pid))
	}
	if got := <-end; fault.KindOf(got.err) != fault.Busy {
		t.Errorf("the job: got %v", got.err)
	}
	if err := pool.Close(context.Background()); err != nil {
		t.Errorf("closed twice: %v", err)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	folder := t.TempDir()
	pool := newPool(t, Config{Workers: 3, TempDir: folder})
	_, _ = pool.Transform(context.Background(), transform.Job{Body: []byte("crash")})
	do(t, pool, "echo x")
	eventually(t, "all are ready", func() bool { return len(pool.PIDs()) == 3 })
	pids := pool.PIDs()
	if err := pool.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, pid := range pids {
		if !gone(pid) {
			t.Errorf("process %d is left", pid)
		}
	}
	assertEmpty(t, folder, "*")
	eventually(t, "all goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}
