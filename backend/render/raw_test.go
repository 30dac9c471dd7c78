package render_test

import (
	"context"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestRaw(t *testing.T) {
	key := imageurl.Request{Source: "https://a.example/a", Options: transform.Options{Output: transform.Output{Raw: true}}}.Key()
	for _, row := range []struct {
		name, body, mediaType string
		kind                  fault.Kind
	}{
		{"an image", png, "image/png", 0},
		{"an image that gip cannot make", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image/heic", 0},
		{"a page", "<!doctype html><script>", "", fault.Unsupported},
		{"svg can hold scripts", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "", fault.Unsupported},
		{"pdf is no image", "%PDF-1.7 and so on", "", fault.Unsupported},
		{"nothing", "", "", fault.Unsupported},
	} {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{
				Source: openFunc(func(context.Context, string) (source.Original, error) {
					return source.Original{Body: []byte(row.body)}, nil
				}),
				Pixels: transformFunc(func(context.Context, transform.Job) (transform.Result, error) {
					t.Error("transformed")
					return transform.Result{}, nil
				}),
			})
			made, err := renderer.Load(t.Context(), key)
			if fault.KindOf(err) != row.kind && row.mediaType == "" || made.Entry.MediaType != row.mediaType {
				t.Errorf("got %q, %v", made.Entry.MediaType, err)
			}
			if err == nil && string(made.Entry.Body) != row.body {
				t.Errorf("the body is %q", made.Entry.Body)
			}
		})
	}
}
