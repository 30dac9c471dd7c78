package transform

import (
	"encoding/binary"
	"strings"
	"testing"
)

func chunk(kind string, parts ...string) string {
	body := strings.Join(parts, "")
	padding := strings.Repeat("\x00", len(body)%2)
	return kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + padding
}

func riff(chunks ...string) string { return chunk("RIFF", "WEBP", strings.Join(chunks, "")) }

func TestBare(t *testing.T) {
	const (
		loop    = "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
		control = "\x21\xf9\x04\x00\x0a\x00\x00\x00"
		place   = "abcdefghijklmnop"
	)
	moving := smallGIF(loop, control)
	extended := func(flags string) string { return chunk("VP8X", flags, "\x00\x00\x00", "\x00\x00\x00\x00\x00\x00") }
	frame := func(inside ...string) string { return chunk("ANMF", place, strings.Join(inside, "")) }
	rest := chunk("ICCP", "colours") + chunk("ANIM", "rounds")
	film := riff(extended("\x22"), rest, frame(chunk("ALPH", "a"), chunk("VP8 ", "xyz")))
	for _, row := range []struct {
		name, file, want string
		format           Format
	}{
		{"a bare gif", moving, moving, GIF},
		{"a comment", smallGIF(loop, "\x21\xfe\x02hi\x00", control), moving, GIF},
		{"XMP", smallGIF("\x21\xff\x0bXMP DataXMP\x02hi\x00", loop, control), moving, GIF},
		{"words behind the rounds", smallGIF(loop, loop[:len(loop)-1]+"\x02hi\x00", control), moving, GIF},
		{"behind its end", moving + "secret", moving, GIF},
		{"instead of its end", strings.TrimSuffix(moving, ";") + "X", moving, GIF},
		{"a gif without an end", strings.TrimSuffix(moving, ";"), moving, GIF},
		{"cut in a picture", moving[:len(moving)-3], moving[:len(moving)-3], GIF},
		{"cut in a comment", strings.TrimSuffix(moving, ";") + "\x21\xfe\x09hi", moving, GIF},
		{"a bare webp", film, film, WebP},
		{"EXIF and XMP", riff(extended("\x2e"), rest, frame(chunk("ALPH", "a"), chunk("VP8 ", "xyz")), chunk("EXIF", "secret"), chunk("XMP ", "hi")), film, WebP},
		{"something unknown", riff(extended("\x22"), chunk("WORD", "hi"), rest, frame(chunk("ALPH", "a"), chunk("VP8 ", "xyz"))), film, WebP},
		{"inside a frame", riff(extended("\x22"), rest, frame(chunk("ALPH", "a"), chunk("VP8 ", "xyz"), chunk("WORD", "hi"))), film, WebP},
		{"behind a webp's end", film + "sec", film, WebP},
		{"another format", "\xff\xd8anything", "\xff\xd8anything", JPEG},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := string(Bare(row.format, []byte(row.file))); got != row.want {
				t.Errorf("got  %q\nwant %q", got, row.want)
			}
			for end := range row.file {
				cut := Bare(row.format, []byte(row.file[:end]))
				if again := Bare(row.format, cut); string(again) != string(cut) {
					t.Fatalf("%q is %q, and that is %q", row.file[:end], cut, again)
				}
			}
		})
	}
}
