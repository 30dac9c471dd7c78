package source

import "time"

// Original is a fetched source: its whole body, and what the origin said about keeping it.
type Original struct {
	Body   []byte
	MaxAge time.Duration // the origin's Cache-Control max-age; 0: it did not say
	ETag   string        // as the origin sent it; may be empty
}
