package child

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// TestMain makes the test's own binary the program that the pool starts.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "worker" {
		if err := Main(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func newPool(t *testing.T, config worker.Config) *worker.Pool {
	t.Helper()
	config.Command, config.Workers, config.TempDir = []string{os.Args[0], "worker"}, 1, t.TempDir()
	if config.MemoryLimit == 0 {
		config.MemoryLimit = memoryLimit
	}
	pool, err := worker.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return pool
}

// photo is a JPEG with enough detail to be worth its bytes.
func photo(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y >> 4), 255})
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRealWorkersMakeImages(t *testing.T) {
	pool := newPool(t, worker.Config{})
	source := photo(t, 640, 480)
	tests := []struct {
		name   string
		format transform.Format
		magic  string
	}{
		{"jpeg", transform.JPEG, "\xff\xd8\xff"},
		{"png", transform.PNG, "\x89PNG"},
		{"webp", transform.WebP, "RIFF"},
		{"avif", transform.AVIF, "\x00\x00\x00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result, err := pool.Transform(context.Background(), transform.Job{Body: source, Options: transform.Options{Width: 160, Format: test.format}})
			if err != nil {
				t.Fatal(err)
			}
			if result.Format != test.format || result.Width != 160 || result.Height != 120 ||
				!strings.HasPrefix(string(result.Body), test.magic) {
				t.Errorf("got %v %d×%d %q", result.Format, result.Width, result.Height, result.Body[:min(12, len(result.Body))])
			}
			if want := (transform.Meta{Format: transform.JPEG, Width: 640, Height: 480, Pages: 1}); !sameImage(result.Source, want) {
				t.Errorf("source %+v, want %+v", result.Source, want)
			}
		})
	}
}

// sameImage ignores whether an upright image says so by 0 or by 1.
func sameImage(a, b transform.Meta) bool {
	a.Orientation, b.Orientation = max(a.Orientation, 1), max(b.Orientation, 1)
	return a == b
}

func TestRealWorkersRefuse(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSourcePixels: 100_000}})
	pids := pool.PIDs()
	small := photo(t, 320, 240)
	tests := []struct {
		name string
		body []byte
		kind fault.Kind
	}{
		{"nothing", nil, fault.Unsupported},
		{"a page", []byte("<!doctype html><title>not an image</title>"), fault.Unsupported},
		{"over the policy's pixels", photo(t, 640, 480), fault.TooLarge},
		{"cut in the middle", small[:len(small)/2], fault.Broken},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := pool.Transform(context.Background(), transform.Job{Body: test.body, Options: transform.Options{Width: 100, Format: transform.PNG}})
			if fault.KindOf(err) != test.kind {
				t.Errorf("got %v (%v), want %v", fault.KindOf(err), err, test.kind)
			}
		})
	}
	if got := pool.PIDs(); len(got) != 1 || got[0] != pids[0] {
		t.Errorf("refusing cost a worker: %v, then %v", pids, got)
	}
}

func TestRunNeedsAPool(t *testing.T) {
	if err := Run(pipe.Line{Jobs: strings.NewReader("started by hand"), Replies: &bytes.Buffer{}}); err == nil {
		t.Error("got nil")
	}
}
