package goldens

import (
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/corona10/goimagehash"
)

// fingerprint is what a golden holds of a result. Format, size, frames and what it holds
// beside the picture are exact; the rest has the tolerances below, so that another version of
// libvips or of an encoder passes and another picture does not.
type fingerprint struct {
	Format   string   `json:"format"` // media type
	Size     string   `json:"size"`   // of one frame
	Frames   int      `json:"frames"`
	Bytes    int      `json:"bytes"`
	Hash     string   `json:"hash"`     // 16 × 16 difference hash, over grey
	Quarters []string `json:"quarters"` // mean rrggbbaa of each, in reading order
	Detail   float64  `json:"detail"`   // mean difference of neighbours: what the hash is too coarse for
	Holds    []string `json:"holds,omitempty"`
}

const (
	hashBits    = 12  // of 256, among the results of one run
	keptBits    = 26  // of a golden: a decoder that shrinks a JPEG by another factor changes 21, one pixel of a small crop 27
	channelStep = 6   // of 255, of a quarter's mean
	detailPart  = .12 // of the larger
	bytesPart   = .3  // of the larger
)

// takePrint measures a picture, which for an animation is the column of its frames.
func takePrint(picture image.Image) (f fingerprint, err error) {
	hash, err := goimagehash.ExtDifferenceHash(overGrey(picture), 16, 16)
	if err != nil {
		return f, err
	}
	f.Hash = hash.ToString()
	b := picture.Bounds()
	for i := range 4 {
		min := b.Min.Add(image.Pt(i%2*b.Dx()/2, i/2*b.Dy()/2))
		f.Quarters = append(f.Quarters, mean(picture, image.Rectangle{Min: min, Max: min.Add(image.Pt((b.Dx()+1)/2, (b.Dy()+1)/2))}))
	}
	f.Detail = math.Round(100*detail(picture)) / 100
	return f, nil
}

func overGrey(picture image.Image) image.Image {
	b := picture.Bounds()
	flat := image.NewRGBA(b)
	draw.Draw(flat, b, image.NewUniform(color.Gray{128}), image.Point{}, draw.Src)
	draw.Draw(flat, b, picture, b.Min, draw.Over)
	return flat
}

func mean(picture image.Image, part image.Rectangle) string {
	part = part.Intersect(picture.Bounds())
	var sum [4]uint64
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			r, g, b, a := picture.At(x, y).RGBA()
			for i, v := range [...]uint32{r, g, b, a} {
				sum[i] += uint64(v >> 8)
			}
		}
	}
	n := uint64(max(1, part.Dx()*part.Dy()))
	return fmt.Sprintf("%02x%02x%02x%02x", sum[0]/n, sum[1]/n, sum[2]/n, sum[3]/n)
}

func detail(picture image.Image) float64 {
	b, sum := picture.Bounds(), 0
	for y := b.Min.Y; y < b.Max.Y; y++ {
		last := -1
		for x := b.Min.X; x < b.Max.X; x++ {
			v := int(color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y)
			if last >= 0 {
				sum += max(v-last, last-v)
			}
			last = v
		}
	}
	return float64(sum) / float64(b.Dx()*b.Dy())
}

// differs says in what two fingerprints of one run are not the same, "" in nothing.
func (f fingerprint) differs(from fingerprint) string { return f.differsBy(from, hashBits) }

func (f fingerprint) differsBy(from fingerprint, most int) string {
	exact := func(f fingerprint) string { return fmt.Sprint(f.Format, " ", f.Size, " ", f.Frames, " ", f.Holds) }
	switch {
	case exact(f) != exact(from):
		return fmt.Sprintf("%s, not %s", exact(f), exact(from))
	case apart(float64(f.Bytes), float64(from.Bytes), bytesPart, 60):
		return fmt.Sprintf("%d bytes, not %d", f.Bytes, from.Bytes)
	case apart(f.Detail, from.Detail, detailPart, .1):
		return fmt.Sprintf("detail of %v, not %v", f.Detail, from.Detail)
	case !slices.EqualFunc(f.Quarters, from.Quarters, nearly):
		return fmt.Sprintf("quarters of %v, not %v", f.Quarters, from.Quarters)
	}
	if away := distance(f.Hash, from.Hash); away > most {
		return fmt.Sprintf("a hash %d bits away", away)
	}
	return ""
}

func apart(a, b, part, least float64) bool {
	return math.Abs(a-b) > max(part*max(a, b), least)
}

func nearly(a, b string) bool {
	var x, y [4]int
	if _, err := fmt.Sscanf(a+" "+b, "%02x%02x%02x%02x %02x%02x%02x%02x", &x[0], &x[1], &x[2], &x[3], &y[0], &y[1], &y[2], &y[3]); err != nil {
		return false
	}
	for i := range x {
		if d := x[i] - y[i]; d > channelStep || d < -channelStep {
			return false
		}
	}
	return true
}

// distance is how many bits differ of two hashes as goimagehash writes them, "d:" and hex.
func distance(a, b string) (count int) {
	one, errA := hex.DecodeString(strings.TrimPrefix(a, "d:"))
	two, errB := hex.DecodeString(strings.TrimPrefix(b, "d:"))
	if errA != nil || errB != nil || len(one) != len(two) {
		return math.MaxInt
	}
	for i := range one {
		count += bits.OnesCount8(one[i] ^ two[i])
	}
	return count
}
