package imageurl

import (
	"time"

	"github.com/gip4all/gip4all/backend/transform"
)

// Request is one image URL, parsed: what to fetch and what to do to it. Comparable.
type Request struct {
	Source         string // decoded source URL, byte for byte
	Options        transform.Options
	Expires        time.Time // zero: never
	Cachebuster    string
	Tags           string // in order, joined by colons; "": none
	Fallback       string // source of the picture that is sent where this one fails; "": none named here
	Filename       string // without extension; for Content-Disposition
	Attachment     bool
	AutoWidth      bool  // w:auto: Options.Width is found by negotiation, see Resolve
	AutoDPR        bool  // dpr:auto: likewise
	Then           Chain // further pipelines, each on the result of the one before; Options says how it is encoded
	MaxSourceBytes int   // of the source's file; 0: the server's limit
	Checksum       Checksum
	StandsIn       bool // the source stands in for one that failed, and nothing for it; only in keys, see FallbackKey
	Sealed         bool // the source was written sealed: whoever answers must not show it. In no canonical form
}
