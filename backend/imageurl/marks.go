package imageurl

import (
	"encoding/base64"
	"math"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

const maxMarkScale = 10 // of the result; what is larger shows only its middle

// markOptions are parts of watermarks: wm begins one, the others belong to the one begun
// last, or to the first. The canonical form holds all of them as the arguments of wm.
func markOptions() []option {
	return []option{
		{name: "wm", also: [2]string{"watermark"}, most: 5, read: readMark, write: writeMarks, keyed: true, marks: true},
		{name: "wmu", also: [2]string{"watermark_url"}, most: 1, read: readMarkURL, marks: true},
		{name: "wmt", also: [2]string{"watermark_text"}, most: 5, read: readMarkText, marks: true},
		{name: "wms", also: [2]string{"watermark_size"}, most: 2, read: readMarkSize, marks: true},
		{name: "wmr", also: [2]string{"watermark_rotate", "wm_rot"}, most: 1, read: readMarkAngle, marks: true},
	}
}

// markOf is the number of the mark that an option behind these calls is about.
func markOf(before []call, o option) (int, error) {
	if !o.marks {
		return 0, nil
	}
	mark := 0
	for _, c := range before {
		if c.option.name == "wm" {
			mark++
		}
	}
	if o.name != "wm" {
		mark = max(mark-1, 0)
	}
	if mark >= transform.MaxMarks {
		return 0, fault.New(fault.Invalid, "wm: an image takes at most %d watermarks", transform.MaxMarks)
	}
	other := map[string]string{"wmu": "wmt", "wmt": "wmu"}[o.name]
	if slices.ContainsFunc(before, func(c call) bool { return c.option.name == other && c.mark == mark }) {
		return 0, fault.New(fault.Invalid, "%s: watermark %d has %s already; it is an image or a text", o.name, mark+1, other)
	}
	return mark, nil
}

func (p *parser) markAt() *transform.Mark { return &p.request.Options.Marks[p.mark] }

// readMark is opacity, position, offsets and scale.
func readMark(p *parser, args []string) (err error) {
	var m transform.Mark
	if m.Opacity, err = decimal("wm", args[0], 0, 1); err != nil {
		return err
	}
	if len(args) > 1 && args[1] != "" {
		if m.Gravity.Anchor, m.Tiling, err = markPosition(args[1]); err != nil {
			return err
		}
	}
	low := -float64(maxSide)
	if m.Tiling != transform.Single {
		low = 0 // between tiles
	}
	for i, value := range [...]*float64{&m.Gravity.X, &m.Gravity.Y} {
		if len(args) > i+2 && args[i+2] != "" {
			if *value, err = decimal("wm", args[i+2], low, maxSide); err != nil {
				return err
			}
		}
	}
	if len(args) > 4 && args[4] != "" {
		if m.Scale, err = decimal("wm", args[4], 0, maxMarkScale); err != nil {
			return err
		}
	}
	to := p.markAt()
	to.Opacity, to.Gravity, to.Tiling, to.Scale = m.Opacity, m.Gravity, m.Tiling, m.Scale
	return nil
}

func markPosition(text string) (transform.Anchor, transform.Tiling, error) {
	switch text {
	case "re":
		return transform.Center, transform.Repeated, nil
	case "ch":
		return transform.Center, transform.Chessboard, nil
	}
	anchor, err := anchorOf("wm", text)
	if err != nil || anchor == transform.Smart || anchor == transform.FocusPoint {
		return anchor, transform.Single, fault.New(fault.Invalid,
			"wm: %q is not one of ce, no, so, ea, we, noea, nowe, soea, sowe, re, ch", clip(text))
	}
	return anchor, transform.Single, nil
}

// readMarkURL is the base64 of a source; nothing is none.
func readMarkURL(p *parser, args []string) error {
	source, err := decodeBase64("wmu", args[0])
	if err != nil {
		return err
	}
	if source != "" {
		if err := checkSource(source); err != nil {
			return fault.New(fault.Invalid, "wmu: %s", fault.Message(err))
		}
	}
	p.markAt().Source, p.markAt().Text = source, transform.Text{}
	return nil
}

func readMarkSize(p *parser, args []string) (err error) {
	m := p.markAt()
	m.Width, m.Height = 0, 0
	for i, side := range [...]*int{&m.Width, &m.Height} {
		if i < len(args) && args[i] != "" {
			if *side, err = whole("wms", args[i], maxSide); err != nil {
				return err
			}
		}
	}
	return nil
}

func readMarkAngle(p *parser, args []string) error {
	angle, err := decimal("wmr", args[0], -360, 360)
	if angle = math.Mod(angle, 360); angle < 0 {
		angle += 360
	}
	p.markAt().Angle = math.Mod(angle, 360) // what is barely below 0 has become 360
	return err
}

// writeMarks is all marks in their order, each begun by wm.
func writeMarks(r Request) string {
	var parts []string
	for _, m := range r.Options.Marks.Drawn().List() {
		parts = append(parts, markText(m))
	}
	return strings.Join(parts, "/wm:")
}

func markText(m transform.Mark) string {
	text := trimmed(decimalText(m.Opacity), markPositionText(m),
		decimalOrNone(m.Gravity.X), decimalOrNone(m.Gravity.Y), decimalOrNone(m.Scale))
	if m.Source != "" {
		text += "/wmu:" + base64.RawURLEncoding.EncodeToString([]byte(m.Source))
	}
	if m.Text != (transform.Text{}) {
		text += "/wmt:" + textText(m.Text)
	}
	if m.Width != 0 || m.Height != 0 {
		text += "/wms:" + trimmed(wholeText(m.Width), wholeText(m.Height))
	}
	return text + unless(m.Angle == 0, "/wmr:"+decimalText(m.Angle))
}

func markPositionText(m transform.Mark) string {
	switch m.Tiling {
	case transform.Repeated:
		return "re"
	case transform.Chessboard:
		return "ch"
	}
	return unless(m.Gravity.Anchor == transform.Center, m.Gravity.Anchor.String())
}
