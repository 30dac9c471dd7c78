// Package metadata reads, from what a camera or editor left in an image file, the few fields
// that anyone may see: an allow-list of EXIF, and the name of the colour profile.
//
// The promise: a place, a serial number or anything else that is not on the list never comes
// out; whatever the bytes are, reading ends, and texts are short and printable.
//
// It finds no metadata in files: whoever decodes them hands it over.
package metadata

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
)

// EXIF is the allow-list, under EXIF's own names. What is absent is zero.
type EXIF struct {
	Make             string  `json:"Make,omitempty"`
	Model            string  `json:"Model,omitempty"`
	DateTimeOriginal string  `json:"DateTimeOriginal,omitempty"` // 2006:01:02 15:04:05
	ExposureTime     string  `json:"ExposureTime,omitempty"`     // seconds, as 1/250
	FNumber          float64 `json:"FNumber,omitempty"`
	ISO              int     `json:"ISO,omitempty"`
	FocalLength      float64 `json:"FocalLength,omitempty"` // millimetres
	Copyright        string  `json:"Copyright,omitempty"`
	Artist           string  `json:"Artist,omitempty"`
}

// The tags that are read, and the one that leads from the first directory to the second.
const (
	tagMake             = 0x010f
	tagModel            = 0x0110
	tagArtist           = 0x013b
	tagCopyright        = 0x8298
	tagExposureTime     = 0x829a
	tagFNumber          = 0x829d
	tagDirectory        = 0x8769
	tagISO              = 0x8827
	tagDateTimeOriginal = 0x9003
	tagFocalLength      = 0x920a
)

const (
	maxText    = 200 // bytes of one field
	maxEntries = 512 // of one directory; cameras write under a hundred
)

// ReadEXIF reads an EXIF block, with or without the "Exif" before it. What is broken is
// absent.
func ReadEXIF(block []byte) EXIF {
	var e EXIF
	t, first := open(bytes.TrimPrefix(block, []byte("Exif\x00\x00")))
	second := uint32(0)
	t.each(first, func(f field) {
		switch f.tag {
		case tagMake:
			e.Make = f.text()
		case tagModel:
			e.Model = f.text()
		case tagArtist:
			e.Artist = f.text()
		case tagCopyright:
			e.Copyright = f.text()
		case tagDirectory:
			second = f.whole()
		}
	})
	t.each(second, e.exposure)
	return e
}

func (e *EXIF) exposure(f field) {
	switch f.tag {
	case tagDateTimeOriginal:
		e.DateTimeOriginal = f.text()
	case tagExposureTime:
		e.ExposureTime = f.fraction()
	case tagFNumber:
		e.FNumber = f.number()
	case tagISO:
		e.ISO = int(f.whole())
	case tagFocalLength:
		e.FocalLength = f.number()
	}
}

// tiff is the structure that EXIF borrows: directories of entries, and offsets into it.
type tiff struct {
	data  []byte
	order binary.ByteOrder
}

func open(data []byte) (t tiff, first uint32) {
	switch {
	case len(data) < 8:
		return tiff{}, 0
	case string(data[:4]) == "II*\x00":
		t = tiff{data, binary.LittleEndian}
	case string(data[:4]) == "MM\x00*":
		t = tiff{data, binary.BigEndian}
	default:
		return tiff{}, 0
	}
	return t, t.order.Uint32(data[4:])
}

// part is size bytes at an offset, or nothing where they are not all there.
func (t tiff) part(offset, size uint64) []byte {
	if offset == 0 || offset+size > uint64(len(t.data)) {
		return nil
	}
	return t.data[offset : offset+size]
}

func (t tiff) each(directory uint32, visit func(field)) {
	head := t.part(uint64(directory), 2)
	if head == nil {
		return
	}
	for i := range min(uint64(t.order.Uint16(head)), maxEntries) {
		const size = 12 // of an entry
		if entry := t.part(uint64(directory)+2+i*size, size); entry != nil {
			visit(t.field(entry))
		}
	}
}

// field is one entry and the bytes of its value.
type field struct {
	tag, kind uint16
	value     []byte
	order     binary.ByteOrder
}

// The kinds of values that the list's fields may have.
const (
	ascii    = 2
	short    = 3
	long     = 4
	rational = 5
)

func (t tiff) field(entry []byte) field {
	f := field{tag: t.order.Uint16(entry), kind: t.order.Uint16(entry[2:]), order: t.order}
	count := uint64(t.order.Uint32(entry[4:]))
	size := count * map[uint16]uint64{ascii: 1, short: 2, long: 4, rational: 8}[f.kind]
	if size <= 4 {
		f.value = entry[8 : 8+size]
	} else {
		f.value = t.part(uint64(t.order.Uint32(entry[8:])), size)
	}
	return f
}

// text joins the parts of a value that may have several (Copyright has two), each ended by a
// NUL.
func (f field) text() string {
	if f.kind != ascii {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(string(f.value), "\x00") {
		if part = printable(part); part != "" {
			parts = append(parts, part)
		}
	}
	return printable(strings.Join(parts, ", "))
}

func (f field) whole() uint32 {
	switch {
	case f.kind == short && len(f.value) >= 2:
		return uint32(f.order.Uint16(f.value))
	case f.kind == long && len(f.value) >= 4:
		return f.order.Uint32(f.value)
	}
	return 0
}

func (f field) rational() (over, under uint32) {
	if f.kind != rational || len(f.value) < 8 {
		return 0, 0
	}
	return f.order.Uint32(f.value), f.order.Uint32(f.value[4:])
}

func (f field) number() float64 {
	over, under := f.rational()
	if under == 0 {
		return 0
	}
	return float64(over) / float64(under)
}

// fraction is how photographers write times below a second: 10/2500 is 1/250.
func (f field) fraction() string {
	over, under := f.rational()
	switch {
	case over == 0 || under == 0:
		return ""
	case over < under && under%over == 0:
		return fmt.Sprintf("1/%d", under/over)
	case over < under:
		return fmt.Sprintf("%d/%d", over, under)
	}
	return fmt.Sprint(float64(over) / float64(under))
}

// printable is what of a text may be shown.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text[:min(len(text), maxText)], ""))
	return strings.TrimSpace(text)
}
