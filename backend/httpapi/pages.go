package httpapi

import (
	"fmt"
	"io/fs"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gofiber/fiber/v2"
)

// scriptNames are the scripts that browsers load from here; backend/cmd/bundle makes them.
func scriptNames() []string {
	return []string{"gip.js", "gip-worker.js", "gip-page.js", "gip-debug.js", "gip-full.js"}
}

type asset struct{ body []byte }

func readAssets(files fs.FS, names ...string) (map[string]asset, error) {
	assets := map[string]asset{}
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("script %s is not built in (make build bundles it): %w", name, err)
		}
		assets[name] = asset{body}
	}
	return assets, nil
}

// script serves the loader and the worker core. The sandbox of images would kill the worker's
// own fetches, so scripts carry no such policy. Five minutes: an update must reach pages soon.
func (s *Server) script(c *fiber.Ctx, path string) error {
	first, rest := splitFirst(path)
	if rest != "" {
		return notHere(c, path)
	}
	c.Response().Header.Del(fiber.HeaderContentSecurityPolicy)
	return sendCacheable(c, "text/javascript; charset=utf-8", "public, max-age=300", s.assets[first].body)
}

func (s *Server) home(c *fiber.Ctx, _ string) error {
	return sendText(c, "gip4all "+s.Version+": image proxy. Image URLs are signed; gip sign makes them.")
}

// health says that the process answers; ready, that it can make images.
func (s *Server) health(c *fiber.Ctx, _ string) error { return sendText(c, "ok") }

func (s *Server) ready(c *fiber.Ctx, _ string) error {
	if err := s.Ready(); err != nil {
		return fault.Wrap(fault.Busy, err, "not ready")
	}
	return sendText(c, "ready")
}

// api is everything that reveals or changes something: a bearer token, then the route. Only
// signing has callers of another kind too.
func (s *Server) api(c *fiber.Ctx, path string) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	if path == signPath {
		return s.signURLs(c)
	}
	if !s.isAdmin(c) {
		return fault.New(fault.Denied, "this needs the admin token: Authorization: Bearer …")
	}
	switch path {
	case "/v1/stats":
		return c.JSON(s.Stats())
	case cachePath:
		return s.purge(c)
	case warmPath:
		return s.warm(c)
	}
	return notHere(c, path)
}

func sendText(c *fiber.Ctx, text string) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	return c.SendString(text + "\n")
}
