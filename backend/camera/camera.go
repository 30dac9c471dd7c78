// Package camera finds the pictures that cameras put into their RAW files beside the sensor's
// data: ordinary JPEG files, the largest of which is often of full size.
//
// The promise: whatever the bytes are, reading ends after a bounded number of steps, and what
// is found lies inside the file, begins like a JPEG, and is of a kind that every decoder reads.
//
// It decodes no pixels, neither the sensor's nor the preview's. Where a format keeps its
// preview only in notes that its maker does not describe, there is none.
package camera

import (
	"encoding/binary"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// Preview gives the largest JPEG in a RAW file of this format, upright: if it says nothing of
// its orientation, it gets the RAW's. The fault of a file without one is [fault.Unsupported].
func Preview(file []byte, format transform.Format) ([]byte, error) {
	found, orientation := find(file, format)
	if found == (span{}) {
		return nil, fault.New(fault.Unsupported, "source is %s without a JPEG preview inside, and RAW data itself is not read",
			format.MediaType())
	}
	return oriented(found.of(file), orientation), nil
}

// span is a part of a file that is a JPEG, and how many pixels that says it has.
type span struct{ at, length, pixels int }

func (s span) of(file []byte) []byte { return file[s.at:][:s.length:s.length] }

// find gives the largest JPEG, or the zero span; and the RAW's orientation, 0 if unknown.
func find(file []byte, format transform.Format) (span, uint16) {
	s := search{file: file}
	if format == transform.RAF {
		s.fuji()
	} else {
		s.directories(format == transform.RW2)
	}
	return s.best, s.orientation
}

// search is the largest JPEG so far.
type search struct {
	file        []byte
	best        span
	orientation uint16
}

// try takes what lies at an offset if it is a JPEG larger than those before.
func (s *search) try(at, length uint32) {
	if at == 0 || length == 0 || uint64(at)+uint64(length) > uint64(len(s.file)) {
		return
	}
	found := span{at: int(at), length: int(length)}
	if found.pixels = pixels(found.of(s.file)); found.pixels > s.best.pixels {
		s.best = found
	}
}

// fujiDirectory is where the header of a RAF says where its JPEG is: offset and length.
const fujiDirectory = 84

func (s *search) fuji() {
	if len(s.file) < fujiDirectory+8 {
		return
	}
	s.try(binary.BigEndian.Uint32(s.file[fujiDirectory:]), binary.BigEndian.Uint32(s.file[fujiDirectory+4:]))
}
