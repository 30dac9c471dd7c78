package imageurl

import (
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// readAutoQuality takes a method, its target, the qualities to stay between, and how far from
// the target is near enough. What is empty has its default.
func readAutoQuality(p *parser, args []string) (err error) {
	args = append(args, make([]string, 5-len(args))...)
	a := transform.AutoQuality{}
	switch args[0] {
	case "none":
	case "size":
		a, err = readBySize(args)
	case "dssim":
		a, err = readByLikeness(args)
	case "ml":
		err = fault.New(fault.Invalid, "aq: ml needs models that guess a quality, which gip has none of; dssim finds it by trying")
	default:
		err = fault.New(fault.Invalid, "aq: %q is not one of none, size, dssim", clip(args[0]))
	}
	if err != nil {
		return err
	}
	p.request.Options.Output.Auto = a
	return nil
}

func readBySize(args []string) (a transform.AutoQuality, err error) {
	bytes, err := whole("aq", args[1], maxBytes)
	if err == nil && bytes == 0 {
		err = fault.New(fault.Invalid, "aq: size: %q bytes are none", args[1])
	}
	a.Method, a.Target = transform.BySize, float64(bytes)
	if err == nil {
		a.Min, a.Max, err = readRange(args[2], args[3])
	}
	if err == nil { // read, and left out: imgproxy has it for dssim alone
		_, err = readShare(args[4], 0)
	}
	return a, err
}

func readByLikeness(args []string) (a transform.AutoQuality, err error) {
	a.Method = transform.ByLikeness
	if a.Target, err = readShare(args[1], transform.DefaultTarget); err != nil {
		return a, err
	}
	if a.Min, a.Max, err = readRange(args[2], args[3]); err != nil {
		return a, err
	}
	a.Error, err = readShare(args[4], transform.DefaultError)
	return a, err
}

func readRange(low, high string) (least, most int, err error) {
	for _, side := range []struct {
		text string
		to   *int
	}{{low, &least}, {high, &most}} {
		if side.text == "" {
			continue
		}
		if *side.to, err = whole("aq", side.text, 100); err != nil {
			return 0, 0, err
		}
	}
	if least > most && most > 0 {
		return 0, 0, fault.New(fault.Invalid, "aq: the least quality %d is over the most, %d", least, most)
	}
	return least, most, nil
}

// readShare reads a number above 0 to 1; the default itself is the zero value, as nothing is.
func readShare(text string, standard float64) (float64, error) {
	if text == "" {
		return 0, nil
	}
	value, err := decimal("aq", text, 0, 1)
	if err == nil && value == 0 {
		err = fault.New(fault.Invalid, "aq: %q is not above 0", clip(text))
	}
	if value == standard {
		return 0, err
	}
	return value, err
}

func writeAutoQuality(r Request) string {
	a := r.Options.Output.Auto
	if a.Method == transform.NoMethod {
		return ""
	}
	share := func(value float64) string {
		if value == 0 {
			return ""
		}
		return decimalText(value)
	}
	text := strings.Join([]string{a.Method.String(), share(a.Target), wholeText(a.Min), wholeText(a.Max), share(a.Error)}, ":")
	return strings.TrimRight(text, ":")
}
