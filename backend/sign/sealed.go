package sign

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

// sealLabel is the associated data of every sealed source: what the same key may one day seal
// for another use is no source.
const sealLabel = "gip:enc:v1"

// SealKeySize is the bytes of a seal key: two keys of AES-256, for the MAC and for the cipher.
const SealKeySize = subtle.AESSIVKeySize

// Sealer hides source URLs from whoever reads the image URL. A sealed source is
//
//	base64url_nopad(AES-SIV(key, "gip:enc:v1", source))
//
// with RFC 5297's AES-SIV, one component of associated data, and the synthetic IV in front. It
// is deterministic, so that one source has one URL that caches keep: equal sources are seen
// to be equal, and the length shows. It is authenticated, so what opens was sealed with a key
// of this Sealer.
//
// The first key seals, all open. Make one with [NewSealer] or [ParseSealer]; the zero Sealer
// opens nothing and cannot seal. It is safe for concurrent use, and prints no key.
type Sealer struct{ keys []*subtle.AESSIV }

// NewSealer takes at least one key of SealKeySize bytes. An error is fault.Invalid and names
// the key by its position, never by its bytes.
func NewSealer(keys [][]byte) (Sealer, error) {
	if len(keys) == 0 {
		return Sealer{}, fault.New(fault.Invalid, "there is no seal key")
	}
	var s Sealer
	for i, key := range keys {
		siv, err := subtle.NewAESSIV(slices.Clone(key))
		if err != nil {
			return Sealer{}, fault.New(fault.Invalid, "seal key %d has %d bytes, not %d", i+1, len(key), SealKeySize)
		}
		s.keys = append(s.keys, siv)
	}
	return s, nil
}

// ParseSealer reads "hexkey,hexkey", the form of GIP_SEAL_KEYS; spaces around a key are ignored.
func ParseSealer(text string) (Sealer, error) {
	var keys [][]byte
	if strings.TrimSpace(text) == "" {
		return NewSealer(keys)
	}
	for i, item := range strings.Split(text, ",") {
		key, err := hex.DecodeString(strings.TrimSpace(item))
		if err != nil { // hex's own error quotes a character of the secret
			return Sealer{}, fault.New(fault.Invalid, "seal key %d is not hexadecimal", i+1)
		}
		keys = append(keys, key)
	}
	return NewSealer(keys)
}

// GenerateSealKey reads a key from random, which should be crypto/rand.Reader, and gives it in
// the form that [ParseSealer] reads: for the key file, never for a log.
func GenerateSealKey(random io.Reader) (string, error) {
	key := make([]byte, SealKeySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return "", fault.Wrap(fault.Internal, err, "generate a seal key")
	}
	return hex.EncodeToString(key), nil
}

// Seal gives what stands after "enc/" in a URL.
func (s Sealer) Seal(source string) (string, error) {
	if len(s.keys) == 0 {
		panic("sign: the zero Sealer cannot seal")
	}
	sealed, err := s.keys[0].EncryptDeterministically([]byte(source), []byte(sealLabel))
	if err != nil {
		return "", fault.Wrap(fault.Internal, err, "seal a source")
	}
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Open gives the source that was sealed under any of the keys. Whatever else is damaged in the
// same words: fault.Invalid, and nothing about where or how. (Line ends are refused here,
// because encoding/base64 skips them even when strict.)
func (s Sealer) Open(sealed string) (string, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(sealed)
	if err != nil || strings.ContainsAny(sealed, "\r\n") {
		return "", errSealed()
	}
	for _, key := range s.keys {
		if source, err := key.DecryptDeterministically(raw, []byte(sealLabel)); err == nil {
			return string(source), nil
		}
	}
	return "", errSealed()
}

func errSealed() error { return fault.New(fault.Invalid, "the sealed source does not open") }

// Format prints how many keys the sealer has, so that one in a log gives nothing away.
func (s Sealer) Format(state fmt.State, _ rune) {
	fmt.Fprintf(state, "sign.Sealer(%d keys)", len(s.keys))
}
