package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// warmOrder and warmed are the body and a line of the answer of POST /api/v1/warm.
type warmOrder struct {
	Sources []string `json:"sources"`
	Site    string   `json:"site,omitempty"`
	Widths  []int    `json:"widths,omitempty"`
	Formats []string `json:"formats,omitempty"`
	Options []string `json:"options,omitempty"`
}

type warmed struct {
	Source             string
	Made, Kept, Failed int
	Error              string
}

func (w *warmed) add(one warmed) {
	w.Made, w.Kept, w.Failed = w.Made+one.Made, w.Kept+one.Kept, w.Failed+one.Failed
}

func (w *warmed) report(ctx context.Context, sources int) error {
	fmt.Printf("%d sources: %d images made, %d were there, %d failed\n", sources, w.Made, w.Kept, w.Failed)
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case w.Failed > 0:
		return fmt.Errorf("%d images were not made", w.Failed)
	}
	return nil
}

// warm has the images of one source made. What the server refuses altogether is an error.
func (s apiServer) warm(ctx context.Context, order warmOrder) (done warmed, err error) {
	return done, s.call(ctx, http.MethodPost, "/api/v1/warm", order, &done)
}
