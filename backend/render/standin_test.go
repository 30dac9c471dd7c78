package render_test

import (
	"context"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/render"
	"github.com/gip4all/gip4all/backend/transform"
)

// TestMediaTypes: the request says what a text is, whatever a worker says of it.
func TestMediaTypes(t *testing.T) {
	const plain = "/plain/https://a.example/b.png"
	for _, row := range []struct {
		name, key, want string
		result          transform.Result
	}{
		{"info", "/info" + plain, "application/json", transform.Result{Body: []byte("{}")}},
		{"text", "/ph:blurhash" + plain, "text/plain; charset=utf-8", transform.Result{Body: []byte("L0"), Format: transform.PNG}},
		{"an image", "/ph:lqip" + plain, "image/webp", transform.Result{Body: []byte("RIFF"), Format: transform.WebP}},
		{"no text", "/info" + plain, "", transform.Result{}},
		{"no image", "/ph:color" + plain, "", transform.Result{Body: []byte("x")}},
	} {
		t.Run(row.name, func(t *testing.T) {
			renderer := newRenderer(t, render.Config{
				Pixels: transformFunc(func(context.Context, transform.Job) (transform.Result, error) {
					return row.result, nil
				}),
			})
			made, err := renderer.Load(t.Context(), row.key)
			if (err != nil) != (row.want == "") || made.Entry.MediaType != row.want {
				t.Errorf("got %q, %v; want %q", made.Entry.MediaType, err, row.want)
			}
			if err != nil && fault.KindOf(err) != fault.Internal {
				t.Errorf("got %v", err)
			}
		})
	}
}
