package imageurl

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func readGravity(p *parser, args []string) (err error) {
	p.request.Options.Gravity, err = gravity("g", args)
	return err
}

func writeGravity(r Request) string {
	if r.Options.Gravity == (transform.Gravity{}) {
		return ""
	}
	return gravityText(r.Options.Gravity)
}

// gravity reads a kind and its two numbers; name is of the option, for errors.
func gravity(name string, args []string) (transform.Gravity, error) {
	anchor, err := anchorOf(name, args[0])
	if err != nil {
		return transform.Gravity{}, err
	}
	low, high := -float64(maxSide), float64(maxSide)
	switch {
	case anchor == transform.Smart && len(args) > 1:
		return transform.Gravity{}, fault.New(fault.Invalid, "%s: sm takes no offsets: %q", name, clip(args[1]))
	case anchor == transform.FocusPoint && len(args) != 3:
		return transform.Gravity{}, fault.New(fault.Invalid, "%s: fp needs two numbers: %q", name, "fp:x:y")
	case anchor == transform.FocusPoint:
		low, high = 0, 1
	}
	g := transform.Gravity{Anchor: anchor}
	for i, value := range [...]*float64{&g.X, &g.Y} {
		if len(args) <= i+1 || (args[i+1] == "" && anchor != transform.FocusPoint) {
			continue
		}
		if *value, err = decimal(name, args[i+1], low, high); err != nil {
			return transform.Gravity{}, err
		}
	}
	return g, nil
}

func anchorOf(name, text string) (transform.Anchor, error) {
	for a := transform.Center; a <= transform.FocusPoint; a++ {
		if a.String() == text {
			return a, nil
		}
	}
	return transform.Center, fault.New(fault.Invalid,
		"%s: %q is not one of ce, no, so, ea, we, noea, nowe, soea, sowe, sm, fp", name, clip(text))
}

func gravityText(g transform.Gravity) string {
	name := g.Anchor.String()
	if g.Anchor == transform.Smart || (g.X == 0 && g.Y == 0 && g.Anchor != transform.FocusPoint) {
		return name
	}
	return name + ":" + decimalText(g.X) + ":" + decimalText(g.Y)
}

func readCrop(p *parser, args []string) (err error) {
	var c transform.Crop
	for i, side := range [...]*float64{&c.Width, &c.Height} {
		if i >= len(args) || args[i] == "" {
			continue
		}
		if *side, err = decimal("c", args[i], 0, maxSide); err != nil {
			return err
		}
	}
	if len(args) > 2 {
		c.HasGravity = true
		if c.Gravity, err = gravity("c", args[2:]); err != nil {
			return err
		}
	}
	if c.Width == 0 && c.Height == 0 {
		c = transform.Crop{} // both sides are kept: there is nothing to place
	}
	p.request.Options.Crop = c
	return nil
}

func writeCrop(r Request) string {
	c := r.Options.Crop
	if c.Width == 0 && c.Height == 0 {
		return ""
	}
	text := decimalText(c.Width) + ":" + decimalText(c.Height)
	if c.HasGravity {
		text += ":" + gravityText(c.Gravity)
	}
	return text
}
