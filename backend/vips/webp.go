package vips

import (
	"encoding/binary"
	"slices"
)

// stripWebP drops the EXIF block that libvips 8.14.1 writes into every WebP whatever it is
// told (its resolution and size, 180 bytes, on a placeholder more than the picture), and
// with it the extended header where nothing needs that any more. file is one still image
// from our own encoder; what is not laid out like one is returned as it is.
func stripWebP(file []byte) []byte {
	const header, extended = 12, 18 // bytes of "RIFF size WEBP", and of a VP8X chunk
	if len(file) < header+extended || string(file[header:header+4]) != "VP8X" {
		return file
	}
	out := slices.Clone(file[:header])
	for rest := file[header+extended:]; len(rest) >= 8; {
		kind := string(rest[:4])
		size := 8 + int(binary.LittleEndian.Uint32(rest[4:8]))
		size += size % 2
		if size > len(rest) {
			return file
		}
		switch kind {
		case "ALPH": // needs the extended header, and stands before the picture
			out = append(out, extendedHeader(file[header:header+extended])...)
			out = append(out, rest[:size]...)
		case "VP8 ", "VP8L":
			out = append(out, rest[:size]...)
		case "EXIF", "XMP ", "ICCP":
		default:
			return file
		}
		rest = rest[size:]
	}
	binary.LittleEndian.PutUint32(out[4:8], uint32(len(out)-8))
	return out
}

// extendedHeader is the chunk saying of the picture only that it is transparent.
func extendedHeader(chunk []byte) []byte {
	const alpha = 0x10
	chunk = slices.Clone(chunk)
	chunk[8] = alpha
	return chunk
}
