package photo

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"runtime"
	"strings"
	"testing"
)

// preview is a scene small enough for a test.
func preview(s Scene) Scene {
	s.Width, s.Height = s.Width/10, s.Height/10
	return s
}

func encoded(t *testing.T, s Scene) []byte {
	t.Helper()
	var body bytes.Buffer
	if err := s.Encode(&body); err != nil {
		t.Fatal(err)
	}
	return body.Bytes()
}

func TestScenes(t *testing.T) {
	seen := map[string]bool{}
	large, portrait, png := 0, 0, 0
	for _, s := range Scenes() {
		seen[s.Name] = true
		if s.Width*s.Height >= 12_000_000 && strings.HasSuffix(s.Name, ".jpg") {
			large++
		}
		if s.Height > s.Width {
			portrait++
		}
		if strings.HasSuffix(s.Name, ".png") {
			png++
		}
	}
	if len(seen) != 6 || large < 2 || portrait < 1 || png < 1 {
		t.Errorf("%d names, %d JPEGs of 12 megapixels, %d portraits, %d PNGs; want 6, 2, 1, 1", len(seen), large, portrait, png)
	}
}

func TestEncode(t *testing.T) {
	for _, s := range Scenes() {
		t.Run(s.Name, func(t *testing.T) {
			s := preview(s)
			picture, format, err := image.Decode(bytes.NewReader(encoded(t, s)))
			if err != nil {
				t.Fatal(err)
			}
			if want := map[bool]string{true: "png", false: "jpeg"}[strings.HasSuffix(s.Name, ".png")]; format != want {
				t.Errorf("got %s, want %s", format, want)
			}
			if got := picture.Bounds().Size(); got != image.Pt(s.Width, s.Height) {
				t.Errorf("got %v, want %d×%d", got, s.Width, s.Height)
			}
		})
	}
}

// The promise of the package, and that it does not depend on how the rows are shared out.
func TestSamePixelsOnAnyNumberOfCores(t *testing.T) {
	for _, s := range Scenes() {
		t.Run(s.Name, func(t *testing.T) {
			s := preview(s)
			before := runtime.GOMAXPROCS(1)
			one := encoded(t, s)
			runtime.GOMAXPROCS(4)
			four := encoded(t, s)
			runtime.GOMAXPROCS(before)
			if !bytes.Equal(one, four) {
				t.Error("one core and four paint different pictures")
			}
			s.Seed++
			if bytes.Equal(one, encoded(t, s)) {
				t.Error("another seed paints the same picture")
			}
		})
	}
}

// A picture that compresses like a drawing would flatter every benchmark.
func TestPhotographsAreAsHardAsPhotographs(t *testing.T) {
	for _, s := range Scenes() {
		if strings.HasSuffix(s.Name, ".png") {
			continue
		}
		s.Width, s.Height = s.Width/4, s.Height/4
		perPixel := float64(len(encoded(t, s))) / float64(s.Width*s.Height)
		if perPixel < 0.15 || perPixel > 0.6 {
			t.Errorf("%s: %.2f bytes a pixel, want 0.15 to 0.6", s.Name, perPixel)
		}
	}
}

func TestPosterIsTransparentInPlaces(t *testing.T) {
	picture := Render(Scene{Name: "poster.png", Width: 160, Height: 120, Seed: 1}).(*image.NRGBA)
	var clear, partly, solid int
	for i := 3; i < len(picture.Pix); i += 4 {
		switch picture.Pix[i] {
		case 0:
			clear++
		case 255:
			solid++
		default:
			partly++
		}
	}
	if clear < 1000 || partly < 1000 || solid < 1000 {
		t.Errorf("%d clear, %d partly, %d solid pixels: want 1000 of each", clear, partly, solid)
	}
}

func TestSmall(t *testing.T) {
	rows := []struct {
		name          string
		width, height int
	}{
		{"one pixel", 1, 1},
		{"a row", 100, 1},
		{"a column", 1, 100},
		{"odd", 33, 17},
		{"nothing", 0, 10},
		{"negative", 10, -1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			want := image.Pt(row.width, row.height)
			if row.width < 1 || row.height < 1 {
				want = image.Point{}
			}
			for seed := range uint64(5) { // every motif
				if got := Small(row.width, row.height, seed).Bounds().Size(); got != want {
					t.Errorf("seed %d: got %v, want %v", seed, got, want)
				}
			}
		})
	}
}

func TestSmallIsOpaqueAndVaried(t *testing.T) {
	for seed := range uint64(5) {
		picture := Small(64, 48, seed)
		colours := map[color.Color]bool{}
		for y := range 48 {
			for x := range 64 {
				colours[picture.At(x, y)] = true
			}
		}
		if opaque := picture.(*image.RGBA).Opaque(); !opaque || len(colours) < 500 {
			t.Errorf("seed %d: opaque %t, %d colours; want opaque and 500", seed, opaque, len(colours))
		}
	}
}

func TestUnknownNameIsALandscape(t *testing.T) {
	named := encoded(t, Scene{Name: "holiday.jpg", Width: 40, Height: 30, Seed: 7})
	unnamed := encoded(t, Scene{Width: 40, Height: 30, Seed: 7})
	if !bytes.Equal(named, unnamed) {
		t.Error("a name that is no motif should leave the choice to the seed")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = errors.New("disk full")

func TestEncodeReportsTheWriter(t *testing.T) {
	for _, name := range []string{"a.jpg", "poster.png"} {
		err := Scene{Name: name, Width: 8, Height: 8}.Encode(broken{})
		if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v, want %v", name, err, errBroken)
		}
	}
}

func BenchmarkRender12Megapixels(b *testing.B) {
	for range b.N {
		Render(Scenes()[0])
	}
}
