// Package sketch says in a few bytes what a small picture looks like: its colours, and hashes
// that are blurred pictures (BlurHash, ThumbHash) or can be compared (perceptual).
//
// The promise: the same pixels give the same words, and the cost is bounded by the picture,
// which callers keep to about a hundred pixels a side.
//
// It reads no files and knows no image formats.
package sketch

import (
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"

	"github.com/buckket/go-blurhash"
	"github.com/corona10/goimagehash"
	"github.com/galdor/go-thumbhash"
)

// BlurHash has no transparency: what is transparent is white, as in JPEG results. A longer
// side gets a component more.
func BlurHash(picture *image.NRGBA) (string, error) {
	width, height := picture.Rect.Dx(), picture.Rect.Dy()
	across, down := 4, 4
	switch {
	case 5*width > 6*height:
		down = 3
	case 5*height > 6*width:
		across = 3
	}
	return blurhash.Encode(across, down, onWhite(grown(picture, (fewest+width-1)/width, (fewest+height-1)/height)))
}

// ThumbHash is in base64, as its own demonstrations write it.
func ThumbHash(picture *image.NRGBA) string {
	by := max(1, largest/max(picture.Rect.Dx(), picture.Rect.Dy()))
	picture = grown(picture, by, by)
	// The library, as the algorithm, wants colours not multiplied by alpha, but reads them out
	// of an image.RGBA: it gets these bytes under that name.
	straight := &image.RGBA{Pix: picture.Pix, Stride: picture.Stride, Rect: picture.Rect}
	return base64.StdEncoding.EncodeToString(thumbhash.EncodeImage(straight))
}

// Perceptual is a 64-bit pHash, as "p:" and 16 hex digits: pictures that look alike differ
// in few bits.
func Perceptual(picture *image.NRGBA) (string, error) {
	hash, err := goimagehash.PerceptionHash(onWhite(picture))
	if err != nil {
		return "", err
	}
	return hash.ToString(), nil
}

// Both hashes are sums of waves, which along fewer pixels than a wave needs are no waves: one
// blue pixel would come back white. ThumbHash holds the ratio, so its pixels stay square.
const (
	fewest  = 16  // pixels a side for BlurHash: four for each of its waves
	largest = 100 // pixels a side for ThumbHash, by its specification
)

// grown repeats each pixel so often across and down.
func grown(picture *image.NRGBA, across, down int) *image.NRGBA {
	if across == 1 && down == 1 {
		return picture
	}
	size := picture.Rect.Size()
	large := image.NewNRGBA(image.Rect(0, 0, size.X*across, size.Y*down))
	for y := range size.Y * down {
		for x := range size.X * across {
			large.SetNRGBA(x, y, picture.NRGBAAt(x/across, y/down))
		}
	}
	return large
}

func onWhite(picture *image.NRGBA) image.Image {
	flat := image.NewRGBA(picture.Rect)
	draw.Draw(flat, flat.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, picture, picture.Rect.Min, draw.Over)
	return flat
}
