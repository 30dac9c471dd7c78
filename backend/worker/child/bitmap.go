package child

import (
	"bytes"
	"image"
	"image/png"

	"golang.org/x/image/bmp"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// readable gives a source in a form that the engine reads. BMP and ICO, which libvips would
// hand to ImageMagick, are decoded here, after their header was checked against the limits,
// and go on as PNG, uncompressed; of a camera's RAW, the preview goes
// on, and a GIF with what its decoder needs to be told.
func readable(body []byte, policy transform.Policy) (source []byte, was transform.Format, err error) {
	var picture image.Image
	was = transform.Sniff(body)
	switch was {
	case transform.BMP:
		picture, err = readBMP(body, policy)
	case transform.GIF:
		return transform.ClearsTransparent(body), was, nil
	case transform.ICO:
		if source, err = iconPNG(body); err != nil || source != nil {
			return source, was, err
		}
		picture, err = readIcon(body, policy)
	default:
		if was.Camera() {
			source, err = preview(body, was)
			return source, was, err
		}
		return body, was, nil
	}
	if err != nil {
		return nil, was, err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.NoCompression}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, was, fault.Wrap(fault.Broken, err, "%s data is broken", was)
	}
	return out.Bytes(), was, nil
}

func readBMP(body []byte, policy transform.Policy) (image.Image, error) {
	header, err := bmp.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return nil, fault.Wrap(fault.Broken, err, "BMP data is broken, or of a kind that is not read")
	}
	if err := checkSize(transform.BMP, header.Width, header.Height, policy); err != nil {
		return nil, err
	}
	picture, err := bmp.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, fault.Wrap(fault.Broken, err, "BMP data is broken")
	}
	return picture, nil
}

// checkSize is the plan's own check of a source, before a pixel is decoded.
func checkSize(format transform.Format, width, height int, policy transform.Policy) error {
	policy.Savers = 0
	_, err := transform.MakePlan(transform.Meta{Format: format, Width: width, Height: height, Pages: 1}, transform.Options{}, policy)
	return err
}
