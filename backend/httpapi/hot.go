package httpapi

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

// front replays what can be replayed, and leaves the rest to fiber, which is a large part of
// what a hot answer costs.
func (s *Server) front(behind fasthttp.RequestHandler) fasthttp.RequestHandler {
	if s.Peek == nil {
		return behind
	}
	return func(ctx *fasthttp.RequestCtx) {
		if !s.replayed(ctx) {
			behind(ctx)
		}
	}
}

// replayed answers a request from the memo; false where that is not possible, and nothing was
// done yet. A panic is logged, and the request gets another chance.
func (s *Server) replayed(ctx *fasthttp.RequestCtx) (done bool) {
	defer func() {
		if cause := recover(); cause != nil {
			ctx.Response.Reset()
			s.Log.Error("panic while replaying an answer", "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
		}
	}()
	if !ctx.IsGet() && !ctx.IsHead() || speaksOfBody(ctx.Request.Header.RawHeaders()) {
		return false
	}
	started := s.Now()
	known, ok := s.memo.Get(utils.UnsafeString(ctx.RequestURI()))
	if !ok || known.terms.over(started) {
		return false
	}
	variant := known.find(&ctx.Request.Header)
	if variant == nil {
		return false
	}
	found, ok := s.Peek(variant.key)
	// A limit that is exhausted is refused again, with words, by what comes after.
	if !ok || !variant.describes(found.Entry) || s.limits.take(known.site) != nil || s.replay(ctx, known, variant, found) != nil {
		giveBack(found.Entry.File)
		ctx.Response.Reset()
		return false
	}
	s.logReplay(ctx, found, started)
	return true
}

// replay writes the header, with what is this answer's own, and the body. An error says that the
// body cannot be read.
func (s *Server) replay(ctx *fasthttp.RequestCtx, known *target, variant *replay, found cache.Answer) error {
	header := &ctx.Response.Header
	if matches(utils.UnsafeString(ctx.Request.Header.Peek(fiber.HeaderIfNoneMatch)), variant.etag) {
		variant.unchanged.CopyTo(header)
		header.Set(fiber.HeaderCacheControl, s.cacheControl(known.terms, found.Entry))
		header.Set(headerCache, found.From)
		giveBack(found.Entry.File)
		return nil
	}
	variant.header.CopyTo(header)
	header.Set(fiber.HeaderCacheControl, s.cacheControl(known.terms, found.Entry))
	header.Set(headerCache, found.From)
	header.Set(headerServerTiming, serverTiming(found))
	if connection, ok := ctx.Conn().(*corked); ok {
		connection.send(&ctx.Response, found.Entry)
		return nil
	}
	body, err := bodyOf(found.Entry)
	if err != nil {
		return err
	}
	ctx.Response.SetBodyRaw(body)
	giveBack(found.Entry.File)
	return nil
}

func (s *Server) logReplay(ctx *fasthttp.RequestCtx, found cache.Answer, started time.Time) {
	status := ctx.Response.StatusCode()
	if !s.logs(status) {
		return
	}
	bytes := found.Entry.Size()
	if status == fiber.StatusNotModified {
		bytes = 0
	}
	s.logLine(access{
		method: string(ctx.Method()), target: string(ctx.RequestURI()), status: status, bytes: bytes,
		took: s.Now().Sub(started), client: ctx.RemoteIP().String(), from: found.From,
	})
}
