package transform

import (
	"bytes"
	"strings"
	"testing"
)

func ftyp(brands ...string) string {
	body := "ftyp" + brands[0] + "\x00\x00\x00\x00" + strings.Join(brands[1:], "")
	return "\x00\x00\x00" + string(rune(len(body)+4)) + body
}

func TestSniffAndDetect(t *testing.T) {
	for _, row := range []struct {
		name, head string
		format     Format
		detected   string
	}{
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", JPEG, "image/jpeg"},
		{"png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PNG, "image/png"},
		{"gif", "GIF89a\x01\x00\x01\x00\x00\x00", GIF, "image/gif"},
		{"old gif", "GIF87a\x01\x00\x01\x00\x00\x00", GIF, "image/gif"},
		{"webp", "RIFF\x10\x00\x00\x00WEBPVP8 ", WebP, "image/webp"},
		{"riff of another kind", "RIFF\x10\x00\x00\x00WAVEfmt ", Same, "application/octet-stream"},
		{"avif", ftyp("avif", "mif1"), AVIF, "image/avif"},
		{"avif sequence", ftyp("avis", "avif"), AVIF, "image/avif"},
		{"avif behind a general brand", ftyp("mif1", "miaf", "avif"), AVIF, "image/avif"},
		{"heic", ftyp("heic", "mif1"), HEIC, "image/heic"},
		{"heic behind a general brand", ftyp("mif1", "heic"), HEIC, "image/heic"},
		{"heif of an unnamed codec", ftyp("mif1"), HEIC, "image/heic"},
		{"heic sequence", ftyp("msf1", "hevc"), HEIC, "image/heic"},
		{"brands end where the box ends", ftyp("isom") + "avif", Same, "video/mp4"},
		{"a minor version is no brand", "\x00\x00\x00\x10ftypisomavif", Same, "video/mp4"},
		{"mp4", ftyp("isom", "mp41"), Same, "video/mp4"},
		{"quicktime", ftyp("qt  "), Same, "video/quicktime"},
		{"a cut ftyp", "\x00\x00\x00\x20ftyp", Same, "video/mp4"},
		{"tiff", "II*\x00\x08\x00\x00\x00", TIFF, "image/tiff"},
		{"tiff, big end first", "MM\x00*\x00\x00\x00\x08", TIFF, "image/tiff"},
		{"jpeg 2000", "\x00\x00\x00\x0cjP  \r\n\x87\n", Same, "image/jp2"},
		{"jpeg 2000 without a box", "\xff\x4f\xff\x51\x00\x2f", Same, "image/j2c"},
		{"canon's newer raw", ftyp("crx "), Same, "image/x-canon-cr3"},
		{"olympus raw", "IIRO\x08\x00\x00\x00", Same, "image/x-olympus-orf"},
		{"fujifilm raw", "FUJIFILMCCD-RAW 0201", RAF, "image/x-fuji-raf"},
		{"panasonic raw", "IIU\x00\x08\x00\x00\x00", RW2, "image/x-panasonic-rw2"},
		{"canon raw", "II*\x00\x10\x00\x00\x00CR\x02\x00", CR2, "image/x-canon-cr2"},
		{"a tiff that a nikon program made", "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x0f\x00\x02\x00\x00\x00\x06\x00\x00\x00\x1a" + "NIKON\x00", TIFF, "image/tiff"},
		{"webm", "\x1a\x45\xdf\xa3\x01", Same, "video/webm"},
		{"svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, SVG, "image/svg+xml"},
		{"svg after its prolog", "\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<svg>", SVG, "image/svg+xml"},
		{"svg beyond the first kilobyte", strings.Repeat(" ", 1100) + "<svg>", Same, "text/plain"},
		{"a page that begins with an svg", "<!DOCTYPE html><svg>", Same, "text/html"},
		{"html", "<!DOCTYPE html>\n<html>", Same, "text/html"},
		{"html without doctype", "  <HTML lang=en>", Same, "text/html"},
		{"html of a comment", "<!-- error --><body>", Same, "text/html"},
		{"xml", "<?xml version=\"1.0\"?><feed/>", Same, "text/xml"},
		{"an unclosed comment", "<!-- " + strings.Repeat("a", 2000), Same, "text/plain"},
		{"pdf", "%PDF-1.4\n", PDF, "application/pdf"},
		{"photoshop", "8BPS\x00\x01", Same, "image/vnd.adobe.photoshop"},
		{"bmp", "BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", BMP, "image/bmp"},
		{"a text that begins with BM", "BMW builds cars", Same, "text/plain"},
		{"icon", "\x00\x00\x01\x00\x01\x00", ICO, "image/x-icon"},
		{"jpeg xl", "\xff\x0a\x00\x00", JXL, "image/jxl"},
		{"jpeg xl in a box", "\x00\x00\x00\x0cJXL \r\n\x87\n", JXL, "image/jxl"},
		{"zip", "PK\x03\x04\x14\x00", Same, "application/zip"},
		{"text", `{"error":"grüße"}`, Same, "text/plain"},
		{"a rune cut by the head's end", strings.Repeat("a", 1023) + "ü", Same, "text/plain"},
		{"noise", "\x01\x02\x03\x04", Same, "application/octet-stream"},
		{"nothing", "", Same, "application/octet-stream"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := Sniff([]byte(row.head)); got != row.format {
				t.Errorf("sniffed %v, want %v", got, row.format)
			}
			if got := Detect([]byte(row.head)); got != row.detected {
				t.Errorf("detected %q, want %q", got, row.detected)
			}
		})
	}
}

// FuzzSniff: what follows the first kilobyte never matters, but to what begins as a TIFF.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("<svg>"), []byte("x"))
	f.Add([]byte("\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00avif"), []byte("avif"))
	f.Fuzz(func(t *testing.T, head, tail []byte) {
		format, detected := Sniff(head), Detect(head)
		if detected == "" || format != Same && detected != format.MediaType() {
			t.Errorf("sniffed %v, detected %q", format, detected)
		}
		full := append(bytes.Clone(head[:min(len(head), sniffed)]), make([]byte, sniffed-min(len(head), sniffed))...)
		if format := Sniff(full); format != TIFF && !format.Camera() && format != Sniff(append(full, tail...)) {
			t.Error("bytes beyond the first kilobyte changed the answer")
		}
	})
}
