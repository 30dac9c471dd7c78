package vips

import (
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// TestMarksLeakNothing: a lost image of this size in each of 1,000 runs would be 48 MB or more,
// and each function of marks.c makes several.
func TestMarksLeakNothing(t *testing.T) {
	e := start(t, transform.Policy{})
	ground := pngFile(t, flat(120, 80, white))
	logo := pngFile(t, flat(120, 100, color.NRGBA{255, 0, 0, 128}))
	cut := pngFile(t, noisy(120, 100))
	cut = cut[:len(cut)/2]
	tiled := func(tiling transform.Tiling) transform.Mark {
		return transform.Mark{Opacity: .5, Tiling: tiling, Angle: 30, Scale: .5, Gravity: transform.Gravity{X: 5, Y: 5}}
	}
	text := transform.Mark{Opacity: 1, Text: transform.Text{Content: "Hamburg\n<b>", Size: 30}, Angle: 10}
	all := transform.Options{Format: transform.JPEG, Marks: transform.Marks{
		{Opacity: .5, Angle: 30}, tiled(transform.Repeated), tiled(transform.Chessboard), text,
	}}
	outside, err := tryMarked(e, ground, oneMark(text))
	if err != nil {
		t.Fatal(err)
	}
	outside.plan.Stamps.List[0].X = 1000 // a plan gone wrong
	rows := map[string]func(){
		"made": func() {
			if _, err := tryMarked(e, ground, all, logo, logo, logo); err != nil {
				t.Fatal(err)
			}
		},
		"failing": func() {
			_, broken := tryMarked(e, ground, oneMark(tiled(transform.Repeated)), cut)
			_, groundless := tryMarked(e, cut, oneMark(tiled(transform.Chessboard)), logo)
			_, _, _, misplaced := e.Execute(ground, outside.meta, outside.plan)
			if broken == nil || groundless == nil || misplaced == nil {
				t.Fatal(broken, groundless, misplaced)
			}
		},
	}
	for name, once := range rows {
		t.Run(name, func(t *testing.T) {
			for range 50 {
				once()
			}
			before := resident(t)
			for range 1000 {
				once()
			}
			if grown := resident(t) - before; grown > 20<<20 {
				t.Errorf("memory grew by %d MB", grown>>20)
			}
		})
	}
}
