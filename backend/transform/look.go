package transform

// Look is effects on colours and shapes, with imgproxy's meanings. Comparable; the zero
// value asks for nothing.
type Look struct {
	Filter     string // a name of Filters, applied before the rest
	Brightness int    // -255…255, added to every channel
	Contrast   Factor // distance from the middle grey
	Saturation Factor // distance from the pixel's own grey
	Monochrome Monochrome
	Duotone    Duotone
	Blur       float64 // sigma, 0…100
	Sharpen    float64 // sigma, 0…10
	Pixelate   int     // side of a square; 0 and 1 change nothing
	Unsharp    Unsharp
	Colorize   Colorize
	Gradient   Gradient
	Corners    Corners
}

// Factor multiplies. The zero value is a factor of 1.
type Factor struct {
	By  float64
	Set bool
}

// Times is the Factor of by: the zero value for 1, so that Looks compare.
func Times(by float64) Factor {
	if by == 1 {
		return Factor{}
	}
	return Factor{by, true}
}

// Value is what to multiply by.
func (f Factor) Value() float64 {
	if f.Set {
		return f.By
	}
	return 1
}

// Monochrome remaps to shades of Color, from black to white.
type Monochrome struct {
	Intensity float64 // 0…1
	Color     Color
}

// Duotone remaps darkness to Dark and brightness to Light.
type Duotone struct {
	Intensity   float64 // 0…1
	Dark, Light Color
}

// UnsharpMode is when an unsharp mask is applied.
type UnsharpMode uint8

// The modes, with imgproxy's meanings. None is the default here.
const (
	UnsharpNone   UnsharpMode = iota
	UnsharpAuto               // only where the image became smaller and Sharpen is not asked for
	UnsharpAlways             // always
)

// String is the mode's name in a URL.
func (m UnsharpMode) String() string { return [...]string{"none", "auto", "always"}[m] }

// Unsharp adds the difference to a pixel's neighbours: each counts Weight / Divider.
type Unsharp struct {
	Mode            UnsharpMode
	Weight, Divider float64
}

// Colorize lays one colour over everything.
type Colorize struct {
	Opacity   float64 // 0…1
	Color     Color
	KeepAlpha bool // else transparent parts are covered as well
}

// Gradient lays a colour over everything that goes from transparent to Opacity.
type Gradient struct {
	Opacity     float64 // 0…1
	Color       Color
	Angle       float64 // degrees clockwise: 0 is opaque below, 90 at the left
	Start, Stop float64 // 0…1, along that direction
}

// Corners cuts the corners off, or with Max as much as makes a square a circle.
type Corners struct {
	Radius int // pixels before DPR
	Max    bool
}
