package worker

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func newSpare(t *testing.T) *Spare {
	t.Helper()
	folder := t.TempDir()
	spare := NewSpare(Config{Command: fakeCommand("serve"), Workers: 7, MemoryLimit: dataLimit, TempDir: folder})
	t.Cleanup(func() {
		if err := spare.Close(context.Background()); err != nil {
			t.Error(err)
		}
		assertEmpty(t, folder, "gip-worker-*")
	})
	return spare
}

func spareDoes(t *testing.T, spare *Spare, body string) string {
	t.Helper()
	result, err := spare.Transform(t.Context(), transform.Job{Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	return string(result.Body)
}

// niceOf reads the scheduling priority of a process: the 19th field, after a name in brackets.
func niceOf(t *testing.T, pid string) string {
	t.Helper()
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return strings.Fields(rest)[16]
}

func TestSpareHasTheLowestPriority(t *testing.T) {
	spare := newSpare(t)
	pid := spareDoes(t, spare, "pid")
	if got := niceOf(t, pid); got != "19" {
		t.Errorf("nice %s, want 19", got)
	}
	if again := spareDoes(t, spare, "pid"); again != pid {
		t.Errorf("another process: %s, then %s", pid, again)
	}
	own := niceOf(t, "thread-self") // the process's first thread may be the spare keeper's
	if got := niceOf(t, do(t, newPool(t, Config{}), "pid")); got != own {
		t.Errorf("a pool's worker has nice %s, the test's own thread %s", got, own)
	}
}

func TestSpareEndsWhenIdle(t *testing.T) {
	spare := newSpare(t)
	spare.idle = time.Millisecond
	pid := spareDoes(t, spare, "pid")
	eventually(t, "its worker is gone", func() bool {
		_, err := os.Stat("/proc/" + pid)
		return err != nil
	})
	if again := spareDoes(t, spare, "pid"); again == pid {
		t.Errorf("%s lives", pid)
	}
}

func TestSpareClosed(t *testing.T) {
	spare := newSpare(t)
	if err := spare.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := spare.Transform(t.Context(), transform.Job{Body: []byte("pid")}); fault.KindOf(err) != fault.Busy {
		t.Errorf("got %v, want busy", err)
	}
}

func TestSpareThatCannotStart(t *testing.T) {
	spare := NewSpare(Config{Command: fakeCommand("exit"), MemoryLimit: dataLimit, TempDir: t.TempDir()})
	if _, err := spare.Transform(t.Context(), transform.Job{Body: []byte("pid")}); fault.KindOf(err) != fault.Upstream {
		t.Errorf("got %v, want upstream", err)
	}
}
