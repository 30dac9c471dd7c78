package imageurl

import (
	"slices"
	"strconv"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	maxSide = 1_000_000 // far above any policy, far below an overflow of side × side × DPR
	maxDPR  = 8         // twice the densest screens sold
)

func readResizingType(p *parser, args []string) error {
	for t := transform.Fit; t <= transform.AutoSize; t++ {
		if t.String() == args[0] {
			p.request.Options.Resize = t
			return nil
		}
	}
	return fault.New(fault.Invalid, "rt: %q is not one of fit, fill, fill-down, force, auto", clip(args[0]))
}

func writeResizingType(r Request) string {
	if r.Options.Resize == transform.Fit {
		return ""
	}
	return r.Options.Resize.String()
}

func readWidth(p *parser, args []string) (err error) {
	if p.request.AutoWidth = args[0] == auto; p.request.AutoWidth {
		p.request.Options.Width = 0
		return nil
	}
	if p.request.Options.Width, err = whole("w", args[0], maxSide); err != nil {
		return err
	}
	return p.rung(p.request.Options.Width)
}

// rung checks Widths, which do not bind what the owner wrote into presets.
func (p *parser) rung(width int) error {
	widths := p.grammar.Widths
	if widths == nil || len(p.inside) > 0 || slices.Contains(widths, width) {
		return nil
	}
	return fault.New(fault.Invalid, "w:%d is not a rung of the ladder; it has %v", width, widths)
}

func writeWidth(r Request) string {
	if r.AutoWidth {
		return auto
	}
	return wholeText(r.Options.Width)
}

func readHeight(p *parser, args []string) (err error) {
	p.request.Options.Height, err = whole("h", args[0], maxSide)
	return err
}

func writeHeight(r Request) string { return wholeText(r.Options.Height) }

func readDPR(p *parser, args []string) error {
	if p.request.AutoDPR = args[0] == auto; p.request.AutoDPR {
		p.request.Options.DPR = 0
		return nil
	}
	value, err := decimal("dpr", args[0], 0, maxDPR)
	if err == nil && value == 0 {
		err = fault.New(fault.Invalid, "dpr: %q is not above 0", args[0])
	}
	if value == 1 {
		value = 0 // one spelling of the default, so that Requests compare
	}
	p.request.Options.DPR = value
	return err
}

func writeDPR(r Request) string {
	if r.AutoDPR {
		return auto
	}
	if r.Options.DPR == 0 || r.Options.DPR == 1 {
		return ""
	}
	return decimalText(r.Options.DPR)
}

func readEnlarge(p *parser, args []string) (err error) {
	p.request.Options.Enlarge, err = flag("el", args[0])
	return err
}

func writeEnlarge(r Request) string { return flagText(r.Options.Enlarge) }

// readResize is rs: a type, then what s takes.
func readResize(p *parser, args []string) error {
	if args[0] != "" {
		if err := readResizingType(p, args); err != nil {
			return err
		}
	}
	return readSize(p, args[1:])
}

// readSize is s. An argument left empty sets nothing: a preset's value stays.
func readSize(p *parser, args []string) error {
	parts := [...]func(*parser, []string) error{readWidth, readHeight, readEnlarge, readExtend}
	for i, read := range parts[:min(len(parts), len(args))] {
		if args[i] == "" {
			continue
		}
		if err := read(p, args[i:]); err != nil {
			return err
		}
	}
	if len(args) > len(parts) && args[len(parts)-1] == "" {
		return fault.New(fault.Invalid, "ex: the gravity %q comes without a flag", clip(args[len(parts)]))
	}
	return nil
}

// clash refuses rs and s that both give the same part: neither is the more specific.
func clash(calls []call) error {
	var rs, s []string
	for _, c := range calls {
		switch c.option.name {
		case "rs":
			rs = c.args[1:]
		case "s":
			s = c.args
		}
	}
	for i := range min(len(rs), len(s)) {
		if rs[i] != "" && s[i] != "" {
			return fault.New(fault.Invalid, "rs and s contradict each other: %q and %q", clip(rs[i]), clip(s[i]))
		}
	}
	return nil
}

// wholeText is n, or "" for the default of 0.
func wholeText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
