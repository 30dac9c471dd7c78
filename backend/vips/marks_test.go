package vips

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// tryMarked is try with marks: an image for each of them that has no text.
func tryMarked(e *Engine, body []byte, o transform.Options, images ...[]byte) (r result, err error) {
	if r.meta, err = e.Probe(body); err != nil {
		return r, err
	}
	if r.plan, err = transform.MakePlan(r.meta, o, e.policy); err != nil {
		return r, err
	}
	for i, m := range o.Marks.List() {
		if m.Text != (transform.Text{}) {
			l, err := r.plan.Lettering(m, e.policy)
			if err != nil {
				return r, err
			}
			written, err := e.Write(l)
			if err != nil {
				return r, err
			}
			images = append(images[:i:i], append([][]byte{written}, images[i:]...)...)
		}
		meta, err := e.Probe(images[i])
		if err != nil {
			return r, err
		}
		s, err := r.plan.Stamp(m, meta, e.policy)
		if err != nil {
			return r, err
		}
		s.Body = images[i]
		r.plan.Stamps.List = append(r.plan.Stamps.List, s)
	}
	r.body, _, _, err = e.Execute(body, r.meta, r.plan)
	return r, err
}

func marked(t testing.TB, e *Engine, body []byte, o transform.Options, images ...[]byte) result {
	t.Helper()
	r, err := tryMarked(e, body, o, images...)
	if err != nil {
		t.Fatal(err)
	}
	if r.Image, _, err = image.Decode(bytes.NewReader(r.body)); err != nil {
		t.Fatal(err)
	}
	width, height := r.plan.Size()
	if got := r.Bounds().Size(); got != image.Pt(width, height) {
		t.Errorf("made %v, planned %d×%d", got, width, height)
	}
	return r
}

func oneMark(m transform.Mark) transform.Options {
	if m.Opacity == 0 {
		m.Opacity = 1
	}
	return transform.Options{Format: transform.PNG, Marks: transform.Marks{m}}
}

func towards(a transform.Anchor, x, y float64) transform.Mark {
	return transform.Mark{Gravity: transform.Gravity{Anchor: a, X: x, Y: y}}
}

type pixel struct {
	x, y int
	want color.NRGBA
}

func TestMarkPixels(t *testing.T) {
	e := start(t, transform.Policy{})
	ground := pngFile(t, flat(100, 80, white))
	clear := pngFile(t, flat(100, 80, color.NRGBA{}))
	logo := pngFile(t, picture4(20, 10))
	half := pngFile(t, flat(20, 10, color.NRGBA{0, 0, 0, 128}))
	grey := color.NRGBA{127, 127, 127, 255}
	with := func(m transform.Mark, change func(*transform.Mark)) transform.Mark { change(&m); return m }
	for _, row := range []struct {
		name         string
		ground, logo []byte
		mark         transform.Mark
		pixels       []pixel
	}{
		{"corner", ground, logo, towards(transform.NorthWest, 0, 0), []pixel{{4, 2, red}, {15, 2, green}, {4, 7, blue}, {21, 2, white}, {4, 11, white}}},
		{"other corner", ground, logo, towards(transform.SouthEast, 10, 5), []pixel{{74, 67, red}, {85, 67, green}, {91, 67, white}, {74, 76, white}}},
		{"partly outside", ground, logo, towards(transform.NorthWest, -10, 0), []pixel{{4, 2, green}, {11, 2, white}}},
		{"opacity", ground, pngFile(t, flat(20, 10, black)), with(towards(transform.NorthWest, 0, 0), func(m *transform.Mark) { m.Opacity = .5 }), []pixel{{4, 4, grey}, {21, 4, white}}},
		{"its own opacity", ground, half, towards(transform.NorthWest, 0, 0), []pixel{{4, 4, grey}}},
		{"on what is transparent", clear, half, towards(transform.NorthWest, 0, 0), []pixel{{4, 4, color.NRGBA{0, 0, 0, 128}}, {30, 30, color.NRGBA{}}}},
		{"scaled", ground, logo, with(towards(transform.NorthWest, 0, 0), func(m *transform.Mark) { m.Scale = 1 }), []pixel{{20, 10, red}, {80, 10, green}, {20, 40, blue}, {50, 60, white}}},
		{"quarter turn, clockwise", ground, logo, with(towards(transform.NorthWest, 0, 0), func(m *transform.Mark) { m.Angle = 90 }), []pixel{{2, 4, blue}, {7, 4, red}, {7, 15, green}, {12, 4, white}}},
		{"tiled", ground, pngFile(t, flat(10, 10, red)), transform.Mark{Tiling: transform.Repeated, Gravity: transform.Gravity{X: 10, Y: 10}}, []pixel{{50, 40, red}, {70, 60, red}, {60, 40, white}, {50, 50, white}, {10, 20, red}}},
		{"tiled without space", ground, pngFile(t, flat(7, 3, red)), transform.Mark{Tiling: transform.Repeated}, []pixel{{0, 0, red}, {99, 79, red}, {50, 40, red}}},
		{"chessboard", ground, pngFile(t, flat(10, 10, red)), transform.Mark{Tiling: transform.Chessboard}, []pixel{{50, 40, red}, {60, 40, white}, {50, 50, white}, {60, 50, red}, {40, 50, red}}},
		{"a grey ground", rawPNG(100, 80, 8, 0, bytes.Repeat([]byte{255}, 8000)), logo, towards(transform.NorthWest, 0, 0), []pixel{{4, 2, red}, {50, 50, white}}},
		{"a jpeg mark", ground, jpegFile(t, flat(16, 16, red)), towards(transform.NorthWest, 0, 0), []pixel{{8, 8, red}, {20, 8, white}}},
		{"an animated mark", ground, gifFile(t, 3), towards(transform.NorthWest, 0, 0), []pixel{{8, 8, red}, {8, 12, white}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := marked(t, e, row.ground, oneMark(row.mark), row.logo)
			for _, p := range row.pixels {
				if got := r.at(p.x, p.y); !near(got, p.want, 3) && (p.want.A != 0 || got.A != 0) {
					t.Errorf("%d,%d is %v, want %v", p.x, p.y, got, p.want)
				}
			}
		})
	}
}

// TestTurnedMarkHasNoFringe: red that is turned and scaled on red stays red, whatever colour
// hides under what is transparent.
func TestTurnedMarkHasNoFringe(t *testing.T) {
	e := start(t, transform.Policy{})
	logo := flat(60, 60, color.NRGBA{0, 0, 255, 0})
	for y := 15; y < 45; y++ {
		for x := 15; x < 45; x++ {
			logo.SetNRGBA(x, y, red)
		}
	}
	m := transform.Mark{Angle: 33, Width: 47}
	r := marked(t, e, pngFile(t, flat(100, 100, red)), oneMark(m), pngFile(t, logo))
	for y := range 100 {
		for x := range 100 {
			if got := r.at(x, y); !near(got, red, 2) {
				t.Fatalf("%d,%d is %v", x, y, got)
			}
		}
	}
	r = marked(t, e, pngFile(t, flat(100, 100, white)), oneMark(m), pngFile(t, logo))
	r.want(t, "its middle", 50, 50, red)
	r.want(t, "beside", 5, 50, white)
}

func TestMarksInTheirOrder(t *testing.T) {
	e := start(t, transform.Policy{})
	o := oneMark(transform.Mark{})
	o.Marks[1] = transform.Mark{Opacity: 1, Width: 10}
	r := marked(t, e, pngFile(t, flat(60, 60, white)), o, pngFile(t, flat(30, 30, red)), pngFile(t, flat(30, 30, blue)))
	r.want(t, "the first", 18, 30, red)
	r.want(t, "the second, over it", 30, 30, blue)
}

// TestMarkIsLast: over padding and background, and not blurred.
func TestMarkIsLast(t *testing.T) {
	e := start(t, transform.Policy{})
	o := oneMark(towards(transform.NorthWest, 0, 0))
	o.Geometry.Padding = transform.Padding{Top: 20, Right: 20, Bottom: 20, Left: 20}
	o.HasBackground, o.Background, o.Look.Blur = true, transform.Color{G: 255}, 5
	r := marked(t, e, pngFile(t, flat(40, 40, white)), o, pngFile(t, flat(10, 10, red)))
	r.want(t, "mark", 1, 1, red)
	r.want(t, "its edge", 9, 9, red)
	r.want(t, "padding", 11, 11, green)
}

func TestMarkOnEveryFrame(t *testing.T) {
	e := start(t, transform.Policy{})
	body := gifOfImages(t, 10, flat(40, 30, red), flat(40, 30, green), flat(40, 30, white))
	o := oneMark(towards(transform.SouthEast, -3, -3))
	o.Format = transform.GIF
	r, err := tryMarked(e, body, o, pngFile(t, flat(10, 10, blue)))
	if err != nil {
		t.Fatal(err)
	}
	film := play(t, e, r.body)
	if len(film.frames) != 3 {
		t.Fatalf("%d frames", len(film.frames))
	}
	for i, ground := range [...]color.NRGBA{red, green, white} {
		frame := result{Image: film.frames[i]}
		frame.want(t, "mark", 36, 26, blue)
		frame.want(t, "ground", 10, 10, ground)
		frame.want(t, "the top, where the mark of the frame above would show", 36, 1, ground)
	}
}

func TestBrokenMark(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, noisy(60, 60))
	_, err := tryMarked(e, pngFile(t, flat(40, 40, white)), oneMark(transform.Mark{}), file[:len(file)/2])
	if fault.KindOf(err) != fault.Broken || fault.Message(err) != "watermark 1: JPEG data is broken" {
		t.Errorf("got %v", err)
	}
}
