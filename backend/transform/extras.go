package transform

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Extras tells whether an image file holds, or may hold, anything beside the picture: EXIF,
// XMP, comments, thumbnails, what stands behind its end. Only what is known to be needed for
// showing the picture (its colour profile too) counts as nothing; what cannot be read here
// counts as something.
func Extras(format Format, file []byte) bool {
	switch format {
	case JPEG:
		return !bareJPEG(file)
	case PNG:
		return !barePNG(file)
	case WebP:
		return !bareWebP(file)
	case GIF:
		return !bareGIF(file)
	case AVIF:
		return !bareAVIF(file)
	default:
		return true
	}
}

// bareJPEG reads segments up to the first scan, and has the file end where the last one ends.
func bareJPEG(file []byte) bool {
	for rest := file[min(2, len(file)):]; len(rest) >= 4 && rest[0] == 0xff; {
		size := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if size > len(rest) {
			return false
		}
		switch marker := rest[1]; {
		case marker == 0xda:
			return bareScans(rest[size:])
		case marker == 0xe0: // JFIF without a thumbnail
			if size != 18 || !at(rest, 4, "JFIF\x00") {
				return false
			}
		case marker == 0xe2:
			if !at(rest, 4, "ICC_PROFILE\x00") {
				return false
			}
		case marker == 0xee: // which colours these are
			if size != 16 || !at(rest, 4, "Adobe") {
				return false
			}
		case marker == 0xfe || marker >= 0xe0 && marker <= 0xef:
			return false
		}
		rest = rest[size:]
	}
	return false
}

// bareScans passes over coded data and the tables between scans.
func bareScans(rest []byte) bool {
	for {
		i := bytes.IndexByte(rest, 0xff)
		if i < 0 || i+1 >= len(rest) {
			return false
		}
		switch marker := rest[i+1]; {
		case marker == 0xd9:
			return len(rest) == i+2
		case marker == 0 || marker == 0xff || marker >= 0xd0 && marker <= 0xd7: // coded, padding, restarts
			rest = rest[i+1:]
		case marker == 0xc4 || marker == 0xda || marker == 0xdb || marker == 0xdd: // tables, the next scan
			if i+4 > len(rest) {
				return false
			}
			size := i + 2 + int(binary.BigEndian.Uint16(rest[i+2:]))
			if size > len(rest) {
				return false
			}
			rest = rest[size:]
		default:
			return false
		}
	}
}

func barePNG(file []byte) bool {
	needed := []string{"IHDR", "PLTE", "tRNS", "IDAT", "sRGB", "iCCP", "pHYs", "bKGD", "sBIT"}
	for rest := file[min(8, len(file)):]; len(rest) >= 12; {
		size := 12 + int(binary.BigEndian.Uint32(rest))
		kind := string(rest[4:8])
		if kind == "IEND" {
			return size == len(rest)
		}
		if size > len(rest) || !slices.Contains(needed, kind) {
			return false
		}
		rest = rest[size:]
	}
	return false
}

func bareWebP(file []byte) bool {
	if len(file) < 12 || int(binary.LittleEndian.Uint32(file[4:]))+8 != len(file) {
		return false
	}
	rest := file[12:]
	for len(rest) >= 8 {
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		size += 8 + size%2
		if size > len(rest) || !slices.Contains([]string{"VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"}, string(rest[:4])) {
			return false
		}
		rest = rest[size:]
	}
	return len(rest) == 0
}
