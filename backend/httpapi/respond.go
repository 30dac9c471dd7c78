package httpapi

import (
	"fmt"
	"mime"
	"path"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
)

// localVary is where answer leaves the Vary that its errors and its image share.
const localVary = "gip.vary"

// write sends an image, or 304 when the visitor has it already.
func (s *Server) write(c *fiber.Ctx, request imageurl.Request, found cache.Answer) error {
	entry := found.Entry
	setVary(c)
	c.Set(fiber.HeaderETag, entry.ETag)
	c.Set(fiber.HeaderCacheControl, s.cacheControl(request, entry))
	c.Set(headerCache, found.From)
	c.Set(headerServerTiming, serverTiming(found))
	setNotes(c, entry.Note)
	setDrawingPolicy(c, entry.MediaType)
	setMaxBytes(c, request, entry)
	if matches(c.Get(fiber.HeaderIfNoneMatch), entry.ETag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, entry.MediaType)
	c.Set(fiber.HeaderContentDisposition, disposition(request, entry.MediaType))
	// SetBodyRaw shares the cached bytes: nothing below changes them.
	c.Response().SetBodyRaw(entry.Body)
	return nil
}

// setMaxBytes says that an image is over the limit in its URL, which the smallest that could
// be made of it did not meet.
func setMaxBytes(c *fiber.Ctx, request imageurl.Request, entry cache.Entry) {
	if limit := request.Options.Output.MaxBytes; limit > 0 && len(entry.Body) > limit {
		c.Set(headerMaxBytes, "over")
	}
}

func setVary(c *fiber.Ctx) {
	if vary, _ := c.Locals(localVary).([]string); len(vary) > 0 {
		c.Set(fiber.HeaderVary, strings.Join(vary, ", "))
	}
}

// interimAge is how long others may keep an image of which a better one is being made. That
// takes a few seconds; a shorter time would only have the image asked for again on each page.
const interimAge = time.Minute

// cacheControl: as long as the setting says, but not past the entry's or the URL's own end.
// A URL with a cache buster never changes its bytes, so it is immutable.
func (s *Server) cacheControl(request imageurl.Request, entry cache.Entry) string {
	age := s.MaxAge
	for _, end := range []time.Time{entry.Expires, request.Expires} {
		if !end.IsZero() {
			age = min(age, max(0, end.Sub(s.Now())))
		}
	}
	interim := forNow(entry.Note)
	if interim {
		age = min(age, interimAge)
	}
	value := fmt.Sprintf("public, max-age=%d", int(age.Round(time.Second).Seconds()))
	if request.Cachebuster != "" && !interim {
		value += ", immutable"
	}
	return value
}

// serverTiming says where the time went: cache;desc=memory, or fetch, queue and transform in
// milliseconds.
func serverTiming(found cache.Answer) string {
	parts := []string{"cache;desc=" + found.From}
	for _, timing := range found.Timings {
		parts = append(parts, fmt.Sprintf("%s;dur=%.1f", timing.Name, float64(timing.Took.Microseconds())/1000))
	}
	return strings.Join(parts, ", ")
}

// matches compares If-None-Match weakly, as RFC 9110 §13.1.2 says for this header.
func matches(header, etag string) bool {
	if etag == "" {
		return false
	}
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == etag {
			return true
		}
	}
	return false
}

// disposition names the file, so that a photograph saved as WebP is not called .jpg: the URL's
// fn, else the source's own name (unless that was sealed), with the extension of what is sent.
func disposition(request imageurl.Request, mediaType string) string {
	kind := "inline"
	if request.Attachment {
		kind = "attachment"
	}
	name := request.Filename
	switch {
	case name != "":
	case request.Sealed:
		name = "image"
	default:
		base := path.Base(strings.SplitN(request.Source, "?", 2)[0])
		name = strings.TrimSuffix(base, path.Ext(base))
	}
	value := mime.FormatMediaType(kind, map[string]string{"filename": name + "." + extensionOf(mediaType)})
	if value == "" {
		return kind
	}
	return value
}
