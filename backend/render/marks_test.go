package render_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

func markedKey(marks ...transform.Mark) string {
	request := imageurl.Request{Source: "https://a.example/photo"}
	for i, m := range marks {
		m.Opacity = 1
		request.Options.Marks[i] = m
	}
	return request.Key()
}

// TestLoadFetchesMarksAtTheSameTime: each fetch waits for the others.
func TestLoadFetchesMarksAtTheSameTime(t *testing.T) {
	var together sync.WaitGroup
	together.Add(3)
	var got transform.Job
	now := time.Unix(1e9, 0)
	renderer := newRenderer(t, render.Config{
		Now: func() time.Time { return now },
		Source: openFunc(func(_ context.Context, address string) (source.Original, error) {
			together.Done()
			together.Wait()
			age := map[string]time.Duration{"https://a.example/photo": time.Hour, "https://b.example/1": 10 * time.Minute}[address]
			return source.Original{Body: []byte(png + address), MaxAge: age}, nil
		}),
		Pixels: transformFunc(func(ctx context.Context, job transform.Job) (transform.Result, error) {
			got = job
			return makeWebP(ctx, job)
		}),
	})
	made, err := renderer.Load(t.Context(), markedKey(
		transform.Mark{Source: "https://b.example/1"}, transform.Mark{Text: transform.Text{Content: "text"}},
		transform.Mark{Source: "https://b.example/2"}, transform.Mark{Source: "https://b.example/1"}))
	if err != nil {
		t.Fatal(err)
	}
	var extras []string
	for _, e := range got.Extras {
		extras = append(extras, e.Source+" "+strings.TrimPrefix(string(e.Body), png))
	}
	if want := "[https://b.example/1 https://b.example/1 https://b.example/2 https://b.example/2]"; fmt.Sprint(extras) != want {
		t.Errorf("extras %v, want %s", extras, want)
	}
	if string(got.Body) != png+"https://a.example/photo" || !made.Entry.Expires.Equal(now.Add(10*time.Minute)) {
		t.Errorf("body %q, expires %v", got.Body, made.Entry.Expires)
	}
}

func TestMarkFaults(t *testing.T) {
	for _, row := range []struct {
		kind fault.Kind
		says string
	}{
		{fault.Denied, "the watermark's source is not allowed"},
		{fault.NotFound, "the watermark does not exist"},
		{fault.TooLarge, "the watermark has too many bytes"},
		{fault.Upstream, "the watermark was not had: its origin failed"},
		{fault.Timeout, "the watermark's origin took too long"},
		{fault.Unsupported, "the watermark is not an image that gip reads"},
	} {
		renderer := newRenderer(t, render.Config{Source: openFunc(func(ctx context.Context, address string) (source.Original, error) {
			if address == "https://secret.example/logo" {
				return source.Original{}, fault.New(row.kind, "secret.example failed")
			}
			return openPNG(ctx, address)
		})})
		_, err := renderer.Load(t.Context(), markedKey(transform.Mark{Source: "https://secret.example/logo"}))
		if fault.KindOf(err) != row.kind || fault.Message(err) != row.says {
			t.Errorf("%v: %v", row.kind, err)
		}
	}
}

// TestMarksAreReleased, whatever fails.
func TestMarksAreReleased(t *testing.T) {
	root := t.TempDir()
	for name, body := range map[string]string{"a.png": png, "b.png": png, "page.html": "<!DOCTYPE html>  "} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	fetcher, err := source.New(source.Config{LocalRoot: root, MaxBytes: 20, BudgetBytes: 40}) // two originals
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fetcher.Close() })
	renderer := newRenderer(t, render.Config{Source: fetcher})
	for _, row := range []struct {
		photo, mark string
		kind        fault.Kind
	}{
		{"a.png", "b.png", fault.Internal}, {"a.png", "missing.png", fault.NotFound}, {"missing.png", "b.png", fault.NotFound},
		{"a.png", "page.html", fault.Unsupported}, {"page.html", "b.png", fault.Unsupported},
	} {
		request := imageurl.Request{Source: "local:///" + row.photo}
		request.Options.Marks[0] = transform.Mark{Opacity: 1, Source: "local:///" + row.mark}
		for range 3 {
			if _, err := renderer.Load(t.Context(), request.Key()); fault.KindOf(err) != row.kind || (err == nil) != (row.kind == fault.Internal) {
				t.Errorf("%s on %s: %v", row.mark, row.photo, err)
			}
		}
	}
}
