package vips

import (
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/transform"
)

// checkAVIF refuses a file without the picture. libheif says nothing when the encoder below
// it gets no memory: it writes a container that holds no picture, or one without its
// transparency.
func checkAVIF(file []byte, width, height int, alpha bool) error {
	meta, err := header(file, transform.AVIF, 0)
	if err == nil && meta.Width == width && meta.Height == height && meta.Alpha == alpha {
		return nil
	}
	return fault.New(fault.TooLarge, "making AVIF of %d×%d pixels needs more memory than a worker may take", width, height)
}
