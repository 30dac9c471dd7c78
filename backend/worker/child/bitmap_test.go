package child

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/bmp"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

// icon holds pictures, each with its entry's sides and bits.
func icon(pictures ...[]byte) []byte {
	file := binary.LittleEndian.AppendUint16([]byte{0, 0, 1, 0}, uint16(len(pictures)))
	at := iconHeader + iconEntry*len(pictures)
	for _, p := range pictures {
		file = append(file, p[0], p[1], 0, 0, 1, 0, p[2], 0)
		file = binary.LittleEndian.AppendUint32(file, uint32(len(p)-3))
		file = binary.LittleEndian.AppendUint32(file, uint32(at))
		at += len(p) - 3
	}
	for _, p := range pictures {
		file = append(file, p[3:]...)
	}
	return file
}

// dibOf is a picture for icon; data is its palette, rows and mask.
func dibOf(width, height, bits, colours int, data ...string) []byte {
	p := []byte{byte(width), byte(height), byte(bits)}
	for _, v := range []int{dibHeader, width, 2 * height, 1 | bits<<16, 0, 0, 0, 0, colours, 0} {
		p = binary.LittleEndian.AppendUint32(p, uint32(v))
	}
	return append(p, strings.Join(data, "")...)
}

func TestIcons(t *testing.T) {
	red, blue, clear := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 0, 0, 0}
	const palette, noMask = "\x00\x00\xff\x00\xff\x00\x00\x00", "\x00\x00\x00\x00"
	for _, row := range []struct {
		name string
		file []byte
		want []color.NRGBA // in reading order, two in a row
	}{
		{"1 bit", icon(dibOf(2, 1, 1, 2, palette, "\x40\x00\x00\x00", noMask)), []color.NRGBA{red, blue}},
		{"4 bits", icon(dibOf(2, 1, 4, 2, palette, "\x01\x00\x00\x00", noMask)), []color.NRGBA{red, blue}},
		{"8 bits", icon(dibOf(2, 1, 8, 2, palette, "\x01\x00\x00\x00", noMask)), []color.NRGBA{blue, red}},
		{"24 bits", icon(dibOf(2, 1, 24, 0, "\x00\x00\xff\xff\x00\x00\x00\x00", noMask)), []color.NRGBA{red, blue}},
		{"32 bits", icon(dibOf(2, 1, 32, 0, "\x00\x00\xff\x00\xff\x00\x00\xff")), []color.NRGBA{clear, blue}},
		{"32 bits without alpha", icon(dibOf(2, 1, 32, 0, "\x00\x00\xff\x00\xff\x00\x00\x00")), []color.NRGBA{red, blue}},
		{"rows from the bottom", icon(dibOf(2, 2, 8, 2, palette, "\x01\x01\x00\x00\x00\x00\x00\x00", noMask, noMask)), []color.NRGBA{red, red, blue, blue}},
		{"a mask", icon(dibOf(2, 1, 8, 2, palette, "\x00\x01\x00\x00", "\x80\x00\x00\x00")), []color.NRGBA{clear, blue}},
		{"the largest", icon(dibOf(1, 1, 8, 2, palette, noMask, noMask), dibOf(2, 1, 8, 2, palette, "\x01\x00\x00\x00", noMask)), []color.NRGBA{blue, red}},
		{"the most colours", icon(dibOf(2, 1, 8, 2, palette, noMask, noMask), dibOf(2, 1, 24, 0, "\xff\x00\x00\x00\x00\xff\x00\x00", noMask),
			dibOf(2, 1, 1, 2, palette, noMask, noMask)), []color.NRGBA{blue, red}},
	} {
		t.Run(row.name, func(t *testing.T) {
			source, was, err := readable(row.file, transform.Policy{})
			if err != nil || was != transform.ICO {
				t.Fatal(was, err)
			}
			picture, err := png.Decode(bytes.NewReader(source))
			if err != nil || picture.Bounds().Dx() != 2 || picture.Bounds().Dy() != len(row.want)/2 {
				t.Fatal(picture, err)
			}
			for i, want := range row.want {
				if got := color.NRGBAModel.Convert(picture.At(i%2, i/2)); got != want {
					t.Errorf("pixel %d is %v, want %v", i, got, want)
				}
			}
		})
	}
}

func TestBitmapsRefused(t *testing.T) {
	sound := icon(dibOf(2, 1, 24, 0, "\x00\x00\xff\xff\x00\x00\x00\x00\x00\x00\x00\x00"))
	changed := func(at int, to byte) []byte { f := bytes.Clone(sound); f[at] = to; return f }
	var picture bytes.Buffer
	if err := bmp.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 90, 90))); err != nil {
		t.Fatal(err)
	}
	giant := bytes.Clone(picture.Bytes())
	giant[18+2], giant[22+2] = 1, 1 // 65,626 pixels a side
	for _, row := range []struct {
		name string
		file []byte
		kind fault.Kind
	}{
		{"icon cut in its header", sound[:5], fault.Broken},
		{"icon without pictures", []byte("\x00\x00\x01\x00\x00\x00"), fault.Broken},
		{"icon with more pictures than bytes", changed(5, 255), fault.Broken},
		{"icon with a picture outside", changed(18+3, 255), fault.Broken},
		{"icon cut", icon(dibOf(90, 90, 24, 0, "short")), fault.Broken},
		{"icon of 7 bits", icon(dibOf(2, 1, 7, 0, "12345678")), fault.Broken},
		{"icon, compressed", changed(22+16, 1), fault.Broken},
		{"icon of no size", icon(dibOf(0, 0, 24, 0, "12345678")), fault.Broken},
		{"icon of a negative size", icon(dibOf(2, -1, 24, 0, "12345678")), fault.Broken},
		{"icon outside its palette", icon(dibOf(2, 1, 8, 1, "\x00\x00\x00\x00", "\x05\x05\x00\x00")), fault.Broken},
		{"icon that says it is giant", icon(dibOf(60000, 60000, 1, 0, "12345678")), fault.TooLarge},
		{"bmp cut", picture.Bytes()[:900], fault.Broken},
		{"bmp's header", picture.Bytes()[:20], fault.Broken},
		{"bmp that says it is giant", giant, fault.TooLarge},
	} {
		t.Run(row.name, func(t *testing.T) {
			source, _, err := readable(row.file, transform.Policy{})
			if fault.KindOf(err) != row.kind || err == nil || source != nil {
				t.Errorf("got %d bytes, %v", len(source), err)
			}
		})
	}
}

// TestRealWorkersReadBitmaps goes the whole way, through libvips.
func TestRealWorkersReadBitmaps(t *testing.T) {
	pool := newPool(t, worker.Config{})
	picture := image.NewNRGBA(image.Rect(0, 0, 64, 48))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	var asBMP, asPNG bytes.Buffer
	if err := bmp.Encode(&asBMP, picture); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&asPNG, picture); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name       string
		file       []byte
		was, given transform.Format
	}{
		{"bmp", asBMP.Bytes(), transform.BMP, transform.JPEG},
		{"icon of png", icon(append([]byte{64, 48, 32}, asPNG.Bytes()...)), transform.ICO, transform.PNG},
		{"icon", icon(dibOf(64, 48, 32, 0, strings.Repeat("\xff", 64*48*4))), transform.ICO, transform.PNG},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: row.file, Options: transform.Options{Width: 32}})
			if err != nil || result.Source.Format != row.was || result.Format != row.given || result.Width != 32 || result.Height != 24 {
				t.Errorf("got %v from %v, %d×%d, %v", result.Format, result.Source.Format, result.Width, result.Height, err)
			}
		})
	}
}

// FuzzIcon holds that no icon makes the reader panic or decode more than the limits allow.
func FuzzIcon(f *testing.F) {
	f.Add(icon(dibOf(2, 1, 1, 2, "\x00\x00\xff\x00\xff\x00\x00\x00\x40\x00\x00\x00\x00\x00\x00\x00")))
	f.Add(icon(dibOf(2, 1, 32, 0, "\x00\x00\xff\x00\xff\x00\x00\x00")))
	f.Fuzz(func(t *testing.T, file []byte) {
		picture, err := readIcon(file, transform.Policy{MaxSourcePixels: 10_000})
		if err == nil && picture.Bounds().Dx()*picture.Bounds().Dy() > 10_000 {
			t.Errorf("decoded %v", picture.Bounds())
		}
	})
}
