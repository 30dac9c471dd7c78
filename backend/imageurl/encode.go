package imageurl

import (
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// maxBytes is more than any result has.
const maxBytes = 1_000_000_000

// encodeOptions are how the result is encoded and what it carries beside the picture.
func encodeOptions() []option {
	return []option{
		{name: "fq", also: [2]string{"format_quality"}, read: readFormatQuality, write: writeFormatQuality, keyed: true, whole: true},
		{name: "mb", also: [2]string{"max_bytes"}, most: 1, read: readMaxBytes, write: writeMaxBytes, keyed: true, whole: true},
		{name: "aq", also: [2]string{"autoquality"}, most: 5, read: readAutoQuality, write: writeAutoQuality, keyed: true, whole: true},
		outputFlag("sm", "strip_metadata", true, func(o *transform.Output) *bool { return &o.KeepMetadata }),
		outputFlag("kcr", "keep_copyright", false, func(o *transform.Output) *bool { return &o.KeepCopyright }),
		outputFlag("scp", "strip_color_profile", true, func(o *transform.Output) *bool { return &o.KeepProfile }),
		{name: "eth", also: [2]string{"enforce_thumbnail"}, most: 1, read: readThumbnail, whole: true},
		{name: "skp", also: [2]string{"skip_processing", "sp"}, read: readSkip, write: writeSkip, keyed: true, whole: true},
		outputFlag("raw", "", false, func(o *transform.Output) *bool { return &o.Raw }),
	}
}

// outputFlag is the row of a flag. One that is inverted, as sm, is 1 by default: the field is
// what its 0 asks for.
func outputFlag(name, long string, inverted bool, field func(*transform.Output) *bool) option {
	return option{
		name: name, also: [2]string{long}, most: 1, keyed: true, whole: true,
		read: func(p *parser, args []string) error {
			set, err := flag(name, args[0])
			*field(&p.request.Options.Output) = err == nil && set != inverted
			return err
		},
		write: func(r Request) string {
			switch set := *field(&r.Options.Output); {
			case set && inverted:
				return "0"
			default:
				return flagText(set)
			}
		},
	}
}

// readFormatQuality takes pairs of a format and its quality; what is not named keeps what a
// preset said.
func readFormatQuality(p *parser, args []string) error {
	if len(args)%2 != 0 {
		return fault.New(fault.Invalid, "fq: %q is not pairs of format:quality", clip(strings.Join(args, ":")))
	}
	var given transform.FormatSet
	for i := 0; i < len(args); i += 2 {
		format, err := resultFormat("fq", args[i], &given)
		if err != nil {
			return err
		}
		quality, err := whole("fq", args[i+1], 100)
		if err != nil {
			return err
		}
		p.request.Options.Output.Qualities[format] = uint8(quality)
	}
	return nil
}

func writeFormatQuality(r Request) string {
	var pairs []string
	for format, quality := range r.Options.Output.Qualities {
		if quality != 0 {
			pairs = append(pairs, transform.Format(format).String()+":"+strconv.Itoa(int(quality)))
		}
	}
	return strings.Join(pairs, ":")
}

// resultFormat reads a format that results can have, once.
func resultFormat(option, name string, given *transform.FormatSet) (transform.Format, error) {
	format, err := transform.ParseFormat(clip(name))
	if err == nil && !format.Saved() {
		err = fault.New(fault.Invalid, "%q is not a format of its own", clip(name))
	}
	if err != nil {
		return format, fault.New(fault.Invalid, "%s: %s", option, fault.Message(err))
	}
	if given.Has(format) {
		return format, fault.New(fault.Invalid, "%s: %q is given twice", option, clip(name))
	}
	*given |= transform.Formats(format)
	return format, nil
}

func readMaxBytes(p *parser, args []string) (err error) {
	p.request.Options.Output.MaxBytes, err = whole("mb", args[0], maxBytes)
	return err
}

func writeMaxBytes(r Request) string { return wholeText(r.Options.Output.MaxBytes) }

// readThumbnail takes a flag and does nothing: libvips uses an embedded thumbnail by itself
// where it is large enough, and a smaller one would be a worse image.
func readThumbnail(_ *parser, args []string) error {
	_, err := flag("eth", args[0])
	return err
}

// readSkip takes names of formats, or nothing.
func readSkip(p *parser, args []string) error {
	var skip transform.FormatSet
	for _, name := range args {
		if name == "" && len(args) == 1 {
			break
		}
		if _, err := resultFormat("skp", name, &skip); err != nil {
			return err
		}
	}
	p.request.Options.Output.Skip = skip
	return nil
}

func writeSkip(r Request) string {
	return strings.Join(r.Options.Output.Skip.Names(), ":")
}
