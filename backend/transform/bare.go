package transform

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// Bare gives an animation's own bytes without what stands beside its pictures: EXIF, XMP,
// comments, unknown blocks, what comes behind its end. A WebP's colour profile stays, since
// its pictures need it. It reads as far as the file can be read and drops the rest. A file
// that holds nothing else, or of another format, is returned as it is.
func Bare(format Format, file []byte) []byte {
	bare := file
	switch {
	case format == GIF && len(file) >= 13:
		bare = bareBlocks(file)
	case format == WebP && len(file) >= 12:
		bare = bareChunks(file)
	}
	if bytes.Equal(bare, file) {
		return file
	}
	return bare
}

// bareChunks keeps what an animated or still WebP is made of.
func bareChunks(file []byte) []byte {
	const header, flags, metadata = 12, 20, 0x08 | 0x04 // VP8X comes first, and announces EXIF and XMP
	parts := []string{"VP8X", "ICCP", "ANIM", "ANMF", "ALPH", "VP8 ", "VP8L"}
	out := appendChunks(slices.Clone(file[:header]), file[header:], parts)
	if len(out) > flags && at(out, header, "VP8X") {
		out[flags] &^= metadata
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out
}

// appendChunks appends those chunks that are whole and of a kind listed. Inside a frame
// only pictures are.
func appendChunks(out, rest []byte, kinds []string) []byte {
	const head, frame = 8, 16 // bytes of a chunk's and of a frame's own header
	for len(rest) >= head {
		size := head + int(binary.LittleEndian.Uint32(rest[4:]))
		size += size % 2
		if size > len(rest) {
			break
		}
		switch kind := string(rest[:4]); {
		case kind == "ANMF" && size >= head+frame && slices.Contains(kinds, kind):
			start := len(out)
			out = append(out, rest[:head+frame]...)
			out = appendChunks(out, rest[head+frame:size], []string{"ALPH", "VP8 ", "VP8L"})
			binary.LittleEndian.PutUint32(out[start+4:], uint32(len(out)-start-head))
		case slices.Contains(kinds, kind):
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
	return out
}
