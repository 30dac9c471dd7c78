package child

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

func padded(by int) transform.Options {
	return transform.Options{Geometry: transform.Geometry{Padding: transform.Padding{Top: by, Right: by, Bottom: by, Left: by}}}
}

func trimmed() transform.Options {
	return transform.Options{Geometry: transform.Geometry{Trim: transform.Trim{On: true, Threshold: 10}}}
}

// TestChains goes through real workers: each pipeline sees what the one before it made.
func TestChains(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSide: 900, MaxFrames: 5}})
	half := transform.Options{Crop: transform.Crop{Width: 0.5, Height: 0.5}}
	for _, row := range []struct {
		name          string
		first         transform.Options
		then          []transform.Options
		width, height int
	}{
		{"crop, pad, resize", half, []transform.Options{padded(50), {Width: 100}}, 100, 67},
		{"half of a half", half, []transform.Options{half, half}, 50, 25},
		{"trim what was padded", padded(40), []transform.Options{trimmed()}, 400, 200},
		{"a fast trim", transform.Options{Width: 200}, []transform.Options{padded(9), trimmed(), {Height: 50}}, 100, 50},
		{"turned twice", transform.Options{Width: 100, Geometry: transform.Geometry{QuarterTurns: 1}}, []transform.Options{{Geometry: transform.Geometry{QuarterTurns: 3}}}, 200, 100},
		{"an empty first", transform.Options{}, []transform.Options{{Width: 40}}, 40, 20},
		{"a last one that changes nothing", transform.Options{Width: 40}, []transform.Options{{Gravity: transform.Gravity{Anchor: transform.North}}}, 40, 20},
		{"attention on what is left", half, []transform.Options{{Resize: transform.Fill, Width: 30, Height: 70, Gravity: transform.Gravity{Anchor: transform.Smart}}}, 30, 70},
		{"a side that no result may have", transform.Options{Width: 300, Output: transform.Output{}, Limits: transform.Limits{ResultSide: 60}}, []transform.Options{padded(30)}, 60, 35},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.first.Format = transform.PNG
			result, err := pool.Transform(t.Context(), transform.Job{Body: photo(t, 400, 200), Options: row.first, Then: row.then})
			if err != nil {
				t.Fatal(err)
			}
			if result.Width != row.width || result.Height != row.height || result.Format != transform.PNG || result.Source.Width != 400 || result.Source.Chained {
				t.Errorf("%s of %d×%d from %+v; want %d×%d", result.Format, result.Width, result.Height, result.Source, row.width, row.height)
			}
			shown, err := png.DecodeConfig(bytes.NewReader(result.Body))
			if err != nil || shown.Width != row.width || shown.Height != row.height {
				t.Errorf("decoded %d×%d, %v", shown.Width, shown.Height, err)
			}
		})
	}
}

// TestChainPixels: nothing is lost on the way, transparency neither, and one pipeline's
// background lies under the next one's padding.
func TestChainPixels(t *testing.T) {
	pool := newPool(t, worker.Config{})
	blue := padded(20)
	blue.Background, blue.HasBackground = transform.Color{B: 255}, true
	first := padded(10)
	first.Format = transform.PNG
	var body bytes.Buffer
	red := image.NewNRGBA(image.Rect(0, 0, 40, 40))
	for i := 0; i < len(red.Pix); i += 4 {
		copy(red.Pix[i:], []byte{200, 10, 20, 255})
	}
	if err := png.Encode(&body, red); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		then  []transform.Options
		at    int // of a row through the middle
		want  color.NRGBA
		width int
	}{
		{"the first pad stays transparent", []transform.Options{padded(20)}, 25, color.NRGBA{}, 100},
		{"the background of the second lies under both", []transform.Options{blue}, 25, color.NRGBA{B: 255, A: 255}, 100},
		{"the picture itself is untouched", []transform.Options{padded(20), {Crop: transform.Crop{Width: 90}}}, 45, color.NRGBA{200, 10, 20, 255}, 90},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: body.Bytes(), Options: first, Then: row.then})
			if err != nil {
				t.Fatal(err)
			}
			got, err := png.Decode(bytes.NewReader(result.Body))
			if err != nil || got.Bounds().Dx() != row.width {
				t.Fatalf("%v, %v", got.Bounds(), err)
			}
			if c := color.NRGBAModel.Convert(got.At(row.at, got.Bounds().Dy()/2)); c != row.want {
				t.Errorf("got %v, want %v", c, row.want)
			}
		})
	}
}

// TestChainedAnimations: what moves goes on moving through every pipeline, unless the result
// cannot or one of them makes it too much.
func TestChainedAnimations(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSourcePixels: 64 * 48 * 5}})
	for _, row := range []struct {
		name          string
		first         transform.Options
		then          []transform.Options
		frames        int
		width, height int
		note          string
	}{
		{"three pipelines", transform.Options{Width: 32}, []transform.Options{padded(4), {Width: 20}}, 5, 20, 16, ""},
		{"another after nothing", transform.Options{}, []transform.Options{{Width: 32}}, 5, 32, 24, ""},
		{"a last one that changes nothing", transform.Options{Width: 32}, []transform.Options{{Gravity: transform.Gravity{Anchor: transform.North}}}, 5, 32, 24, ""},
		{"one frame", transform.Options{Width: 32, Frames: transform.Frames{Still: true}}, []transform.Options{padded(4)}, 1, 40, 32, ""},
		{"a page", transform.Options{Width: 32, Frames: transform.Frames{Still: true, Page: 2}}, []transform.Options{padded(4)}, 1, 40, 32, ""},
		{"too much in the second", padded(10), []transform.Options{{Width: 32}}, 1, 32, 26, "animation: first-frame; 5 frames of 84x68"},
		{"too much after the source", transform.Options{Width: 32}, []transform.Options{{Width: 128, Enlarge: true}}, 1, 128, 96, "animation: first-frame; 5 frames of 128x96"},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: animation(t, 5), Options: row.first, Then: row.then})
			if err != nil {
				t.Fatal(err)
			}
			file, err := gif.DecodeAll(bytes.NewReader(result.Body))
			if err != nil {
				t.Fatal(err)
			}
			if len(file.Image) != row.frames || result.Width != row.width || result.Height != row.height || file.Config.Height != row.height || row.frames > 1 && file.Delay[4] != 10 {
				t.Errorf("%d frames of %d×%d, delays %v; want %d of %d×%d", len(file.Image), result.Width, result.Height, file.Delay, row.frames, row.width, row.height)
			}
			if !strings.HasPrefix(result.Note, row.note) || (result.Note == "") != (row.note == "") {
				t.Errorf("note %q, want %q", result.Note, row.note)
			}
		})
	}
}

func TestChainsHoldEveryLimit(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxSide: 900}})
	large := transform.Options{Width: 901, Enlarge: true}
	for _, row := range []struct {
		name string
		body []byte
		job  transform.Job
		kind fault.Kind
	}{
		{"the source", photo(t, 1000, 20), transform.Job{Then: []transform.Options{{Width: 5}}}, fault.TooLarge},
		{"the first result", photo(t, 40, 20), transform.Job{Options: large, Then: []transform.Options{{Width: 5}}}, fault.TooLarge},
		{"the last result", photo(t, 40, 20), transform.Job{Then: []transform.Options{{Width: 5}, large}}, fault.TooLarge},
		{"a canvas between", photo(t, 40, 20), transform.Job{Then: []transform.Options{padded(800), {Width: 5}}}, fault.TooLarge},
		{"a source over the URL's own limit", photo(t, 40, 20), transform.Job{Options: transform.Options{Limits: transform.Limits{SourcePixels: 799}}, Then: []transform.Options{{Width: 5}}}, fault.TooLarge},
		{"half a source", photo(t, 400, 200)[:900], transform.Job{Then: []transform.Options{{Width: 5}}}, fault.Broken},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.job.Body = row.body
			_, err := pool.Transform(t.Context(), row.job)
			if err == nil || fault.KindOf(err) != row.kind {
				t.Errorf("got %v, want %v", err, row.kind)
			}
		})
	}
}

func TestSkippingSkipsTheChain(t *testing.T) {
	pool := newPool(t, worker.Config{})
	body := photo(t, 40, 20)
	job := transform.Job{Body: body, Options: transform.Options{Output: transform.Output{Skip: transform.Formats(transform.JPEG)}}, Then: []transform.Options{{Width: 5}}}
	if result, err := pool.Transform(t.Context(), job); err != nil || !bytes.Equal(result.Body, body) {
		t.Errorf("%d bytes, %v", len(result.Body), err)
	}
}
