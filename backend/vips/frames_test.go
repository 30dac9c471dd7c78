package vips

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"slices"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// cell is one frame of a hand-made GIF: a part of the canvas in one colour, or with holes.
type cell struct {
	area     image.Rectangle
	colour   color.NRGBA
	solid    image.Rectangle // the rest of area is transparent; empty: all is solid
	delay    int             // hundredths of a second
	disposal byte
}

func gifOfCells(t testing.TB, width, height, loops int, cells ...cell) []byte {
	t.Helper()
	file := gif.GIF{LoopCount: loops, Config: image.Config{Width: width, Height: height}}
	for _, c := range cells {
		frame := image.NewPaletted(c.area, color.Palette{color.NRGBA{}, c.colour})
		if c.solid.Empty() {
			c.solid = c.area
		}
		draw.Draw(frame, c.solid, image.NewUniform(c.colour), image.Point{}, draw.Src)
		file.Image, file.Delay, file.Disposal = append(file.Image, frame), append(file.Delay, c.delay), append(file.Disposal, c.disposal)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tricky is an animation of 160 × 80 with all that can go wrong: partial frames, each way of
// disposal, transparent parts, different delays, three rounds.
func tricky(t testing.TB) []byte {
	full, left, right := image.Rect(0, 0, 160, 80), image.Rect(0, 0, 80, 80), image.Rect(80, 0, 160, 80)
	return gifOfCells(t, 160, 80, 2,
		cell{area: full, colour: red, delay: 10, disposal: gif.DisposalNone},
		cell{area: left, colour: green, delay: 20, disposal: gif.DisposalPrevious},
		cell{area: right, colour: blue, delay: 35, disposal: gif.DisposalBackground},
		cell{area: full, colour: white, solid: image.Rect(0, 0, 40, 80), delay: 5},
	)
}

// shown is what tricky shows at 1/8, 3/8 and 3/4 of its width, frame by frame.
func shown() [][3]color.NRGBA {
	return [][3]color.NRGBA{{red, red, red}, {green, green, red}, {red, red, blue}, {white, red, color.NRGBA{}}}
}

// film is a decoded animation.
type film struct {
	frames []image.Image
	delays []int // milliseconds
	rounds int   // how often it plays; 0: for ever
}

// play decodes an animation: a GIF by Go, a WebP's frames by libvips and its times by hand.
func play(t testing.TB, e *Engine, body []byte) film {
	t.Helper()
	if transform.Sniff(body) == transform.GIF {
		return playGIF(t, body)
	}
	f := film{}
	f.delays, f.rounds = webpTimes(t, body)
	for i := range f.delays {
		r := run(t, e, body, transform.Options{Format: transform.PNG, Frames: transform.Frames{Page: i, Still: true}})
		f.frames = append(f.frames, r.Image)
	}
	return f
}

func playGIF(t testing.TB, body []byte) film {
	t.Helper()
	file, err := gif.DecodeAll(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	f := film{rounds: file.LoopCount + 1}
	if file.LoopCount == 0 {
		f.rounds = 0
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, file.Config.Width, file.Config.Height))
	for i, frame := range file.Image {
		before := slices.Clone(canvas.Pix)
		draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Over)
		still := *canvas
		still.Pix = slices.Clone(canvas.Pix)
		f.frames, f.delays = append(f.frames, &still), append(f.delays, 10*file.Delay[i])
		switch file.Disposal[i] {
		case gif.DisposalPrevious:
			canvas.Pix = before
		case gif.DisposalBackground:
			draw.Draw(canvas, frame.Bounds(), image.Transparent, image.Point{}, draw.Src)
		}
	}
	return f
}

func webpTimes(t testing.TB, body []byte) (delays []int, rounds int) {
	t.Helper()
	for rest := body[12:]; len(rest) >= 8; {
		size := int(binary.LittleEndian.Uint32(rest[4:]))
		switch data := rest[8 : 8+size]; string(rest[:4]) {
		case "ANIM":
			rounds = int(binary.LittleEndian.Uint16(data[4:]))
		case "ANMF":
			delays = append(delays, int(data[12])|int(data[13])<<8|int(data[14])<<16)
		}
		rest = rest[8+size+size%2:]
	}
	return delays, rounds
}

func (f film) want(t testing.TB, width, height, rounds int, delays []int) {
	t.Helper()
	if !slices.Equal(f.delays, delays) || f.rounds != rounds {
		t.Errorf("delays %v, %d rounds; want %v, %d", f.delays, f.rounds, delays, rounds)
	}
	for i, frame := range f.frames {
		if got := frame.Bounds().Size(); got != image.Pt(width, height) {
			t.Errorf("frame %d is %v, want %d×%d", i, got, width, height)
		}
	}
}

// wantColours looks at the middle row of each frame, at these eighths of the width.
func (f film) wantColours(t testing.TB, eighths []int, want [][3]color.NRGBA) {
	t.Helper()
	if len(f.frames) != len(want) {
		t.Fatalf("%d frames, want %d", len(f.frames), len(want))
	}
	for i, frame := range f.frames {
		size := frame.Bounds().Size()
		for j, at := range eighths {
			got := color.NRGBAModel.Convert(frame.At(size.X*at/8, size.Y/2)).(color.NRGBA)
			if w := want[i][j]; !near(got, w, 24) && (w.A != 0 || got.A != 0) {
				t.Errorf("frame %d at %d/8 is %v, want %v", i, at, got, w)
			}
		}
	}
}

// animated runs and demands an animation of the planned format and size.
func animated(t testing.TB, e *Engine, body []byte, o transform.Options) (film, result) {
	t.Helper()
	r, err := try(e, body, o)
	if err != nil {
		t.Fatal(err)
	}
	if !r.plan.Frames.Animated || transform.Sniff(r.body) != r.plan.Format || r.plan.Note != "" {
		t.Fatalf("made %v, planned %+v", transform.Sniff(r.body), r.plan)
	}
	return play(t, e, r.body), r
}

func TestAnimations(t *testing.T) {
	e := start(t, transform.Policy{})
	delays := []int{100, 200, 350, 50}
	webp := transform.Formats(transform.WebP)
	_, made := animated(t, e, tricky(t), transform.Options{Format: transform.WebP})
	for name, source := range map[string][]byte{"gif": tricky(t), "webp": made.body} {
		for _, row := range []struct {
			name   string
			o      transform.Options
			format transform.Format // of a result from a gif; Same: as the source
			size   image.Point
		}{
			{"halved", transform.Options{Width: 80}, transform.Same, image.Pt(80, 40)},
			{"to gif", transform.Options{Width: 80, Format: transform.GIF}, transform.GIF, image.Pt(80, 40)},
			{"to webp", transform.Options{Width: 80, Format: transform.WebP}, transform.WebP, image.Pt(80, 40)},
			{"auto for takers of webp", transform.Options{Width: 80, Format: transform.Auto, Accepts: webp}, transform.WebP, image.Pt(80, 40)},
			{"auto for others", transform.Options{Width: 80, Format: transform.Auto}, transform.GIF, image.Pt(80, 40)},
			{"pages are for stills", transform.Options{Width: 80, Frames: transform.Frames{Page: 2, Pages: 2}}, transform.Same, image.Pt(80, 40)},
			{"enlarged", transform.Options{Width: 200, Enlarge: true}, transform.Same, image.Pt(200, 100)},
			{"one axis", transform.Options{Resize: transform.Force, Height: 40}, transform.Same, image.Pt(160, 40)},
			{"forced", transform.Options{Resize: transform.Force, Width: 60, Height: 60}, transform.Same, image.Pt(60, 60)},
			{"filled", transform.Options{Resize: transform.Fill, Width: 80, Height: 20}, transform.Same, image.Pt(80, 20)},
			{"cut out before", transform.Options{Crop: transform.Crop{Height: 40}, Width: 80}, transform.Same, image.Pt(80, 20)},
			{"only cut out", transform.Options{Crop: transform.Crop{Height: 40}}, transform.Same, image.Pt(160, 40)},
		} {
			t.Run(name+" "+row.name, func(t *testing.T) {
				f, r := animated(t, e, source, row.o)
				if row.format != transform.Same && r.plan.Format != row.format {
					t.Errorf("format %v, want %v", r.plan.Format, row.format)
				}
				f.want(t, row.size.X, row.size.Y, 3, delays)
				f.wantColours(t, []int{1, 3, 6}, shown())
			})
		}
	}
}

func TestAnimationOnABackground(t *testing.T) {
	e := start(t, transform.Policy{})
	o := transform.Options{Width: 80, HasBackground: true, Background: transform.Color{G: 255}}
	want := shown()
	want[3][2] = green
	f, _ := animated(t, e, tricky(t), o)
	f.wantColours(t, []int{1, 3, 6}, want)
}

// TestFramesDoNotBleed: resized as one tall image, a frame's edge would take on the colour of
// the next frame's.
func TestFramesDoNotBleed(t *testing.T) {
	e := start(t, transform.Policy{})
	full := image.Rect(0, 0, 96, 66)
	file := gifOfCells(t, 96, 66, 0, cell{area: full, colour: black, delay: 10}, cell{area: full, colour: white, delay: 10})
	f, _ := animated(t, e, file, transform.Options{Width: 31})
	for i, c := range []color.NRGBA{black, white} {
		size := f.frames[i].Bounds().Size()
		for y := range size.Y {
			if got := color.NRGBAModel.Convert(f.frames[i].At(size.X/2, y)).(color.NRGBA); !near(got, c, 2) {
				t.Errorf("row %d of frame %d is %v", y, i, got)
			}
		}
	}
}

func TestAnimationTimes(t *testing.T) {
	e := start(t, transform.Policy{})
	full := image.Rect(0, 0, 32, 32)
	for _, row := range []struct {
		name          string
		loops, rounds int // in the source, of the result
	}{
		{"for ever", 0, 0},
		{"once", -1, 1},
		{"twice", 1, 2},
		{"thrice", 2, 3},
	} {
		file := gifOfCells(t, 32, 32, row.loops, cell{area: full, colour: red, delay: 3}, cell{area: full, colour: blue, delay: 700})
		for _, format := range []transform.Format{transform.GIF, transform.WebP} {
			t.Run(fmt.Sprint(row.name, " ", format), func(t *testing.T) {
				f, _ := animated(t, e, file, transform.Options{Width: 16, Format: format})
				if format == transform.GIF && row.loops < 0 {
					f.rounds = max(f.rounds, 1) // no loop count at all
				}
				f.want(t, 16, 16, row.rounds, []int{30, 7000})
			})
		}
	}
}

// TestSmartCropFollowsTheFirstFrame: a saturated spot that jumps is where the first frame has
// it, and stays cut out at one place.
func TestSmartCropFollowsTheFirstFrame(t *testing.T) {
	e := start(t, transform.Policy{})
	first := flat(240, 60, color.NRGBA{90, 90, 90, 255})
	draw.Draw(first, image.Rect(190, 20, 220, 40), image.NewUniform(red), image.Point{}, draw.Src)
	smart := transform.Gravity{Anchor: transform.Smart}
	spotted := gifOfImages(t, 10, first, flat(240, 60, green), mirrored(first))
	for name, o := range map[string]transform.Options{
		"after resizing":  {Resize: transform.Fill, Width: 60, Height: 60, Gravity: smart},
		"before resizing": {Crop: transform.Crop{Width: 60, Height: 60, HasGravity: true, Gravity: smart}, Width: 30},
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := animated(t, e, spotted, o)
			if redness(f.frames[0]) == 0 || redness(f.frames[2]) != 0 {
				t.Errorf("red pixels: %d in the first frame, %d in the last", redness(f.frames[0]), redness(f.frames[2]))
			}
		})
	}
}

func TestStills(t *testing.T) {
	e := start(t, transform.Policy{})
	gif := tricky(t)
	_, made := animated(t, e, gif, transform.Options{Format: transform.WebP})
	for name, source := range map[string][]byte{"gif": gif, "webp": made.body} {
		for _, row := range []struct {
			name  string
			o     transform.Options
			frame int
		}{
			{"as jpeg the first", transform.Options{Format: transform.JPEG}, 0},
			{"as png the first", transform.Options{Format: transform.PNG}, 0},
			{"as avif the first", transform.Options{Format: transform.AVIF}, 0},
			{"a page of it", transform.Options{Format: transform.PNG, Frames: transform.Frames{Page: 2}}, 2},
			{"a transparent page as jpeg", transform.Options{Format: transform.JPEG, Frames: transform.Frames{Page: 3}}, 3},
			{"a page, resized", transform.Options{Format: transform.PNG, Width: 80, Frames: transform.Frames{Page: 3}}, 3},
			{"a page, cut out", transform.Options{Format: transform.PNG, Crop: transform.Crop{Height: 20}, Frames: transform.Frames{Page: 1}}, 1},
			{"without animation", transform.Options{Frames: transform.Frames{Still: true}}, 0},
			{"a page without animation", transform.Options{Frames: transform.Frames{Page: 1, Still: true}, Width: 40}, 1},
		} {
			t.Run(name+" "+row.name, func(t *testing.T) {
				r := run(t, e, source, row.o)
				want := shown()[row.frame]
				if row.o.Format == transform.JPEG && want[2].A == 0 {
					want[2] = white
				}
				if transform.Sniff(r.body) == transform.GIF && len(playGIF(t, r.body).frames) != 1 {
					t.Error("it moves")
				}
				film{frames: []image.Image{r.Image}}.wantColours(t, []int{1, 3, 6}, [][3]color.NRGBA{want})
			})
		}
	}
}

func TestPagesStand(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, row := range []struct {
		name   string
		frames transform.Frames
		width  int
		size   image.Point
		want   []int // frames, from the top
	}{
		{"two", transform.Frames{Pages: 2}, 0, image.Pt(160, 160), []int{0, 1}},
		{"two from the second", transform.Frames{Page: 1, Pages: 2}, 0, image.Pt(160, 160), []int{1, 2}},
		{"more than there are", transform.Frames{Page: 2, Pages: 90}, 0, image.Pt(160, 160), []int{2, 3}},
		{"all, resized", transform.Frames{Pages: 4}, 80, image.Pt(80, 160), []int{0, 1, 2, 3}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, tricky(t), transform.Options{Format: transform.PNG, Width: row.width, Frames: row.frames})
			if got := r.Bounds().Size(); got != row.size {
				t.Fatalf("size %v, want %v", got, row.size)
			}
			high := row.size.Y / len(row.want)
			for i, frame := range row.want {
				for j, at := range []int{1, 3, 6} {
					got, want := r.at(row.size.X*at/8, i*high+high/2), shown()[frame][j]
					if !near(got, want, 24) && (got.A != 0 || want.A != 0) {
						t.Errorf("page %d at %d/8 is %v, want %v", frame, at, got, want)
					}
				}
			}
		})
	}
}

func TestOneFrameIsNoAnimation(t *testing.T) {
	e := start(t, transform.Policy{})
	r := run(t, e, gifFile(t, 1), transform.Options{Width: 10})
	if r.plan.Frames != (transform.Reel{}) || len(playGIF(t, r.body).frames) != 1 {
		t.Errorf("planned %+v", r.plan.Frames)
	}
	if _, err := try(e, gifFile(t, 3), transform.Options{Format: transform.PNG, Frames: transform.Frames{Page: 3}}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("the fourth page of three: %v", err)
	}
}

func TestTooManyFrames(t *testing.T) {
	e := start(t, transform.Policy{})
	r := run(t, e, gifFile(t, 1000), transform.Options{Width: 10})
	if r.meta.Pages != 1000 || len(playGIF(t, r.body).frames) != 1 || r.plan.Note == "" {
		t.Errorf("%d frames became %d, note %q", r.meta.Pages, len(playGIF(t, r.body).frames), r.plan.Note)
	}
	r.want(t, "the first frame", 5, 2, red)
}

func TestBrokenAnimation(t *testing.T) {
	e := start(t, transform.Policy{})
	file := gifOfImages(t, 10, noisy(120, 90), noisy(120, 90), noisy(120, 90))
	_, made := animated(t, e, file, transform.Options{Format: transform.WebP, Quality: 90})
	for name, body := range map[string][]byte{
		"gif cut in its first frame":     file[:len(file)/6],
		"webp cut in its last frame":     made.body[:len(made.body)*5/6],
		"gif cut before its second":      append(file[:len(file)/3:len(file)/3], 0, 0),
		"webp whose frames are no WebPs": bytes.ReplaceAll(made.body, []byte("VP8 "), []byte("VP9 ")),
	} {
		r, err := try(e, body, transform.Options{Width: 60})
		if fault.KindOf(err) != fault.Broken && (err != nil || r.meta.Pages >= 3) {
			t.Errorf("a %s, of %d frames: %v", name, r.meta.Pages, err)
		}
	}
}

func TestAnimatedMetadataIsStripped(t *testing.T) {
	e := start(t, transform.Policy{})
	_, r := animated(t, e, tricky(t), transform.Options{Format: transform.WebP, Width: 80})
	for _, trace := range []string{"EXIF", "Exif", "XMP ", "ICCP"} {
		if bytes.Contains(r.body, []byte(trace)) {
			t.Errorf("%q is in it", trace)
		}
	}
}

func gifOfImages(t testing.TB, delay int, images ...image.Image) []byte {
	t.Helper()
	file := gif.GIF{}
	var shades color.Palette
	for v := range 216 {
		shades = append(shades, color.NRGBA{uint8(v / 36 * 51), uint8(v / 6 % 6 * 51), uint8(v % 6 * 51), 255})
	}
	shades = append(shades, color.NRGBA{90, 90, 90, 255})
	for _, img := range images {
		frame := image.NewPaletted(img.Bounds(), shades)
		draw.Draw(frame, img.Bounds(), img, image.Point{}, draw.Src)
		file.Image, file.Delay = append(file.Image, frame), append(file.Delay, delay)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func mirrored(img image.Image) image.Image {
	size := img.Bounds().Size()
	out := image.NewNRGBA(img.Bounds())
	for y := range size.Y {
		for x := range size.X {
			out.Set(x, y, img.At(size.X-1-x, y))
		}
	}
	return out
}

func redness(img image.Image) (pixels int) {
	size := img.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			if near(color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA), red, 60) {
				pixels++
			}
		}
	}
	return pixels
}

// TestTurnedAnimation: EXIF turns every frame by itself, not their column.
func TestTurnedAnimation(t *testing.T) {
	e := start(t, transform.Policy{})
	still := run(t, e, pngFile(t, picture4(128, 64)), transform.Options{Format: transform.WebP, Quality: 95}).body
	other := run(t, e, pngFile(t, flat(128, 64, blue)), transform.Options{Format: transform.WebP}).body
	file := animatedWebP(128, 64, still, other)
	file[20] |= 8 // VP8X: there is EXIF
	turn := exif(6)[6:]
	file = append(file, "EXIF"...)
	file = binary.LittleEndian.AppendUint32(file, uint32(len(turn)))
	file = append(append(file, turn...), make([]byte, len(turn)%2)...)
	binary.LittleEndian.PutUint32(file[4:], uint32(len(file)-8))
	for name, o := range map[string]transform.Options{
		"to gif":   {Format: transform.GIF, Width: 32},
		"cut out":  {Format: transform.GIF, Crop: transform.Crop{Width: 48, Height: 96}},
		"to webp":  {Width: 32},
		"one axis": {Format: transform.GIF, Resize: transform.Force, Width: 32},
	} {
		t.Run(name, func(t *testing.T) {
			f, r := animated(t, e, file, o)
			width, height := r.plan.Size()
			f.want(t, width, height, f.rounds, []int{100, 100})
			result{Image: f.frames[0]}.wantQuarters(t, "quarter", [4]color.NRGBA{blue, red, white, green})
			result{Image: f.frames[1]}.wantQuarters(t, "quarter", [4]color.NRGBA{blue, blue, blue, blue})
			if width >= height {
				t.Errorf("made %d×%d", width, height)
			}
		})
	}
}
