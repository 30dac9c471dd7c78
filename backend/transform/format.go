package transform

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// Format is an image file format. The zero value means "as the source".
type Format uint8

// The formats. Auto and Best are never results: Plan replaces them.
const (
	Same Format = iota
	Auto
	Best // the smallest of what Auto could give, found by trying
	JPEG
	PNG
	WebP
	AVIF
	GIF
	TIFF // as a source only where a setting allows it
	HEIC // only as a source
	SVG  // as a source where a setting allows it; as a result, its own lines made harmless, where another one does
	JXL
	BMP // only as a source
	ICO // only as a source; the largest of its pictures
	PDF // only as a source, where a setting allows it; one page
	CR2 // this and what follows are camera RAW, only as sources: the largest JPEG inside is used
	NEF
	ARW
	DNG
	RAF
	RW2

	formats = iota
)

type formatInfo struct {
	name, mediaType string
	saved, alpha    bool // can be a result; can hold transparency
}

func (f Format) info() formatInfo {
	table := [...]formatInfo{
		Same: {name: "same"},
		Auto: {name: "auto"},
		Best: {name: "best"},
		JPEG: {"jpeg", "image/jpeg", true, false},
		PNG:  {"png", "image/png", true, true},
		WebP: {"webp", "image/webp", true, true},
		AVIF: {"avif", "image/avif", true, true},
		GIF:  {"gif", "image/gif", true, true},
		TIFF: {"tiff", "image/tiff", true, true},
		HEIC: {"heic", "image/heic", false, true},
		SVG:  {"svg", "image/svg+xml", false, true},
		JXL:  {"jxl", "image/jxl", true, true},
		BMP:  {"bmp", "image/bmp", false, true},
		ICO:  {"ico", "image/x-icon", false, true},
		PDF:  {"pdf", "application/pdf", false, false},
		CR2:  {"cr2", "image/x-canon-cr2", false, false},
		NEF:  {"nef", "image/x-nikon-nef", false, false},
		ARW:  {"arw", "image/x-sony-arw", false, false},
		DNG:  {"dng", "image/x-adobe-dng", false, false},
		RAF:  {"raf", "image/x-fuji-raf", false, false},
		RW2:  {"rw2", "image/x-panasonic-rw2", false, false},
	}
	if int(f) >= len(table) {
		return formatInfo{name: "unknown"}
	}
	return table[f]
}

// String is the format's name in a URL: jpeg, png, webp, avif, gif, tiff, jxl, auto, best.
func (f Format) String() string { return f.info().name }

// MediaType is the Content-Type, empty for Same, Auto and Best.
func (f Format) MediaType() string { return f.info().mediaType }

// Saved tells whether a result can have this format.
func (f Format) Saved() bool { return f.info().saved }

// Alpha tells whether the format can hold transparency.
func (f Format) Alpha() bool { return f.info().alpha }

// Negotiated tells whether the visitor's Accept decides about the format.
func (f Format) Negotiated() bool { return f == Auto || f == Best }

// Camera tells whether the format is a camera's RAW, of which only a preview inside is used.
func (f Format) Camera() bool { return f >= CR2 && f <= RW2 }

// Paged tells whether the format holds pages, each with a size of its own, and no animation.
func (f Format) Paged() bool { return f == TIFF || f == PDF }

// Vector tells whether the format is drawn at any size without loss.
func (f Format) Vector() bool { return f == SVG || f == PDF }

// ParseFormat reads a result's format as URLs write it; jpg is jpeg. Auto and Best are accepted;
// SVG is not, see [ParseResult].
func ParseFormat(name string) (Format, error) {
	if name == "jpg" {
		return JPEG, nil
	}
	for _, f := range [...]Format{Auto, Best, JPEG, PNG, WebP, AVIF, GIF, TIFF, JXL} {
		if f.String() == name {
			return f, nil
		}
	}
	return Same, fault.New(fault.Invalid, "format %q is not one of auto, best, jpeg, png, webp, avif, gif, tiff, jxl", name)
}

// FormatSet is a set of formats: what a visitor's Accept header takes beyond what every
// browser shows (JPEG, PNG and GIF are always understood and never in it).
type FormatSet uint32

// Formats makes a set.
func Formats(formats ...Format) FormatSet {
	var s FormatSet
	for _, f := range formats {
		s |= 1 << f
	}
	return s
}

// Has tells whether f is in the set.
func (s FormatSet) Has(f Format) bool { return s&(1<<f) != 0 }

// String joins the set's names with '+', AVIF first, or "none".
func (s FormatSet) String() string {
	var names []string
	for _, f := range [...]Format{AVIF, WebP} {
		if s.Has(f) {
			names = append(names, f.String())
		}
	}
	if names == nil {
		return "none"
	}
	return strings.Join(names, "+")
}

// Names lists the formats that can be results.
func (s FormatSet) Names() []string {
	var names []string
	for f := range Format(formats) {
		if f.Saved() && s.Has(f) {
			names = append(names, f.String())
		}
	}
	return names
}
