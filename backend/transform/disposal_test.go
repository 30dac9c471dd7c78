package transform

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"testing"
)

// cells is a GIF of 20 × 10 in so many colours: the whole, then this part of it.
func cells(t *testing.T, colours int, disposal byte, used int, second image.Rectangle) []byte {
	t.Helper()
	palette := make(color.Palette, colours)
	for i := range palette {
		palette[i] = color.Gray{uint8(i)}
	}
	first := image.NewPaletted(image.Rect(0, 0, 20, 16), palette)
	for i := range first.Pix {
		first.Pix[i] = uint8(i % used)
	}
	file := gif.GIF{Image: []*image.Paletted{first, image.NewPaletted(second, palette)}, Delay: []int{5, 5}, Disposal: []byte{disposal, gif.DisposalNone}}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &file); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestClearsTransparent(t *testing.T) {
	half, full := image.Rect(0, 0, 10, 16), image.Rect(0, 0, 20, 16)
	for _, row := range []struct {
		name    string
		file    []byte
		changed bool
	}{
		{"two colours", cells(t, 2, gif.DisposalBackground, 2, half), true},
		{"256 colours, of which one is unused", cells(t, 256, gif.DisposalBackground, 255, half), true},
		{"256 colours", cells(t, 256, gif.DisposalBackground, 256, half), false},
		{"covered by the next", cells(t, 2, gif.DisposalBackground, 2, full), false},
		{"not cleared", cells(t, 2, gif.DisposalNone, 2, half), false},
		{"no GIF", []byte("something else"), false},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := bytes.Clone(row.file)
			got := ClearsTransparent(row.file)
			if bytes.Equal(got, row.file) == row.changed || !bytes.Equal(before, row.file) {
				t.Errorf("changed: %t, want %t", !row.changed, row.changed)
			}
			if again := ClearsTransparent(got); !bytes.Equal(again, got) {
				t.Error("changed again")
			}
			for end := range row.file {
				ClearsTransparent(row.file[:end:end])
				ClearsTransparent(append(row.file[:end:end], 0x2c, 0, 0))
			}
		})
	}
}
