package imageurl

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	maxBlur     = 100 // its cost grows with it
	maxSharpen  = 10  // libvips' own limit
	maxPixelate = 10_000
	maxRadius   = 100_000
	maxFactor   = 100  // far beyond black and white only
	maxUnsharp  = 1000 // likewise
)

// lookOptions are effects on colours and shapes.
func lookOptions() []option {
	return []option{
		{name: "fi", also: [2]string{"filter"}, most: 1, read: readFilter, write: writeFilter, keyed: true},
		{name: "br", also: [2]string{"brightness"}, most: 1, read: readBrightness, write: writeBrightness, keyed: true},
		{name: "co", also: [2]string{"contrast"}, most: 1, read: readContrast, write: writeContrast, keyed: true},
		{name: "sa", also: [2]string{"saturation"}, most: 1, read: readSaturation, write: writeSaturation, keyed: true},
		{name: "mc", also: [2]string{"monochrome"}, most: 2, read: readMonochrome, write: writeMonochrome, keyed: true},
		{name: "dt", also: [2]string{"duotone"}, most: 3, read: readDuotone, write: writeDuotone, keyed: true},
		{name: "bl", also: [2]string{"blur"}, most: 1, read: readBlur, write: writeBlur, keyed: true},
		{name: "sh", also: [2]string{"sharpen"}, most: 1, read: readSharpen, write: writeSharpen, keyed: true},
		{name: "pix", also: [2]string{"pixelate"}, most: 1, read: readPixelate, write: writePixelate, keyed: true},
		{name: "ush", also: [2]string{"unsharp_masking"}, most: 3, read: readUnsharp, write: writeUnsharp, keyed: true},
		{name: "col", also: [2]string{"colorize"}, most: 3, read: readColorize, write: writeColorize, keyed: true},
		{name: "gr", also: [2]string{"gradient"}, most: 5, read: readGradient, write: writeGradient, keyed: true},
		{name: "rnd", also: [2]string{"round"}, most: 1, read: readRound, write: writeRound, keyed: true},
		{name: "a", also: [2]string{"adjust"}, most: 3, rank: meta, read: readAdjust},
	}
}

func readFilter(p *parser, args []string) error {
	if _, known := transform.FilterByName(args[0]); !known || args[0] == "" {
		var names []string
		for _, f := range transform.Filters() {
			names = append(names, f.Name)
		}
		return fault.New(fault.Invalid, "fi: %q is not one of %s", clip(args[0]), strings.Join(names, ", "))
	}
	p.request.Options.Look.Filter = args[0]
	return nil
}

func writeFilter(r Request) string { return r.Options.Look.Filter }

func readBlur(p *parser, args []string) (err error) {
	p.request.Options.Look.Blur, err = decimal("bl", args[0], 0, maxBlur)
	return err
}

func writeBlur(r Request) string { return decimalOrNone(r.Options.Look.Blur) }

func readSharpen(p *parser, args []string) (err error) {
	p.request.Options.Look.Sharpen, err = decimal("sh", args[0], 0, maxSharpen)
	return err
}

func writeSharpen(r Request) string { return decimalOrNone(r.Options.Look.Sharpen) }

// readPixelate: squares of one pixel are the default of none.
func readPixelate(p *parser, args []string) error {
	size, err := whole("pix", args[0], maxPixelate)
	if size == 1 {
		size = 0
	}
	p.request.Options.Look.Pixelate = size
	return err
}

func writePixelate(r Request) string { return wholeText(r.Options.Look.Pixelate) }

// readUnsharp is when, how strong a neighbour, and how weak the whole; each may be left out.
func readUnsharp(p *parser, args []string) (err error) {
	u := transform.Unsharp{Mode: transform.UnsharpAuto, Weight: unsharpWeight, Divider: unsharpDivider}
	modes := []string{"none", "auto", "always"}
	if args[0] != "" {
		mode := slices.Index(modes, args[0])
		if mode < 0 {
			return fault.New(fault.Invalid, "ush: %q is not one of %s", clip(args[0]), strings.Join(modes, ", "))
		}
		u.Mode = transform.UnsharpMode(mode)
	}
	if err := positive("ush", args, 1, &u.Weight); err != nil {
		return err
	}
	if err := positive("ush", args, 2, &u.Divider); err != nil {
		return err
	}
	if u.Mode == transform.UnsharpNone {
		u = transform.Unsharp{}
	}
	p.request.Options.Look.Unsharp = u
	return nil
}

const (
	unsharpWeight  = 1 // imgproxy's defaults
	unsharpDivider = 24
)

func writeUnsharp(r Request) string {
	u := r.Options.Look.Unsharp
	if u.Mode == transform.UnsharpNone {
		return ""
	}
	return trimmed(u.Mode.String(),
		unless(u.Weight == unsharpWeight, decimalText(u.Weight)),
		unless(u.Divider == unsharpDivider, decimalText(u.Divider)))
}

// readRound is a radius in pixels, or max: half the shorter side, a circle of a square.
func readRound(p *parser, args []string) (err error) {
	if args[0] == "max" {
		p.request.Options.Look.Corners = transform.Corners{Max: true}
		return nil
	}
	radius, err := whole("rnd", args[0], maxRadius)
	if err != nil {
		return fault.New(fault.Invalid, "%s, nor max", fault.Message(err))
	}
	p.request.Options.Look.Corners = transform.Corners{Radius: radius}
	return nil
}

func writeRound(r Request) string {
	if r.Options.Look.Corners.Max {
		return "max"
	}
	return wholeText(r.Options.Look.Corners.Radius)
}

// positive reads an argument that may be left out, but not be 0.
func positive(name string, args []string, at int, value *float64) error {
	if at >= len(args) || args[at] == "" {
		return nil
	}
	number, err := decimal(name, args[at], 0, maxUnsharp)
	if err == nil && number < .001 {
		err = fault.New(fault.Invalid, "%s: %q is below 0.001", name, args[at])
	}
	*value = number
	return err
}

// decimalOrNone is value, or "" for the default of 0.
func decimalOrNone(value float64) string { return unless(value == 0, decimalText(value)) }

func unless(standard bool, text string) string {
	if standard {
		return ""
	}
	return text
}

// trimmed joins arguments without the defaults ("") at the end.
func trimmed(args ...string) string { return strings.TrimRight(strings.Join(args, ":"), ":") }

// wholeSigned reads a whole number that may be below zero.
func wholeSigned(name, text string, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || !digits(strings.TrimPrefix(text, "-")) || n < -most || n > most {
		return 0, fault.New(fault.Invalid, "%s: %q is not a whole number from %d to %d", name, clip(text), -most, most)
	}
	return n, nil
}
