package transform

import "math"

// Stamps are the marks of a plan: MakePlan tells only that there are some, because it knows
// nothing of their images.
type Stamps struct {
	Density float64 // what their pixels are multiplied by
	List    []Stamp // to lay over the result in this order
}

// density is 1 where no marks were planned.
func (p Plan) density() float64 {
	if p.Stamps == nil {
		return 1
	}
	return p.Stamps.Density
}

// Stamp is a mark in numbers: resize Body, of which Meta tells, to Width × Height, turn it by
// Angle, which fills a box of BoxWidth × BoxHeight around its middle, repeat it as Tiles say,
// and lay the part Seen of that over the result with its corner at X, Y.
type Stamp struct {
	Body                []byte
	Meta                Meta
	Width, Height       int
	Angle               float64 // degrees clockwise
	BoxWidth, BoxHeight int
	Opacity             float64
	Tiles               *Tiles // nil: once
	Seen                Rect   // inside the box, or inside the tiles; empty: nothing is seen
	X, Y                int    // Seen lies inside the result
}

// Tiles are fields side by side, Across × Down of them: each of Width × Height pixels, with
// the box at X, Y. On a chessboard every second field, from the second on, is empty.
type Tiles struct {
	Width, Height int
	X, Y          int
	Across, Down  int
	Chess         bool
}

// Stamp places a mark whose image, or written text, has this header on the plan's result.
// The arithmetic is imgproxy's (processing/watermark.go), but that DPR scales the mark, too.
func (p Plan) Stamp(m Mark, meta Meta, policy Policy) (Stamp, error) {
	policy = policy.WithDefaults()
	if err := checkSource(meta, policy); err != nil {
		return Stamp{}, err
	}
	width, height := p.Size()
	result := size{width, height}
	own := m.fitted(meta, result, p.density())
	box := own.rotated(m.Angle)
	if err := checkResult(box, policy); err != nil {
		return Stamp{}, err
	}
	s := Stamp{
		Meta: meta, Width: own.width, Height: own.height, Angle: m.Angle,
		BoxWidth: box.width, BoxHeight: box.height, Opacity: m.Opacity,
	}
	if m.Tiling != Single {
		s.tile(m, box, result, p.density())
		return s, nil
	}
	s.put(m.at(result, box, p.density()), box, result)
	return s, nil
}

// fitted is the mark's size before it is turned. A written text has its DPR already.
func (m Mark) fitted(meta Meta, result size, dpr float64) size {
	width, height := meta.Upright()
	own := size{width, height}
	if m.Text != (Text{}) && m.Scale == 0 && m.Width == 0 && m.Height == 0 {
		return own
	}
	var box size
	switch {
	case m.Scale > 0:
		box = size{even(result.width, m.Scale), even(result.height, m.Scale)}
	case m.Width > 0 || m.Height > 0:
		box = size{scaled(m.Width, dpr), scaled(m.Height, dpr)}
	default:
		box = size{scaled(own.width, dpr), scaled(own.height, dpr)}
	}
	return own.fit(box)
}

// fit makes s as large as the box allows; a side of 0 allows all.
func (s size) fit(box size) size {
	width, height := s.float()
	by := math.Inf(1)
	if box.width > 0 {
		by = float64(box.width) / width
	}
	if box.height > 0 {
		by = min(by, float64(box.height)/height)
	}
	return size{max(1, round(width*by)), max(1, round(height*by))}
}

// even is a fraction of a side, at least 1; halves go to the even neighbour, as in imgproxy.
func even(side int, by float64) int {
	return max(1, int(min(math.RoundToEven(float64(side)*by), math.MaxInt32)))
}

// rotated is the box that s fills when it is turned.
func (s size) rotated(angle float64) size {
	if math.Mod(angle, 90) == 0 {
		if math.Mod(angle, 180) != 0 {
			return size{s.height, s.width}
		}
		return s
	}
	sin, cos := math.Sincos(angle * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	width, height := s.float()
	return size{int(math.Ceil(width*cos + height*sin)), int(math.Ceil(width*sin + height*cos))}
}

// at is the corner of the box. It may lie outside, but not so far that nothing is left.
func (m Mark) at(result, box size, dpr float64) Rect {
	horizontal, vertical := edges(m.Gravity.Anchor)
	return Rect{
		X: overlapping(result.width, box.width, horizontal, distance(result.width, m.Gravity.X, dpr)),
		Y: overlapping(result.height, box.height, vertical, distance(result.height, m.Gravity.Y, dpr)),
	}
}

func overlapping(outer, inner int, at edge, by float64) int {
	var start float64
	switch at {
	case middle:
		start = math.RoundToEven(float64(outer-inner+1)/2) + by
	case end:
		start = float64(outer-inner) - by
	default:
		start = by
	}
	return int(min(max(start, float64(1-inner)), float64(outer-1)))
}

// distance is in pixels, or below 1 a fraction of the side.
func distance(side int, by, dpr float64) float64 {
	if math.Abs(by) >= 1 {
		return math.RoundToEven(by * dpr)
	}
	return math.RoundToEven(float64(side) * by)
}

// put shows what of the box is inside the result.
func (s *Stamp) put(at Rect, box, result size) {
	s.X, s.Y = max(at.X, 0), max(at.Y, 0)
	s.Seen = Rect{
		X: s.X - at.X, Y: s.Y - at.Y,
		Width:  min(at.X+box.width, result.width) - s.X,
		Height: min(at.Y+box.height, result.height) - s.Y,
	}
}

// tile covers the result, with a field that is not empty in its middle.
func (s *Stamp) tile(m Mark, box, result size, dpr float64) {
	wide, padX := field(box.width, result.width, m.Gravity.X, dpr)
	high, padY := field(box.height, result.height, m.Gravity.Y, dpr)
	before, above := before(wide, result.width), before(high, result.height)
	s.Tiles = &Tiles{Width: wide, Height: high, X: padX / 2, Y: padY / 2, Chess: m.Tiling == Chessboard}
	if s.Tiles.Chess && (before+above)%2 != 0 {
		before++
	}
	s.Seen = Rect{
		X: before*wide + (wide-result.width)/2, Y: above*high + (high-result.height)/2,
		Width: result.width, Height: result.height,
	}
	s.Tiles.Across = (s.Seen.X + result.width + wide - 1) / wide
	s.Tiles.Down = (s.Seen.Y + result.height + high - 1) / high
}

// field is a tile's side and how much of it is empty. Beyond the result's own side more
// space makes no difference.
func field(box, outer int, by, dpr float64) (side, pad int) {
	pad = int(min(max(distance(outer, by, dpr), 0), float64(outer)))
	return box + pad, pad
}

// before is how many fields begin before the one in the middle.
func before(side, outer int) int { return max(0, (outer-side+2*side-1)/(2*side)) }
