package vips

import (
	"encoding/binary"
	"slices"

	"github.com/gip4all/gip4all/backend/transform"
)

// stripWebP drops the EXIF block that libvips 8.14.1 writes into every WebP whatever it is
// told (its resolution and size, 180 bytes, on a placeholder more than the picture), and
// with it the extended header where nothing needs that any more. file is one still image
// from our own encoder; what is not laid out like one is returned as it is, and so is one
// whose EXIF is to be kept.
func stripWebP(file []byte, keep transform.Keep) []byte {
	const header, extended = 12, 18 // bytes of "RIFF size WEBP", and of a VP8X chunk
	if len(file) < header+extended || string(file[header:header+4]) != "VP8X" || keep.Metadata || keep.Copyright {
		return file
	}
	out := slices.Clone(file[:header])
	flags := byte(0x10) // of what the extended header announces: transparency, a profile
	if keep.Profile {
		flags |= 0x20
	}
	for rest := file[header+extended:]; len(rest) >= 8; {
		kind := string(rest[:4])
		size := 8 + int(binary.LittleEndian.Uint32(rest[4:8]))
		size += size % 2
		if size > len(rest) {
			return file
		}
		switch kind {
		case "ICCP", "ALPH": // need the extended header, and stand before the picture, in this order
			if kind == "ICCP" && !keep.Profile {
				break
			}
			if len(out) == header {
				out = append(out, file[header:header+extended]...)
				out[header+8] &= flags
			}
			out = append(out, rest[:size]...)
		case "VP8 ", "VP8L":
			out = append(out, rest[:size]...)
		case "EXIF", "XMP ":
		default:
			return file
		}
		rest = rest[size:]
	}
	binary.LittleEndian.PutUint32(out[4:8], uint32(len(out)-8))
	return out
}
