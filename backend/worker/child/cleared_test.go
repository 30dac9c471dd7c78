package child

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

// TestRealWorkersClearFrames: where an opaque frame is cleared away, nothing is left, as in
// browsers; libvips alone would leave the background colour.
func TestRealWorkersClearFrames(t *testing.T) {
	red, green := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}
	full := image.NewPaletted(image.Rect(0, 0, 64, 48), color.Palette{red, green})
	half := image.NewPaletted(image.Rect(0, 0, 32, 48), color.Palette{green, red})
	file := gif.GIF{Image: []*image.Paletted{full, half}, Delay: []int{5, 5}, Disposal: []byte{gif.DisposalBackground, gif.DisposalNone}}
	var body bytes.Buffer
	if err := gif.EncodeAll(&body, &file); err != nil {
		t.Fatal(err)
	}
	pool := newPool(t, worker.Config{})
	second := transform.Options{Format: transform.PNG, Width: 32, Frames: transform.Frames{Page: 1, Still: true}}
	result, err := pool.Transform(t.Context(), transform.Job{Body: body.Bytes(), Options: second})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(result.Body))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := picture.At(28, 12).RGBA(); alpha != 0 {
		t.Errorf("there is %v where nothing should be", picture.At(28, 12))
	}
	if _, shade, _, alpha := picture.At(4, 12).RGBA(); alpha != 0xffff || shade < 0xf000 {
		t.Errorf("there is %v where it should be green", picture.At(4, 12))
	}
}
