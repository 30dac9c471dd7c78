package imageurl

import (
	"encoding/hex"
	"math"
	"strconv"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

func readBrightness(p *parser, args []string) (err error) {
	p.request.Options.Look.Brightness, err = wholeSigned("br", args[0], 255)
	return err
}

func writeBrightness(r Request) string {
	by := r.Options.Look.Brightness
	return unless(by == 0, strconv.Itoa(by))
}

func readContrast(p *parser, args []string) (err error) {
	p.request.Options.Look.Contrast, err = factor("co", args[0])
	return err
}

func writeContrast(r Request) string { return factorText(r.Options.Look.Contrast) }

func readSaturation(p *parser, args []string) (err error) {
	p.request.Options.Look.Saturation, err = factor("sa", args[0])
	return err
}

func writeSaturation(r Request) string { return factorText(r.Options.Look.Saturation) }

func factor(name, text string) (transform.Factor, error) {
	by, err := decimal(name, text, 0, maxFactor)
	if err != nil {
		return transform.Factor{}, err
	}
	return transform.Times(by), nil
}

func factorText(f transform.Factor) string { return unless(!f.Set, decimalText(f.By)) }

// readAdjust is br, co and sa. An argument left empty sets nothing: a preset's value stays.
func readAdjust(p *parser, args []string) error {
	parts := [...]func(*parser, []string) error{readBrightness, readContrast, readSaturation}
	for i, arg := range args {
		if arg == "" {
			continue
		}
		if err := parts[i](p, args[i:]); err != nil {
			return err
		}
	}
	return nil
}

// monochromeBase, duotone's black and white, and black are imgproxy's defaults.
func monochromeBase() transform.Color { return transform.Color{R: 0xb3, G: 0xb3, B: 0xb3} }

func readMonochrome(p *parser, args []string) (err error) {
	m := transform.Monochrome{Color: monochromeBase()}
	if m.Intensity, err = decimal("mc", args[0], 0, 1); err != nil {
		return err
	}
	if err := lookColor("mc", args, 1, &m.Color); err != nil {
		return err
	}
	if m.Intensity == 0 {
		m = transform.Monochrome{}
	}
	p.request.Options.Look.Monochrome = m
	return nil
}

func writeMonochrome(r Request) string {
	m := r.Options.Look.Monochrome
	return unless(m.Intensity == 0, trimmed(decimalText(m.Intensity), colorText(m.Color, monochromeBase())))
}

func white() transform.Color { return transform.Color{R: 255, G: 255, B: 255} }

func readDuotone(p *parser, args []string) (err error) {
	d := transform.Duotone{Light: white()}
	if d.Intensity, err = decimal("dt", args[0], 0, 1); err != nil {
		return err
	}
	if err := lookColor("dt", args, 1, &d.Dark); err != nil {
		return err
	}
	if err := lookColor("dt", args, 2, &d.Light); err != nil {
		return err
	}
	if d.Intensity == 0 {
		d = transform.Duotone{}
	}
	p.request.Options.Look.Duotone = d
	return nil
}

func writeDuotone(r Request) string {
	d := r.Options.Look.Duotone
	return unless(d.Intensity == 0, trimmed(decimalText(d.Intensity),
		colorText(d.Dark, transform.Color{}), colorText(d.Light, white())))
}

func readColorize(p *parser, args []string) (err error) {
	var c transform.Colorize
	if c.Opacity, err = decimal("col", args[0], 0, 1); err != nil {
		return err
	}
	if err := lookColor("col", args, 1, &c.Color); err != nil {
		return err
	}
	if len(args) > 2 && args[2] != "" {
		if c.KeepAlpha, err = flag("col", args[2]); err != nil {
			return err
		}
	}
	if c.Opacity == 0 {
		c = transform.Colorize{}
	}
	p.request.Options.Look.Colorize = c
	return nil
}

func writeColorize(r Request) string {
	c := r.Options.Look.Colorize
	return unless(c.Opacity == 0, trimmed(decimalText(c.Opacity), colorText(c.Color, transform.Color{}), flagText(c.KeepAlpha)))
}

func readGradient(p *parser, args []string) (err error) {
	g := transform.Gradient{Stop: 1}
	if g.Opacity, err = decimal("gr", args[0], 0, 1); err != nil {
		return err
	}
	if err := lookColor("gr", args, 1, &g.Color); err != nil {
		return err
	}
	if g.Angle, err = direction(args); err != nil {
		return err
	}
	if err := stops(args, &g); err != nil {
		return err
	}
	if g.Opacity == 0 {
		g = transform.Gradient{}
	}
	p.request.Options.Look.Gradient = g
	return nil
}

// direction is a word or an angle, which is clockwise: down, left, up, right.
func direction(args []string) (float64, error) {
	if len(args) < 3 || args[2] == "" {
		return 0, nil
	}
	words := map[string]float64{"down": 0, "left": 90, "up": 180, "right": 270}
	if angle, known := words[args[2]]; known {
		return angle, nil
	}
	angle, err := decimal("gr", args[2], 0, 360)
	if err != nil {
		return 0, fault.New(fault.Invalid, "%s, nor down, left, up, right", fault.Message(err))
	}
	return math.Mod(angle, 360), nil
}

func stops(args []string, g *transform.Gradient) (err error) {
	for i, stop := range [...]*float64{&g.Start, &g.Stop} {
		if len(args) <= i+3 || args[i+3] == "" {
			continue
		}
		if *stop, err = decimal("gr", args[i+3], 0, 1); err != nil {
			return err
		}
	}
	if g.Start > g.Stop {
		return fault.New(fault.Invalid, "gr: start %s is after stop %s", decimalText(g.Start), decimalText(g.Stop))
	}
	return nil
}

func writeGradient(r Request) string {
	g := r.Options.Look.Gradient
	return unless(g.Opacity == 0, trimmed(decimalText(g.Opacity), colorText(g.Color, transform.Color{}),
		decimalOrNone(g.Angle), decimalOrNone(g.Start), unless(g.Stop == 1, decimalText(g.Stop))))
}

// lookColor reads an argument that may be left out, as bg's hex digits.
func lookColor(name string, args []string, at int, c *transform.Color) (err error) {
	if at >= len(args) || args[at] == "" {
		return nil
	}
	*c, err = hexColor(name, args[at])
	return err
}

func colorText(c, standard transform.Color) string {
	return unless(c == standard, hex.EncodeToString([]byte{c.R, c.G, c.B}))
}
