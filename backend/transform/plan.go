package transform

// Rect is a part of an image, in pixels.
type Rect struct{ X, Y, Width, Height int }

// Plan is what to execute, in this order: PreCrop (of the upright source), resize to exactly
// Width × Height, PostCrop (of the resized image), Effects, flatten, encode. A nil Rect pointer is no
// crop. Same Width and Height as the (pre-cropped) source is no resize.
type Plan struct {
	Passthrough   bool // serve the source's own bytes
	PreCrop       *Rect
	PreSmart      bool // PreCrop's X and Y are to be chosen by attention
	Width, Height int
	PostCrop      *Rect
	PostSmart     bool     // PostCrop's X and Y are to be chosen by attention
	Effects       *Effects // nil: none
	Flatten       bool
	Background    Color
	Format        Format
	Quality       int // 1…100
	Speed         int // encoder effort scale where the format has one
}
