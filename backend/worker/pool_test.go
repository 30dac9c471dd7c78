package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

func TestTransformGivesTheWorkersResult(t *testing.T) {
	pool := newPool(t, Config{})
	result, err := pool.Transform(context.Background(), transform.Job{Body: []byte("echo cat"), Options: transform.Options{Width: 42}})
	if err != nil || string(result.Body) != "cat at 42" || result.Format != transform.PNG ||
		result.Width != 42 || result.Height != 1 || result.Took <= 0 {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestUnchangedImagesAreNotCopied(t *testing.T) {
	body := []byte("unchanged")
	result, err := newPool(t, Config{}).Transform(context.Background(), transform.Job{Body: body})
	if err != nil || &result.Body[0] != &body[0] || len(result.Body) != len(body) || result.Format != transform.GIF {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestErrorsKeepTheirKindAndMessage(t *testing.T) {
	pool := newPool(t, Config{})
	pids := pool.PIDs()
	_, err := pool.Transform(context.Background(), transform.Job{Body: []byte("fail")})
	if fault.KindOf(err) != fault.Broken || fault.Message(err) != "the JPEG ends early" {
		t.Errorf("got %v, %q", fault.KindOf(err), fault.Message(err))
	}
	if !strings.Contains(err.Error(), "jpeg marker 0xd9") {
		t.Errorf("the log gets no cause: %v", err)
	}
	if do(t, pool, "echo next"); !slices.Equal(pool.PIDs(), pids) {
		t.Error("an ordinary error cost a worker")
	}
}

func TestBodiesOverTheLimitAreRefused(t *testing.T) {
	_, err := newPool(t, Config{}).Transform(context.Background(), transform.Job{Body: make([]byte, pipe.MaxBody+1)})
	if fault.KindOf(err) != fault.TooLarge {
		t.Errorf("got %v", err)
	}
}

func TestManyJobsAtOnce(t *testing.T) {
	pool := newPool(t, Config{Workers: 2, JobsPerWorker: 7})
	var group sync.WaitGroup
	for i := range 60 {
		group.Go(func() {
			padding := strings.Repeat("x", i*5000) // over a pipe's buffer, both ways
			result, err := pool.Transform(context.Background(), transform.Job{Body: []byte("echo " + padding), Options: transform.Options{Width: i}})
			if want := []byte(fmt.Sprintf("%s at %d", padding, i)); err != nil || !bytes.Equal(result.Body, want) {
				t.Errorf("job %d: got %d bytes, %v; want %d", i, len(result.Body), err, len(want))
			}
		})
	}
	group.Wait()
}

func TestOneJobAtATimeInEachWorker(t *testing.T) {
	pool := newPool(t, Config{Workers: 2})
	folder := t.TempDir()
	var ends []<-chan answer
	for range 2 {
		ends = append(ends, async(context.Background(), pool, "wait "+folder))
	}
	eventually(t, "two processes work", func() bool { return len(started(folder)) == 2 })
	if pids := pool.PIDs(); pool.Workers() != 2 || len(pids) != 2 {
		t.Errorf("workers %d, pids %v", pool.Workers(), pids)
	}
	letGo(t, folder)
	for _, end := range ends {
		if got := <-end; got.err != nil {
			t.Error(got.err)
		}
	}
}

func TestWorkersAreReplacedAfterSomeJobs(t *testing.T) {
	pool := newPool(t, Config{JobsPerWorker: 3})
	var runs []int // jobs of each process in turn
	last := ""
	for range 7 {
		if pid := do(t, pool, "pid"); pid != last {
			last, runs = pid, append(runs, 0)
		}
		runs[len(runs)-1]++
	}
	if !slices.Equal(runs, []int{3, 3, 1}) {
		t.Errorf("got %v, want [3 3 1]", runs)
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	pool := newPool(t, Config{})
	folder, _, end := waiting(context.Background(), t, pool)
	short, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	gone, leave := context.WithCancel(context.Background())
	leave()
	tests := []struct {
		name string
		ctx  context.Context
		kind fault.Kind
		is   error
	}{
		{"no worker in time", short, fault.Busy, context.DeadlineExceeded},
		{"the caller left", gone, fault.Timeout, context.Canceled},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := pool.Transform(test.ctx, transform.Job{Body: []byte("echo late")})
			if fault.KindOf(err) != test.kind || !errors.Is(err, test.is) {
				t.Errorf("got %v %v, want %v %v", fault.KindOf(err), err, test.kind, test.is)
			}
		})
	}
	letGo(t, folder)
	if got := <-end; got.err != nil {
		t.Errorf("the running job suffered: %v", got.err)
	}
}
