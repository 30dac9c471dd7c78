package render

import (
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/transform"
)

const (
	// minAge keeps an origin that says max-age=1 from having every view rendered anew.
	minAge = time.Minute
	// longestAge is what caches take for "for ever" (a year); also, an origin's number, however
	// large, is never added to a clock unbounded.
	longestAge = 365 * 24 * time.Hour
)

// whole tells whether a result is what was asked for: bytes, and of an image its format.
func whole(result transform.Result, options transform.Options) bool {
	return len(result.Body) > 0 && (result.Format.Saved() || result.Format == transform.SVG && options.Format != transform.Auto || options.StandIn.MediaType() != "")
}

// mediaTypeOf trusts the request, not the worker, with what a text is.
func mediaTypeOf(result transform.Result, options transform.Options) string {
	if text := options.StandIn.MediaType(); text != "" {
		return text
	}
	return result.Format.MediaType()
}

func entryOf(result transform.Result, mediaType string, originAge, maxAge time.Duration, now time.Time) cache.Entry {
	return cache.Entry{
		Body: result.Body, MediaType: mediaType, ETag: cache.ETagOf(result.Body, mediaType),
		Created: now, Expires: expires(now, originAge, maxAge),
		Width: result.Width, Height: result.Height, Note: result.Note,
	}
}

// expires is when an image must be made anew. The origin's max-age counts if it gave one, but
// at least a minute and at most the setting (a year, if there is none). If it gave none, the
// setting alone counts, and without a setting the image is kept for ever (the zero time).
func expires(now time.Time, originAge, maxAge time.Duration) time.Time {
	if originAge <= 0 && maxAge <= 0 {
		return time.Time{}
	}
	if maxAge <= 0 {
		maxAge = longestAge
	}
	if originAge <= 0 {
		return now.Add(maxAge)
	}
	return now.Add(min(max(originAge, minAge), maxAge))
}
