package transform

import (
	"encoding/binary"
	"strings"
	"testing"
)

// smallGIF is a GIF of one pixel, with these extensions before its picture.
func smallGIF(extensions ...string) string {
	return "GIF89a\x01\x00\x01\x00\x80\x00\x00" + "abcdef" + strings.Join(extensions, "") +
		"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00" + "\x02" + "\x02\x44\x01\x00" + "\x3b"
}

func box(kind string, parts ...string) string {
	body := strings.Join(parts, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + kind + body
}

// smallAVIF is laid out like one: a second item of this kind, and further boxes.
func smallAVIF(second, more string, properties ...string) string {
	const version = "\x00\x00\x00\x00"
	infe := func(id, kind string) string {
		return box("infe", "\x02\x00\x00\x00", "\x00"+id, "\x00\x00", kind, "\x00")
	}
	item := func(id, length string) string {
		return "\x00" + id + "\x00\x00" + "\x00\x01" + "\x00\x00\x00\x09" + "\x00\x00\x00" + length
	}
	return box("ftyp", "avif\x00\x00\x00\x00avifmif1") +
		box("meta", version,
			box("hdlr", version, version, "pict", strings.Repeat("\x00", 13)),
			box("pitm", version, "\x00\x01"),
			box("iloc", version, "\x44\x00", "\x00\x02", item("\x01", "\x03"), item("\x02", "\x02")),
			box("iinf", version, "\x00\x02", infe("\x01", "av01"), infe("\x02", second)),
			box("iprp", box("ipco", box("ispe", "…"), strings.Join(properties, "")), box("ipma", "…")),
		) + more + box("mdat", "abcde")
}

func TestExtrasOfGIF(t *testing.T) {
	loop := "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
	for _, row := range []struct {
		name, file string
		want       bool
	}{
		{"bare", smallGIF(), false},
		{"with times and rounds", smallGIF(loop, "\x21\xf9\x04\x00\x00\x00\x00\x00"), false},
		{"with a comment", smallGIF("\x21\xfe\x02hi\x00"), true},
		{"with XMP", smallGIF("\x21\xff\x0bXMP DataXMP\x02hi\x00"), true},
		{"with words behind the rounds", smallGIF(loop[:len(loop)-1] + "\x02hi\x00"), true},
		{"with something behind it", smallGIF() + "x", true},
		{"cut", smallGIF()[:30], true},
		{"without an end", strings.TrimSuffix(smallGIF(), "\x3b"), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Extras(GIF, []byte(row.file)); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestExtrasOfAVIF(t *testing.T) {
	alpha, depth := "\x00\x00\x00\x00urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\x00", "\x00\x00\x00\x00urn:mpeg:mpegB:cicp:systems:auxiliary:depth\x00"
	for _, row := range []struct {
		name, file string
		want       bool
	}{
		{"bare", smallAVIF("av01", ""), false},
		{"with transparency", smallAVIF("av01", "", box("auxC", alpha)), false},
		{"with depths", smallAVIF("av01", "", box("auxC", depth)), true},
		{"with exif", smallAVIF("Exif", ""), true},
		{"with xmp", smallAVIF("mime", ""), true},
		{"with a free box", smallAVIF("av01", box("free", "secret")), true},
		{"with data of no item", smallAVIF("av01", box("mdat", "secret")), true},
		{"with words about it", smallAVIF("av01", "", box("udes", "secret")), true},
		{"with something behind it", smallAVIF("av01", "") + "x", true},
		{"cut", smallAVIF("av01", "")[:60], true},
		{"a film", smallAVIF("av01", box("moov", "")), true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Extras(AVIF, []byte(row.file)); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
