package source

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
)

// heldBody is what each original of these tests has; three of them fit.
const heldBody, heldBudget = 100_000, 350_000

// heldSources serves one body in each way that a body comes in.
func heldSources(t *testing.T) (root string, sources map[string]string) {
	t.Helper()
	body := make([]byte, heldBody)
	root = t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.jpg"), body, 0o600); err != nil {
		t.Fatal(err)
	}
	known := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body)
	})
	chunked := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for piece := range slices.Chunk(body, 999) {
			_, _ = w.Write(piece)
			_ = http.NewResponseController(w).Flush()
		}
	})
	return root, map[string]string{
		"length known": known.URL,
		"in chunks":    chunked.URL,
		"gzip":         serve(t, encoded("gzip", zipped(t, body))).URL,
		"local":        "local:///a.jpg",
	}
}

func heldFetcher(t *testing.T, root string) *Fetcher {
	t.Helper()
	return newFetcher(t, Config{
		AllowNetworks: loopback(), LocalRoot: root, MaxBytes: heldBody, BudgetBytes: heldBudget,
	})
}

func TestBudgetIsExact(t *testing.T) {
	root, sources := heldSources(t)
	for name, address := range sources {
		t.Run(name, func(t *testing.T) {
			f := heldFetcher(t, root)
			var held []Original
			for range heldBudget / heldBody {
				original, err := f.Open(t.Context(), address)
				if err != nil || len(original.Body) != heldBody {
					t.Fatalf("%d bytes, %v", len(original.Body), err)
				}
				held = append(held, original)
			}
			original, err := f.Open(t.Context(), address)
			if fault.KindOf(err) != fault.Busy || original.Body != nil {
				t.Errorf("one more: %d bytes, %v; want busy", len(original.Body), err)
			}
			held[0].Release()
			if held[0], err = f.Open(t.Context(), address); err != nil {
				t.Errorf("after a release: %v", err)
			}
			for _, original := range held {
				original.Release()
			}
			checkIdle(t, f)
		})
	}
}

func TestBudgetHoldsForManyAtOnce(t *testing.T) {
	root, sources := heldSources(t)
	for name, address := range sources {
		t.Run(name, func(t *testing.T) {
			f := heldFetcher(t, root)
			results := make(chan Original, 30)
			var visitors sync.WaitGroup
			for range cap(results) {
				visitors.Go(func() {
					original, err := f.Open(t.Context(), address)
					if err != nil && fault.KindOf(err) != fault.Busy {
						t.Errorf("%v, want busy", err)
					}
					if taken := f.budget.taken.Load(); taken > heldBudget {
						t.Errorf("%d bytes are taken", taken)
					}
					results <- original
				})
			}
			visitors.Wait()
			close(results)
			var all int
			for original := range results {
				all += len(original.Body)
				original.Release()
			}
			if all > heldBudget {
				t.Errorf("%d bytes were held at one time", all)
			}
			checkIdle(t, f)
		})
	}
}

// TestBudgetIsAskedBeforeTheBody: a length that does not fit is refused without its bytes.
func TestBudgetIsAskedBeforeTheBody(t *testing.T) {
	root, sources := heldSources(t)
	f := heldFetcher(t, root)
	for range heldBudget / heldBody {
		original, err := f.Open(t.Context(), sources["local"])
		if err != nil {
			t.Fatal(err)
		}
		defer original.Release()
	}
	origin := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(heldBody))
		forever(nil, time.Hour)(w, r)
	})
	if _, err := f.Open(t.Context(), origin.URL); fault.KindOf(err) != fault.Busy {
		t.Errorf("%v, want busy", err)
	}
}

func TestReleaseIsIdempotent(t *testing.T) {
	root, sources := heldSources(t)
	f := heldFetcher(t, root)
	first, err := f.Open(t.Context(), sources["local"])
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.Open(t.Context(), sources["local"])
	if err != nil {
		t.Fatal(err)
	}
	copied := first
	first.Release()
	first.Release()
	copied.Release()
	Original{}.Release()
	if got := f.budget.taken.Load(); got != int64(len(second.Body)) {
		t.Errorf("%d bytes are taken, want the second's %d", got, len(second.Body))
	}
	if len(first.Body) != heldBody {
		t.Error("the body itself was touched")
	}
	second.Release()
	checkIdle(t, f)
}

func TestBudgetDefaults(t *testing.T) {
	rows := []struct {
		name   string
		config Config
		want   int64
	}{
		{"nothing", Config{}, 512 << 20},
		{"as written", Config{BudgetBytes: 64 << 20}, 64 << 20},
		{"raised to one original", Config{MaxBytes: 100, BudgetBytes: 99}, 100},
		{"raised to the default original", Config{BudgetBytes: 1}, 32 << 20},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := newFetcher(t, row.config).budget.total; got != row.want {
				t.Errorf("%d, want %d", got, row.want)
			}
		})
	}
}

// TestReadAllHoldsWhatItMakes: the buffer of a body of unknown size is never much longer
// than what is accounted for, nor the accounted much more than the body.
func TestReadAllHoldsWhatItMakes(t *testing.T) {
	for _, size := range []int{1, step, step + bytes.MinRead, step + bytes.MinRead + 1, 1 << 20, 5 << 20} {
		t.Run(strconv.Itoa(size), func(t *testing.T) {
			held := &holding{budget: &budget{total: 8 << 20}}
			body, err := readAll(bytes.NewReader(make([]byte, size)), -1, 8<<20, held)
			if err != nil || len(body) != size {
				t.Fatalf("%d bytes, %v", len(body), err)
			}
			got := int(held.bytes.Load())
			if cap(body) > got+bytes.MinRead || got > size+size/2+step {
				t.Errorf("%d held for a buffer of %d", got, cap(body))
			}
		})
	}
}

// TestReadAllOutgrowsItsSize is a local file that grew since it was asked.
func TestReadAllOutgrowsItsSize(t *testing.T) {
	want := bytes.Repeat([]byte("image"), 1000)
	held := &holding{budget: &budget{total: 1 << 20}}
	body, err := readAll(bytes.NewReader(want), 10, 1<<20, held)
	if err != nil || !bytes.Equal(body, want) || held.bytes.Load() < int64(len(want)) {
		t.Errorf("%d bytes, %d held, %v", len(body), held.bytes.Load(), err)
	}
}
