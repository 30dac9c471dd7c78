package transform

import "slices"

// bareGIF reads blocks up to the trailer, which must be the file's end. Of extensions it lets
// pass only how frames are shown and how often.
func bareGIF(file []byte) bool {
	if len(file) < 13 {
		return false
	}
	for rest, ok := afterPalette(file[13:], file[10]); ok && len(rest) > 0; {
		if rest[0] == 0x3b {
			return len(rest) == 1
		}
		next, needed, whole := afterBlock(rest)
		rest, ok = next, needed && whole
	}
	return false
}

// bareBlocks keeps the blocks that are needed. A last one that is cut off is kept if it is a
// picture, which shows as far as it goes.
func bareBlocks(file []byte) []byte {
	rest, ok := afterPalette(file[13:], file[10])
	if !ok {
		return file[:13]
	}
	out := slices.Clone(file[:len(file)-len(rest)])
	for len(rest) > 0 && rest[0] != 0x3b {
		next, needed, whole := afterBlock(rest)
		switch {
		case whole && needed:
			out = append(out, rest[:len(rest)-len(next)]...)
		case rest[0] == 0x2c:
			return append(out, rest...)
		}
		rest = next
	}
	return append(out, 0x3b)
}

// afterBlock passes over a picture or an extension, and tells whether the animation needs
// it, and whether it is whole. Behind one that is not, nothing can be read.
func afterBlock(block []byte) (rest []byte, needed, whole bool) {
	switch {
	case block[0] == 0x2c && len(block) >= 11: // a picture: place, palette, code size, data
		if rest, whole = afterPalette(block[10:], block[9]); whole {
			rest, whole = afterBlocks(rest[min(1, len(rest)):])
		}
		return rest, true, whole
	case at(block, 0, "\x21\xf9\x04"):
		needed = len(block) > 7 && block[7] == 0 // one block
	case at(block, 0, "\x21\xff\x0bNETSCAPE2.0\x03"), at(block, 0, "\x21\xff\x0bANIMEXTS1.0\x03"):
		needed = len(block) > 18 && block[18] == 0 // one block, of the loop
	case block[0] != 0x21 || len(block) < 2:
		return nil, false, false
	}
	rest, whole = afterBlocks(block[2:])
	return rest, needed, whole
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
