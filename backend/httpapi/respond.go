package httpapi

import (
	"fmt"
	"mime"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// localVary is where answer leaves the Vary that its errors and its image share.
const localVary = "gip.vary"

// write sends an image that is described, or 304 when the visitor has it already.
func (s *Server) write(c *fiber.Ctx, found cache.Answer) error {
	if matches(c.Get(fiber.HeaderIfNoneMatch), found.Entry.ETag) {
		unchanged(&c.Response().Header)
		return nil
	}
	// SetBodyRaw shares the cached bytes: nothing below changes them.
	c.Response().SetBodyRaw(found.Entry.Body)
	return nil
}

// describeImage sets all headers of an image.
func (s *Server) describeImage(c *fiber.Ctx, request imageurl.Request, found cache.Answer) {
	entry := found.Entry
	setVary(c)
	c.Set(fiber.HeaderETag, entry.ETag)
	c.Set(fiber.HeaderCacheControl, string(s.appendCacheControl(nil, termsOf(request), entry, s.Now())))
	c.Set(headerCache, found.From)
	c.Set(headerServerTiming, string(appendServerTiming(nil, found)))
	setNotes(c, entry.Note)
	setTags(c, request.TagList())
	setDrawingPolicy(c, entry.MediaType)
	setMaxBytes(c, request, entry)
	c.Set(fiber.HeaderContentType, entry.MediaType)
	c.Set(fiber.HeaderContentDisposition, disposition(request, entry.MediaType))
}

// unchanged makes a described answer a 304, which has no content to describe, and repeats of
// the rest what tells answers apart. What is the same in every answer the visitor has already,
// and keeps (RFC 9111, section 4.3.4).
func unchanged(header *fasthttp.ResponseHeader) {
	for _, name := range [...]string{
		fiber.HeaderContentDisposition, fiber.HeaderXContentTypeOptions, fiber.HeaderAccessControlExposeHeaders,
		headerTimingAllow, fiber.HeaderContentSecurityPolicy, headerServerTiming,
	} {
		header.Del(name)
	}
	header.SetContentType("")
	header.SetStatusCode(fiber.StatusNotModified)
}

// setMaxBytes says that an image is over the limit in its URL, which the smallest that could
// be made of it did not meet.
func setMaxBytes(c *fiber.Ctx, request imageurl.Request, entry cache.Entry) {
	if limit := request.Options.Output.MaxBytes; limit > 0 && len(entry.Body) > limit {
		c.Set(headerMaxBytes, "over")
	}
}

// setTags names the image for caches in front of gip, each by the header that it reads:
// Cloudflare and others, Fastly, and CloudFront.
func setTags(c *fiber.Ctx, tags []string) {
	if len(tags) == 0 {
		return
	}
	c.Set(headerCacheTag, strings.Join(tags, ","))
	c.Set(headerSurrogateKey, strings.Join(tags, " "))
	c.Set(headerAmazonTag, strings.Join(tags, ","))
}

func setVary(c *fiber.Ctx) {
	if vary, _ := c.Locals(localVary).([]string); len(vary) > 0 {
		c.Set(fiber.HeaderVary, strings.Join(vary, ", "))
	}
}

// interimAge is how long others may keep an image of which a better one is being made. That
// takes a few seconds; a shorter time would only have the image asked for again on each page.
const interimAge = time.Minute

// terms are what a URL says about how long its image may be kept.
type terms struct {
	expires   time.Time // when the URL ends; zero: never
	immutable bool      // it has a cache buster, so it never changes its bytes
}

func termsOf(request imageurl.Request) terms {
	return terms{expires: request.Expires, immutable: request.Cachebuster != ""}
}

func (t terms) over(now time.Time) bool { return !t.expires.IsZero() && !now.Before(t.expires) }

// appendCacheControl: as long as the setting says, but not past the entry's or the URL's own end.
func (s *Server) appendCacheControl(dst []byte, t terms, entry cache.Entry, now time.Time) []byte {
	age := s.MaxAge
	for _, end := range [...]time.Time{entry.Expires, t.expires} {
		if !end.IsZero() {
			age = min(age, max(0, end.Sub(now)))
		}
	}
	interim := forNow(entry.Note)
	if interim {
		age = min(age, interimAge)
	}
	dst = strconv.AppendInt(append(dst, "public, max-age="...), int64(age.Round(time.Second)/time.Second), 10)
	if t.immutable && !interim {
		dst = append(dst, ", immutable"...)
	}
	return dst
}

// appendServerTiming says where the time went: cache;desc=memory, or fetch, queue and transform in
// milliseconds.
func appendServerTiming(dst []byte, found cache.Answer) []byte {
	dst = append(append(dst, "cache;desc="...), found.From...)
	for _, timing := range found.Timings {
		dst = fmt.Appendf(dst, ", %s;dur=%.1f", timing.Name, float64(timing.Took.Microseconds())/1000)
	}
	return dst
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
