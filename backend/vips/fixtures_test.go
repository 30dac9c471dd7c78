package vips

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	stdjpeg "image/jpeg"
	stdpng "image/png"
	"math"
	"testing"

	"github.com/gip4all/gip4all/backend/transform"
)

// Every file here is made by Go, by hand where Go's encoders have no such kind, so that
// libvips is not tested against itself.

var (
	black = color.NRGBA{0, 0, 0, 255}
	white = color.NRGBA{255, 255, 255, 255}
	red   = color.NRGBA{255, 0, 0, 255}
	green = color.NRGBA{0, 255, 0, 255}
	blue  = color.NRGBA{0, 0, 255, 255}
)

// picture4 is an image of four coloured quarters: red, green above blue, white.
func picture4(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	colours := [2][2]color.NRGBA{{red, green}, {blue, white}}
	for y := range height {
		for x := range width {
			img.SetNRGBA(x, y, colours[2*y/height][2*x/width])
		}
	}
	return img
}

func flat(width, height int, c color.NRGBA) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return img
}

// noisy is an image that no encoder finds easy.
func noisy(width, height int) *image.NRGBA {
	img := flat(width, height, black)
	seed := uint32(1)
	for i := range img.Pix {
		if i%4 != 3 {
			seed = seed*1664525 + 1013904223
			img.Pix[i] = uint8(seed>>24)/2 + uint8(i/4%width*100/width)
		}
	}
	return img
}

func jpegFile(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := stdjpeg.Encode(&b, img, &stdjpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngFile(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := stdpng.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gifFile is an animation of flat frames: red, green, blue, red…
func gifFile(t testing.TB, frames int) []byte {
	t.Helper()
	file := gif.GIF{}
	for i := range frames {
		frame := image.NewPaletted(image.Rect(0, 0, 20, 10), color.Palette{red, green, blue})
		for j := range frame.Pix {
			frame.Pix[j] = uint8(i % 3)
		}
		file.Image, file.Delay = append(file.Image, frame), append(file.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment puts a marker segment right after a JPEG's start marker.
func segment(jpeg []byte, marker byte, payload []byte) []byte {
	out := append([]byte{}, jpeg[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(payload)+2))
	return append(append(out, payload...), jpeg[2:]...)
}

// exif is an orientation and, so that there is something private to strip, a GPS latitude.
func exif(orientation int) []byte {
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count, value uint32) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, count)
		b = binary.BigEndian.AppendUint32(b, value)
	}
	b = append(b, 0, 2)
	entry(0x0112, 3, 1, uint32(orientation)<<16)
	entry(0x8825, 4, 1, 38) // the GPS directory, right behind this one
	b = append(b, 0, 0, 0, 0, 0, 2)
	entry(1, 2, 2, 'N'<<24)
	entry(2, 5, 3, 68)
	b = append(b, 0, 0, 0, 0)
	for _, v := range [...]uint32{48, 1, 51, 1, 24, 1} {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// pngChunk is one chunk with its length and checksum.
func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// rawPNG is a PNG of any colour type whose rows are rows; extra are chunks before them.
func rawPNG(width, height int, depth, colourType byte, pixels []byte, extra ...[]byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = binary.BigEndian.AppendUint32(head, uint32(height))
	b := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(head, depth, colourType, 0, 0, 0))...)
	for _, e := range extra {
		b = append(b, e...)
	}
	stride := len(pixels) / height
	var rows []byte
	for y := range height {
		rows = append(append(rows, 0), pixels[y*stride:(y+1)*stride]...)
	}
	b = append(b, pngChunk("IDAT", deflated(rows))...)
	return append(b, pngChunk("IEND", nil)...)
}

func deflated(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// cmykJPEG is a flat CMYK JPEG as Photoshop writes it: ink inverted, so 255 is none. It has
// only DC coefficients, so one Huffman code of four bits a category is enough.
func cmykJPEG(width, height int, inks [4]byte) []byte {
	b := []byte{0xff, 0xd8, 0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0}
	b = append(b, 0xff, 0xdb, 0, 67, 0)
	b = append(b, bytes.Repeat([]byte{8}, 64)...) // a DC step is one level
	b = append(b, 0xff, 0xc0, 0, 20, 8, byte(height>>8), byte(height), byte(width>>8), byte(width), 4)
	scan := []byte{0xff, 0xda, 0, 14, 4}
	for c := range byte(4) {
		b = append(b, c+1, 0x11, 0)
		scan = append(scan, c+1, 0)
	}
	b = append(b, 0xff, 0xc4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	b = append(b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	b = append(b, 0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	b = append(append(b, scan...), 0, 63, 0)
	b = append(b, flatScan((width+7)/8*((height+7)/8), inks)...)
	return append(b, 0xff, 0xd9)
}

func flatScan(blocks int, levels [4]byte) []byte {
	var bits []byte
	put := func(value, n int) {
		for i := n - 1; i >= 0; i-- {
			bits = append(bits, byte(value>>i&1))
		}
	}
	for block := range blocks {
		for _, level := range levels {
			category, extra := dcCode(int(level) - 128)
			if block > 0 { // the same as the block before
				category, extra = 0, 0
			}
			put(category, 4)
			put(extra, category)
			put(0, 1) // end of block
		}
	}
	for len(bits)%8 != 0 {
		bits = append(bits, 1)
	}
	var b []byte
	for i := 0; i < len(bits); i += 8 {
		var v byte
		for _, bit := range bits[i : i+8] {
			v = v<<1 | bit
		}
		if b = append(b, v); v == 0xff {
			b = append(b, 0)
		}
	}
	return b
}

// dcCode is JPEG's code of a difference: the number of its bits, and the bits.
func dcCode(difference int) (category, extra int) {
	size, extra := difference, difference
	if difference < 0 {
		size, extra = -difference, difference
	}
	for ; size > 0; size >>= 1 {
		category++
	}
	if difference < 0 {
		extra += 1<<category - 1
	}
	return category, extra
}

// swappedProfile is an ICC profile in which red means green and green means red, so that
// ignoring it cannot be mistaken for honouring it.
func swappedProfile() []byte {
	type tag struct {
		name string
		data []byte
	}
	fixed := func(values ...float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	gamma := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33\x00\x00")
	text := append([]byte("desc\x00\x00\x00\x00\x00\x00\x00\x08swapped\x00"), make([]byte, 80)...)
	tags := []tag{
		{"desc", text}, {"cprt", []byte("text\x00\x00\x00\x00none\x00\x00\x00\x00")}, {"wtpt", fixed(.9642, 1, .8249)},
		{"rXYZ", fixed(.3851, .7169, .0971)}, {"gXYZ", fixed(.4360, .2225, .0139)}, {"bXYZ", fixed(.1431, .0606, .7141)},
		{"rTRC", gamma}, {"gTRC", gamma}, {"bTRC", gamma},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	for _, t := range tags {
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(128+4+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.data)))
		data = append(data, t.data...)
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ \x07\xe0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp")
	copy(head[68:], fixed(.9642, 1, .8249)[8:])
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(data)))
	return append(append(head, table...), data...)
}

func withProfile(jpeg, profile []byte) []byte {
	return segment(jpeg, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile...))
}

// animatedWebP wraps still lossy WebP files into one animation.
func animatedWebP(width, height int, stills ...[]byte) []byte {
	int24 := func(v int) []byte { return []byte{byte(v), byte(v >> 8), byte(v >> 16)} }
	chunk := func(kind string, data []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data)))
		b = append(b, data...)
		return append(b, make([]byte, len(data)%2)...)
	}
	size := append(int24(width-1), int24(height-1)...)
	body := append([]byte("WEBP"), chunk("VP8X", append([]byte{2, 0, 0, 0}, size...))...)
	body = append(body, chunk("ANIM", make([]byte, 6))...)
	for _, still := range stills {
		frame := append(make([]byte, 6), size...)
		frame = append(append(frame, int24(100)...), 0)
		body = append(body, chunk("ANMF", append(frame, still[12:]...))...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func start(t testing.TB, policy transform.Policy) *Engine {
	t.Helper()
	e, err := Start(policy)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
