package transform

// Rect is a part of an image, in pixels.
type Rect struct{ X, Y, Width, Height int }

// Plan is what to execute, in this order: PreCrop (of the upright source), resize to exactly
// Width × Height, turn, PostCrop (of the resized and turned image), Effects, canvas, veil or
// flatten, Stamps, encode. A nil pointer is no crop, effect or canvas. Same Width and Height as the
// (pre-cropped) source is no resize. All of it is done to the column that Frames tells, or to
// each frame of an animation; attention chooses by the first frame then, and all others follow.
type Plan struct {
	Passthrough   bool // serve the source's own bytes
	PreCrop       *Rect
	PreSmart      bool    // PreCrop's X and Y are to be chosen by attention
	Scale         float64 // of SVG and PDF: to be drawn at so many times its size, before PreCrop; 0: 1
	Trimmed       *Rect   // part of the upright source in which attention chooses; nil is all of it
	Width, Height int     // upright by EXIF, but not yet turned
	Turn          int     // 2…8: an EXIF orientation, for the image that is upright already; 0 is none
	PostCrop      *Rect
	PostSmart     bool     // PostCrop's X and Y are to be chosen by attention
	Effects       *Effects // nil: none
	Canvas        *Canvas
	Veil          float64 // opacity of Background under what stays transparent; 0 is none
	Flatten       bool
	Background    Color
	Format        Format
	Quality       int // 1…100
	Speed         int // of AVIF, see Policy
	Effort        int // of WebP, see Policy
	Frames        Reel
	Note          string // see Result
	Keep          Keep
	Lossless      bool
	Search        *Search // nil: Format and Quality are settled
	MaxBytes      int     // see Fit; 0: any number
	Stamps        *Stamps // marks over all of that, before encoding; nil: none
	Later         Format  // what a Later could make better, AVIF or Best; Same: nothing
	OrSource      bool    // serve the source's own bytes if they are not more than the result's
	Raster        *Raster // to be used in the place of the source's bytes, see On; PreCrop is a part of it then
	Bare          bool    // where the source's own bytes are served: as [Bare] gives them
}
