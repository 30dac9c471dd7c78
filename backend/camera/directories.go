package camera

import "github.com/gip4all/gip4all/backend/tiff"

// The tags that lead to previews, of TIFF 6.0, TIFF/EP and DNG 1.4; the first one is
// Panasonic's.
const (
	tagPanasonicJPEG = 0x002e
	tagCompression   = 0x0103
	tagPhotometric   = 0x0106
	tagStripOffsets  = 0x0111
	tagOrientation   = 0x0112
	tagStripBytes    = 0x0117
	tagSubIFDs       = 0x014a
	tagJPEGOffset    = 0x0201
	tagJPEGBytes     = 0x0202
)

const (
	mostDirectories = 64 // real files have up to ten
	oldJPEG         = 6  // compressions; the names are TIFF's
	newJPEG         = 7
	filterArray     = 32803 // photometric interpretations of the sensor's data
	linearRaw       = 34892
)

// directories looks at the first directory, those behind it and those below it, in the order
// in which they are met, and each once.
func (s *search) directories(panasonic bool) {
	file, first := tiff.Open(s.file)
	queue, seen := []uint32{first}, map[uint32]bool{0: true}
	for len(queue) > 0 && len(seen) <= mostDirectories {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		entries, next := file.Directory(at)
		d := readDirectory(file, entries)
		if at == first {
			s.orientation = uint16(d.orientation)
		}
		s.previews(d)
		if panasonic && at == first {
			s.panasonic(file, entries)
		}
		queue = append(append(queue, next), d.below...)
	}
}

// one is what a directory says of its picture.
type one struct {
	compression, photometric, orientation uint32
	strip, stripBytes, jpeg, jpegBytes    uint32
	below                                 []uint32
}

func readDirectory(file tiff.File, entries []tiff.Entry) (d one) {
	numbers := map[uint16]*uint32{
		tagCompression: &d.compression, tagPhotometric: &d.photometric, tagOrientation: &d.orientation,
		tagStripOffsets: &d.strip, tagStripBytes: &d.stripBytes, tagJPEGOffset: &d.jpeg, tagJPEGBytes: &d.jpegBytes,
	}
	for _, e := range entries {
		if number := numbers[e.Tag]; number != nil {
			*number = file.Number(e)
		}
		if e.Tag == tagSubIFDs {
			d.below = file.Numbers(e)
		}
	}
	return d
}

// previews tries both places where a directory's JPEG can be. A strip is one only if it is
// alone: of several, none is a whole file.
func (s *search) previews(d one) {
	if d.photometric == filterArray || d.photometric == linearRaw {
		return
	}
	s.try(d.jpeg, d.jpegBytes)
	if d.compression == oldJPEG || d.compression == newJPEG {
		s.try(d.strip, d.stripBytes)
	}
}

// panasonic tries the JPEG that an RW2 holds as the value of an entry.
func (s *search) panasonic(file tiff.File, entries []tiff.Entry) {
	for _, e := range entries {
		if e.Tag == tagPanasonicJPEG {
			s.try(file.Place(e))
		}
	}
}
