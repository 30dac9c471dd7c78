package imageurl

import (
	"encoding/hex"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const maxThreshold = 255 // the most that two colours of 8 bits differ

// readTrim takes a threshold, without which nothing is trimmed, a colour and two flags.
func readTrim(p *parser, args []string) (err error) {
	p.request.Options.Geometry.Trim = transform.Trim{}
	rest := strings.Join(args[1:], "")
	switch {
	case args[0] == "" && rest == "":
		return nil
	case args[0] == "":
		return fault.New(fault.Invalid, "t: %q comes without a threshold", clip(strings.Join(args, ":")))
	}
	t := transform.Trim{On: true}
	if t.Threshold, err = decimal("t", args[0], 0, maxThreshold); err != nil {
		return err
	}
	if len(args) > 1 && args[1] != "" {
		t.HasColor = true
		if t.Color, err = hexColor("t", args[1]); err != nil {
			return err
		}
	}
	for i, side := range [...]*bool{&t.EqualHor, &t.EqualVer} {
		if len(args) <= i+2 || args[i+2] == "" {
			continue
		}
		if *side, err = flag("t", args[i+2]); err != nil {
			return err
		}
	}
	p.request.Options.Geometry.Trim = t
	return nil
}

func writeTrim(r Request) string {
	t := r.Options.Geometry.Trim
	if !t.On {
		return ""
	}
	color := ""
	if t.HasColor {
		color = hex.EncodeToString([]byte{t.Color.R, t.Color.G, t.Color.B})
	}
	parts := []string{decimalText(t.Threshold), color, flagText(t.EqualHor), flagText(t.EqualVer)}
	return strings.TrimRight(strings.Join(parts, ":"), ":")
}
