package transform

import "github.com/gip4all/gip4all/backend/fault"

// MakePlan turns what a visitor asked for into what to execute on an image with this header.
// Policy's zero fields take their defaults. A source or result over a limit is
// [fault.TooLarge], a header without size [fault.Broken]; with a nil error the Plan's parts
// lie inside the image, and nothing is larger than the source unless o.Enlarge is set or the
// source is SVG.
func MakePlan(meta Meta, o Options, policy Policy) (Plan, error) {
	policy = policy.WithDefaults()
	if err := checkSource(meta, policy); err != nil {
		return Plan{}, err
	}
	width, height := meta.Upright()
	src := size{width, height}
	var plan Plan
	plan.PreCrop, plan.PreSmart = preCrop(src, o)
	if plan.PreCrop != nil {
		src = size{plan.PreCrop.Width, plan.PreCrop.Height}
	}
	s := scale(src, o, meta.Format == SVG)
	if err := checkResult(s.resized, policy); err != nil {
		return Plan{}, err
	}
	plan.Width, plan.Height = s.resized.width, s.resized.height
	plan.PostCrop, plan.PostSmart = cut(s.resized, s.kept, o.Gravity, s.dpr)
	width, height = plan.Size()
	plan.Effects = effects(o.Look, size{width, height}, s.dpr, s.resized.below(src))
	if untouched(meta, o, s.resized, plan.PreCrop != nil) {
		plan.Passthrough = true
		plan.Format = meta.Format
		return plan, nil
	}
	return finish(plan, meta, o, policy)
}

// finish adds how the result is encoded.
func finish(plan Plan, meta Meta, o Options, policy Policy) (Plan, error) {
	width, height := plan.Size()
	result := size{width, height}
	alpha := meta.Alpha || plan.Effects != nil && plan.Effects.Radius > 0
	plan.Format = choose(meta, o, result, alpha && !o.HasBackground, policy)
	if plan.Format == WebP && result.over(webpSide) {
		return Plan{}, fault.New(fault.TooLarge, "webp of %d×%d pixels is over its limit of %d pixels a side",
			width, height, webpSide)
	}
	plan.Quality = quality(plan.Format, o.Quality, policy)
	if plan.Format == AVIF {
		plan.Speed = min(max(policy.AVIFSpeed, 0), 9)
	}
	plan.Flatten = o.HasBackground || alpha && !plan.Format.Alpha()
	plan.Background = Color{255, 255, 255}
	if o.HasBackground {
		plan.Background = o.Background
	}
	return plan, nil
}

// Size is the result's width and height in pixels.
func (p Plan) Size() (width, height int) {
	if p.PostCrop != nil {
		return p.PostCrop.Width, p.PostCrop.Height
	}
	return p.Width, p.Height
}
