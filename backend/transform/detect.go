package transform

import (
	"bytes"
	"unicode/utf8"
)

// Detect names what a source seems to be, as a media type, for the message of a refusal:
// "text/html" says at once that the URL was a page. It never looks beyond the first
// kilobyte, but as Sniff does; "application/octet-stream" is anything else.
func Detect(file []byte) string {
	if f := Sniff(file); f != Same {
		return f.MediaType()
	}
	head := file[:min(len(file), sniffed)]
	for _, known := range [...]struct {
		at               int
		bytes, mediaType string
	}{
		{0, "8BPS", "image/vnd.adobe.photoshop"},
		{4, "jP  \r\n\x87\n", "image/jp2"},
		{0, "\xff\x4f\xff\x51", "image/j2c"},
		{4, "ftypcrx ", "image/x-canon-cr3"},
		{0, "IIRO", "image/x-olympus-orf"},
		{0, "IIRS", "image/x-olympus-orf"},
		{0, "MMOR", "image/x-olympus-orf"},
		{0, "\x76\x2f\x31\x01", "image/x-exr"},
		{0, "\x1a\x45\xdf\xa3", "video/webm"},
		{8, "AVI LIST", "video/x-msvideo"},
		{4, "ftypqt  ", "video/quicktime"},
		{4, "ftyp", "video/mp4"},
		{0, "PK\x03\x04", "application/zip"},
		{0, "\x1f\x8b", "application/gzip"},
	} {
		if at(head, known.at, known.bytes) {
			return known.mediaType
		}
	}
	return detectText(head)
}

func detectText(head []byte) string {
	switch {
	case len(head) == 0 || !readable(head):
		return "application/octet-stream"
	case isHTML(head):
		return "text/html"
	case bytes.HasPrefix(head, []byte("<?xml")):
		return "text/xml"
	default:
		return "text/plain"
	}
}

func isHTML(head []byte) bool {
	if htmlDoctype(head) {
		return true
	}
	switch markupRoot(head) {
	case "html", "head", "body", "title", "meta", "script", "style", "p", "div", "h1", "a", "br", "center", "table":
		return true
	default:
		return false
	}
}

func htmlDoctype(head []byte) bool {
	text := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	return bytes.HasPrefix(bytes.ToLower(text), []byte("<!doctype html"))
}

// readable tells whether the head is UTF-8 text without control characters. The last rune
// may be cut by the end of the head.
func readable(head []byte) bool {
	for len(head) > 0 {
		r, n := utf8.DecodeRune(head)
		if r == utf8.RuneError && n == 1 {
			return len(head) < utf8.UTFMax && !utf8.FullRune(head)
		}
		if r < ' ' && r != '\t' && r != '\r' && r != '\n' && r != '\f' {
			return false
		}
		head = head[n:]
	}
	return true
}
