// Package tiff reads the directories of files that are built as TIFF is: TIFF itself, and what
// most cameras write as RAW.
//
// The promise: whatever the bytes are, reading ends, and nothing outside of them is touched;
// what is broken is absent.
//
// It decodes no pixels and knows no meanings of tags. BigTIFF is not read.
package tiff

import "encoding/binary"

// mostEntries of one directory are read; cameras write under a hundred.
const mostEntries = 512

// mostNumbers of one entry are given: no list of directories is longer.
const mostNumbers = 64

// File is the bytes of a file and the order in which its numbers stand.
type File struct {
	data  []byte
	order binary.ByteOrder
}

// Open reads the header: byte order, whatever magic number (RAW formats have their own), and
// where the first directory is; 0 if there is none.
func Open(data []byte) (f File, first uint32) {
	if len(data) < 8 {
		return File{}, 0
	}
	switch string(data[:2]) {
	case "II":
		f = File{data, binary.LittleEndian}
	case "MM":
		f = File{data, binary.BigEndian}
	default:
		return File{}, 0
	}
	return f, f.order.Uint32(data[4:])
}

// Part is size bytes at an offset, or nil where they are not all there.
func (f File) Part(offset, size uint32) []byte {
	if offset == 0 || uint64(offset)+uint64(size) > uint64(len(f.data)) {
		return nil
	}
	return f.data[offset:][:size:size]
}

// Entry is one entry of a directory.
type Entry struct {
	Tag, kind uint16
	count     uint32
	value     []byte // four bytes: the value, or where it is
}

// Directory gives the entries of the directory at an offset, and where the next one is (0:
// there is none).
func (f File) Directory(at uint32) (entries []Entry, next uint32) {
	head := f.Part(at, 2)
	if head == nil {
		return nil, 0
	}
	count := uint32(min(f.order.Uint16(head), mostEntries))
	body := f.Part(at+2, 12*count)
	for ; len(body) >= 12; body = body[12:] {
		entries = append(entries, Entry{
			Tag: f.order.Uint16(body), kind: f.order.Uint16(body[2:]), count: f.order.Uint32(body[4:]), value: body[8:12],
		})
	}
	if end := f.Part(at+2+12*count, 4); entries != nil && end != nil {
		next = f.order.Uint32(end)
	}
	return entries, next
}

// The kinds of numbers that are read, and their bytes.
const (
	short      = 3
	long       = 4
	directory  = 13
	shortBytes = 2
	longBytes  = 4
)

// Numbers are the entry's whole numbers, 64 of them at most; nil where it has none.
func (f File) Numbers(e Entry) (numbers []uint32) {
	size := uint32(longBytes)
	switch e.kind {
	case short:
		size = shortBytes
	case long, directory:
	default:
		return nil
	}
	data := f.content(e, min(e.count, mostNumbers)*size)
	for ; len(data) >= int(size); data = data[size:] {
		if e.kind == short {
			numbers = append(numbers, uint32(f.order.Uint16(data)))
			continue
		}
		numbers = append(numbers, f.order.Uint32(data))
	}
	return numbers
}

// Number is the entry's only number; 0 where it has none, or several.
func (f File) Number(e Entry) uint32 {
	if e.count != 1 {
		return 0
	}
	if numbers := f.Numbers(e); len(numbers) == 1 {
		return numbers[0]
	}
	return 0
}

// Bytes is the entry's value where it is text or of no kind; nil otherwise.
func (f File) Bytes(e Entry) []byte {
	switch e.kind {
	case 1, 2, 7: // BYTE, ASCII, UNDEFINED
		return f.content(e, e.count)
	}
	return nil
}

// content is the first size bytes of a value, which stands in the entry if all of it fits.
func (f File) content(e Entry, size uint32) []byte {
	if size <= 4 && !f.elsewhere(e) {
		return e.value[:size]
	}
	return f.Part(f.order.Uint32(e.value), size)
}

func (f File) elsewhere(e Entry) bool {
	size := uint64(1)
	switch e.kind {
	case short:
		size = shortBytes
	case long, directory:
		size = longBytes
	}
	return size*uint64(e.count) > 4
}

// Place is where a value of bytes lies and how long it is; 0, 0 where it is none, or stands in
// the entry itself.
func (f File) Place(e Entry) (offset, size uint32) {
	if f.Bytes(e) == nil || !f.elsewhere(e) {
		return 0, 0
	}
	return f.order.Uint32(e.value), e.count
}
