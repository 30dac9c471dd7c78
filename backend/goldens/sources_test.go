package goldens

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/tiff"

	"github.com/gip4all/gip4all/backend/camera/cameratest"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/photo"
	"github.com/gip4all/gip4all/backend/source"
)

const cardWidth, cardHeight = 480, 320

// drawn are the sources, by the name that rows and URLs give them.
type drawn map[string][]byte

func drawSources(t testing.TB) drawn {
	camera := jpegOf(t, counterclockwise(card()))
	return drawn{
		"logo":    pngOf(t, logo()),
		"drawing": []byte(drawing),
		"paper":   []byte(paper),
		"scan":    tiffOf(t, card()),
		"raw":     cameratest.NEF(camera, 6),
		"card":    written(segment(jpegOf(t, card()), 0xe1, exif(1))),
		"turned":  segment(jpegOf(t, counterclockwise(card())), 0xe1, exif(6)),
		"framed":  pngOf(t, framed()),
		"sticker": pngOf(t, photo.Render(photo.Scene{Name: "poster.png", Width: 288, Height: 216, Seed: 1})),
		"film":    film(t),
	}
}

// Open makes them the sources of a renderer.
func (d drawn) Open(_ context.Context, url string) (source.Original, error) {
	body, known := d[url[len("local:///"):]]
	if !known {
		return source.Original{}, fault.New(fault.NotFound, "no source %s", url)
	}
	return source.Original{Body: body}, nil
}

// card is a photograph whose corners tell where is up: red, green above blue, white.
func card() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, cardWidth, cardHeight))
	draw.Draw(img, img.Rect, photo.Small(cardWidth, cardHeight, 5), image.Point{}, draw.Src)
	const badge = 60
	for i, c := range []color.Color{color.RGBA{230, 30, 30, 255}, color.RGBA{30, 200, 60, 255}, color.RGBA{40, 60, 230, 255}, color.White} {
		at := image.Pt(i%2*(cardWidth-badge), i/2*(cardHeight-badge))
		draw.Draw(img, image.Rect(0, 0, badge, badge).Add(at), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return img
}

// counterclockwise is what a camera stores that writes orientation 6.
func counterclockwise(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, img.Rect.Dy(), img.Rect.Dx()))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			out.Set(x, y, img.At(img.Rect.Dx()-1-y, x))
		}
	}
	return out
}

// framed is the card in an uneven white border.
func framed() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(40, 100, 40+cardWidth, 100+cardHeight), card(), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(40+cardWidth-60, 100+cardHeight-60, 40+cardWidth, 100+cardHeight), image.Black, image.Point{}, draw.Src)
	return img
}

// logo is a ring on nothing, whose right half is another colour.
func logo() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for y := range 40 {
		for x := range 60 {
			dx, dy := float64(2*x-59)/60, float64(2*y-39)/40
			if d := dx*dx + dy*dy; d < 1 && d > .3 {
				img.SetNRGBA(x, y, color.NRGBA{255, uint8(x / 30 * 160), 200, 255})
			}
		}
	}
	return img
}

// drawing is an SVG: a sun over a hill.
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><path fill="#bde" d="M0 0h80v60H0z"/>` +
	`<circle cx="56" cy="20" r="12" fill="#fb0"/><path fill="#384" d="M0 60Q30 10 80 60z"/></svg>`

// paper is a PDF: a page with a red corner, and one of another size, all blue but for a stripe.
const paper = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>endobj\n" +
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 60 80]/Contents 4 0 R>>endobj " +
	"4 0 obj<</Length 25>>stream\n1 0 0 rg 0 50 30 30 re f  \nendstream endobj\n" +
	"5 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 80 40]/Contents 6 0 R>>endobj " +
	"6 0 obj<</Length 49>>stream\n0 0 1 rg 0 0 80 40 re f 1 1 0 rg 0 10 80 8 re f   \nendstream endobj\ntrailer<</Root 1 0 R>>\n"

func tiffOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tiff.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// film is an animation: a disc that goes from the left to the right, and is transparent around.
func film(t testing.TB) []byte {
	t.Helper()
	colours := color.Palette{color.Transparent, color.RGBA{240, 120, 0, 255}, color.RGBA{0, 80, 200, 255}}
	file := gif.GIF{}
	for i := range 3 {
		frame := image.NewPaletted(image.Rect(0, 0, 240, 160), colours)
		for y := range 160 {
			for x := range 240 {
				dx, dy := x-60*(i+1), y-80
				if dx*dx+dy*dy < 50*50 {
					frame.SetColorIndex(x, y, 1)
				} else if y > 140 {
					frame.SetColorIndex(x, y, 2)
				}
			}
		}
		file.Image, file.Delay = append(file.Image, frame), append(file.Delay, 20)
		file.Disposal = append(file.Disposal, gif.DisposalBackground)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &file); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment puts a marker segment right after a JPEG's start marker.
func segment(file []byte, marker byte, payload []byte) []byte {
	out := append(bytes.Clone(file[:2]), 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(payload)+2))
	return append(append(out, payload...), file[2:]...)
}

// exif has an orientation, a camera and an author; keepers are looked for by these words.
func exif(orientation byte) []byte {
	b := []byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x03\x00")
	texts, at := "", uint32(8+2+3*12+4)
	entry := func(tag uint16, text string) {
		b = binary.LittleEndian.AppendUint16(b, tag)
		b = append(b, 2, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(text)+1))
		b = binary.LittleEndian.AppendUint32(b, at+uint32(len(texts)))
		texts += text + "\x00"
	}
	entry(0x010f, cameraWord)
	b = append(b, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0)
	entry(0x013b, authorWord)
	return append(append(b, 0, 0, 0, 0), texts...)
}

// What the sources hold beside the picture.
const cameraWord, authorWord, profileWord = "TheirCamera", "Ann Author", "nearly sRGB"

// written adds a profile that is sRGB but for its gamma.
func written(file []byte) []byte {
	return segment(file, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile()...))
}

func profile() []byte {
	fixed := func(values ...uint32) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, v)
		}
		return b
	}
	gamma := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33\x00\x00")
	text := append([]byte("desc\x00\x00\x00\x00\x00\x00\x00\x0c"+profileWord+"\x00"), make([]byte, 80)...)
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", text}, {"cprt", []byte("text\x00\x00\x00\x00none\x00\x00\x00\x00")}, {"wtpt", fixed(0xf6d6, 0x10000, 0xd32d)},
		{"rXYZ", fixed(0x6fa2, 0x38f5, 0x0390)}, {"gXYZ", fixed(0x6299, 0xb785, 0x18da)}, {"bXYZ", fixed(0x24a0, 0x0f84, 0xb6cf)},
		{"rTRC", gamma}, {"gTRC", gamma}, {"bTRC", gamma},
	}
	table, data := binary.BigEndian.AppendUint32(nil, uint32(len(tags))), []byte(nil)
	for _, tag := range tags {
		for len(data)%4 != 0 {
			data = append(data, 0)
		}
		table = binary.BigEndian.AppendUint32(append(table, tag.name...), uint32(128+4+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(tag.data)))
		data = append(data, tag.data...)
	}
	head := make([]byte, 128)
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ \x07\xe0\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp")
	copy(head[68:], fixed(0xf6d6, 0x10000, 0xd32d)[8:])
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(data)))
	return append(append(head, table...), data...)
}
