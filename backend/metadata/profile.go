package metadata

import (
	"encoding/binary"
	"unicode/utf16"
)

const maxTags = 100 // of a profile; usual ones have under twenty

// ProfileName is the description that an ICC profile gives itself, such as "Display P3", or
// nothing where it has none.
func ProfileName(profile []byte) string {
	const header, entry = 128, 12
	if len(profile) < header+4 {
		return ""
	}
	count := min(binary.BigEndian.Uint32(profile[header:]), maxTags)
	for i := range int(count) {
		at := header + 4 + i*entry
		if at+entry > len(profile) {
			return ""
		}
		tag := profile[at : at+entry]
		if string(tag[:4]) == "desc" {
			return description(slice(profile, binary.BigEndian.Uint32(tag[4:]), binary.BigEndian.Uint32(tag[8:])))
		}
	}
	return ""
}

// slice is a part of data, or nothing where it is not all there.
func slice(data []byte, offset, size uint32) []byte {
	if uint64(offset)+uint64(size) > uint64(len(data)) {
		return nil
	}
	return data[offset : offset+size]
}

// description reads the tag's two forms: ASCII up to version 2 of ICC, and from version 4 a
// table of languages, of which the first is as good as any.
func description(data []byte) string {
	if len(data) < 12 {
		return ""
	}
	switch string(data[:4]) {
	case "desc":
		return printable(string(slice(data, 12, binary.BigEndian.Uint32(data[8:]))))
	case "mluc":
		const record = 16 // offset of the first record
		if len(data) < record+12 {
			return ""
		}
		return printable(utf16Text(slice(data, binary.BigEndian.Uint32(data[record+8:]), binary.BigEndian.Uint32(data[record+4:]))))
	}
	return ""
}

func utf16Text(data []byte) string {
	units := make([]uint16, min(len(data)/2, maxText))
	for i := range units {
		units[i] = binary.BigEndian.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}
