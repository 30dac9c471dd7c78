package render

import (
	"crypto/md5"  //nolint:gosec // imgproxy's name for it; whoever needs more asks for sha256
	"crypto/sha1" //nolint:gosec // likewise
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
)

// checkSum compares the source with the checksum that the URL names, if it names one.
func checkSum(body []byte, want imageurl.Checksum) error {
	if want == (imageurl.Checksum{}) || hex.EncodeToString(sumOf(want.Kind, body)) == want.Hex {
		return nil
	}
	return fault.New(fault.Broken, "the source's %s is not the one that the URL names", want.Kind)
}

// sumOf gives nothing, which no checksum is, for a kind that the grammar does not have.
func sumOf(kind string, body []byte) []byte {
	switch kind {
	case "md5":
		sum := md5.Sum(body) //nolint:gosec // see above
		return sum[:]
	case "sha1":
		sum := sha1.Sum(body) //nolint:gosec // see above
		return sum[:]
	case "sha256":
		sum := sha256.Sum256(body)
		return sum[:]
	case "sha512":
		sum := sha512.Sum512(body)
		return sum[:]
	}
	return nil
}
