package transform

import (
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"image"
	"io"
	"slices"
)

// ClearsTransparent gives a GIF whose frames, where they are cleared away and the next one does
// not cover them, leave nothing behind, as in every browser. libvips's decoder paints the
// background colour, mostly black, where a cleared frame has no transparent colour; so such
// frames are told to have one that none of their pixels is of. A file without such frames, or
// one that cannot be read, is returned as it is.
func ClearsTransparent(file []byte) []byte {
	if len(file) < 13 || !at(file, 0, "GIF8") {
		return file
	}
	frames, budget, out := gifFrames(file), clearedPixels, file
	for i, f := range frames[:max(len(frames)-1, 0)] {
		next := frames[i+1]
		if !f.cleared(file) || !next.transparent(file) && f.area.In(next.area) {
			continue
		}
		unused, ok := f.unused(&budget)
		if !ok {
			continue
		}
		if &out[0] == &file[0] {
			out = slices.Clone(file)
		}
		out[f.control+3] |= 1
		out[f.control+6] = unused
	}
	return out
}

// clearedPixels is how many pixels of one file may be looked at for a colour that they do not
// have: what more holds, stays as it is.
const clearedPixels = 32 << 20

// gifFrame is one picture of a GIF.
type gifFrame struct {
	control int // where its graphic control begins; -1: it has none
	area    image.Rectangle
	data    []byte // code size, then blocks
}

func gifFrames(file []byte) (frames []gifFrame) {
	control := -1
	for rest, whole := afterPalette(file[13:], file[10]); whole && len(rest) > 0 && rest[0] != 0x3b; {
		var next []byte
		var needed bool
		next, needed, whole = afterBlock(rest)
		switch {
		case !whole:
		case rest[0] == 0x2c:
			frames = append(frames, frameOf(rest, control))
			control = -1
		case needed && rest[1] == 0xf9:
			control = len(file) - len(rest)
		}
		rest = next
	}
	return frames
}

func frameOf(block []byte, control int) gifFrame {
	number := func(i int) int { return int(binary.LittleEndian.Uint16(block[i:])) }
	x, y := number(1), number(3)
	data, _ := afterPalette(block[10:], block[9])
	return gifFrame{control, image.Rect(x, y, x+number(5), y+number(7)), data}
}

func (f gifFrame) transparent(file []byte) bool { return f.control >= 0 && file[f.control+3]&1 != 0 }

// cleared tells whether the frame is to leave the background, and has no transparent colour.
func (f gifFrame) cleared(file []byte) bool {
	const disposal, background = 7 << 2, 2 << 2
	return f.control >= 0 && file[f.control+3]&disposal == background && !f.transparent(file)
}

// unused is a colour's number that no pixel has. Those of fewer than 8 bits cannot be 255.
func (f gifFrame) unused(budget *int) (number byte, ok bool) {
	if f.data[0] < 8 {
		return 255, true
	}
	pixels := f.area.Dx() * f.area.Dy()
	if *budget -= pixels; *budget < 0 || f.data[0] > 8 {
		return 0, false
	}
	reader := lzw.NewReader(&blockReader{rest: f.data[1:]}, lzw.LSB, 8)
	var seen [256]bool
	var some [4096]byte
	for {
		n, err := reader.Read(some[:min(pixels, len(some))])
		for _, number := range some[:n] {
			seen[number] = true
		}
		if pixels -= n; err != nil || pixels <= 0 {
			break // what cannot be decoded here is none of the picture there
		}
	}
	free := slices.Index(seen[:], false)
	return byte(max(free, 0)), free >= 0
}

// blockReader reads what the blocks hold.
type blockReader struct {
	rest []byte
	now  bytes.Reader
}

func (r *blockReader) Read(p []byte) (int, error) {
	for r.now.Len() == 0 {
		if len(r.rest) == 0 || r.rest[0] == 0 {
			return 0, io.EOF
		}
		size := 1 + int(r.rest[0])
		r.now.Reset(r.rest[1:size])
		r.rest = r.rest[size:]
	}
	return r.now.Read(p)
}
