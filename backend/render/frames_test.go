package render_test

import (
	"context"
	"testing"

	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/transform"
)

func TestNoteReachesTheEntry(t *testing.T) {
	renderer := newRenderer(t, render.Config{Pixels: transformFunc(
		func(context.Context, transform.Job) (transform.Result, error) {
			return transform.Result{Body: []byte("pixels"), Format: transform.GIF, Note: "animation: first-frame"}, nil
		})})
	made, err := renderer.Load(t.Context(), keyOf("https://a.example/b.gif"))
	if err != nil || made.Entry.Note != "animation: first-frame" {
		t.Errorf("note %q, %v", made.Entry.Note, err)
	}
}
