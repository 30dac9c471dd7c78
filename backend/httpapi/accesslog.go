package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
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
	s.logRequest(c, s.Now().Sub(started))
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

// survive is the last net: a panic that nothing else caught, such as one of the access line,
// would end the process.
func (s *Server) survive(behind fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		defer func() {
			if cause := recover(); cause != nil {
				s.Log.Error("panic outside of a request's route", "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
				ctx.Response.Reset()
				ctx.Error("internal error", fiber.StatusInternalServerError)
			}
		}()
		behind(ctx)
	}
}

// access is one line of the log.
type access struct {
	method, target string
	status, bytes  int
	took           time.Duration
	client         string
	from           string // where the image came from; "": there is none
	err            error
}

func (s *Server) logRequest(c *fiber.Ctx, took time.Duration) {
	status := c.Response().StatusCode()
	if !s.logs(status) {
		return
	}
	err, _ := c.Locals(localError).(error)
	s.logLine(access{
		method: c.Method(), target: c.OriginalURL(), status: status, bytes: len(c.Response().Body()),
		took: took, client: c.IP(), from: c.GetRespHeader(headerCache), err: err,
	})
}

// logs tells whether lines about this status are seen; if not, none is made.
func (s *Server) logs(status int) bool {
	return s.Log.Enabled(context.Background(), levelOf(status))
}

func (s *Server) logLine(a access) {
	attrs := []slog.Attr{
		slog.String("method", a.method),
		slog.String("path", redact(a.target)),
		slog.Int("status", a.status),
		slog.Int("bytes", a.bytes),
		slog.Float64("took_ms", float64(a.took.Microseconds())/1000),
		slog.String("client", a.client),
	}
	if a.from != "" {
		attrs = append(attrs, slog.String("cache", a.from))
	}
	if a.err != nil {
		attrs = append(attrs, slog.String("kind", fault.KindOf(a.err).String()), slog.String("error", a.err.Error()))
	}
	s.Log.LogAttrs(context.Background(), levelOf(a.status), "request", attrs...)
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

// redact hides what must not be in a log: signatures, tokens, user names, encoded sources and
// queries (of the request or of the source), which often hold secrets of other systems.
func redact(target string) string {
	path, hadQuery := cutQuery(target)
	path = redactPath(path)
	if at := strings.LastIndex(path, "%40"); at >= 0 && strings.Contains(path[:at], "://") {
		path = path[:strings.Index(path, "://")] + "://***" + path[at:]
	}
	if hadQuery {
		path += "?***"
	}
	return path
}

// cutQuery cuts at the first question mark, bare or encoded.
func cutQuery(target string) (path string, found bool) {
	end := len(target)
	for _, mark := range [...]string{"?", "%3f", "%3F"} {
		if at := strings.Index(target, mark); at >= 0 {
			end = min(end, at)
		}
	}
	return target[:end], end < len(target)
}

// redactPath knows the forms of URLs by their first segment; all but the public addresses are
// taken for signed.
func redactPath(path string) string {
	first, rest := splitFirst("/" + strings.TrimLeft(path, "/"))
	switch first {
	case "", "health", "ready", "gip.js", "gip-worker.js", "gip-page.js", "gip-debug.js", "gip-full.js", "api", "admin", "demo":
		return path
	case "info":
		return "/info" + redactPath(rest)
	case "s", "u":
		site, options := splitFirst("/" + strings.TrimLeft(rest, "/"))
		name, _, tokened := strings.Cut(site, ".")
		if !tokened {
			name = "***"
		}
		return "/" + first + "/" + name + ".***" + redactSource(options)
	}
	return "/***" + redactSource(rest)
}

// redactSource keeps options, what parts pipelines and plain sources; any other segment is part of an encoded source.
func redactSource(rest string) string {
	head, plain, isPlain := strings.Cut(rest, "/plain/")
	if rest == configPath {
		return rest
	}
	kept := ""
	for segment := range strings.SplitSeq(strings.TrimPrefix(head, "/"), "/") {
		if name, _, option := strings.Cut(segment, ":"); option && isAddress(name) {
			kept += "/" + name + ":***"
		} else if option || segment == "-" {
			kept += "/" + segment
		} else if segment != "" && !strings.HasSuffix(kept, "/***") {
			kept += "/***"
		}
	}
	if isPlain {
		return kept + "/plain/" + plain
	}
	return kept
}

// isAddress tells options whose argument is a source, encoded.
func isAddress(option string) bool {
	return slices.Contains([]string{"fiu", "fallback_image_url", "wmu", "watermark_url"}, option)
}
