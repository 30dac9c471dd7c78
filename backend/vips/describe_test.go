package vips

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// thumbnailOf probes, plans and makes a thumbnail.
func thumbnailOf(e *Engine, body []byte, o transform.Options) (*image.NRGBA, error) {
	o.StandIn = transform.LQIP
	meta, err := e.Probe(body)
	if err != nil {
		return nil, err
	}
	plan, err := transform.MakePlan(meta, o.Thumbnail(), e.policy)
	if err != nil {
		return nil, err
	}
	return e.Thumbnail(body, meta, plan)
}

func TestThumbnail(t *testing.T) {
	e := start(t, transform.Policy{})
	grey := bytes.Repeat([]byte{128, 255}, 40*20)
	square := transform.Options{Resize: transform.Fill, Width: 300, Height: 300, Gravity: transform.Gravity{Anchor: transform.West}}
	for _, row := range []struct {
		name          string
		file          []byte
		o             transform.Options
		width, height int
		corner        color.NRGBA // top left, near enough
	}{
		{"jpeg", jpegFile(t, picture4(400, 200)), transform.Options{}, 100, 50, red},
		{"smaller than a thumbnail", pngFile(t, picture4(40, 20)), transform.Options{}, 40, 20, red},
		{"upright", segment(jpegFile(t, picture4(400, 200)), 0xe1, exif(6)), transform.Options{}, 50, 100, blue},
		{"grey with alpha", rawPNG(40, 20, 8, 4, grey), transform.Options{}, 40, 20, color.NRGBA{128, 128, 128, 255}},
		{"cmyk", cmykJPEG(64, 32, [4]byte{255, 255, 255, 255}), transform.Options{}, 64, 32, white},
		{"profile", withProfile(jpegFile(t, flat(40, 20, red)), swappedProfile()), transform.Options{}, 40, 20, green},
		{"an animation's first frame", gifFile(t, 3), transform.Options{}, 20, 10, red},
		{"transparent", pngFile(t, flat(40, 20, color.NRGBA{})), transform.Options{}, 40, 20, color.NRGBA{}},
		{"a background", pngFile(t, flat(40, 20, color.NRGBA{})), transform.Options{HasBackground: true, Background: transform.Color{B: 255}}, 40, 20, blue},
		{"a ratio", jpegFile(t, picture4(400, 200)), square, 100, 100, red},
		{"a part", jpegFile(t, picture4(400, 200)), transform.Options{Crop: transform.Crop{Width: .5, Height: .5,
			HasGravity: true, Gravity: transform.Gravity{Anchor: transform.SouthEast}}}, 100, 50, white},
		{"one pixel", pngFile(t, flat(1, 1, blue)), transform.Options{}, 1, 1, blue},
		{"a line", pngFile(t, flat(2000, 1, blue)), transform.Options{}, 100, 1, blue},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := thumbnailOf(e, row.file, row.o)
			if err != nil {
				t.Fatal(err)
			}
			if size := got.Rect.Size(); size != image.Pt(row.width, row.height) || len(got.Pix) != 4*row.width*row.height {
				t.Fatalf("%v, %d bytes; want %d×%d", size, len(got.Pix), row.width, row.height)
			}
			// Not the rotated one's centre lines; a profile's colours are only roughly primaries.
			if c := got.NRGBAAt(row.width/8, row.height/8); !near(c, row.corner, 70) {
				t.Errorf("the corner is %v, want %v", c, row.corner)
			}
		})
	}
}

func TestThumbnailOfBrokenData(t *testing.T) {
	e := start(t, transform.Policy{})
	file := jpegFile(t, noisy(300, 200))
	if got, err := thumbnailOf(e, file[:len(file)/2], transform.Options{}); fault.KindOf(err) != fault.Broken || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestFacts(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, row := range []struct {
		name, space   string
		file          []byte
		exif, profile bool
	}{
		{"rgb", "rgb", jpegFile(t, picture4(40, 20)), false, false},
		{"16 bits", "rgb", rawPNG(4, 4, 16, 2, make([]byte, 4*4*6)), false, false},
		{"grey", "grey", rawPNG(4, 4, 8, 0, make([]byte, 16)), false, false},
		{"cmyk", "cmyk", cmykJPEG(64, 32, [4]byte{255, 255, 255, 255}), false, false},
		{"exif", "rgb", segment(jpegFile(t, picture4(40, 20)), 0xe1, exif(6)), true, false},
		{"profile", "rgb", withProfile(jpegFile(t, flat(40, 20, red)), swappedProfile()), false, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			meta, err := e.Probe(row.file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := e.Facts(row.file, meta)
			if err != nil || got.Space != row.space || (got.EXIF != nil) != row.exif || (got.Profile != nil) != row.profile {
				t.Errorf("got %q, %d and %d bytes, %v", got.Space, len(got.EXIF), len(got.Profile), err)
			}
			if row.profile && !bytes.Equal(got.Profile, swappedProfile()) {
				t.Error("the profile is another")
			}
		})
	}
	if _, err := e.Facts([]byte("\xff\xd8\xffgarbage garbage"), transform.Meta{Format: transform.JPEG}); fault.KindOf(err) != fault.Broken {
		t.Errorf("garbage: %v", err)
	}
}

func TestSoften(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, format := range []transform.Format{transform.WebP, transform.JPEG, transform.PNG, transform.GIF} {
		t.Run(format.String(), func(t *testing.T) {
			o := transform.Options{StandIn: transform.LQIP, Format: format}
			plan := transform.PlanLQIP(100, 50, false, o, transform.Policy{})
			body, err := e.Soften(picture4(100, 50), plan)
			if err != nil || len(body) > 1500 {
				t.Fatalf("%d bytes, %v", len(body), err)
			}
			decoded, name, err := image.Decode(bytes.NewReader(body))
			if err != nil || name != format.String() || decoded.Bounds().Size() != image.Pt(24, 12) {
				t.Fatalf("%s %v, %v", name, decoded, err)
			}
			result{Image: decoded}.wantQuarters(t, "blurred", [4]color.NRGBA{red, green, blue, white})
			if edge := (result{Image: decoded}).at(11, 2); edge.R < 40 || edge.G < 40 {
				t.Errorf("red meets green sharply: %v", edge)
			}
		})
	}
}

// TestSoftenHidesColoursUnderTransparency: no green shows where red fades to nothing.
func TestSoftenHidesColoursUnderTransparency(t *testing.T) {
	e := start(t, transform.Policy{})
	half := flat(100, 50, red)
	for y := range 50 {
		for x := range 50 {
			half.SetNRGBA(x, y, color.NRGBA{0, 255, 0, 0})
		}
	}
	plan := transform.PlanLQIP(100, 50, true, transform.Options{StandIn: transform.LQIP, Format: transform.PNG}, transform.Policy{})
	body, err := e.Soften(half, plan)
	if err != nil {
		t.Fatal(err)
	}
	decoded, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for x := range 24 {
		if c := (result{Image: decoded}).at(x, 6); c.G > 8 && c.A > 8 {
			t.Errorf("at %d: %v", x, c)
		}
	}
	if left, right := (result{Image: decoded}).at(2, 6), (result{Image: decoded}).at(21, 6); left.A != 0 || right.A != 255 {
		t.Errorf("from %v to %v", left, right)
	}
}

func TestSoftenOnePixel(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, size := range []image.Point{{1, 1}, {100, 1}, {1, 100}, {3, 2}} {
		plan := transform.PlanLQIP(size.X, size.Y, false, transform.Options{StandIn: transform.LQIP, Format: transform.PNG}, transform.Policy{})
		if _, err := e.Soften(flat(size.X, size.Y, blue), plan); err != nil {
			t.Errorf("%v: %v", size, err)
		}
	}
}
