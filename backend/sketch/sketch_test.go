package sketch

import (
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"math/bits"
	"strconv"
	"strings"
	"testing"

	"github.com/buckket/go-blurhash"
	"github.com/galdor/go-thumbhash"

	"github.com/gip4all/gip4all/backend/photo"
)

var (
	red   = color.NRGBA{200, 20, 30, 255}
	blue  = color.NRGBA{10, 40, 220, 255}
	clear = color.NRGBA{}
)

// striped is columns of colours, each as many pixels wide as its number says.
func striped(height int, columns ...any) *image.NRGBA {
	width := 0
	for i := 0; i < len(columns); i += 2 {
		width += columns[i].(int)
	}
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := 0; len(columns) > 0; columns = columns[2:] {
		for range columns[0].(int) {
			for y := range height {
				picture.SetNRGBA(x, y, columns[1].(color.NRGBA))
			}
			x++
		}
	}
	return picture
}

func photograph(width, height int) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.Draw(picture, picture.Rect, photo.Small(width, height, 3), image.Point{}, draw.Src)
	return picture
}

func TestColours(t *testing.T) {
	rows := []struct {
		name     string
		picture  *image.NRGBA
		average  string
		palette  string
		dominant string
	}{
		{"flat", striped(10, 10, red), "#c8141e", "#c8141e", "#c8141e"},
		{"two", striped(10, 3, red, 7, blue), "#4322a3", "#0a28dc #c8141e", "#0a28dc"},
		{"transparent parts do not count", striped(10, 3, red, 90, color.NRGBA{0, 255, 0, 0}), "#c8141e", "#c8141e", "#c8141e"},
		{"half transparent counts half", striped(10, 6, color.NRGBA{200, 20, 30, 128}, 4, blue), "#5c1f8a", "#0a28dc #c8141e", "#0a28dc"},
		{"all transparent", striped(10, 10, clear), "#00000000", "", "#00000000"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := ColoursOf(row.picture)
			var palette []string
			for _, c := range got.Palette {
				palette = append(palette, Hex(c))
			}
			if strings.Join(palette, " ") != row.palette || Hex(got.Dominant()) != row.dominant {
				t.Errorf("palette %v, dominant %s; want %s, %s", palette, Hex(got.Dominant()), row.palette, row.dominant)
			}
			if Hex(got.Average) != row.average {
				t.Errorf("average %s, want %s", Hex(got.Average), row.average)
			}
		})
	}
}

// TestPaletteOfPhotograph: at most six, all different, the same every time.
func TestPaletteOfPhotograph(t *testing.T) {
	first := ColoursOf(photograph(100, 75))
	if n := len(first.Palette); n < 2 || n > MaxPalette {
		t.Fatalf("%d colours", n)
	}
	seen := map[color.NRGBA]bool{}
	again := ColoursOf(photograph(100, 75))
	for i, c := range first.Palette {
		if seen[c] || again.Palette[i] != c {
			t.Errorf("%v: twice, or not always there", c)
		}
		seen[c] = true
	}
}

// distance is how far apart two images' average colours are.
func distance(t *testing.T, a, b image.Image) int {
	t.Helper()
	var sum [2][3]int
	for i, picture := range [...]image.Image{a, b} {
		bounds, n := picture.Bounds(), 0
		for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
			for x := bounds.Min.X; x < bounds.Max.X; x++ {
				r, g, b, _ := picture.At(x, y).RGBA()
				sum[i][0], sum[i][1], sum[i][2], n = sum[i][0]+int(r>>8), sum[i][1]+int(g>>8), sum[i][2]+int(b>>8), n+1
			}
		}
		for c := range sum[i] {
			sum[i][c] /= n
		}
	}
	most := 0
	for c := range 3 {
		most = max(most, sum[0][c]-sum[1][c], sum[1][c]-sum[0][c])
	}
	return most
}

func TestBlurHash(t *testing.T) {
	for _, row := range []struct {
		name    string
		picture *image.NRGBA
		like    *image.NRGBA
		length  int
	}{
		{"landscape", photograph(100, 75), nil, 4 + 2*4*3},
		{"portrait", photograph(75, 100), nil, 4 + 2*3*4},
		{"square", photograph(60, 60), nil, 4 + 2*4*4},
		{"flat", striped(50, 50, red), nil, 4 + 2*4*4},
		{"one pixel", striped(1, 1, blue), nil, 4 + 2*4*4},
		{"a line", striped(1, 30, blue, 70, red), nil, 4 + 2*4*3},
		{"transparent is white", striped(50, 50, clear), striped(50, 50, color.NRGBA{255, 255, 255, 255}), 4 + 2*4*4},
	} {
		t.Run(row.name, func(t *testing.T) {
			hash, err := BlurHash(row.picture)
			if err != nil || len(hash) != row.length {
				t.Fatalf("got %q, %v; want %d characters", hash, err, row.length)
			}
			decoded, err := blurhash.Decode(hash, 32, 32, 1)
			if err != nil {
				t.Fatal(err)
			}
			if row.like == nil {
				row.like = row.picture
			}
			if d := distance(t, decoded, row.like); d > 24 {
				t.Errorf("its average is %d away", d)
			}
		})
	}
}

func TestThumbHash(t *testing.T) {
	for _, row := range []struct {
		name    string
		picture *image.NRGBA
	}{
		{"a photograph", photograph(100, 75)},
		{"flat", striped(50, 50, red)},
		{"one pixel", striped(1, 1, blue)},
		{"half transparent", striped(50, 50, color.NRGBA{200, 20, 30, 128})},
	} {
		t.Run(row.name, func(t *testing.T) {
			raw, err := base64.StdEncoding.DecodeString(ThumbHash(row.picture))
			if err != nil || len(raw) > 40 {
				t.Fatalf("%d bytes, %v", len(raw), err)
			}
			decoded, err := thumbhash.DecodeImage(raw)
			if err != nil {
				t.Fatal(err)
			}
			if d := distance(t, decoded, row.picture); d > 24 {
				t.Errorf("its average is %d away", d)
			}
		})
	}
	// The bytes of the picture itself must not have changed.
	picture := striped(9, 9, color.NRGBA{200, 20, 30, 128})
	ThumbHash(picture)
	if got := picture.NRGBAAt(4, 4); got != (color.NRGBA{200, 20, 30, 128}) {
		t.Errorf("a pixel became %v", got)
	}
}

func TestPerceptual(t *testing.T) {
	hash := func(picture *image.NRGBA) uint64 {
		t.Helper()
		text, err := Perceptual(picture)
		digits, found := strings.CutPrefix(text, "p:")
		value, parseErr := strconv.ParseUint(digits, 16, 64)
		if err != nil || parseErr != nil || !found || len(digits) != 16 {
			t.Fatalf("got %q, %v", text, err)
		}
		return value
	}
	large, small := hash(photograph(100, 75)), hash(photograph(80, 60))
	if d := bits.OnesCount64(large ^ small); d > 10 {
		t.Errorf("two sizes of a photograph are %d bits apart", d)
	}
	if d := bits.OnesCount64(large ^ hash(striped(75, 50, red, 50, blue))); d < 16 {
		t.Errorf("two pictures are only %d bits apart", d)
	}
}
