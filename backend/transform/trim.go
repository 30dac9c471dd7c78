package transform

// CheckSource refuses what would cost too much to decode, as [MakePlan] does: for whoever
// must look at pixels before there can be a plan.
func CheckSource(meta Meta, policy Policy) error { return checkSource(meta, policy.WithDefaults()) }

// Trims tells whether a plan needs to know what a trim leaves. Animations are not trimmed.
func (o Options) Trims(meta Meta) bool {
	return o.Geometry.Trim.On && (meta.Pages <= 1 || meta.Format.Paged())
}

// MakeTrimmedPlan is [MakePlan] for an image of which a trim found only found, a part of it
// as stored, to be more than border. An empty part means that all is border: nothing is cut.
func MakeTrimmedPlan(meta Meta, found Rect, o Options, policy Policy) (Plan, error) {
	if found.Width <= 0 || found.Height <= 0 {
		return makePlan(meta, whole(), o, policy)
	}
	width, height := meta.Upright()
	upright := Rect{Width: width, Height: height}
	stored := size{meta.Width, meta.Height}
	area := stored.upright(found, meta.Orientation).inside(upright)
	return makePlan(meta, area.even(upright, o.Geometry.Trim), o, policy)
}

// upright gives the place in the upright image of a part as stored.
func (s size) upright(part Rect, orientation int) Rect {
	back := s.turned(orientation)
	return Meta{
		Width: back.width, Height: back.height,
		Orientation: turningOf(orientation).undone().orientation(),
	}.Stored(part)
}

// inside moves and cuts r until it is a part of outer, which begins at 0, 0.
func (r Rect) inside(outer Rect) Rect {
	x, y := min(max(r.X, 0), outer.Width-1), min(max(r.Y, 0), outer.Height-1)
	return Rect{x, y, min(r.Width, outer.Width-x), min(r.Height, outer.Height-y)}
}

// even widens r until it lies as far from the left as from the right, or likewise from top
// and bottom.
func (r Rect) even(outer Rect, t Trim) Rect {
	if t.EqualHor {
		r.X = min(r.X, outer.Width-r.X-r.Width)
		r.Width = outer.Width - 2*r.X
	}
	if t.EqualVer {
		r.Y = min(r.Y, outer.Height-r.Y-r.Height)
		r.Height = outer.Height - 2*r.Y
	}
	return r
}
