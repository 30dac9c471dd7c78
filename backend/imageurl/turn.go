package imageurl

import "github.com/gip4all/gip4all/backend/fault"

// readAutoRotate keeps what is off the default.
func readAutoRotate(p *parser, args []string) error {
	rotate, err := flag("ar", args[0])
	p.request.Options.Geometry.AsStored = err == nil && !rotate
	return err
}

func writeAutoRotate(r Request) string {
	if r.Options.Geometry.AsStored {
		return "0"
	}
	return ""
}

// readRotate takes degrees, of which only quarter turns can be done without making up pixels.
func readRotate(p *parser, args []string) error {
	degrees, err := whole("rot", args[0], maxAngle)
	if err == nil && degrees%90 != 0 {
		err = fault.New(fault.Invalid, "rot: %q is not a multiple of 90", clip(args[0]))
	}
	p.request.Options.Geometry.QuarterTurns = degrees / 90 % 4
	return err
}

func writeRotate(r Request) string { return wholeText(r.Options.Geometry.QuarterTurns * 90) }

func readFlip(p *parser, args []string) (err error) {
	g := &p.request.Options.Geometry
	g.FlipX, g.FlipY = false, false
	for i, axis := range [...]*bool{&g.FlipX, &g.FlipY} {
		if i >= len(args) || args[i] == "" {
			continue
		}
		if *axis, err = flag("fl", args[i]); err != nil {
			return err
		}
	}
	return nil
}

func writeFlip(r Request) string {
	g := r.Options.Geometry
	switch {
	case g.FlipX && g.FlipY:
		return "1:1"
	case g.FlipY:
		return "0:1"
	}
	return flagText(g.FlipX)
}
