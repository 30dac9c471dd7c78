package tiff

import (
	"encoding/binary"
	"slices"
	"testing"
)

// file is a header and one directory of entries, each of tag, kind, count and value.
func file(order binary.AppendByteOrder, name string, entries ...[4]uint32) []byte {
	b := order.AppendUint32(order.AppendUint16([]byte(name), 42), 8)
	b = order.AppendUint16(b, uint16(len(entries)))
	for _, e := range entries {
		b = order.AppendUint16(order.AppendUint16(b, uint16(e[0])), uint16(e[1]))
		b = order.AppendUint32(order.AppendUint32(b, e[2]), e[3])
	}
	return order.AppendUint32(b, 99)
}

func TestDirectory(t *testing.T) {
	for _, row := range []struct {
		name string
		data []byte
		tags []uint16
		next uint32
	}{
		{"little end first", file(binary.LittleEndian, "II", [4]uint32{7, 4, 1, 5}), []uint16{7}, 99},
		{"big end first", file(binary.BigEndian, "MM", [4]uint32{7, 4, 1, 5}, [4]uint32{8, 4, 1, 5}), []uint16{7, 8}, 99},
		{"no entries", file(binary.BigEndian, "MM"), nil, 0},
		{"cut", file(binary.BigEndian, "MM", [4]uint32{7, 4, 1, 5})[:20], nil, 0},
		{"another order", file(binary.BigEndian, "XX", [4]uint32{7, 4, 1, 5}), nil, 0},
		{"nothing", nil, nil, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			f, first := Open(row.data)
			entries, next := f.Directory(first)
			var tags []uint16
			for _, e := range entries {
				tags = append(tags, e.Tag)
			}
			if !slices.Equal(tags, row.tags) || next != row.next {
				t.Errorf("got %v, %d", tags, next)
			}
		})
	}
}

func TestValues(t *testing.T) {
	f, first := Open(file(binary.LittleEndian, "II",
		[4]uint32{0, 4, 1, 5}, [4]uint32{1, 3, 2, 6 | 7<<16}, [4]uint32{2, 4, 2, 8}, [4]uint32{3, 2, 3, 'a' | 'b'<<8 | 'c'<<16},
		[4]uint32{4, 4, 1 << 31, 8}, [4]uint32{5, 12, 1, 8}, [4]uint32{6, 2, 1 << 20, 8}, [4]uint32{7, 4, 2, 1 << 30}))
	entries, _ := f.Directory(first)
	for _, row := range []struct {
		name    string
		numbers []uint32
		bytes   string
	}{
		{"one number", []uint32{5}, ""},
		{"two shorts inside", []uint32{6, 7}, ""},
		{"two numbers elsewhere", []uint32{8, 4 | 1<<16}, ""},
		{"text inside", nil, "abc"},
		{"far too many", nil, ""},
		{"a kind that is not read", nil, ""},
		{"text outside", nil, ""},
		{"numbers outside", nil, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			e := entries[0]
			entries = entries[1:]
			if got := f.Numbers(e); row.name == "far too many" {
				if len(got) > mostNumbers {
					t.Errorf("%d numbers", len(got))
				}
			} else if !slices.Equal(got, row.numbers) {
				t.Errorf("numbers %v, want %v", got, row.numbers)
			}
			if got := string(f.Bytes(e)); got != row.bytes {
				t.Errorf("bytes %q, want %q", got, row.bytes)
			}
		})
	}
}
