package vips

import (
	"encoding/binary"
	"slices"
)

// stripAnimation drops EXIF, XMP and profile from an animated WebP of our own encoder, as
// stripWebP does from a still. Anything else is returned as it is.
func stripAnimation(file []byte) []byte {
	const header, flags = 12, 20 // bytes of "RIFF size WEBP"; where VP8X keeps its flags
	const animated, metadata = 0x02, 0x20 | 0x08 | 0x04
	if len(file) < header+18 || string(file[header:header+4]) != "VP8X" || file[flags]&animated == 0 {
		return file
	}
	out := slices.Clone(file[:header])
	for rest := file[header:]; len(rest) >= 8; {
		size := 8 + int(binary.LittleEndian.Uint32(rest[4:8]))
		size += size % 2
		if size > len(rest) {
			return file
		}
		switch string(rest[:4]) {
		case "EXIF", "XMP ", "ICCP":
		default:
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
	out[flags] &^= metadata
	binary.LittleEndian.PutUint32(out[4:8], uint32(len(out)-8))
	return out
}
