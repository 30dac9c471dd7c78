package transform

// Geometry is how the picture is cut, turned and laid out beyond resizing. Comparable; the
// zero value asks for nothing.
type Geometry struct {
	Trim Trim // before everything else

	CropRatio   float64 // width ÷ height that the crop's area gets; 0 leaves it
	CropEnlarge bool    // with CropRatio: the area grows where it can, instead of shrinking

	MinWidth, MinHeight int     // before DPR; the image is enlarged to them even without Enlarge
	ZoomX, ZoomY        float64 // factors of the result's size; 0 means 1

	AsStored     bool // leave the EXIF orientation unapplied
	QuarterTurns int  // clockwise, 0…3; after the EXIF orientation
	FlipX, FlipY bool // after the turns

	Extend, ExtendRatio Extend
	Padding             Padding

	HasBackgroundAlpha bool    // false: the background is opaque
	BackgroundAlpha    float64 // 0…1
}

// Extend puts an image smaller than what was asked for on a canvas of that size.
type Extend struct {
	On      bool
	Gravity Gravity // never Smart
}

// Padding is pixels, before DPR, around the finished image.
type Padding struct{ Top, Right, Bottom, Left int }

// Trim cuts off a border of one colour.
type Trim struct {
	On                 bool
	Threshold          float64 // of the difference that still counts as the same colour, 0…255
	HasColor           bool    // false: the colour of the top left pixel
	Color              Color   // transparent pixels count as magenta, ff00ff
	EqualHor, EqualVer bool    // cut the same from both sides
}

// zoom gives both factors.
func (g Geometry) zoom() (x, y float64) { return factor(g.ZoomX), factor(g.ZoomY) }

// atLeast lowers the factors by which src gets smaller until no side falls below its
// minimum. That can enlarge: a minimum is asked for by name.
func (g Geometry) atLeast(src size, wide, high float64) (_, _ float64, raised bool) {
	width, height := src.float()
	if g.MinWidth > 0 {
		if most := width / float64(g.MinWidth); most < wide {
			wide, high, raised = most, high*most/wide, true
		}
	}
	if g.MinHeight > 0 {
		if most := height / float64(g.MinHeight); most < high {
			wide, high, raised = wide*most/high, most, true
		}
	}
	return wide, high, raised
}

// proportioned corrects a crop's area to CropRatio.
func (g Geometry) proportioned(area, src size) size {
	ratio := g.CropRatio
	if !(ratio > 0) {
		return area
	}
	width, height := area.float()
	if (width > height*ratio) == g.CropEnlarge {
		height = width / ratio
	} else {
		width = height * ratio
	}
	srcWidth, srcHeight := src.float()
	by := min(1, srcWidth/width, srcHeight/height)
	return size{max(1, round(width*by)), max(1, round(height*by))}.within(src)
}
