// Package transform says what to do to an image, without pixels: Options as a visitor wrote
// them, Meta as a header told them, and the Plan that follows from both.
//
// The promise: every limit is enforced here, from the header, before a pixel is decoded, and
// all arithmetic of sizes and crops is here, so that whoever executes a Plan decides nothing.
//
// It does not read URLs, decode images or know libvips.
package transform

// Resize is how an image is fitted into Width × Height, with imgproxy's meanings.
type Resize uint8

// The resizing types. Fit is the default.
const (
	Fit      Resize = iota // keep the ratio, inside the box
	Fill                   // keep the ratio, fill the box, crop what projects
	FillDown               // as Fill; a smaller image keeps its size and is cropped to the box's ratio
	Force                  // the box exactly, ratio or not
	AutoSize               // Fill if both are portrait or both landscape, else Fit
)

// String is the type's name in a URL.
func (r Resize) String() string {
	return [...]string{"fit", "fill", "fill-down", "force", "auto"}[r]
}

// Anchor is the part of the image that a crop keeps.
type Anchor uint8

// The anchors: nine compass points, smart, and a focus point. Center is the default.
const (
	Center     Anchor = iota // ce
	North                    // no
	South                    // so
	East                     // ea
	West                     // we
	NorthEast                // noea
	NorthWest                // nowe
	SouthEast                // soea
	SouthWest                // sowe
	Smart                    // sm
	FocusPoint               // fp:x:y
)

// String is the anchor's name in a URL.
func (a Anchor) String() string {
	return [...]string{"ce", "no", "so", "ea", "we", "noea", "nowe", "soea", "sowe", "sm", "fp"}[a]
}

// Gravity is an anchor and, for FocusPoint, the point as fractions 0…1 of width and height;
// for compass points, X and Y are offsets away from that edge: pixels, or below 1 a fraction
// of the image.
type Gravity struct {
	Anchor Anchor
	X, Y   float64
}

// Crop cuts the source before it is resized. Width and Height are pixels, or below 1 a
// fraction of the source; 0 keeps that side. No Gravity of its own (HasGravity false) means
// the Options' one.
type Crop struct {
	Width, Height float64
	Gravity       Gravity
	HasGravity    bool
}

// Color is an sRGB colour.
type Color struct{ R, G, B uint8 }

// Options are what a visitor asked for. Comparable; the zero value changes nothing but what
// every answer gets (orientation applied, sRGB, metadata stripped).
type Options struct {
	Resize        Resize
	Width, Height int     // pixels before DPR; 0: follow the other side
	DPR           float64 // 0 means 1
	Enlarge       bool    // allow a result larger than the source
	Gravity       Gravity
	Crop          Crop
	Quality       int // 1…100; 0 means the format's default
	Format        Format
	Accepts       FormatSet // with Format Auto or Best: what the visitor takes; set by negotiation, never by a URL
	Background    Color     // with HasBackground: under transparent parts
	HasBackground bool      // false: white where the result can hold no transparency, else untouched
	Geometry      Geometry
	Look          Look
	Frames        Frames
	StandIn       StandIn // in place of the picture; with one, Settled says what else counts
	Output        Output
	Limits        Limits
	Marks         Marks `json:",omitzero"`
}

// Meta is what an image's header says. Width and Height are as stored, before orientation.
type Meta struct {
	Format        Format
	Width, Height int
	Orientation   int // EXIF 1…8; 0 and 1 mean upright
	Pages         int // frames of an animation, pages; at least 1
	Page          int // the page that this is the header of, from 0; only of a format that is Paged
	Alpha         bool
	Extras        bool // the file holds more than a picture: EXIF, XMP, comments, a thumbnail
	Profile       bool // an ICC profile
	SRGB          bool // the profile is sRGB's own, see [IsSRGB]
	Foreign       bool // stored otherwise than results are: CMYK, 16 bits
	Chained       bool // on the way through several pipelines: its own bytes are no answer
}

// Upright gives width and height after the EXIF orientation is applied.
func (m Meta) Upright() (width, height int) {
	if m.Orientation >= 5 && m.Orientation <= 8 {
		return m.Height, m.Width
	}
	return m.Width, m.Height
}
