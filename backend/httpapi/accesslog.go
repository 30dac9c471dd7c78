package httpapi

import (
	"fmt"
	"log/slog"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gofiber/fiber/v2"
)

// localError is where fail leaves the error for the access line.
const localError = "gip.error"

// logAccess writes one line a request, and turns a panic below it into a 500.
func (s *Server) logAccess(c *fiber.Ctx) error {
	started := s.Now()
	err := s.guard(c)
	if err != nil {
		err = s.fail(c, err)
	}
	s.logLine(c, s.Now().Sub(started))
	return err
}

func (s *Server) guard(c *fiber.Ctx) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return c.Next()
}

func (s *Server) logLine(c *fiber.Ctx, took time.Duration) {
	status := c.Response().StatusCode()
	attrs := []slog.Attr{
		slog.String("method", c.Method()),
		slog.String("path", redact(c.OriginalURL())),
		slog.Int("status", status),
		slog.Int("bytes", len(c.Response().Body())),
		slog.Duration("took", took.Round(time.Microsecond)),
		slog.String("client", c.IP()),
	}
	if from := c.GetRespHeader(headerCache); from != "" {
		attrs = append(attrs, slog.String("cache", from))
	}
	if err, failed := c.Locals(localError).(error); failed {
		attrs = append(attrs, slog.String("kind", fault.KindOf(err).String()), slog.String("error", err.Error()))
	}
	s.Log.LogAttrs(c.Context(), levelOf(status), "request", attrs...)
}

func levelOf(status int) slog.Level {
	switch {
	case status >= 500 && status != fiber.StatusServiceUnavailable:
		return slog.LevelError
	case status >= 400:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

var (
	tokenPattern = regexp.MustCompile(`^/([su])/([^/.]*)\.[^/]*`)
	queryPattern = regexp.MustCompile(`(?i)(\?|%3F).*$`)
)

// redact hides what must not be in a log: signatures, tokens, and queries (of the request or
// of the source), which often hold secrets of other systems.
func redact(target string) string {
	target = queryPattern.ReplaceAllString(target, "$1***")
	if tokenPattern.MatchString(target) {
		return tokenPattern.ReplaceAllString(target, "/$1/$2.***")
	}
	first, rest := "", ""
	if strings.HasPrefix(target, "/") {
		first, rest = splitFirst(target)
	}
	if rest == "" || first == "api" {
		return target
	}
	return "/***" + rest
}
