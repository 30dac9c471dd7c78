package transform

import (
	"math"

	"github.com/gip4all/gip4all/backend/fault"
)

// StandIn is what is wanted in place of a picture. All of it is made from one thumbnail, so
// that none costs more than a small image.
type StandIn uint8

// The stand-ins. Picture, the default, is none: the image itself.
const (
	Picture    StandIn = iota
	LQIP               // an image of a few pixels, blurred
	BlurHash           // text
	ThumbHash          // text, base64
	PlainColor         // an image of one pixel of the dominant colour
	DataURI            // text: the LQIP as a data: URI
	Info               // JSON about the source; never chosen by an option
)

const (
	thumbnailSide = 100 // ThumbHash takes no more; BlurHash and colours need less
	lqipSide      = 24  // 100 to 300 bytes of WebP
	lqipQuality   = 40  // what it loses, the blur has taken already
)

// String is the stand-in's name in a URL, empty for Picture and Info.
func (s StandIn) String() string {
	return [...]string{"", "lqip", "blurhash", "thumbhash", "color", "data", ""}[s]
}

// MediaType is the Content-Type of a stand-in that is text, empty for images.
func (s StandIn) MediaType() string {
	switch s {
	case Info:
		return "application/json"
	case BlurHash, ThumbHash, DataURI:
		return "text/plain; charset=utf-8"
	}
	return ""
}

// ParseStandIn reads a placeholder's name as URLs write it.
func ParseStandIn(name string) (StandIn, error) {
	for s := LQIP; s <= DataURI; s++ {
		if s.String() == name {
			return s, nil
		}
	}
	return Picture, fault.New(fault.Invalid, "placeholder %q is not one of lqip, blurhash, thumbhash, color, data", name)
}

// Settled is what of the options matters to a stand-in, so that what looks the same is made
// and kept once: the part of the picture, its background, a ratio where Width and Height give
// one, and the format of an LQIP. Of a Picture, all but marks that cannot be seen.
func (o Options) Settled() Options {
	switch o.StandIn {
	case Picture:
		o.Marks = o.Marks.Drawn()
		return o
	case Info:
		return Options{StandIn: Info}
	}
	settled := Options{
		StandIn: o.StandIn, Crop: o.Crop, Background: o.Background, HasBackground: o.HasBackground,
		Geometry: o.Geometry.posture(), Limits: Limits{SourcePixels: o.Limits.SourcePixels},
	}
	if o.StandIn == LQIP {
		settled.Format, settled.Accepts = o.Format, o.Accepts
	}
	if c := &settled.Crop; *c != (Crop{}) && !c.HasGravity && o.Gravity != (Gravity{}) {
		c.Gravity, c.HasGravity = o.Gravity, true
	}
	return settled.shaped(o)
}

// posture is how the picture stands: what a small copy of it shows too.
func (g Geometry) posture() Geometry {
	return Geometry{
		CropRatio: g.CropRatio, CropEnlarge: g.CropEnlarge,
		AsStored: g.AsStored, QuarterTurns: g.QuarterTurns, FlipX: g.FlipX, FlipY: g.FlipY,
	}
}

// shaped takes the ratio of a box from o. Only both sides make one, and not of a fit, which
// keeps the picture's own.
func (o Options) shaped(like Options) Options {
	if like.Width <= 0 || like.Height <= 0 || like.Resize == Fit {
		return o
	}
	by := thumbnailSide / float64(max(like.Width, like.Height))
	o.Width, o.Height = scaled(like.Width, by), scaled(like.Height, by)
	if o.Resize = like.Resize; o.Resize == Fill {
		o.Resize = FillDown // a source smaller than the thumbnail has its ratio too
	}
	if o.Resize == Force {
		return o
	}
	o.Gravity = like.Gravity
	for _, offset := range [...]*float64{&o.Gravity.X, &o.Gravity.Y} {
		if math.Abs(*offset) >= 1 { // pixels of the box; below it a fraction, as offsets are read
			*offset = lessPixels(*offset, by*factor(like.DPR))
		}
	}
	return o
}

// lessPixels scales an offset to whole pixels; it never becomes what counts as a fraction.
func lessPixels(offset, by float64) float64 {
	offset = math.Round(offset * by)
	if math.Abs(offset) < 1 {
		return 0
	}
	return offset
}

// Thumbnail gives the options of the small picture that a stand-in is made from.
func (o Options) Thumbnail() Options {
	o = o.Settled()
	o.StandIn, o.Format, o.Accepts = Picture, PNG, 0
	if o.Width == 0 {
		o.Width, o.Height = thumbnailSide, thumbnailSide
	}
	return o
}

// PlanLQIP is how a thumbnail of width × height becomes an LQIP; alpha is whether any of it
// is transparent. Only WebP is as small as a placeholder should be, so it is the default.
func PlanLQIP(width, height int, alpha bool, o Options, policy Policy) Plan {
	policy = policy.WithDefaults()
	by := min(1, lqipSide/float64(max(width, height, 1)))
	plan := Plan{
		Width: scaled(width, by), Height: scaled(height, by), Format: lqipFormat(o, alpha),
		Quality: lqipQuality, Background: Color{255, 255, 255},
	}
	switch plan.Format {
	case PNG:
		plan.Quality = 100
	case AVIF:
		plan.Speed = policy.speed()
	}
	plan.Flatten = !alpha || !plan.Format.Alpha()
	return plan
}

func lqipFormat(o Options, alpha bool) Format {
	switch {
	case o.StandIn == LQIP && o.Format.Saved():
		return o.Format
	case o.StandIn != LQIP || !o.Format.Negotiated() || o.Accepts.Has(WebP):
		return WebP
	case alpha:
		return PNG
	default:
		return JPEG
	}
}
