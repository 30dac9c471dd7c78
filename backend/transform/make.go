package transform

// MakePlan turns what a visitor asked for into what to execute on an image with this header.
// Policy's zero fields take their defaults. A source or result over a limit is
// [fault.TooLarge], a header without size [fault.Broken]; with a nil error the Plan's parts
// lie inside the image, and nothing is larger than the source unless o.Enlarge or a minimum
// is set, the source is SVG or PDF, or the canvas grows around it. It ignores a trim, see
// [MakeTrimmedPlan].
func MakePlan(meta Meta, o Options, policy Policy) (Plan, error) {
	return makePlan(meta, whole(), o, policy)
}

// whole, as an area, is all of the image.
func whole() Rect { return Rect{} }

// makePlan plans for the part of the upright image that is worked on. Every size in o is one
// of the image as it is turned in the end, so that is what the arithmetic sees.
func makePlan(meta Meta, area Rect, o Options, policy Policy) (Plan, error) {
	policy = policy.WithDefaults()
	if err := checkSource(meta, policy); err != nil {
		return Plan{}, err
	}
	if err := checkSVG(meta, o, policy); err != nil {
		return Plan{}, err
	}
	plan := Plan{Turn: o.Geometry.turn(meta.Orientation)}
	var err error
	if plan.Frames, plan.Note, err = reel(meta, o, policy); err != nil {
		return Plan{}, err
	}
	meta = plan.Frames.Of(meta)
	if err := checkSource(meta, policy); err != nil {
		return Plan{}, err
	}
	if area == whole() { // only now is it known how many pages that is
		area.Width, area.Height = meta.Upright()
	}
	src := plan.cutFirst(meta, area, o)
	s := scale(src, o, meta.Format.Vector())
	if err := checkResult(s.resized, policy); err != nil {
		return Plan{}, err
	}
	back := s.resized.turned(plan.Turn)
	plan.Width, plan.Height = back.width, back.height
	plan.Scale = drawing(meta, src, s.resized, policy)
	plan.PostCrop, plan.PostSmart = cut(s.resized, s.kept, o.Gravity, s.dpr)
	width, height := plan.Size()
	plan.Effects = effects(o.Look, size{width, height}, s.dpr, s.resized.below(src))
	plan.Canvas = canvas(o, s)
	if plan.Canvas != nil {
		if err := checkResult(size{plan.Canvas.Width, plan.Canvas.Height}, policy); err != nil {
			return Plan{}, err
		}
	}
	if o.Marks != (Marks{}) {
		plan.Stamps = &Stamps{Density: s.dpr}
	}
	changed := plan.PreCrop != nil || plan.Turn != 0 || plan.Canvas != nil || o.Marks != Marks{}
	kept := untouched(meta, o, back, changed)
	if kept && plan.passes(meta, o, policy) || skipped(meta, o) {
		plan.Passthrough = true
		plan.Bare = !skipped(meta, o) && !o.Output.KeepMetadata
		plan.Format = meta.Format
		plan.Frames, plan.Note = Reel{}, ""
		return plan, nil
	}
	plan.bound(s.resized, policy)
	plan.OrSource = kept && plan.Frames.Animated && accepted(meta.Format, o)
	plan.Bare = plan.OrSource && !o.Output.KeepMetadata
	return finish(plan, meta, o, policy)
}

// finish adds how the result is encoded.
func finish(plan Plan, meta Meta, o Options, policy Policy) (Plan, error) {
	width, height := plan.Size()
	result := size{width, height}
	transparent := meta.Alpha || plan.Canvas != nil || plan.Effects != nil && plan.Effects.Radius > 0
	plan.Format = choose(meta, o, result, transparent && o.opacity() < 1, policy)
	if plan.Frames.Animated {
		plan.Format = animation(meta, o, result)
	}
	if err := checkFormat(plan.Format, result, policy); err != nil {
		return Plan{}, err
	}
	plan.Quality = quality(plan.Format, o, policy)
	switch plan.Format {
	case AVIF:
		plan.Speed = policy.speedFor(meta.Format)
	case WebP:
		plan.Effort = min(policy.WebPEffort, 6)
	}
	plan.Keep = o.Output.keep()
	if !plan.Frames.Animated || plan.shortReel(policy) { // every try encodes all frames; a header says that it is over
		plan.MaxBytes = o.Output.MaxBytes
	}
	plan = plan.ground(transparent, o)
	plan.OrSource = plan.OrSource || replaceable(plan, meta, o)
	plan.Later = plan.later(meta, o, transparent, policy)
	return plan.searching(meta, o, transparent, policy), nil
}

// Size is the result's width and height in pixels.
func (p Plan) Size() (width, height int) {
	switch {
	case p.Canvas != nil:
		return p.Canvas.Width, p.Canvas.Height
	case p.PostCrop != nil:
		return p.PostCrop.Width, p.PostCrop.Height
	}
	turned := size{p.Width, p.Height}.turned(p.Turn)
	return turned.width, turned.height
}
