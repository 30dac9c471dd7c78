package worker

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestWorkersGetNoneOfOurEnvironment(t *testing.T) {
	t.Setenv("GIP_KEYS", "secret:secret")
	t.Setenv("GIP_ADMIN_TOKEN", "secret")
	var names []string
	for line := range strings.Lines(do(t, newPool(t, Config{}), "environment")) {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	want := []string{"GLIBC_TUNABLES", "GOGC", "GOMEMLIMIT", "HOME", "LANG", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "PATH", "TMPDIR", "VIPS_BLOCK_UNTRUSTED", "VIPS_CONCURRENCY", "VIPS_DISC_THRESHOLD"}
	if slices.Sort(names); !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestWorkersLimitThemselves(t *testing.T) {
	pool := newPool(t, Config{})
	want := fmt.Sprintf("%d %d\n0 0\n0 0", uint64(dataLimit), uint64(dataLimit))
	if got := do(t, pool, "limits"); got != want {
		t.Errorf("data, fsize, core: got %q, want %q", got, want)
	}
	pids := pool.PIDs()
	_, err := pool.Transform(context.Background(), transform.Job{Body: []byte("fill")})
	if err == nil || !strings.Contains(err.Error(), syscall.EFBIG.Error()) {
		t.Errorf("a file: got %v", err)
	}
	if do(t, pool, "echo next"); !slices.Equal(pool.PIDs(), pids) {
		t.Error("the file limit killed the worker instead of failing the write")
	}
}

func TestEachWorkerHasAPrivateFolder(t *testing.T) {
	pool := newPool(t, Config{JobsPerWorker: 1})
	folders := map[string]bool{}
	for range 3 {
		mode, folder, _ := strings.Cut(do(t, pool, "folder"), " ")
		if mode != "drwx------" {
			t.Errorf("mode %s", mode)
		}
		folders[folder] = true
	}
	do(t, pool, "echo next") // by then the three are over
	if len(folders) != 3 {
		t.Errorf("shared folders: %v", folders)
	}
	for folder := range folders {
		if _, err := os.Stat(folder); !os.IsNotExist(err) {
			t.Errorf("%s is left: %v", folder, err)
		}
	}
}

func TestWhatALibraryPrintsIsLogged(t *testing.T) {
	var book logBook
	pool := newPool(t, Config{Log: book.logger(slog.LevelDebug)})
	if got := do(t, pool, "print VIPS-WARNING: odd"); got != "printed" {
		t.Errorf("printing spoilt the answer: %q", got)
	}
	eventually(t, "both lines are logged", func() bool {
		return strings.Count(book.String(), `line="VIPS-WARNING: odd"`) == 2
	})
}

func TestPrintedIsBounded(t *testing.T) {
	var book logBook
	p := &printed{log: book.logger(slog.LevelDebug)}
	long := strings.Repeat("x", 3*maxLine)
	for range maxLines + 50 {
		for _, part := range []string{long[:10], long[10:], "\nshort\n"} {
			if n, err := p.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatalf("got %d, %v", n, err)
			}
		}
	}
	text := book.String()
	if lines := strings.Count(text, "\n"); lines != maxLines+1 {
		t.Errorf("%d lines", lines)
	}
	if strings.Contains(text, long[:maxLine+1]) || !strings.Contains(text, long[:maxLine]) {
		t.Error("a long line is not cut where it should be")
	}
	if tail := p.tail(); len(tail) > maxTail || !strings.HasSuffix(tail, "x\nshort") {
		t.Errorf("tail of %d bytes: %q", len(tail), tail)
	}
}

func TestTheTailTellsWhy(t *testing.T) {
	tests := []struct{ name, printed, want string }{
		{"nothing", "", ""},
		{"an abort", "GLib-ERROR: failed to allocate\n", "GLib-ERROR: failed to allocate"},
		{"a last line without its end", "one\ntwo", "one\ntwo"},
		{"stacks of Go's own", "odd\nfatal error: out of memory\n\ngoroutine 1 [running]:\nmain.main()\n", "odd\nfatal error: out of memory"},
		{"stacks of its runtime", "fatal error: out of memory\n\nruntime stack:\nruntime.throw()\n", "fatal error: out of memory"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := &printed{log: slog.New(slog.DiscardHandler)}
			if _, err := p.Write([]byte(test.printed)); err != nil || p.tail() != test.want {
				t.Errorf("got %q, %v; want %q", p.tail(), err, test.want)
			}
		})
	}
}
