package child

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/h2non/bimg"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/gip4all/gip4all/backend/camera/cameratest"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/worker"
)

var quarterColours = [4]color.NRGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}

// paint fills the quarters: red, green above blue, white.
func paint(picture draw.Image) draw.Image {
	b := picture.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			picture.Set(x, y, quarterColours[2*y/b.Dy()*2+2*x/b.Dx()])
		}
	}
	return picture
}

func encoded(t *testing.T, encode func(out *bytes.Buffer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pdfOf has a page of quarters, then one of another size in blue; encrypt is more of its trailer.
func pdfOf(encrypt string) []byte {
	const first = "1 0 0 rg 0 24 32 24 re f 0 1 0 rg 32 24 32 24 re f 0 0 1 rg 0 0 32 24 re f "
	const second = "0 0 1 rg 0 0 40 20 re f"
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 64 48]/Contents 4 0 R>>endobj 4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"+
		"5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 20]/Contents 6 0 R>>endobj 6 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"+
		"trailer<</Root 1 0 R%s>>\n", len(first), first, len(second), second, encrypt)
}

const svgQuarters = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><script>x</script><path fill="#f00" d="M0 0h32v24H0z"/>` +
	`<path fill="#0f0" d="M32 0h32v24H32z"/><path fill="#00f" d="M0 24h32v24H0z"/><path fill="#fff" d="M32 24h32v24H32z"/></svg>`

func allInputs() transform.Policy {
	return transform.Policy{SVG: true, SVGPass: true, TIFF: true, PDF: true}
}

// TestEveryInput: a source of each format comes out at the right size in the right colours.
func TestEveryInput(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: allInputs()})
	box := image.Rect(0, 0, 64, 48)
	colours := paint(image.NewNRGBA(box))
	deep := paint(image.NewNRGBA64(box))
	photo := encoded(t, func(o *bytes.Buffer) error { return jpeg.Encode(o, colours, &jpeg.Options{Quality: 100}) })
	thumb := encoded(t, func(o *bytes.Buffer) error { return jpeg.Encode(o, image.NewGray(image.Rect(0, 0, 8, 6)), nil) })
	plain := encoded(t, func(o *bytes.Buffer) error { return png.Encode(o, colours) })
	as := func(format transform.Format) []byte {
		result, err := pool.Transform(t.Context(), transform.Job{Body: plain, Options: transform.Options{Format: format, Quality: 95}})
		if err != nil {
			t.Fatal(err)
		}
		return result.Body
	}
	heic, err := bimg.NewImage(photo).Convert(bimg.HEIF)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name   string
		format transform.Format
		file   []byte
	}{
		{"jpeg", transform.JPEG, photo},
		{"png", transform.PNG, plain},
		{"png of 16 bits", transform.PNG, encoded(t, func(o *bytes.Buffer) error { return png.Encode(o, deep) })},
		{"png with a palette", transform.PNG, encoded(t, func(o *bytes.Buffer) error { return png.Encode(o, paint(image.NewPaletted(box, palette.Plan9))) })},
		{"gif", transform.GIF, encoded(t, func(o *bytes.Buffer) error { return gif.Encode(o, colours, nil) })},
		{"webp", transform.WebP, as(transform.WebP)},
		{"avif", transform.AVIF, as(transform.AVIF)},
		{"heic", transform.HEIC, heic},
		{"jpeg xl", transform.JXL, as(transform.JXL)},
		{"tiff", transform.TIFF, encoded(t, func(o *bytes.Buffer) error { return tiff.Encode(o, colours, nil) })},
		{"tiff of 16 bits", transform.TIFF, encoded(t, func(o *bytes.Buffer) error { return tiff.Encode(o, deep, &tiff.Options{Compression: tiff.Deflate}) })},
		{"bmp", transform.BMP, encoded(t, func(o *bytes.Buffer) error { return bmp.Encode(o, colours) })},
		{"ico", transform.ICO, icon(append([]byte{64, 48, 32}, plain...))},
		{"svg", transform.SVG, []byte(svgQuarters)},
		{"pdf", transform.PDF, pdfOf("")},
		{"cr2", transform.CR2, cameratest.CR2(photo, thumb, 1)},
		{"nef", transform.NEF, cameratest.NEF(photo, 1)},
		{"arw", transform.ARW, cameratest.ARW(photo, thumb, 1)},
		{"dng", transform.DNG, cameratest.DNG(photo, 1)},
		{"rw2", transform.RW2, cameratest.RW2(photo, 1)},
		{"raf", transform.RAF, cameratest.RAF(photo)},
	} {
		t.Run(row.name, func(t *testing.T) {
			result, err := pool.Transform(t.Context(), transform.Job{Body: row.file, Options: transform.Options{Width: 32, Format: transform.PNG}})
			if err != nil {
				t.Fatal(err)
			}
			if result.Source.Format != row.format || result.Source.Width != 64 || result.Source.Height != 48 {
				t.Errorf("source %+v", result.Source)
			}
			wantQuarters(t, result, 32, 24, quarterColours)
		})
	}
}

func wantQuarters(t *testing.T, result transform.Result, width, height int, colours [4]color.NRGBA) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(result.Body))
	if err != nil {
		t.Fatal(err)
	}
	if got := picture.Bounds().Size(); got != image.Pt(width, height) {
		t.Errorf("made %v, want %d×%d", got, width, height)
	}
	for i, want := range colours {
		got := color.NRGBAModel.Convert(picture.At(width/4+i%2*width/2, height/4+i/2*height/2)).(color.NRGBA)
		for _, pair := range [...][2]uint8{{got.R, want.R}, {got.G, want.G}, {got.B, want.B}, {got.A, want.A}} {
			if d := int(pair[0]) - int(pair[1]); d < -30 || d > 30 {
				t.Errorf("quarter %d is %v, want %v", i, got, want)
				break
			}
		}
	}
}

// TestPages: each page has its own size, and drawings are as sharp as they are large.
func TestPages(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: allInputs()})
	blue := [4]color.NRGBA{quarterColours[2], quarterColours[2], quarterColours[2], quarterColours[2]}
	page := func(n int) transform.Frames { return transform.Frames{Page: n} }
	crop := transform.Crop{Width: 8, Height: 6, Gravity: transform.Gravity{Anchor: transform.Center}}
	for _, row := range []struct {
		name          string
		file          []byte
		options       transform.Options
		width, height int
		colours       [4]color.NRGBA
	}{
		{"second page of a pdf", pdfOf(""), transform.Options{Frames: page(1)}, 40, 20, blue},
		{"enlarged", pdfOf(""), transform.Options{Width: 640}, 640, 480, quarterColours},
		{"enlarged second page", pdfOf(""), transform.Options{Width: 400, Frames: page(1)}, 400, 200, blue},
		{"a part, enlarged", pdfOf(""), transform.Options{Width: 320, Crop: crop}, 320, 240, quarterColours},
		{"a part of an svg, enlarged", []byte(svgQuarters), transform.Options{Width: 320, Crop: crop}, 320, 240, quarterColours},
		{"second page of a tiff", twoPages(t), transform.Options{Frames: page(1)}, 20, 10, blue},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.options.Format = transform.PNG
			result, err := pool.Transform(t.Context(), transform.Job{Body: row.file, Options: row.options})
			if err != nil {
				t.Fatal(err)
			}
			wantQuarters(t, result, row.width, row.height, row.colours)
			if row.width >= 320 && row.colours != blue {
				wantSharp(t, result.Body)
			}
		})
	}
}

// wantSharp: the edge in the middle of the top row is at most two pixels wide.
func wantSharp(t *testing.T, file []byte) {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	mixed := 0
	for x := range picture.Bounds().Dx() {
		if r, g, _, _ := picture.At(x, 5).RGBA(); min(r, g) > 0x1000 || max(r, g) < 0xe000 {
			mixed++
		}
	}
	if mixed > 2 {
		t.Errorf("the edge is %d pixels wide", mixed)
	}
}

// twoPages is a TIFF of a page of quarters, and one of another size in blue.
func twoPages(t *testing.T) []byte {
	t.Helper()
	directory := func(picture draw.Image) cameratest.Directory {
		b := picture.Bounds()
		var pixels []byte
		for i := range b.Dx() * b.Dy() {
			c := color.NRGBAModel.Convert(picture.At(i%b.Dx(), i/b.Dx())).(color.NRGBA)
			pixels = append(pixels, c.R, c.G, c.B)
		}
		return cameratest.Directory{Entries: []cameratest.Entry{
			{Tag: 0x0100, Value: uint32(b.Dx())}, {Tag: 0x0101, Value: uint32(b.Dy())}, {Tag: 0x0102, Value: uint16(8)}, {Tag: 0x0103, Value: uint16(1)},
			{Tag: 0x0106, Value: uint16(2)}, {Tag: 0x0111, Value: cameratest.Data(pixels)}, {Tag: 0x0115, Value: uint16(3)},
			{Tag: 0x0116, Value: uint32(b.Dy())}, {Tag: 0x0117, Value: uint32(len(pixels))},
		}}
	}
	second := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	draw.Draw(second, second.Rect, image.NewUniform(quarterColours[2]), image.Point{}, draw.Src)
	return cameratest.File(binary.LittleEndian, "II*\x00\x00\x00\x00\x00", directory(paint(image.NewNRGBA(image.Rect(0, 0, 64, 48)))), directory(second))
}

func TestInputsRefused(t *testing.T) {
	open, closed := newPool(t, worker.Config{Policy: allInputs()}), newPool(t, worker.Config{})
	const locked = "/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/P -4" +
		"/O<0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10>/U<0102030405060708090a0b0c0d0e0f100102030405060708090a0b0c0d0e0f10>>>"
	gone := transform.Options{Frames: transform.Frames{Page: 2}}
	for _, row := range []struct {
		name    string
		pool    *worker.Pool
		file    []byte
		options transform.Options
		kind    fault.Kind
		names   string
	}{
		{"pdf without its setting", closed, pdfOf(""), transform.Options{}, fault.Unsupported, "application/pdf"},
		{"tiff without its setting", closed, twoPages(t), transform.Options{}, fault.Unsupported, "image/tiff"},
		{"svg without its setting", closed, []byte(svgQuarters), transform.Options{}, fault.Unsupported, "image/svg+xml"},
		{"a page that is not there", open, pdfOf(""), gone, fault.Invalid, "page 2 is not from 0 to 1"},
		{"a page of a tiff that is not there", open, twoPages(t), gone, fault.Invalid, "page 2"},
		{"a pdf with a password", open, pdfOf(locked), transform.Options{}, fault.Unsupported, "password"},
		{"a pdf of nothing", open, []byte("%PDF-1.4\nnothing at all"), transform.Options{}, fault.Broken, "PDF data is broken"},
		{"a raw without preview", open, cameratest.DNG([]byte(cameratest.Lossless), 1), transform.Options{}, fault.Unsupported, "image/x-adobe-dng"},
		{"an enormous page", open, []byte(strings.Replace(string(pdfOf("")), "0 0 64 48", "0 0 64000 48", 1)), transform.Options{Width: 10}, fault.TooLarge, "64000"},
		{"a photograph as svg", open, photo(t, 64, 48), transform.Options{Format: transform.SVG}, fault.Invalid, "svg"},
		{"a drawing as svg of another size", open, []byte(svgQuarters), transform.Options{Format: transform.SVG, Width: 10}, fault.Invalid, "svg"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := row.pool.Transform(t.Context(), transform.Job{Body: row.file, Options: row.options})
			if fault.KindOf(err) != row.kind || !strings.Contains(fault.Message(err), row.names) {
				t.Errorf("got %v (%v)", err, fault.KindOf(err))
			}
		})
	}
}

// TestRAWIsTurned: a preview that says nothing of it is turned as the RAW says.
func TestRAWIsTurned(t *testing.T) {
	pool := newPool(t, worker.Config{})
	file := encoded(t, func(o *bytes.Buffer) error {
		return jpeg.Encode(o, paint(image.NewNRGBA(image.Rect(0, 0, 64, 48))), &jpeg.Options{Quality: 100})
	})
	result, err := pool.Transform(t.Context(), transform.Job{Body: cameratest.NEF(file, 6), Options: transform.Options{Format: transform.PNG}})
	if err != nil {
		t.Fatal(err)
	}
	q := quarterColours
	wantQuarters(t, result, 48, 64, [4]color.NRGBA{q[2], q[0], q[3], q[1]})
}

// TestSVGPasses: where nothing is asked, the drawing itself is the answer, without its script.
func TestSVGPasses(t *testing.T) {
	pool := newPool(t, worker.Config{Policy: allInputs()})
	for name, options := range map[string]transform.Options{"nothing": {}, "svg": {Format: transform.SVG, Quality: 50}} {
		result, err := pool.Transform(t.Context(), transform.Job{Body: []byte(svgQuarters), Options: options})
		if err != nil || result.Format != transform.SVG || result.Width != 64 || result.Height != 48 {
			t.Fatalf("%s: %+v, %v", name, result, err)
		}
		if body := string(result.Body); strings.Contains(body, "script") || !strings.Contains(body, `fill="#f00"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
}
