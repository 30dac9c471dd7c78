package transform

import "math"

// Canvas is what the finished image is put on: its own size, and where the image's top left
// corner lies in it. The rest is transparent.
type Canvas struct{ Width, Height, X, Y int }

// canvas is extend, then extend to a ratio, then padding, in one; nil where nothing grows.
func canvas(o Options, s scaling) *Canvas {
	image := s.kept
	c := Canvas{Width: image.width, Height: image.height}
	if extend := o.Geometry.Extend; extend.On {
		c = c.grown(s.target, extend.Gravity, s.dpr)
	}
	if extend := o.Geometry.ExtendRatio; extend.On {
		c = c.grown(stretched(image, s.target), extend.Gravity, s.dpr)
	}
	c = c.padded(o.Geometry.Padding, s.dpr)
	if (size{c.Width, c.Height}) == image {
		return nil
	}
	return &c
}

// grown gives a canvas of at least the size to; a side left open stays.
func (c Canvas) grown(to size, g Gravity, dpr float64) Canvas {
	outer := size{max(to.width, c.Width), max(to.height, c.Height)}
	at := place(outer, size{c.Width, c.Height}, g, dpr)
	return Canvas{outer.width, outer.height, c.X + at.X, c.Y + at.Y}
}

// stretched is the smallest size around image that has target's ratio.
func stretched(image, target size) size {
	if target.width <= 0 || target.height <= 0 {
		return image
	}
	width, height := image.float()
	ratio := float64(target.width) / float64(target.height)
	if width < height*ratio {
		return size{max(image.width, round(height*ratio)), image.height}
	}
	return size{image.width, max(image.height, round(width/ratio))}
}

// padded adds a border; halves of pixels, which a dpr can make, are rounded as imgproxy does.
func (c Canvas) padded(p Padding, dpr float64) Canvas {
	pixels := func(side int) int {
		return int(min(math.RoundToEven(float64(max(side, 0))*dpr), math.MaxInt32))
	}
	top, right, bottom, left := pixels(p.Top), pixels(p.Right), pixels(p.Bottom), pixels(p.Left)
	return Canvas{c.Width + left + right, c.Height + top + bottom, c.X + left, c.Y + top}
}
