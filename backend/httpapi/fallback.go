package httpapi

import (
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
)

// noteFallback is the name of the note that another picture stands in, as render writes it.
const noteFallback = "fallback: "

// stoodInFor gives the kind of the failure that an entry's picture stands in for.
func stoodInFor(entry cache.Entry) (failed fault.Kind, standsIn bool) {
	for line := range strings.Lines(entry.Note) {
		name, found := strings.CutPrefix(strings.TrimSpace(line), noteFallback)
		for kind := fault.Internal; found && kind <= fault.Limited; kind++ {
			if kind.String() == name {
				return kind, true
			}
		}
	}
	return fault.Internal, false
}

// writeFallback sends a picture that stands in. Its status is the failure's: browsers show the
// picture all the same, while a worker that can have the original lets the browser try that,
// and caches on the way do not take it for the image. Only for exact URLs, whose readers may
// have no original, can the owner want 200.
//
// Nothing about it is for ever: it is not immutable, and no visitor has it already.
func (s *Server) writeFallback(c *fiber.Ctx, request imageurl.Request, found cache.Answer, failed fault.Kind, v visitor) error {
	request.Cachebuster = ""
	c.Request().Header.Del(fiber.HeaderIfNoneMatch)
	s.describeImage(c, request, found)
	if err := s.write(c, found); err != nil {
		return err
	}
	c.Response().Header.Del(fiber.HeaderETag)
	c.Set(headerFallback, strconv.Itoa(StatusOf(failed)))
	c.Locals(localError, fault.New(failed, "the source failed, its fallback was sent"))
	if !v.exact || !s.FallbackOK {
		c.Status(StatusOf(failed))
	}
	return nil
}

// allowedFallback checks the fallback that a signed URL names like its source.
func (s *Server) allowedFallback(request imageurl.Request) error {
	if request.Fallback == "" {
		return nil
	}
	return s.allowed(request.Fallback)
}
