package httpapi

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
)

// hasBody tells whether a request speaks of a body at all. No route reads one, and fasthttp
// takes framings that RFC 9112 §6.3 forbids (two lengths, a length beside an encoding): the
// connection behind such a request is closed, so that nothing smuggled in is ever answered.
func hasBody(c *fiber.Ctx) bool {
	headers := bytes.ToLower(c.Request().Header.RawHeaders())
	return bytes.Contains(headers, []byte("content-length")) || bytes.Contains(headers, []byte("transfer-encoding"))
}
