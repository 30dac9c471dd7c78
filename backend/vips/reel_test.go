package vips

import (
	"fmt"
	"image"
	"testing"

	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/transform"
)

// TestMaxBytesOfAnimations: never more than the budget, and much of it used where the format
// has many qualities; delays and rounds stay.
func TestMaxBytesOfAnimations(t *testing.T) {
	e := start(t, transform.Policy{})
	file := gifOfImages(t, 10, pan(0), pan(20), pan(40), pan(60))
	for _, f := range []transform.Format{transform.WebP, transform.GIF} {
		whole, err := try(e, file, transform.Options{Width: 150, Format: f})
		if err != nil {
			t.Fatal(err)
		}
		before := play(t, e, whole.body)
		for _, part := range []int{2, 4, 30} {
			budget := len(whole.body) / part
			t.Run(fmt.Sprint(f, " in ", budget), func(t *testing.T) {
				r, err := try(e, file, transform.Options{Width: 150, Format: f, Output: transform.Output{MaxBytes: budget}})
				if err != nil || len(r.body) > budget {
					t.Fatalf("%d bytes, %v", len(r.body), err)
				}
				if f == transform.WebP && part < 30 && float64(len(r.body)) < .85*float64(budget) {
					t.Errorf("only %d bytes", len(r.body))
				}
				if part == 30 { // frames of a few pixels, which an encoder may find alike
					return
				}
				after := play(t, e, r.body)
				if len(after.frames) != 4 || fmt.Sprint(after.delays) != fmt.Sprint(before.delays) || after.rounds != before.rounds {
					t.Errorf("%d frames, %v, %d rounds; before %v, %d", len(after.frames), after.delays, after.rounds, before.delays, before.rounds)
				}
			})
		}
	}
}

// pan is a view of a photograph, from so far to the right.
func pan(left int) *image.NRGBA {
	wide := straight(photo.Small(280, 150, 11))
	return straight(wide.SubImage(image.Rect(left, 0, left+200, 150)))
}
