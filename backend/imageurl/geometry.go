package imageurl

import "github.com/gip4all/gip4all/backend/fault"

const (
	maxZoom  = 100       // limits on the result come long before
	maxRatio = 1_000_000 // as sides have it
	maxAngle = 1_000_000 // an angle over 360 is as good as one below
)

// geometryOptions are how the picture is cut, turned and laid out beyond resizing.
func geometryOptions() []option {
	return []option{
		{name: "car", also: [2]string{"crop_ar", "crop_aspect_ratio"}, most: 2, read: readCropRatio, write: writeCropRatio, keyed: true},
		{name: "t", also: [2]string{"trim"}, most: 4, read: readTrim, write: writeTrim, keyed: true},
		{name: "mw", also: [2]string{"min-width"}, most: 1, read: readMinWidth, write: writeMinWidth, keyed: true},
		{name: "mh", also: [2]string{"min-height"}, most: 1, read: readMinHeight, write: writeMinHeight, keyed: true},
		{name: "z", also: [2]string{"zoom"}, most: 2, read: readZoom, write: writeZoom, keyed: true},
		{name: "ar", also: [2]string{"auto_rotate"}, most: 1, read: readAutoRotate, write: writeAutoRotate, keyed: true},
		{name: "rot", also: [2]string{"rotate"}, most: 1, read: readRotate, write: writeRotate, keyed: true},
		{name: "fl", also: [2]string{"flip"}, most: 2, read: readFlip, write: writeFlip, keyed: true},
		{name: "ex", also: [2]string{"extend"}, most: 4, read: readExtend, write: writeExtend, keyed: true},
		{name: "exar", also: [2]string{"extend_ar", "extend_aspect_ratio"}, most: 4, read: readExtendRatio, write: writeExtendRatio, keyed: true},
		{name: "pd", also: [2]string{"padding"}, most: 4, read: readPadding, write: writePadding, keyed: true},
		{name: "bga", also: [2]string{"background_alpha"}, most: 1, read: readBackgroundAlpha, write: writeBackgroundAlpha, keyed: true},
	}
}

func readCropRatio(p *parser, args []string) (err error) {
	g := &p.request.Options.Geometry
	if g.CropRatio, err = decimal("car", args[0], 0, maxRatio); err != nil {
		return err
	}
	g.CropEnlarge = false
	if len(args) > 1 && args[1] != "" {
		g.CropEnlarge, err = flag("car", args[1])
	}
	g.CropEnlarge = g.CropEnlarge && g.CropRatio > 0
	return err
}

func writeCropRatio(r Request) string {
	g := r.Options.Geometry
	switch {
	case g.CropRatio == 0:
		return ""
	case g.CropEnlarge:
		return decimalText(g.CropRatio) + ":1"
	}
	return decimalText(g.CropRatio)
}

func readMinWidth(p *parser, args []string) (err error) {
	p.request.Options.Geometry.MinWidth, err = whole("mw", args[0], maxSide)
	return err
}

func writeMinWidth(r Request) string { return wholeText(r.Options.Geometry.MinWidth) }

func readMinHeight(p *parser, args []string) (err error) {
	p.request.Options.Geometry.MinHeight, err = whole("mh", args[0], maxSide)
	return err
}

func writeMinHeight(r Request) string { return wholeText(r.Options.Geometry.MinHeight) }

// readZoom takes one factor for both sides, or two.
func readZoom(p *parser, args []string) error {
	x, err := zoom(args[0])
	if err != nil {
		return err
	}
	y := x
	if len(args) > 1 {
		if y, err = zoom(args[1]); err != nil {
			return err
		}
	}
	p.request.Options.Geometry.ZoomX, p.request.Options.Geometry.ZoomY = x, y
	return nil
}

// zoom reads a factor; that of 1 is 0, so that Requests compare.
func zoom(text string) (float64, error) {
	value, err := decimal("z", text, 0, maxZoom)
	switch {
	case err != nil:
		return 0, err
	case value == 0:
		return 0, fault.New(fault.Invalid, "z: %q is not above 0", text)
	case value == 1:
		return 0, nil
	}
	return value, nil
}

func writeZoom(r Request) string {
	x, y := r.Options.Geometry.ZoomX, r.Options.Geometry.ZoomY
	text := func(factor float64) string {
		if factor == 0 {
			return "1"
		}
		return decimalText(factor)
	}
	switch {
	case text(x) != text(y):
		return text(x) + ":" + text(y)
	case text(x) == "1":
		return ""
	}
	return text(x)
}

func readBackgroundAlpha(p *parser, args []string) error {
	alpha, err := decimal("bga", args[0], 0, 1)
	g := &p.request.Options.Geometry
	g.HasBackgroundAlpha, g.BackgroundAlpha = alpha < 1, alpha
	if alpha == 1 {
		g.BackgroundAlpha = 0 // one spelling of the default, so that Requests compare
	}
	return err
}

func writeBackgroundAlpha(r Request) string {
	if g := r.Options.Geometry; g.HasBackgroundAlpha {
		return decimalText(g.BackgroundAlpha)
	}
	return ""
}
