package transform

// Output is how the result is encoded and what it carries beside the picture. Comparable;
// the zero value asks for nothing.
type Output struct {
	Qualities     Qualities // by format; Options.Quality wins
	Auto          AutoQuality
	MaxBytes      int       // lower the quality, then the size, until the result has so many bytes; 0: any number
	KeepMetadata  bool      // EXIF without its orientation and thumbnail, XMP and IPTC stay, where the format has them
	KeepCopyright bool      // of EXIF, Copyright and Artist stay
	KeepProfile   bool      // colours and ICC profile stay as they are in the source
	Skip          FormatSet // sources of these formats are served as they are, if that format is asked for
	Raw           bool      // the source is served unread
}

// Qualities is a quality for each format, 1…100; 0 is the format's default.
type Qualities [formats]uint8

// Keep is which things beside the picture an encoder writes. The zero value is nothing.
type Keep struct{ Metadata, Copyright, Profile bool }

func (o Output) keep() Keep {
	return Keep{Metadata: o.KeepMetadata, Copyright: o.KeepCopyright && !o.KeepMetadata, Profile: o.KeepProfile}
}

// skipped tells whether the source is served because Skip names its format.
func skipped(meta Meta, o Options) bool {
	return !meta.Chained && o.Output.Skip.Has(meta.Format) && accepted(meta.Format, o)
}

// accepted tells whether the source's own format would do as the result's.
func accepted(source Format, o Options) bool {
	switch {
	case !source.Saved():
		return false
	case !o.Format.Negotiated():
		return o.Format == Same || o.Format == source
	case source == JPEG || source == PNG || source == GIF:
		return true
	default:
		return o.Accepts.Has(source)
	}
}

// replaceable tells whether the source's own bytes may be the answer if they are fewer than
// the result's: nothing is asked that would change a pixel, and they hold nothing that a
// result would not.
func replaceable(plan Plan, meta Meta, o Options) bool {
	width, height := meta.Upright()
	resized := plan.PreCrop != nil || plan.PostCrop != nil || plan.Width != width || plan.Height != height
	changed := o.Geometry != Geometry{} || o.Look != Look{} || o.Frames != Frames{} || o.Marks != Marks{} || plan.Flatten && meta.Alpha
	carries := meta.Extras && !o.Output.KeepMetadata || meta.Profile && !o.Output.KeepProfile
	return !meta.Chained && accepted(meta.Format, o) && !resized && !changed && !carries && !meta.Foreign &&
		meta.Orientation <= 1 && meta.Pages <= 1
}
