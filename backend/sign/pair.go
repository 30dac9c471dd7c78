package sign

import (
	"encoding/hex"
	"io"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// generatedSize is the bytes of a generated key and of its salt: as many as the MAC has,
// beyond which HMAC gains nothing.
const generatedSize = 32

// Pair is a secret key and the secret salt that exact signatures put before the path.
// Printing one prints its secrets.
type Pair struct{ Key, Salt []byte }

// GeneratePair reads a pair of 32-byte secrets from random, which should be crypto/rand.Reader.
func GeneratePair(random io.Reader) (Pair, error) {
	both := make([]byte, 2*generatedSize)
	if _, err := io.ReadFull(random, both); err != nil {
		return Pair{}, fault.Wrap(fault.Internal, err, "generate a key")
	}
	return Pair{Key: both[:generatedSize], Salt: both[generatedSize:]}, nil
}

// String gives "hexkey:hexsalt", which [ParseRing] reads: for the key file, never for a log.
func (p Pair) String() string {
	return hex.EncodeToString(p.Key) + ":" + hex.EncodeToString(p.Salt)
}

// ParseRing reads "hexkey:hexsalt,hexkey:hexsalt", the form of GIP_KEYS; spaces around a
// pair are ignored. size and errors are those of [NewRing].
func ParseRing(text string, size int) (Ring, error) {
	var pairs []Pair
	if strings.TrimSpace(text) == "" {
		return NewRing(pairs, size)
	}
	for i, item := range strings.Split(text, ",") {
		pair, err := parsePair(strings.TrimSpace(item), i+1)
		if err != nil {
			return Ring{}, err
		}
		pairs = append(pairs, pair)
	}
	return NewRing(pairs, size)
}

// parsePair drops the errors of hex: they quote a character of the secret.
func parsePair(text string, position int) (Pair, error) {
	key, salt, found := strings.Cut(text, ":")
	if !found || strings.Contains(salt, ":") {
		return Pair{}, fault.New(fault.Invalid, "pair %d is not hexkey:hexsalt", position)
	}
	var pair Pair
	var err error
	if pair.Key, err = hex.DecodeString(key); err != nil {
		return Pair{}, fault.New(fault.Invalid, "pair %d: the key is not hexadecimal", position)
	}
	if pair.Salt, err = hex.DecodeString(salt); err != nil {
		return Pair{}, fault.New(fault.Invalid, "pair %d: the salt is not hexadecimal", position)
	}
	return pair, nil
}

// check refuses an empty half. Short ones pass, because imgproxy's do.
func (p Pair) check(position int) error {
	if len(p.Key) == 0 {
		return fault.New(fault.Invalid, "pair %d: the key is empty", position)
	}
	if len(p.Salt) == 0 {
		return fault.New(fault.Invalid, "pair %d: the salt is empty", position)
	}
	return nil
}
