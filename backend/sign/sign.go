// Package sign says who may ask for an image: exact signatures, which cover a whole URL,
// and site and url tokens, which let a browser choose among what a site permits.
//
// The promise: whatever verifies was made with a key of the ring, and each MAC has one
// spelling. The encoded strings are compared, in constant time and against every key, and
// a denial reads the same whatever the reason, so neither its text nor its timing tells
// how close a guess came.
//
// Exact signatures are imgproxy's, so that its clients work unchanged:
//
//	base64url_nopad(HMAC-SHA256(key, salt ‖ path))
//
// where path is every byte after the signature, from its slash, as the visitor sent it.
// The tokens use the key without the salt, and the first 16 bytes of the MAC:
//
//	site  "gip:site:v1" NUL site NUL generation
//	url   "gip:url:v1"  NUL site NUL generation NUL source
//
// It does not parse what it verifies, knows no sites and no expiry, and keeps no secret
// from someone who holds the ring. The same rules in TypeScript are clients/core/src/sign.ts;
// backend/vectors/sign.json holds both to them.
package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// Bounds of the signature size, in bytes of the MAC. 16 bytes (22 characters) leave no
// practical guess; shorter ones would.
const (
	minSize = 16
	maxSize = sha256.Size
)

// Ring is the keys in use: the first signs, all verify, so a key can be retired while the
// URLs it signed still work. Make one with [NewRing] or [ParseRing]; the zero Ring denies
// everything and cannot sign. It is safe for concurrent use, and prints no key.
type Ring struct {
	pairs []Pair
	size  int
}

// NewRing makes a ring of at least one pair. size is the bytes of the MAC kept in an exact
// signature, 16 to 32, and 0 means 32; a signature of another size does not verify.
// An error is fault.Invalid and names the pair by its position, never by its bytes.
func NewRing(pairs []Pair, size int) (Ring, error) {
	if size == 0 {
		size = maxSize
	}
	if size < minSize || size > maxSize {
		return Ring{}, fault.New(fault.Invalid, "signature size %d is not within %d to %d", size, minSize, maxSize)
	}
	if len(pairs) == 0 {
		return Ring{}, fault.New(fault.Invalid, "the key ring has no pair")
	}
	ring := Ring{size: size}
	for i, pair := range pairs {
		if err := pair.check(i + 1); err != nil {
			return Ring{}, err
		}
		ring.pairs = append(ring.pairs, Pair{slices.Clone(pair.Key), slices.Clone(pair.Salt)})
	}
	return ring, nil
}

// Sign gives the signature of path, which is everything that follows the signature in the
// URL, from its slash. A path without its slash gets a signature that never verifies.
func (r Ring) Sign(path string) string {
	return r.first().exact(path, r.size)
}

// Verify says whether signature is that of path under any key; if not, fault.Denied.
// path must be the raw bytes of the request: decoding it first would let two URLs share
// one signature.
func (r Ring) Verify(signature, path string) error {
	return r.verify(signature, strings.HasPrefix(path, "/"), func(p Pair) string {
		return p.exact(path, r.size)
	})
}

// Format prints how many pairs the ring has, so that a ring in a log gives nothing away.
func (r Ring) Format(state fmt.State, _ rune) {
	fmt.Fprintf(state, "sign.Ring(%d pairs)", len(r.pairs))
}

func (r Ring) first() Pair {
	if len(r.pairs) == 0 {
		panic("sign: the zero Ring cannot sign")
	}
	return r.pairs[0]
}

// verify tries every pair even after one matched: the time tells only how many there are.
func (r Ring) verify(given string, wellFormed bool, want func(Pair) string) error {
	matches := 0
	for _, pair := range r.pairs {
		matches |= subtle.ConstantTimeCompare([]byte(given), []byte(want(pair)))
	}
	if matches == 0 || !wellFormed {
		return fault.New(fault.Denied, "the signature or token is not valid")
	}
	return nil
}

func (p Pair) exact(path string, size int) string {
	return encode(mac(p.Key, string(p.Salt), path), size)
}

func mac(key []byte, parts ...string) []byte {
	hash := hmac.New(sha256.New, key)
	for _, part := range parts {
		hash.Write([]byte(part))
	}
	return hash.Sum(nil)
}

func encode(mac []byte, size int) string {
	return base64.RawURLEncoding.EncodeToString(mac[:size])
}
