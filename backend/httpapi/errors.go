package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gofiber/fiber/v2"
)

// StatusOf is the one place where a kind of failure becomes a status.
func StatusOf(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return fiber.StatusBadRequest
	case fault.Denied:
		return fiber.StatusForbidden
	case fault.NotFound:
		return fiber.StatusNotFound
	case fault.TooLarge:
		return fiber.StatusRequestEntityTooLarge
	case fault.Unsupported:
		return fiber.StatusUnsupportedMediaType
	case fault.Broken:
		return fiber.StatusUnprocessableEntity
	case fault.Busy:
		return fiber.StatusServiceUnavailable
	case fault.Upstream:
		return fiber.StatusBadGateway
	case fault.Timeout:
		return fiber.StatusGatewayTimeout
	case fault.Limited:
		return fiber.StatusTooManyRequests
	}
	return fiber.StatusInternalServerError
}

// fail writes any error: fiber's own, a fault, or something nobody expected.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	status, kind, message := describe(err)
	if c.GetRespHeader(fiber.HeaderAllow) != "" {
		status = fiber.StatusMethodNotAllowed
	}
	setCommonHeaders(c)
	c.Status(status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	if status == fiber.StatusServiceUnavailable || status == fiber.StatusTooManyRequests {
		c.Set(fiber.HeaderRetryAfter, "1")
	}
	c.Locals(localError, err)
	if strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON) {
		return writeJSONError(c, kind, message)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString(message + "\n")
}

func describe(err error) (status int, kind fault.Kind, message string) {
	var protocol *fiber.Error // fiber's own: a body or header too large, a bad method
	switch {
	case errors.As(err, &protocol):
		return protocol.Code, fault.Invalid, strings.ToLower(protocol.Message)
	case fault.KindOf(err) != fault.Internal:
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return fiber.StatusGatewayTimeout, fault.Timeout, "the image was not ready in time; it is still being made, try again"
	}
	kind = fault.KindOf(err)
	return StatusOf(kind), kind, fault.Message(err)
}

func writeJSONError(c *fiber.Ctx, kind fault.Kind, message string) error {
	body, err := json.Marshal(map[string]string{"error": message, "kind": kind.String()})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	return c.Send(body)
}
