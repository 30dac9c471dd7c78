package child

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/sketch"
	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gip4all/gip4all/backend/vips"
	"github.com/gip4all/gip4all/backend/worker/pipe"
)

// Describer makes what stands in for a picture. As with Engine, each call is alone.
type Describer interface {
	// Facts reads what a header tells beyond its Meta.
	Facts(body []byte, meta transform.Meta) (vips.Facts, error)
	// Thumbnail does what plan says and gives the pixels.
	Thumbnail(body []byte, meta transform.Meta, plan transform.Plan) (*image.NRGBA, error)
	// Soften shrinks, blurs and encodes a thumbnail.
	Soften(thumbnail *image.NRGBA, plan transform.Plan) ([]byte, error)
}

// standIns sends jobs for stand-ins their own way, and all others to pictures.
func standIns(engine Engine, describer Describer, policy transform.Policy, pictures pipe.Work) pipe.Work {
	return func(job transform.Job) (transform.Result, error) {
		if job.Options.StandIn == transform.Picture {
			return pictures(job)
		}
		return describe(engine, describer, policy, job)
	}
}

// subject is one source being described.
type subject struct {
	body      []byte
	size      int // of the source, of which body may be a part
	meta      transform.Meta
	thumbnail *image.NRGBA
	options   transform.Options
	policy    transform.Policy
	describer Describer
}

// describe makes a thumbnail, under the limits of any image, and from it all else.
func describe(engine Engine, describer Describer, policy transform.Policy, job transform.Job) (transform.Result, error) {
	options := job.Options
	policy = policy.Under(options.Limits)
	body, meta, err := opened(engine, job.Body, options, policy)
	if err != nil {
		return transform.Result{}, err
	}
	plan, err := transform.MakePlan(meta, options.Thumbnail(), policy)
	if err != nil {
		return transform.Result{}, err
	}
	plan, spared := plan.On(meta, job.Raster)
	thumbnail, err := describer.Thumbnail(body, meta, plan)
	if err != nil {
		return transform.Result{}, err
	}
	s := subject{body, len(job.Body), meta, thumbnail, options, policy, describer}
	result, err := s.result()
	result.Source, result.Spared = meta, spared
	return result, err
}

func (s subject) result() (transform.Result, error) {
	switch s.options.StandIn {
	case transform.LQIP:
		return s.lqip()
	case transform.PlainColor:
		return s.plainColor()
	case transform.BlurHash:
		return text(sketch.BlurHash(s.thumbnail))
	case transform.ThumbHash:
		return text(sketch.ThumbHash(s.thumbnail), nil)
	case transform.DataURI:
		return text(s.dataURI())
	case transform.Info:
		return s.info()
	}
	return transform.Result{}, fault.New(fault.Internal, "stand-in %d is unknown", s.options.StandIn)
}

func text(body string, err error) (transform.Result, error) {
	return transform.Result{Body: []byte(body)}, err
}

func (s subject) lqip() (transform.Result, error) {
	size := s.thumbnail.Rect.Size()
	plan := transform.PlanLQIP(size.X, size.Y, !s.thumbnail.Opaque(), s.options, s.policy)
	body, err := s.describer.Soften(s.thumbnail, plan)
	return transform.Result{Body: body, Format: plan.Format, Width: plan.Width, Height: plan.Height}, err
}

func (s subject) dataURI() (string, error) {
	image, err := s.lqip()
	return fmt.Sprintf("data:%s;base64,%s", image.Format.MediaType(), base64.StdEncoding.EncodeToString(image.Body)), err
}

// plainColor is a palette of one, which makes the smallest PNG.
func (s subject) plainColor() (transform.Result, error) {
	dominant := sketch.ColoursOf(s.thumbnail).Dominant()
	var out bytes.Buffer
	err := png.Encode(&out, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{dominant}))
	return transform.Result{Body: out.Bytes(), Format: transform.PNG, Width: 1, Height: 1}, err
}
