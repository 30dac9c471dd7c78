package render_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// oneAtATime is a real fetcher whose budget holds one original of those in its folder, so
// that whatever is not released makes the next fetch busy.
func oneAtATime(t *testing.T) *source.Fetcher {
	t.Helper()
	root := t.TempDir()
	for name, body := range map[string]string{"a.png": png, "page.html": "<!DOCTYPE html>  "} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fetcher, err := source.New(source.Config{LocalRoot: root, MaxBytes: 20, BudgetBytes: 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fetcher.Close() })
	return fetcher
}

func TestLoadReleasesTheOriginal(t *testing.T) {
	fails := func(context.Context, transform.Job) (transform.Result, error) {
		return transform.Result{}, fault.New(fault.Broken, "the image is cut off")
	}
	passes := func(_ context.Context, job transform.Job) (transform.Result, error) {
		return transform.Result{Body: job.Body, Format: transform.PNG}, nil
	}
	rows := []struct {
		name   string
		file   string
		pixels transformFunc
		kind   fault.Kind // Internal: no error
	}{
		{"made", "a.png", makeWebP, fault.Internal},
		{"passed through", "a.png", passes, fault.Internal},
		{"not an image", "page.html", makeWebP, fault.Unsupported},
		{"not transformed", "a.png", fails, fault.Broken},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			fetcher := oneAtATime(t)
			renderer := newRenderer(t, render.Config{Source: fetcher, Pixels: row.pixels})
			for range 3 {
				_, err := renderer.Load(t.Context(), keyOf("local:///"+row.file))
				if fault.KindOf(err) != row.kind || (err == nil) != (row.kind == fault.Internal) {
					t.Errorf("%v, want %v", err, row.kind)
				}
			}
		})
	}
}

// TestOriginalIsHeldUntilItsPixelsAreMade, and given back by one that is refused its slot.
func TestOriginalIsHeldUntilItsPixelsAreMade(t *testing.T) {
	fetcher, pixels := oneAtATime(t), newGated()
	renderer := newRenderer(t, render.Config{Source: fetcher, Pixels: pixels, Slots: 1, Queue: 1})
	first := loadLater(t.Context(), renderer, keyOf("local:///a.png"))
	<-pixels.begun
	if _, err := renderer.Load(t.Context(), keyOf("local:///a.png")); fault.KindOf(err) != fault.Busy {
		t.Errorf("a second original: %v, want busy", err)
	}
	close(pixels.finish)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if _, err := renderer.Load(t.Context(), keyOf("local:///a.png")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// TestRefusedWaiterReleases: the slot is taken by another source's image meanwhile.
func TestRefusedWaiterReleases(t *testing.T) {
	fetcher, pixels := oneAtATime(t), newGated()
	renderer := newRenderer(t, render.Config{Pixels: pixels, Slots: 1, Queue: 1, Source: openFunc(
		func(ctx context.Context, address string) (source.Original, error) {
			if address == "https://a.example/" {
				return openPNG(ctx, address)
			}
			return fetcher.Open(ctx, address)
		})})
	first := loadLater(t.Context(), renderer, keyOf("https://a.example/"))
	<-pixels.begun
	ctx, cancel := context.WithCancel(t.Context())
	waiter := loadLater(ctx, renderer, keyOf("local:///a.png"))
	for renderer.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-waiter; err == nil {
		t.Error("the waiter should have left")
	}
	original, err := fetcher.Open(t.Context(), "local:///a.png")
	if err != nil {
		t.Errorf("afterwards: %v", err)
	}
	original.Release()
	close(pixels.finish)
	if err := <-first; err != nil {
		t.Error(err)
	}
}
