package cameratest

import (
	"encoding/binary"
	"strings"
)

// Lossless begins as the sensor's data of CR2 and DNG does: a JPEG of the lossless kind, of
// more pixels than any preview.
const Lossless = "\xff\xd8\xff\xc3\x00\x0b\x0e\x27\x10\x27\x10\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x01\x00\x00noise"

func length(data []byte) uint32 { return uint32(len(data)) }

// strip is a picture of one strip, as StripOffsets and StripByteCounts tell.
func strip(kind uint32, compression, photometric uint16, data []byte, more ...Entry) Directory {
	return Directory{Entries: append([]Entry{
		{0x00fe, kind}, {0x0103, compression}, {0x0106, photometric}, {0x0111, Data(data)}, {0x0117, length(data)},
	}, more...)}
}

// CR2 is Canon's: the preview is the strip of the first directory, a thumbnail is in the second,
// and the sensor's data, lossless JPEG, in the last.
func CR2(preview, thumbnail []byte, orientation uint16) []byte {
	return File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00CR\x02\x00\x00\x00\x00\x00",
		Directory{Entries: []Entry{
			{0x0103, uint16(6)}, {0x010f, "Canon\x00"}, {0x0111, Data(preview)}, {0x0112, orientation}, {0x0117, length(preview)},
		}},
		Directory{Entries: []Entry{{0x0201, Data(thumbnail)}, {0x0202, length(thumbnail)}}},
		Directory{Entries: []Entry{{0x0103, uint16(6)}, {0x0111, Data(Lossless)}, {0x0117, length([]byte(Lossless))}}},
	)
}

// NEF is Nikon's: the first directory is a small uncompressed picture; below it are the preview
// and the sensor's data.
func NEF(preview []byte, orientation uint16) []byte {
	noise := []byte(strings.Repeat("noise", 20))
	return File(binary.BigEndian, "MM\x00*\x00\x00\x00\x00", Directory{
		Entries: []Entry{
			{0x00fe, uint32(1)}, {0x0103, uint16(1)}, {0x0106, uint16(2)}, {0x010f, "NIKON CORPORATION\x00"},
			{0x0111, Data(noise)}, {0x0112, orientation}, {0x0117, length(noise)}, {tagSubIFDs, nil},
		},
		Below: []Directory{
			{Entries: []Entry{{0x00fe, uint32(1)}, {0x0103, uint16(6)}, {0x0201, Data(preview)}, {0x0202, length(preview)}}},
			strip(0, 34713, 32803, noise),
		},
	})
}

// ARW is Sony's: the first directory's JPEG is the preview, the next one's a thumbnail, and
// the sensor's data is below the first.
func ARW(preview, thumbnail []byte, orientation uint16) []byte {
	return File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00",
		Directory{
			Entries: []Entry{
				{0x00fe, uint32(1)}, {0x0103, uint16(6)}, {0x010f, "SONY\x00"}, {0x0112, orientation}, {tagSubIFDs, nil},
				{0x0201, Data(preview)}, {0x0202, length(preview)},
			},
			Below: []Directory{strip(0, 32767, 32803, []byte("noise, noise"))},
		},
		Directory{Entries: []Entry{{0x00fe, uint32(1)}, {0x0103, uint16(6)}, {0x0201, Data(thumbnail)}, {0x0202, length(thumbnail)}}},
	)
}

// DNG is Adobe's: a small uncompressed picture first; below it the sensor's data, lossless, and
// the preview, a strip.
func DNG(preview []byte, orientation uint16) []byte {
	noise := []byte(strings.Repeat("noise", 20))
	first := strip(1, 1, 2, noise, Entry{tagSubIFDs, nil}, Entry{0xc612, []byte{1, 4, 0, 0}})
	first.Entries = append(first.Entries[:4:4], append([]Entry{{0x0112, orientation}}, first.Entries[4:]...)...)
	first.Below = []Directory{strip(0, 7, 32803, []byte(Lossless)), strip(1, 7, 6, preview)}
	return File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00", first)
}

// RW2 is Panasonic's: the preview is the value of an entry.
func RW2(preview []byte, orientation uint16) []byte {
	return File(binary.LittleEndian, "IIU\x00\x00\x00\x00\x00", Directory{Entries: []Entry{
		{0x002e, preview}, {0x010f, "Panasonic\x00"}, {0x0112, orientation},
	}})
}

// RAF is Fujifilm's: a header that says where the preview is.
func RAF(preview []byte) []byte {
	const header = 160
	file := append([]byte("FUJIFILMCCD-RAW 0201FF389501X-Test"), make([]byte, header)...)[:header]
	binary.BigEndian.PutUint32(file[84:], header)
	binary.BigEndian.PutUint32(file[88:], length(preview))
	return append(append(file, preview...), "noise"...)
}
