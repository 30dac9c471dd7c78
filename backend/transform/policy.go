package transform

import "time"

// Policy is what the owner allows and prefers. Comparable, and sent to worker processes as
// JSON. The zero value of each field takes the default in its comment; [Policy.WithDefaults]
// fills them in.
type Policy struct {
	MaxSourcePixels int       // width × height × frames of a source; 50,000,000
	MaxSide         int       // of source and result; 16,383
	MaxFrames       int       // of an animation; the first one alone is made of what has more; 200
	MaxFramePixels  int       // width × height of an animation's frame, in place of MaxSourcePixels for all of them; none
	AVIFPixels      int       // auto gives AVIF, and best searches, up to this many result pixels; 1,000,000
	AVIFSpeed       int       // libheif's scale 0…9, 9 fastest, of what a visitor waits for; 9
	AVIFLaterSpeed  int       // the same of what is made behind an answer; 7
	WebPEffort      int       // libwebp's scale 0…6, 6 slowest; 2
	Quality         int       // for formats without a default of their own; 80
	WebPQuality     int       // 79
	AVIFQuality     int       // 63
	SVG             bool      // rasterise SVG sources; false
	SVGPass         bool      // with SVG: give them as SVG, sanitised, where no pixels are asked for; false
	TIFF            bool      // read TIFF sources; false
	PDF             bool      // read PDF sources, one page; false
	Savers          FormatSet // what results can be made of, as the worker found at its start; all
	AVIFLaterPixels int       // auto gives AVIF up to this many result pixels where it may come later; 16,000,000
	Pace            Pace      // of one job, see At
}

// WithDefaults fills each zero field.
func (p Policy) WithDefaults() Policy {
	fill := func(field *int, value int) {
		if *field == 0 {
			*field = value
		}
	}
	fill(&p.MaxSourcePixels, 50_000_000)
	fill(&p.MaxSide, 16_383)
	fill(&p.MaxFrames, 200)
	fill(&p.AVIFPixels, 1_000_000)
	fill(&p.AVIFSpeed, 9)
	fill(&p.AVIFLaterSpeed, 7)
	fill(&p.AVIFLaterPixels, 16_000_000)
	fill(&p.WebPEffort, 2)
	fill(&p.Quality, 80)
	fill(&p.WebPQuality, 79)
	fill(&p.AVIFQuality, 63)
	return p
}

// Result is a finished image.
type Result struct {
	Body          []byte
	Format        Format
	Width, Height int           // pixels
	Source        Meta          // of what it was made from
	Queued        time.Duration // waiting for a worker
	Took          time.Duration // in the worker
	Bands         int           // of the Raster that Body is; 0: it is an encoded image
	Shared        Shared        // the memory that such a Body lies in, to be released; nil: none
	Spared        bool          // it was made from the job's Raster
	Note          string        // lines "name: value" (ASCII) of what visitors should know of how it was made; the names are constants here
	Later         Format        // of a Soon: what a Later may make better, AVIF or Best; Same: nothing
}

// Made is a finished image of which a search found the format.
type Made struct {
	Body          []byte
	Format        Format
	Width, Height int    // pixels
	Note          string // see Result
}

// makes tells whether an encoder for the format was found.
func (p Policy) makes(f Format) bool { return p.Savers == 0 || p.Savers.Has(f) }
