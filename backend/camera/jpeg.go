package camera

import (
	"bytes"
	"encoding/binary"
	"slices"

	"github.com/gip4all/gip4all/backend/tiff"
)

const (
	start    = "\xff\xd8"
	exifName = "Exif\x00\x00"
	app1     = 0xe1
	scan     = 0xda
)

// mostSegments are looked at: a profile or a maker's notes take up to 255 of one kind, and
// a file that points to one JPEG of nothing but segments many times is not to be read for long.
const mostSegments = 1024

// segments visits the segments of a JPEG up to its first scan, with their markers and lengths,
// until visit wants no more.
func segments(file []byte, visit func(marker byte, at int, payload []byte) (more bool)) {
	if !bytes.HasPrefix(file, []byte(start)) {
		return
	}
	at := len(start)
	for seen := 0; seen < mostSegments && at+4 <= len(file) && file[at] == 0xff; seen++ {
		marker := file[at+1]
		if marker == 0xff { // a fill byte
			at++
			continue
		}
		end := at + 2 + int(binary.BigEndian.Uint16(file[at+2:]))
		if marker == scan || end < at+4 || end > len(file) || !visit(marker, at, file[at+4:end]) {
			return
		}
		at = end
	}
}

// pixels is how many a JPEG's header says it has; 0 for what decoders do not read, such as the
// lossless kind (SOF3) in which sensors' data is kept.
func pixels(file []byte) (count int) {
	segments(file, func(marker byte, _ int, payload []byte) bool {
		switch {
		case marker >= 0xc0 && marker <= 0xc2: // baseline, extended, progressive
			if len(payload) >= 6 && payload[0] == 8 && (payload[5] == 1 || payload[5] == 3) {
				count = int(binary.BigEndian.Uint16(payload[1:])) * int(binary.BigEndian.Uint16(payload[3:]))
			}
			return false
		case marker > 0xc2 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			return false
		}
		return true
	})
	return count
}

// oriented gives a JPEG that says how it is turned. One that says so itself stays as it is; in
// another, EXIF without an orientation gives way to one with nothing else.
func oriented(file []byte, orientation uint16) []byte {
	if orientation < 2 || orientation > 8 {
		return file
	}
	out, from, says := append([]byte(start), exifSegment(orientation)...), len(start), false
	segments(file, func(marker byte, at int, payload []byte) bool {
		if block, found := bytes.CutPrefix(payload, []byte(exifName)); found && marker == app1 {
			says = says || orientationOf(block) != 0
			out = append(out, file[from:at]...)
			from = at + 4 + len(payload)
		}
		return true
	})
	if says {
		return file
	}
	return append(out, file[from:]...)
}

func orientationOf(block []byte) uint32 {
	f, first := tiff.Open(block)
	entries, _ := f.Directory(first)
	if i := slices.IndexFunc(entries, func(e tiff.Entry) bool { return e.Tag == tagOrientation }); i >= 0 {
		return f.Number(entries[i])
	}
	return 0
}

// exifSegment is an EXIF block of one entry.
func exifSegment(orientation uint16) []byte {
	block := []byte(exifName + "MM\x00*\x00\x00\x00\x08\x00\x01")
	block = append(block, 0x01, 0x12, 0, 3, 0, 0, 0, 1, byte(orientation>>8), byte(orientation), 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, app1}, uint16(2+len(block)))
	return append(segment, block...)
}
