package transform

// bareGIF reads blocks up to the trailer, which must be the file's end. Of extensions it lets
// pass only how frames are shown and how often.
func bareGIF(file []byte) bool {
	if len(file) < 13 {
		return false
	}
	for rest, ok := afterPalette(file[13:], file[10]); ok && len(rest) > 0; {
		switch {
		case rest[0] == 0x3b:
			return len(rest) == 1
		case rest[0] == 0x2c && len(rest) >= 11: // a picture: place, palette, code size, data
			flags := rest[9]
			if rest, ok = afterPalette(rest[10:], flags); ok && len(rest) > 0 {
				rest, ok = afterBlocks(rest[1:])
			}
		case at(rest, 0, "\x21\xf9\x04"), at(rest, 0, "\x21\xff\x0bNETSCAPE2.0\x03"), at(rest, 0, "\x21\xff\x0bANIMEXTS1.0\x03"):
			known := rest[1] == 0xf9 || len(rest) > 18 && rest[18] == 0 // one block, of the loop
			rest, ok = afterBlocks(rest[2:])
			ok = ok && known
		default:
			return false
		}
	}
	return false
}

// afterPalette passes over the colours that a flag announces.
func afterPalette(rest []byte, flags byte) ([]byte, bool) {
	if flags&0x80 == 0 {
		return rest, true
	}
	size := 3 << (1 + flags&7)
	if size > len(rest) {
		return nil, false
	}
	return rest[size:], true
}

// afterBlocks passes over blocks, each led by its length, up to the empty one.
func afterBlocks(rest []byte) ([]byte, bool) {
	for len(rest) > 0 && len(rest) > int(rest[0]) {
		size := int(rest[0])
		if rest = rest[1+size:]; size == 0 {
			return rest, true
		}
	}
	return nil, false
}
