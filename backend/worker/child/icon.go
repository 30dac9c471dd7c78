package child

import (
	"encoding/binary"
	"image"
	"image/color"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	iconHeader = 6  // bytes before the directory
	iconEntry  = 16 // bytes of each picture in it
	dibHeader  = 40 // bytes of a BITMAPINFOHEADER
)

func brokenIcon(why string) error { return fault.New(fault.Broken, "ICO data is broken: %s", why) }

// largest gives the bytes of the icon's largest picture, and among those of one size the one
// with the most colours.
func largest(file []byte) ([]byte, error) {
	if len(file) < iconHeader {
		return nil, brokenIcon("no header")
	}
	count := int(binary.LittleEndian.Uint16(file[4:]))
	if count == 0 || len(file) < iconHeader+count*iconEntry {
		return nil, brokenIcon("no pictures")
	}
	best, most := 0, -1
	for i := range count {
		entry := file[iconHeader+i*iconEntry:]
		side := func(b byte) int { return (int(b)+255)%256 + 1 } // 0 is 256
		worth := side(entry[0])*side(entry[1])*64 + min(int(binary.LittleEndian.Uint16(entry[6:])), 63)
		if worth > most {
			best, most = i, worth
		}
	}
	entry := file[iconHeader+best*iconEntry:]
	size, at := uint64(binary.LittleEndian.Uint32(entry[8:])), uint64(binary.LittleEndian.Uint32(entry[12:]))
	if at+size > uint64(len(file)) {
		return nil, brokenIcon("a picture outside the file")
	}
	return file[at : at+size], nil
}

// iconPNG gives the largest picture if it is a PNG, or nil.
func iconPNG(file []byte) ([]byte, error) {
	data, err := largest(file)
	if err != nil || transform.Sniff(data) != transform.PNG {
		return nil, err
	}
	return data, nil
}

// dib is a picture as old icons have it: rows from the bottom, in a palette or in BGR(A),
// then a mask of one bit a pixel, where 1 is transparent.
type dib struct {
	width, height, bits int
	palette             []byte // BGR and a byte of nothing
	rows, mask          []byte
}

func readIcon(file []byte, policy transform.Policy) (image.Image, error) {
	data, err := largest(file)
	if err != nil {
		return nil, err
	}
	d, err := readDIB(data, policy)
	if err != nil {
		return nil, err
	}
	picture := image.NewNRGBA(image.Rect(0, 0, d.width, d.height))
	opaque := d.bits != 32 || d.noAlpha()
	for y := range d.height {
		for x := range d.width {
			c, known := d.at(x, y)
			if !known {
				return nil, brokenIcon("a colour outside its palette")
			}
			if opaque {
				c.A = 255 - 255*d.masked(x, y)
			}
			picture.SetNRGBA(x, y, c)
		}
	}
	return picture, nil
}

func readDIB(data []byte, policy transform.Policy) (d dib, err error) {
	if len(data) < dibHeader || binary.LittleEndian.Uint32(data) != dibHeader || binary.LittleEndian.Uint32(data[16:]) != 0 {
		return d, brokenIcon("a picture of a kind that is not read")
	}
	d.width, d.height = int(int32(binary.LittleEndian.Uint32(data[4:]))), int(int32(binary.LittleEndian.Uint32(data[8:])))/2
	if err := checkSize(transform.ICO, d.width, d.height, policy); err != nil {
		return d, err
	}
	d.bits = int(binary.LittleEndian.Uint16(data[14:]))
	colours := 0
	switch d.bits {
	case 1, 4, 8:
		if colours = int(binary.LittleEndian.Uint32(data[32:])); colours == 0 || colours > 1<<d.bits {
			colours = 1 << d.bits
		}
	case 24, 32:
	default:
		return d, brokenIcon("a picture of a kind that is not read")
	}
	rest := data[dibHeader:]
	pixels, mask := d.height*d.stride(d.bits), d.height*d.stride(1)
	if len(rest) < 4*colours+pixels {
		return d, brokenIcon("a picture that is cut off")
	}
	d.palette, d.rows = rest[:4*colours], rest[4*colours:][:pixels]
	if rest = rest[4*colours+pixels:]; len(rest) >= mask { // some icons of 32 bits have none
		d.mask = rest[:mask]
	}
	return d, nil
}

// stride is the length of a row in bytes: a multiple of four.
func (d dib) stride(bits int) int { return (d.width*bits + 31) / 32 * 4 }

func (d dib) at(x, y int) (c color.NRGBA, known bool) {
	row := d.rows[(d.height-1-y)*d.stride(d.bits):]
	if d.bits >= 24 {
		p := row[x*d.bits/8:]
		c = color.NRGBA{p[2], p[1], p[0], 255}
		if d.bits == 32 {
			c.A = p[3]
		}
		return c, true
	}
	index := 4 * int(row[x*d.bits/8]>>(8-d.bits-x*d.bits%8)&(1<<d.bits-1))
	if index >= len(d.palette) {
		return c, false
	}
	return color.NRGBA{d.palette[index+2], d.palette[index+1], d.palette[index], 255}, true
}

// noAlpha tells whether the fourth byte is not in use: all of it zero.
func (d dib) noAlpha() bool {
	for i := 3; i < len(d.rows); i += 4 {
		if d.rows[i] != 0 {
			return false
		}
	}
	return true
}

// masked is 1 where the mask says transparent.
func (d dib) masked(x, y int) uint8 {
	if d.mask == nil {
		return 0
	}
	return d.mask[(d.height-1-y)*d.stride(1)+x/8] >> (7 - x%8) & 1
}
