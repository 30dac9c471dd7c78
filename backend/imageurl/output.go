package imageurl

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// readQuality takes a number, or where the Grammar has levels one of their names. Presets
// are the owner's words: there both will do.
func readQuality(p *parser, args []string) (err error) {
	levels := p.grammar.Levels
	quality, named := levels[args[0]]
	switch {
	case named && (quality < 1 || quality > 100):
		return fault.New(fault.Invalid, "q: level %q is %d, which is not from 1 to 100", args[0], quality)
	case !named && levels != nil && len(p.inside) == 0:
		return fault.New(fault.Invalid, "q: %q is not one of %s",
			clip(args[0]), listed(slices.Sorted(maps.Keys(levels))))
	case !named:
		quality, err = whole("q", args[0], 100)
	}
	p.request.Options.Quality = quality
	return err
}

func writeQuality(r Request) string { return wholeText(r.Options.Quality) }

// readFormat takes a second argument, what a visitor accepts, in cache keys only.
func readFormat(p *parser, args []string) (err error) {
	o := &p.request.Options
	if o.Format, err = transform.ParseResult(clip(args[0])); err != nil {
		return fault.New(fault.Invalid, "f: %s", fault.Message(err))
	}
	if len(args) == 1 {
		return p.offered(o.Format)
	}
	if !p.key || !o.Format.Negotiated() {
		return tooManyArguments("f", 1, strings.Join(args, ":"))
	}
	o.Accepts, err = accepts(args[1])
	return err
}

// offered checks Formats, which do not bind what the owner wrote into presets.
func (p *parser) offered(format transform.Format) error {
	formats := p.grammar.Formats
	if formats == nil || len(p.inside) > 0 || format.Negotiated() || slices.Contains(formats, format.String()) {
		return nil
	}
	return fault.New(fault.Denied, "f:%s is not offered here; there are auto, best and %v", format, formats)
}

func writeFormat(r Request) string {
	if r.Options.Format == transform.Same {
		return ""
	}
	return r.Options.Format.String()
}

// accepts reads FormatSet.String.
func accepts(text string) (transform.FormatSet, error) {
	for _, set := range [...]transform.FormatSet{
		transform.Formats(),
		transform.Formats(transform.WebP),
		transform.Formats(transform.AVIF),
		transform.Formats(transform.AVIF, transform.WebP),
	} {
		if set.String() == text {
			return set, nil
		}
	}
	return 0, fault.New(fault.Invalid, "f: auto: %q is not one of avif+webp, avif, webp, none", clip(text))
}

// readBackground takes hex digits, three numbers, or nothing: no background.
func readBackground(p *parser, args []string) (err error) {
	var c transform.Color
	switch {
	case len(args) == 1 && args[0] != "":
		c, err = hexColor("bg", args[0])
	case len(args) == 3:
		c, err = numberColor(args)
	case len(args) == 2:
		err = fault.New(fault.Invalid, "bg: %q is neither rrggbb nor r:g:b", clip(strings.Join(args, ":")))
	}
	p.request.Options.Background = c
	p.request.Options.HasBackground = len(args) > 1 || args[0] != ""
	return err
}

// hexColor reads rrggbb, or rgb as in CSS; name is of the option, for errors.
func hexColor(name, text string) (transform.Color, error) {
	full := text
	if len(text) == 3 { // as CSS: rgb is rrggbb
		full = string([]byte{text[0], text[0], text[1], text[1], text[2], text[2]})
	}
	b, err := hex.DecodeString(full)
	if err != nil || len(b) != 3 {
		return transform.Color{}, fault.New(fault.Invalid, "%s: %q is not rrggbb in hex digits", name, clip(text))
	}
	return transform.Color{R: b[0], G: b[1], B: b[2]}, nil
}

func numberColor(args []string) (c transform.Color, err error) {
	for i, channel := range [...]*uint8{&c.R, &c.G, &c.B} {
		value, err := whole("bg", args[i], 255)
		if err != nil {
			return transform.Color{}, err
		}
		*channel = uint8(value)
	}
	return c, nil
}

func writeBackground(r Request) string {
	if !r.Options.HasBackground {
		return ""
	}
	c := r.Options.Background
	return hex.EncodeToString([]byte{c.R, c.G, c.B})
}
