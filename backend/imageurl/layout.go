package imageurl

import (
	"strconv"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func readExtend(p *parser, args []string) (err error) {
	p.request.Options.Geometry.Extend, err = extend("ex", args)
	return err
}

func writeExtend(r Request) string { return extendText(r.Options.Geometry.Extend) }

func readExtendRatio(p *parser, args []string) (err error) {
	p.request.Options.Geometry.ExtendRatio, err = extend("exar", args)
	return err
}

func writeExtendRatio(r Request) string { return extendText(r.Options.Geometry.ExtendRatio) }

// extend reads a flag and then a gravity, which is that of a small image in a large one: it
// cannot be smart.
func extend(name string, args []string) (e transform.Extend, err error) {
	if e.On, err = flag(name, args[0]); err != nil {
		return transform.Extend{}, err
	}
	if len(args) > 1 {
		if e.Gravity, err = gravity(name, args[1:]); err != nil {
			return transform.Extend{}, err
		}
	}
	if e.Gravity.Anchor == transform.Smart {
		return transform.Extend{}, fault.New(fault.Invalid, "%s: %q cannot place an image on a canvas", name, args[1])
	}
	if !e.On {
		e = transform.Extend{} // nothing to place
	}
	return e, nil
}

// extendText is an extension's arguments, "" without one.
func extendText(e transform.Extend) string {
	switch {
	case !e.On:
		return ""
	case e.Gravity == (transform.Gravity{}):
		return "1"
	}
	return "1:" + gravityText(e.Gravity)
}

// readPadding is as in CSS: what is left out follows the side opposite, or the top.
func readPadding(p *parser, args []string) (err error) {
	var sides [4]int
	given := false
	for i := range sides {
		if i < len(args) && args[i] != "" {
			given = true
			if sides[i], err = whole("pd", args[i], maxSide); err != nil {
				return err
			}
		} else if i > 0 {
			sides[i] = sides[[4]int{0, 0, 0, 1}[i]]
		}
	}
	if !given {
		return fault.New(fault.Invalid, "pd: no side is given")
	}
	p.request.Options.Geometry.Padding = transform.Padding{Top: sides[0], Right: sides[1], Bottom: sides[2], Left: sides[3]}
	return nil
}

func writePadding(r Request) string {
	d := r.Options.Geometry.Padding
	if d == (transform.Padding{}) {
		return ""
	}
	text := strconv.Itoa(d.Top)
	if d.Right != d.Top || d.Bottom != d.Top || d.Left != d.Right {
		text += ":" + strconv.Itoa(d.Right)
	}
	if d.Bottom != d.Top || d.Left != d.Right {
		text += ":" + strconv.Itoa(d.Bottom)
	}
	if d.Left != d.Right {
		text += ":" + strconv.Itoa(d.Left)
	}
	return text
}
