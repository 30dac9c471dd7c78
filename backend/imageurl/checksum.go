package imageurl

import (
	"encoding/hex"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// Checksum is what the source's bytes must hash to. The zero value is anything.
type Checksum struct {
	Kind string // md5, sha1, sha256 or sha512
	Hex  string // in lower case
}

func checksumOptions() []option {
	return []option{
		{name: "hs", also: [2]string{"hashsum"}, most: 2, read: readChecksum, write: writeChecksum, keyed: true, whole: true},
	}
}

// readChecksum takes a kind and the sum, or "none", whose sum does not matter.
func readChecksum(p *parser, args []string) error {
	p.request.Checksum = Checksum{}
	if args[0] == "none" {
		return nil
	}
	size, known := map[string]int{"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}[args[0]]
	if !known {
		return fault.New(fault.Invalid, "hs: %q is not one of none, md5, sha1, sha256, sha512", clip(args[0]))
	}
	sum := strings.Join(args[1:], "")
	if decoded, err := hex.DecodeString(sum); err != nil || len(decoded) != size {
		return fault.New(fault.Invalid, "hs: %q is not the %d hex digits of %s", clip(sum), 2*size, args[0])
	}
	p.request.Checksum = Checksum{args[0], strings.ToLower(sum)}
	return nil
}

func writeChecksum(r Request) string {
	if r.Checksum == (Checksum{}) {
		return ""
	}
	return r.Checksum.Kind + ":" + r.Checksum.Hex
}
