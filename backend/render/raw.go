package render

import (
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/source"
	"github.com/gip4all/gip4all/backend/transform"
)

// rawEntry is the answer of a URL that asks for the source unread. Unlike imgproxy's, it must
// be named like an image by its first bytes, and be none that browsers run: what a browser
// executes is never served in gip's name.
func rawEntry(original source.Original, maxAge time.Duration, now time.Time) (cache.Entry, error) {
	format := transform.Sniff(original.Body)
	if format == transform.SVG || format == transform.PDF {
		return cache.Entry{}, fault.New(fault.Unsupported, "the source is %s, which is not served raw", format.MediaType())
	}
	return entryOf(transform.Result{Body: original.Body, Format: format}, format.MediaType(), original.MaxAge, maxAge, now), nil
}
