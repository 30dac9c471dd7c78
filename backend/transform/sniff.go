package transform

import "bytes"

// sniffed is how much of a source is looked at to tell what it is: a scan of whole bodies
// takes a second on 20 MB of text.
const sniffed = 1024

// Sniff names the format of a source by its first bytes, or Same for anything else. It
// never looks beyond the first kilobyte, and believes nothing but the bytes. Only of what
// begins as a TIFF does it read the first directory, wherever that is: most cameras' RAW
// files are told apart by nothing else.
func Sniff(file []byte) Format {
	head := file[:min(len(file), sniffed)]
	for _, m := range [...]magic{
		{JPEG, 0, "\xff\xd8\xff"},
		{PNG, 0, "\x89PNG\r\n\x1a\n"},
		{GIF, 0, "GIF87a"},
		{GIF, 0, "GIF89a"},
		{TIFF, 0, "II*\x00"},
		{TIFF, 0, "MM\x00*"},
		{TIFF, 0, "II+\x00"}, // BigTIFF
		{TIFF, 0, "MM\x00+"},
		{JXL, 0, "\xff\x0a"},
		{JXL, 4, "JXL \r\n\x87\n"},
		{ICO, 0, "\x00\x00\x01\x00"},
		{PDF, 0, "%PDF-"},
		{RAF, 0, "FUJIFILMCCD-RAW "},
		{RW2, 0, "IIU\x00"},
	} {
		if m.in(head) {
			return cameraOr(m.format, file)
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("RIFF")) && at(head, 8, "WEBP"):
		return WebP
	case at(head, 4, "ftyp"):
		return sniffBrands(head)
	case at(head, 0, "BM") && at(head, 6, "\x00\x00\x00\x00"): // the reserved bytes: a text can begin with BM
		return BMP
	case markupRoot(head) == "svg" && !htmlDoctype(head):
		return SVG
	default:
		return Same
	}
}

type magic struct {
	format Format
	at     int
	bytes  string
}

func (m magic) in(head []byte) bool { return at(head, m.at, m.bytes) }

func at(head []byte, offset int, want string) bool {
	return len(head) >= offset+len(want) && string(head[offset:offset+len(want)]) == want
}

// sniffBrands tells AVIF and HEIC apart by the brands of their ftyp box. The general brands
// mif1 and msf1 say only "HEIF"; then the compatible brands decide.
func sniffBrands(head []byte) Format {
	if len(head) < 12 {
		return Same
	}
	end := min(len(head), int(head[2])<<8|int(head[3]))
	if head[0] != 0 || head[1] != 0 {
		end = len(head)
	}
	general := false
	for i := 8; i+4 <= end; i += 4 {
		if i == 12 { // the minor version, not a brand
			continue
		}
		switch string(head[i : i+4]) {
		case "avif", "avis":
			return AVIF
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs":
			return HEIC
		case "mif1", "msf1":
			general = true
		}
	}
	if general {
		return HEIC
	}
	return Same
}

// markupRoot is the name of the first element of XML or HTML, in lower case: past a byte
// order mark, declarations, comments and a DOCTYPE. Empty if the head holds none.
func markupRoot(head []byte) string {
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for {
		text = bytes.TrimLeft(text, " \t\r\n")
		closing := ">"
		switch {
		case bytes.HasPrefix(text, []byte("<!--")):
			closing = "-->"
		case bytes.HasPrefix(text, []byte("<?")):
			closing = "?>"
		case bytes.HasPrefix(text, []byte("<!")):
		default:
			return elementName(text)
		}
		_, after, found := bytes.Cut(text, []byte(closing))
		if !found {
			return ""
		}
		text = after
	}
}

func elementName(text []byte) string {
	if len(text) == 0 || text[0] != '<' {
		return ""
	}
	name := text[1:]
	if i := bytes.IndexAny(name, " \t\r\n/>"); i >= 0 {
		name = name[:i]
	}
	return string(bytes.ToLower(name))
}
