package sketch

import (
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"testing"

	"github.com/buckket/go-blurhash"
	"github.com/galdor/go-thumbhash"
	"github.com/gip4all/gip4all/backend/vectors"
)

// TestVectors: what the clients' decoders are held to is what these libraries mean.
func TestVectors(t *testing.T) {
	body, err := vectors.Read("placeholder.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Count   int
		Vectors []struct {
			Kind, Hash    string
			Width, Height int
			Pixels        [][6]int
		}
	}
	if err := json.Unmarshal(body, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Vectors) != file.Count || file.Count < 7 {
		t.Fatalf("got %d vectors of %d, want all of at least 7", len(file.Vectors), file.Count)
	}
	for _, v := range file.Vectors {
		t.Run(v.Hash, func(t *testing.T) {
			picture := decode(t, v.Kind, v.Hash, v.Width, v.Height)
			if size := picture.Bounds().Size(); size != image.Pt(v.Width, v.Height) {
				t.Fatalf("got %v, want %dx%d", size, v.Width, v.Height)
			}
			for _, p := range v.Pixels {
				got := multiplied(picture.At(p[0], p[1]))
				if want := [4]int(p[2:]); got != want {
					t.Errorf("pixel %d,%d: got %v, want %v", p[0], p[1], got, want)
				}
			}
		})
	}
}

func decode(t *testing.T, kind, hash string, width, height int) image.Image {
	t.Helper()
	if kind == "blurhash" {
		picture, err := blurhash.Decode(hash, width, height, 1)
		if err != nil {
			t.Fatal(err)
		}
		return picture
	}
	raw, err := base64.StdEncoding.DecodeString(hash)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := thumbhash.DecodeImage(raw)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// multiplied gives a colour's bytes, as the vectors have them.
func multiplied(c color.Color) [4]int {
	r, g, b, a := c.RGBA()
	return [4]int{int(r >> 8), int(g >> 8), int(b >> 8), int(a >> 8)}
}
