package cache

import (
	"crypto/sha256"
	"encoding/base64"
)

// etagBytes of the SHA-256 make an ETag: 128 bits, far beyond any accidental collision.
const etagBytes = 16

// ETagOf is the strong ETag, with its quotes, of a body served with mediaType. The same bytes
// under another type are another representation and have another tag.
func ETagOf(body []byte, mediaType string) string {
	hash := sha256.New()
	hash.Write([]byte(mediaType))
	hash.Write([]byte{0})
	hash.Write(body)
	sum := hash.Sum(nil)
	return `"` + base64.RawURLEncoding.EncodeToString(sum[:etagBytes]) + `"`
}
