package child

import (
	"bytes"
	"image"
	"image/color/palette"
	"image/gif"
	"strings"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

func animation(t *testing.T, frames int) []byte {
	t.Helper()
	file := gif.GIF{}
	for i := range frames {
		frame := image.NewPaletted(image.Rect(0, 0, 64, 48), palette.Plan9)
		for j := range frame.Pix {
			frame.Pix[j] = uint8(40*i + j%5)
		}
		file.Image, file.Delay = append(file.Image, frame), append(file.Delay, 10)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &file); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestRealWorkersAnimate: what moves comes out moving, and what is too long says so on its
// way through the pipe.
func TestRealWorkersAnimate(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxFrames: 3}})
	for _, row := range []struct {
		name           string
		frames, result int
		note           string
	}{
		{"at the limit", 3, 3, ""},
		{"over it", 4, 1, "animation: first-frame; 4 frames are over the limit of 3"},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: animation(t, row.frames), Options: transform.Options{Width: 32}})
			if err != nil {
				t.Fatal(err)
			}
			file, err := gif.DecodeAll(bytes.NewReader(result.Body))
			if err != nil {
				t.Fatal(err)
			}
			if len(file.Image) != row.result || !strings.HasPrefix(result.Note, row.note) || (result.Note == "") != (row.note == "") {
				t.Errorf("%d frames, note %q; want %d, %q", len(file.Image), result.Note, row.result, row.note)
			}
			if result.Width != 32 || result.Height != 24 || result.Source.Pages != row.frames {
				t.Errorf("%d×%d of %+v", result.Width, result.Height, result.Source)
			}
		})
	}
}

// TestRealWorkersBareAnimations: what is passed on says no more than what is made.
func TestRealWorkersBareAnimations(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: transform.Policy{MaxFrames: 3}})
	const secret = "\x21\xfe\x06secret\x00"
	const frame = "\x21\xf9\x04\x00\x0a\x00\x00\x00" + "\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02"
	tiny := []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame + "\x44\x01\x00" + frame + "\x4c\x01\x00;")
	for _, row := range []struct {
		name  string
		bare  []byte
		o     transform.Options
		stays bool
	}{
		{"passed on", animation(t, 3), transform.Options{}, false},
		{"over the limit of frames", animation(t, 4), transform.Options{}, false},
		{"the original is smaller", tiny, transform.Options{Output: transform.Output{MaxBytes: 1 << 20}}, false},
		{"metadata stays where asked", animation(t, 3), transform.Options{Output: transform.Output{KeepMetadata: true}}, true},
		{"a source that is skipped", animation(t, 3), transform.Options{Output: transform.Output{Skip: transform.Formats(transform.GIF)}}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			file := append(append(bytes.TrimSuffix(bytes.Clone(row.bare), []byte{0x3b}), secret...), 0x3b)
			want := row.bare
			if row.stays {
				want = file
			}
			result, err := pool.Transform(t.Context(), transform.Job{Body: file, Options: row.o})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(result.Body, want) {
				t.Errorf("%d bytes of %v, want %d", len(result.Body), result.Format, len(want))
			}
		})
	}
}
