// Package photo makes pictures that look like photographs, for the demo site, tests and
// benchmarks: landscapes painted from noise, with the gradients, fine detail and sensor
// noise that give a JPEG the size and the difficulty of a camera's, and one flat poster
// with transparency.
//
// The promise: a [Scene] always gives the same pixels on one machine, however many cores
// paint them. (Another processor may round the last bit of a float differently.)
//
// It reads no files, copies nobody's picture, writes no metadata, and is not part of what
// the server does to images: only the demo site and tests use it.
package photo

import (
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
)

// jpegQuality is what cameras and editors commonly use for an original.
const jpegQuality = 90

// Scene is a picture to paint. Name is a file name: the part before the dot chooses the
// motif, and ".png" the encoding. A name that [Scenes] does not have gets a landscape
// that Seed chooses.
type Scene struct {
	Name          string
	Width, Height int    // pixels
	Seed          uint64 // moves every ridge, cloud and star
}

// Scenes are the demo site's pictures.
func Scenes() []Scene {
	return []Scene{
		{Name: "mountains-dusk.jpg", Width: 4000, Height: 3000, Seed: 11},
		{Name: "sea-noon.jpg", Width: 4000, Height: 3000, Seed: 5},
		{Name: "forest-fog.jpg", Width: 2400, Height: 1600, Seed: 3},
		{Name: "night-lake.jpg", Width: 2000, Height: 3000, Seed: 8},
		{Name: "desert-dunes.jpg", Width: 2400, Height: 1600, Seed: 1},
		{Name: "poster.png", Width: 1152, Height: 864, Seed: 1},
	}
}

// Small is a landscape of any size: width and height in pixels, and seed chooses both the
// motif and its details.
func Small(width, height int, seed uint64) image.Image {
	return Render(Scene{Width: width, Height: height, Seed: seed})
}

// Render paints the scene: an *image.RGBA, or an *image.NRGBA for the poster, whose
// background is transparent. It uses every core. A size below one pixel gives an empty image.
func Render(s Scene) image.Image {
	if s.Width < 1 || s.Height < 1 {
		return image.NewRGBA(image.Rectangle{})
	}
	motif, _, _ := strings.Cut(s.Name, ".")
	if motif == "poster" {
		return poster(s)
	}
	return develop(s, landscape(motif, s.Seed))
}

// Encode paints the scene and writes it as its name says: PNG, or else JPEG of quality 90.
func (s Scene) Encode(w io.Writer) error {
	picture := Render(s)
	var err error
	if strings.HasSuffix(s.Name, ".png") {
		err = png.Encode(w, picture)
	} else {
		err = jpeg.Encode(w, picture, &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return fmt.Errorf("encode %s: %w", s.Name, err)
	}
	return nil
}

// painter prepares what a scene needs and gives the colour of each pixel.
type painter func(*view) shader

func landscape(motif string, seed uint64) painter {
	motifs := []struct {
		name  string
		paint painter
	}{
		{"mountains-dusk", mountains},
		{"sea-noon", sea},
		{"forest-fog", forest},
		{"night-lake", night},
		{"desert-dunes", desert},
	}
	for _, each := range motifs {
		if each.name == motif {
			return each.paint
		}
	}
	return motifs[seed%uint64(len(motifs))].paint
}
