package child

import (
	"encoding/json"

	"github.com/gip4all/gip4all/backend/metadata"
	"github.com/gip4all/gip4all/backend/sketch"
	"github.com/gip4all/gip4all/backend/transform"
)

// info is the answer of /info: fields are only added, for programs read it.
type info struct {
	Format      string        `json:"format"`
	MediaType   string        `json:"mediaType"`
	Bytes       int           `json:"bytes"`
	Width       int           `json:"width"` // as it is seen, after orientation
	Height      int           `json:"height"`
	Orientation int           `json:"orientation"` // EXIF 1…8, as stored
	Pages       int           `json:"pages"`
	Alpha       bool          `json:"alpha"`
	ColorSpace  string        `json:"colorSpace"`
	Profile     string        `json:"profile,omitempty"`
	EXIF        metadata.EXIF `json:"exif"`

	AverageColor   string   `json:"averageColor"`
	DominantColor  string   `json:"dominantColor"`
	Palette        []string `json:"palette"`
	BlurHash       string   `json:"blurHash"`
	ThumbHash      string   `json:"thumbHash"`
	PerceptualHash string   `json:"perceptualHash"`
	Placeholder    string   `json:"placeholder"` // data: URI
}

func (s subject) info() (transform.Result, error) {
	facts, err := s.describer.Facts(s.body, s.meta)
	if err != nil {
		return transform.Result{}, err
	}
	width, height := s.meta.Upright()
	answer := info{
		Format: s.meta.Format.String(), MediaType: s.meta.Format.MediaType(), Bytes: s.size,
		Width: width, Height: height, Orientation: max(s.meta.Orientation, 1), Pages: s.meta.Pages,
		Alpha: s.meta.Alpha, ColorSpace: facts.Space,
		Profile: metadata.ProfileName(facts.Profile), EXIF: metadata.ReadEXIF(facts.EXIF),
	}
	if err := s.look(&answer); err != nil {
		return transform.Result{}, err
	}
	body, err := json.Marshal(answer)
	return transform.Result{Body: body}, err
}

// look fills in what the thumbnail tells.
func (s subject) look(answer *info) (err error) {
	colours := sketch.ColoursOf(s.thumbnail)
	answer.AverageColor, answer.DominantColor = sketch.Hex(colours.Average), sketch.Hex(colours.Dominant())
	answer.Palette = []string{}
	for _, c := range colours.Palette {
		answer.Palette = append(answer.Palette, sketch.Hex(c))
	}
	answer.ThumbHash = sketch.ThumbHash(s.thumbnail)
	if answer.BlurHash, err = sketch.BlurHash(s.thumbnail); err != nil {
		return err
	}
	if answer.PerceptualHash, err = sketch.Perceptual(s.thumbnail); err != nil {
		return err
	}
	answer.Placeholder, err = s.dataURI()
	return err
}
