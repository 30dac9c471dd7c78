package metadata

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

func asciiEntry(tag uint16, text string) entry {
	return entry{tag, ascii, uint32(len(text) + 1), append([]byte(text), 0)}
}

func (b builder) fractionEntry(tag uint16, over, under uint32) entry {
	return entry{tag, rational, 1, b.order.AppendUint32(b.order.AppendUint32(nil, over), under)}
}

func (b builder) shortEntry(tag, value uint16) entry {
	return entry{tag, short, 1, b.order.AppendUint16(nil, value)}
}

// builder writes EXIF blocks, in either order of bytes.
type builder struct {
	order interface {
		binary.ByteOrder
		binary.AppendByteOrder
	}
	magic string
}

// block has the first directory, and the second that is pointed to from there.
func (b builder) block(first, second []entry) []byte {
	data := b.order.AppendUint32([]byte(b.magic), 8)
	pointer := entry{tagDirectory, long, 1, b.order.AppendUint32(nil, 0)}
	first = append(first, pointer)
	size := b.sizeOf(first)
	b.order.PutUint32(pointer.value, uint32(8+size))
	return append(b.directory(data, first), b.directory(make([]byte, 8+size), second)[8+size:]...)
}

func (b builder) sizeOf(entries []entry) int { return len(b.directory(make([]byte, 8), entries)) - 8 }

func (b builder) directory(data []byte, entries []entry) []byte {
	data = b.order.AppendUint16(data, uint16(len(entries)))
	behind := len(data) + 12*len(entries) + 4
	var values []byte
	for _, e := range entries {
		data = b.order.AppendUint16(b.order.AppendUint16(data, e.tag), e.kind)
		data = b.order.AppendUint32(data, e.count)
		if len(e.value) <= 4 {
			data = append(data, append(e.value, make([]byte, 4-len(e.value))...)...)
			continue
		}
		data = b.order.AppendUint32(data, uint32(behind+len(values)))
		values = append(values, e.value...)
	}
	return append(append(data, 0, 0, 0, 0), values...)
}

func builders() map[string]builder {
	return map[string]builder{
		"big endian":    {binary.BigEndian, "MM\x00*"},
		"little endian": {binary.LittleEndian, "II*\x00"},
	}
}

func (b builder) camera() []byte {
	return b.block(
		[]entry{asciiEntry(tagMake, "Canon"), asciiEntry(tagModel, "EOS R5 "), asciiEntry(tagArtist, "Ada"),
			asciiEntry(tagCopyright, "Ada\x00Editor"), asciiEntry(0xc62f, "SERIAL-1"), asciiEntry(0x013c, "Ada's computer")},
		[]entry{b.fractionEntry(tagExposureTime, 10, 2500), b.fractionEntry(tagFNumber, 28, 10), b.shortEntry(tagISO, 400),
			asciiEntry(tagDateTimeOriginal, "2026:01:02 03:04:05"), b.fractionEntry(tagFocalLength, 50, 1), asciiEntry(0xa431, "SERIAL-2")},
	)
}

func TestReadEXIF(t *testing.T) {
	want := EXIF{Make: "Canon", Model: "EOS R5", DateTimeOriginal: "2026:01:02 03:04:05", ExposureTime: "1/250",
		FNumber: 2.8, ISO: 400, FocalLength: 50, Copyright: "Ada, Editor", Artist: "Ada"}
	for name, b := range builders() {
		for _, prefix := range []string{"", "Exif\x00\x00"} {
			if got := ReadEXIF(append([]byte(prefix), b.camera()...)); got != want {
				t.Errorf("%s after %q: got %+v, want %+v", name, prefix, got, want)
			}
		}
	}
}

func TestReadEXIFOddValues(t *testing.T) {
	b := builders()["big endian"]
	for _, row := range []struct {
		name          string
		first, second entry
		want          EXIF
	}{
		{"nothing that is listed", asciiEntry(0x8825, "x"), asciiEntry(0xa431, "x"), EXIF{}},
		{"a number where a text belongs", b.shortEntry(tagMake, 7), b.shortEntry(tagExposureTime, 7), EXIF{}},
		{"divided by nothing", asciiEntry(tagMake, ""), b.fractionEntry(tagFNumber, 5, 0), EXIF{}},
		{"a long time", asciiEntry(tagMake, "x"), b.fractionEntry(tagExposureTime, 25, 10), EXIF{Make: "x", ExposureTime: "2.5"}},
		{"an odd time", asciiEntry(tagMake, "x"), b.fractionEntry(tagExposureTime, 3, 10), EXIF{Make: "x", ExposureTime: "3/10"}},
		{"controls and what is not UTF-8", asciiEntry(tagMake, "a\x1b[2J\xff\u202eb\n"), b.shortEntry(tagISO, 5), EXIF{Make: "a[2Jb", ISO: 5}},
		{"a long text", asciiEntry(tagMake, strings.Repeat("x", 999)), b.shortEntry(tagISO, 5), EXIF{Make: strings.Repeat("x", 200), ISO: 5}},
		{"a value beyond the end", entry{tagMake, ascii, 1 << 31, []byte("12345")}, b.shortEntry(tagISO, 5), EXIF{ISO: 5}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := ReadEXIF(b.block([]entry{row.first}, []entry{row.second})); got != row.want {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
		})
	}
}

// FuzzRead: whatever the bytes, reading ends, and nothing that is not on the list comes out.
func FuzzRead(f *testing.F) {
	for _, b := range builders() {
		f.Add(b.camera())
	}
	f.Add(profile("mluc", "Display P3"))
	f.Fuzz(func(t *testing.T, data []byte) {
		texts := fmt.Sprint(ReadEXIF(data), ProfileName(data))
		if len(texts) > 2000 || strings.ContainsAny(texts, "\x00\x1b\n") {
			t.Errorf("got %q", texts)
		}
	})
}

func TestCutBlocks(t *testing.T) {
	for name, b := range builders() {
		whole := b.camera()
		for length := range whole {
			if got := ReadEXIF(whole[:length]); strings.Contains(fmt.Sprint(got), "SERIAL") {
				t.Errorf("%s cut at %d: %+v", name, length, got)
			}
		}
	}
}

// profile is as much of an ICC profile as its name needs.
func profile(kind, name string) []byte {
	text := binary.BigEndian.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	text = append(append(text, name...), 0)
	if kind == "mluc" {
		units := utf16.Encode([]rune(name))
		text = append([]byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS"),
			0, 0, 0, byte(2*len(units)), 0, 0, 0, 28)
		for _, u := range units {
			text = binary.BigEndian.AppendUint16(text, u)
		}
	}
	data := binary.BigEndian.AppendUint32(make([]byte, 128), 2)
	data = append(append(data, "cprt"...), make([]byte, 8)...)
	data = append(data, "desc"...)
	data = binary.BigEndian.AppendUint32(data, uint32(128+4+24))
	data = binary.BigEndian.AppendUint32(data, uint32(len(text)))
	return append(data, text...)
}

func TestProfileName(t *testing.T) {
	for _, kind := range []string{"desc", "mluc"} {
		whole := profile(kind, "Display P3")
		if got := ProfileName(whole); got != "Display P3" {
			t.Errorf("%s: got %q", kind, got)
		}
		for length := range whole {
			if got := ProfileName(whole[:length]); got != "" {
				t.Errorf("%s cut at %d: got %q", kind, length, got)
			}
		}
	}
	if got := ProfileName(profile("mluc", "Größe")); got != "Größe" {
		t.Errorf("got %q", got)
	}
}
