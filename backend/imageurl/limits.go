package imageurl

import (
	"math"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// What a URL may raise a limit to: the most that the settings of the same meaning take, and of
// a file what one worker takes.
const (
	maxMegapixels  = 2000
	maxSourceBytes = 256 << 20
	maxFrames      = 10_000
)

// limitOptions are limits that the settings have too; these hold for one URL, in either
// direction. All are about the source but mrd.
func limitOptions() []option {
	return []option{
		limit("msr", "max_src_resolution", megapixels(func(l *transform.Limits) *int { return &l.SourcePixels })),
		limit("msfs", "max_src_file_size", bounded(maxSourceBytes, func(r *Request) *int { return &r.MaxSourceBytes })),
		limit("maf", "max_animation_frames", bounded(maxFrames, func(r *Request) *int { return &r.Options.Limits.Frames })),
		limit("mafr", "max_animation_frame_resolution", megapixels(func(l *transform.Limits) *int { return &l.FramePixels })),
		limit("mrd", "max_result_dimension", bounded(maxSide, func(r *Request) *int { return &r.Options.Limits.ResultSide })),
	}
}

// limit is the row of one. Where limits are not for URLs, those of presets still count.
func limit(name, long string, o option) option {
	read := o.read
	o.name, o.also, o.most, o.keyed, o.whole = name, [2]string{long}, 1, true, true
	o.read = func(p *parser, args []string) error {
		if p.grammar.Bounded && len(p.inside) == 0 {
			return fault.New(fault.Invalid, "%s: limits are not for URLs here, only for presets (the setting allow_security_options is off)", name)
		}
		if err := read(p, args); err != nil {
			return fault.New(fault.Invalid, "%s: %s", name, fault.Message(err))
		}
		return nil
	}
	return o
}

// bounded is a whole number; 0 leaves the server's limit.
func bounded(most int, field func(*Request) *int) option {
	return option{
		read: func(p *parser, args []string) (err error) {
			*field(&p.request), err = whole("limit", args[0], most)
			return err
		},
		write: func(r Request) string { return wholeText(*field(&r)) },
	}
}

// megapixels is a decimal number of a million pixels.
func megapixels(field func(*transform.Limits) *int) option {
	const mega = 1_000_000
	return option{
		read: func(p *parser, args []string) error {
			value, err := decimal("limit", args[0], 0, maxMegapixels)
			pixels := int(math.Round(value * mega))
			if err == nil && value > 0 && pixels == 0 {
				err = fault.New(fault.Invalid, "%q megapixels are less than one pixel", args[0])
			}
			*field(&p.request.Options.Limits) = pixels
			return err
		},
		write: func(r Request) string {
			if pixels := *field(&r.Options.Limits); pixels != 0 {
				return decimalText(float64(pixels) / mega)
			}
			return ""
		},
	}
}
