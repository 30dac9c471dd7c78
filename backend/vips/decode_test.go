package vips

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/h2non/bimg"

	"github.com/gip4all/gip4all/backend/transform"
)

func TestOrientation(t *testing.T) {
	e := start(t, transform.Policy{})
	// The upright view of a file whose stored quarters are red, green, blue, white.
	upright := [9][4]color.NRGBA{
		1: {red, green, blue, white},
		2: {green, red, white, blue},
		3: {white, blue, green, red},
		4: {blue, white, red, green},
		5: {red, blue, green, white},
		6: {blue, red, white, green},
		7: {white, green, blue, red},
		8: {green, white, red, blue},
	}
	plain := jpegFile(t, picture4(320, 160))
	for orientation := 1; orientation <= 8; orientation++ {
		file := segment(plain, 0xe1, exif(orientation))
		width, height := 320, 160
		if orientation >= 5 {
			width, height = height, width
		}
		for _, row := range []struct {
			name string
			o    transform.Options
			size image.Point
		}{
			{"as it is", transform.Options{}, image.Pt(width, height)},
			{"shrunk on load", transform.Options{Width: width / 8}, image.Pt(width/8, height/8)},
			{"forced", transform.Options{Resize: transform.Force, Width: 50, Height: 70}, image.Pt(50, 70)},
			{"centre cut out", transform.Options{Crop: transform.Crop{Width: 80, Height: 60}}, image.Pt(80, 60)},
			{"centre cut out, shrunk", transform.Options{Crop: transform.Crop{Width: .5, Height: .5}, Width: width / 16}, image.Pt(width/16, height/16)},
		} {
			t.Run(fmt.Sprint(orientation, " ", row.name), func(t *testing.T) {
				r := run(t, e, file, row.o)
				if r.Bounds().Size() != row.size {
					t.Errorf("size %v, want %v", r.Bounds().Size(), row.size)
				}
				r.wantQuarters(t, "quarter", upright[orientation])
			})
		}
		t.Run(fmt.Sprint(orientation, " corner cut out"), func(t *testing.T) {
			crop := transform.Crop{Width: 40, Height: 40, HasGravity: true, Gravity: transform.Gravity{Anchor: transform.NorthEast}}
			r := run(t, e, file, transform.Options{Crop: crop})
			r.want(t, "corner", 20, 20, upright[orientation][1])
		})
	}
}

func TestColours(t *testing.T) {
	e := start(t, transform.Policy{})
	grey := func(v uint8) color.NRGBA { return color.NRGBA{v, v, v, 255} }
	repeated := func(pixel string, n int) []byte { return bytes.Repeat([]byte(pixel), n) }
	swapped := jpegFile(t, flat(64, 64, red))
	iccp := pngChunk("iCCP", append([]byte("swapped\x00\x00"), deflated(swappedProfile())...))
	plte := pngChunk("PLTE", []byte{0, 0, 0, 0, 0, 255})
	for _, row := range []struct {
		name string
		file []byte
		want color.NRGBA
	}{
		{"cmyk jpeg, cyan", cmykJPEG(64, 64, [4]byte{0, 255, 255, 255}), color.NRGBA{0, 160, 230, 255}},
		{"cmyk jpeg, no ink", cmykJPEG(64, 64, [4]byte{255, 255, 255, 255}), white},
		{"grey jpeg", jpegFile(t, &image.Gray{Pix: repeated("\x60", 4096), Stride: 64, Rect: image.Rect(0, 0, 64, 64)}), grey(0x60)},
		{"grey png", rawPNG(64, 64, 8, 0, repeated("\x60", 4096)), grey(0x60)},
		{"grey png of one bit", rawPNG(64, 64, 1, 0, repeated("\xff", 512)), white},
		{"grey and alpha png", rawPNG(64, 64, 8, 4, repeated("\x60\x80", 4096)), color.NRGBA{0x60, 0x60, 0x60, 0x80}},
		{"16-bit png", rawPNG(64, 64, 16, 2, repeated("\xff\xff\x80\x00\x00\x00", 4096)), color.NRGBA{255, 128, 0, 255}},
		{"16-bit grey png", rawPNG(64, 64, 16, 0, repeated("\x60\x00", 4096)), grey(0x60)},
		{"16-bit png with alpha", rawPNG(64, 64, 16, 6, repeated("\xff\xff\x80\x00\x00\x00\x80\x00", 4096)), color.NRGBA{255, 128, 0, 128}},
		{"palette png", rawPNG(64, 64, 8, 3, repeated("\x01", 4096), plte), blue},
		{"jpeg with a profile", withProfile(swapped, swappedProfile()), green},
		{"turned jpeg with a profile", segment(withProfile(swapped, swappedProfile()), 0xe1, exif(6)), green},
		{"png with a profile", rawPNG(64, 64, 8, 2, repeated("\xff\x00\x00", 4096), iccp), green},
		{"transparent png with a profile", rawPNG(64, 64, 8, 6, repeated("\xff\x00\x00\x80", 4096), iccp), color.NRGBA{0, 255, 0, 128}},
		{"16-bit png with a profile", rawPNG(64, 64, 16, 2, repeated("\xff\xff\x00\x00\x00\x00", 4096), iccp), green},
		{"grey jpeg with a profile of colours", withProfile(jpegFile(t, &image.Gray{Pix: repeated("\x60", 4096), Stride: 64,
			Rect: image.Rect(0, 0, 64, 64)}), swappedProfile()), grey(0x60)},
		{"jpeg with a profile of garbage", withProfile(swapped, repeated("garbage", 100)), red},
		{"cmyk jpeg with a profile of colours", withProfile(cmykJPEG(64, 64, [4]byte{255, 255, 255, 255}), swappedProfile()), white},
	} {
		t.Run(row.name, func(t *testing.T) {
			for name, o := range map[string]transform.Options{
				"as it is": {},
				"resized":  {Width: 13},
				"enlarged": {Width: 100, Enlarge: true},
				"one axis": {Resize: transform.Force, Height: 20},
				"cut out":  {Crop: transform.Crop{Width: .5, Height: .5}, Width: 5},
			} {
				r := run(t, e, row.file, o)
				r.want(t, name, r.Bounds().Dx()/2, r.Bounds().Dy()/2, row.want)
			}
		})
	}
}

// TestTransparentEdges: what lies hidden under full transparency must not bleed into the
// edge of what is visible.
func TestTransparentEdges(t *testing.T) {
	e := start(t, transform.Policy{})
	img := flat(90, 90, color.NRGBA{255, 0, 0, 0})
	for y := 31; y < 90; y++ {
		for x := 31; x < 90; x++ {
			img.SetNRGBA(x, y, green)
		}
	}
	file := pngFile(t, img)
	for name, o := range map[string]transform.Options{
		"resized":       {Width: 17},
		"width only":    {Resize: transform.Force, Width: 17},
		"height only":   {Resize: transform.Force, Height: 17},
		"part, resized": {Crop: transform.Crop{Width: 80, Height: 80}, Width: 23},
		"part, width":   {Crop: transform.Crop{Width: 80, Height: 80}, Resize: transform.Force, Width: 23},
		"enlarged":      {Width: 200, Enlarge: true},
		"as webp":       {Width: 17, Format: transform.WebP, Quality: 100},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, e, file, o)
			for y := range r.Bounds().Dy() {
				for x := range r.Bounds().Dx() {
					if c := r.at(x, y); c.A > 60 && (c.R > 20 || c.G < 225) {
						t.Fatalf("a fringe at %d,%d: %v", x, y, c)
					}
				}
			}
		})
	}
}

func TestSizes(t *testing.T) {
	e := start(t, transform.Policy{})
	for _, row := range []struct {
		name          string
		width, height int
		o             transform.Options
		want          image.Point
	}{
		{"a pole", 1, 10000, transform.Options{Height: 100}, image.Pt(1, 100)},
		{"a line", 10000, 1, transform.Options{Width: 100}, image.Pt(100, 1)},
		{"a pole to a point", 1, 10000, transform.Options{Resize: transform.Force, Width: 1, Height: 1}, image.Pt(1, 1)},
		{"a line, filled", 10000, 1, transform.Options{Resize: transform.Fill, Width: 50, Height: 50}, image.Pt(50, 1)},
		{"never enlarged", 20, 10, transform.Options{Width: 200}, image.Pt(20, 10)},
		{"enlarged", 20, 10, transform.Options{Width: 201, Enlarge: true}, image.Pt(201, 101)},
		{"one pixel enlarged", 1, 1, transform.Options{Width: 300, Enlarge: true}, image.Pt(300, 300)},
		{"fill", 317, 211, transform.Options{Resize: transform.Fill, Width: 99, Height: 100}, image.Pt(99, 100)},
		{"fill, enlarged", 31, 21, transform.Options{Resize: transform.Fill, Width: 99, Height: 100, Enlarge: true}, image.Pt(99, 100)},
		{"cut", 317, 211, transform.Options{Crop: transform.Crop{Width: 33, Height: .5}}, image.Pt(33, 106)},
		{"cut and filled", 317, 211, transform.Options{Crop: transform.Crop{Width: 111}, Resize: transform.Fill, Width: 40, Height: 40}, image.Pt(40, 40)},
	} {
		for name, file := range map[string][]byte{
			"jpeg": jpegFile(t, flat(row.width, row.height, blue)),
			"png":  pngFile(t, flat(row.width, row.height, blue)),
		} {
			t.Run(row.name+" "+name, func(t *testing.T) {
				r := run(t, e, file, row.o)
				if r.Bounds().Size() != row.want {
					t.Errorf("size %v, want %v", r.Bounds().Size(), row.want)
				}
				r.want(t, "first pixel", 0, 0, blue)
			})
		}
	}
}

// TestEverySize: shrinking on load and then resizing must hit every size to the pixel.
func TestEverySize(t *testing.T) {
	e := start(t, transform.Policy{})
	file := segment(jpegFile(t, flat(331, 173, green)), 0xe1, exif(6))
	for width := 1; width <= 173; width += 3 {
		run(t, e, file, transform.Options{Width: width})
		run(t, e, file, transform.Options{Resize: transform.Force, Width: width, Height: 400 - 2*width})
		run(t, e, file, transform.Options{Crop: transform.Crop{Width: 101, Height: 203}, Width: width})
	}
}

// TestCutIsClean: nothing beyond a cut shows at its edges, also when JPEG shrinks on load.
func TestCutIsClean(t *testing.T) {
	e := start(t, transform.Policy{})
	img := flat(640, 640, white) // without colours, which JPEG itself smears over two pixels
	for y := 160; y < 480; y++ {
		for x := 160; x < 480; x++ {
			img.SetNRGBA(x, y, black)
		}
	}
	for name, file := range map[string][]byte{"jpeg": jpegFile(t, img), "png": pngFile(t, img)} {
		for _, width := range []int{320, 200, 40, 20, 10} {
			r := run(t, e, file, transform.Options{Crop: transform.Crop{Width: 320, Height: 320}, Width: width})
			for _, corner := range []int{0, width - 1} {
				r.want(t, fmt.Sprint(name, " of ", width), corner, corner, black)
			}
		}
	}
}

func TestSmartCrop(t *testing.T) {
	e := start(t, transform.Policy{})
	img := flat(900, 300, color.NRGBA{40, 40, 40, 255})
	for y := 100; y < 200; y++ { // something to look at, on the right
		for x := 750; x < 850; x++ {
			img.SetNRGBA(x, y, [2]color.NRGBA{{255, 120, 80, 255}, {90, 20, 200, 255}}[(x/10+y/10)%2])
		}
	}
	smart := transform.Gravity{Anchor: transform.Smart}
	for name, file := range map[string][]byte{"jpeg": jpegFile(t, img), "png": pngFile(t, img)} {
		for how, o := range map[string]transform.Options{
			"before the resize": {Crop: transform.Crop{Width: 300, Height: 300}, Gravity: smart, Width: 60},
			"after the resize":  {Resize: transform.Fill, Width: 60, Height: 60, Gravity: smart},
			"before, unresized": {Crop: transform.Crop{Width: 300, Height: 300}, Gravity: smart},
		} {
			t.Run(name+" "+how, func(t *testing.T) {
				r := run(t, e, file, o)
				side, bright := r.Bounds().Dx(), 0
				for y := range side {
					for x := range side {
						if c := r.at(x, y); c.R > 80 {
							bright++
						}
					}
				}
				if bright < side*side/20 {
					t.Errorf("%d of %d pixels are of the interesting part", bright, side*side)
				}
			})
		}
	}
}

func TestSourceFormats(t *testing.T) {
	e := start(t, transform.Policy{})
	plain := pngFile(t, picture4(64, 64))
	as := func(f transform.Format) []byte {
		return run(t, e, plain, transform.Options{Format: f, Quality: 95}).body
	}
	heic, err := bimg.NewImage(jpegFile(t, picture4(64, 64))).Convert(bimg.HEIF)
	if err != nil {
		t.Fatal(err)
	}
	still := as(transform.WebP)
	for _, row := range []struct {
		name string
		file []byte
		meta transform.Meta
	}{
		{"jpeg", jpegFile(t, picture4(64, 64)), transform.Meta{Format: transform.JPEG, Width: 64, Height: 64, Orientation: 1, Pages: 1}},
		{"avif", as(transform.AVIF), transform.Meta{Format: transform.AVIF, Width: 64, Height: 64, Orientation: 1, Pages: 1}},
		{"heic", heic, transform.Meta{Format: transform.HEIC, Width: 64, Height: 64, Orientation: 1, Pages: 1}},
		{"gif", gifOf(t, picture4(64, 64)), transform.Meta{Format: transform.GIF, Width: 64, Height: 64, Orientation: 1, Pages: 1}},
		{"webp", still, transform.Meta{Format: transform.WebP, Width: 64, Height: 64, Orientation: 1, Pages: 1}},
		{"turned jpeg", segment(jpegFile(t, flat(64, 32, red)), 0xe1, exif(8)),
			transform.Meta{Format: transform.JPEG, Width: 64, Height: 32, Orientation: 8, Pages: 1}},
		{"animated gif", gifFile(t, 3), transform.Meta{Format: transform.GIF, Width: 20, Height: 10, Orientation: 1, Pages: 3}},
		{"animated webp", animatedWebP(64, 64, still, still), transform.Meta{Format: transform.WebP, Width: 64, Height: 64, Orientation: 1, Pages: 2}},
		{"transparent png", pngFile(t, flat(64, 64, color.NRGBA{1, 2, 3, 4})),
			transform.Meta{Format: transform.PNG, Width: 64, Height: 64, Orientation: 1, Pages: 1, Alpha: true}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := run(t, e, row.file, transform.Options{Width: 16, Format: transform.PNG})
			r.meta.Extras = false // TestExtras of package transform
			if r.meta != row.meta {
				t.Errorf("probed %+v, want %+v", r.meta, row.meta)
			}
			if row.meta.Width == row.meta.Height && !row.meta.Alpha {
				r.wantQuarters(t, "quarter", [4]color.NRGBA{red, green, blue, white})
			}
		})
	}
}

func TestAnimationsStay(t *testing.T) {
	e := start(t, transform.Policy{})
	file := gifFile(t, 3)
	r, err := try(e, file, transform.Options{Format: transform.Auto, Accepts: transform.Formats(transform.AVIF)})
	if err != nil || !bytes.Equal(r.body, file) {
		t.Errorf("an animation nobody changes became %d bytes of %v, %v", len(r.body), r.plan.Format, err)
	}
	still := run(t, e, file, transform.Options{Width: 10, Format: transform.PNG})
	still.want(t, "first frame", 5, 2, red)
}
