package httpapi

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/site"
	"github.com/gofiber/fiber/v2"
)

// siteConfigVersion is raised when a field changes its meaning.
const siteConfigVersion = 1

// siteConfigBody is what clients and the service worker need; vectors/schema.json fixes it.
type siteConfigBody struct {
	Version   int            `json:"v"`
	Site      string         `json:"site"` // NAME.TOKEN, as URLs carry it
	Endpoint  string         `json:"endpoint"`
	Sources   []string       `json:"sources"`
	Widths    []int          `json:"widths"`
	Formats   []string       `json:"formats"`
	Qualities map[string]int `json:"qualities"`
	Presets   []string       `json:"presets"` // names only: their contents are the server's
	Queries   bool           `json:"queries"` // sources with a query are answered too
	Sign      bool           `json:"sign"`    // its pages may ask for url tokens
	Mode      site.Mode      `json:"mode"`
}

func (s *Server) siteConfig(c *fiber.Ctx, policy site.Policy, token string) error {
	body, err := json.Marshal(siteConfigBody{
		Version:   siteConfigVersion,
		Site:      policy.Name + "." + token,
		Endpoint:  s.endpoint(c),
		Sources:   policy.Site.Sources,
		Widths:    policy.Widths,
		Formats:   policy.Formats,
		Qualities: policy.Qualities,
		Presets:   append([]string{}, slices.Sorted(maps.Keys(policy.Presets))...),
		Queries:   policy.Queries,
		Sign:      len(policy.Origins) > 0,
		Mode:      policy.Mode,
	})
	if err != nil {
		return err
	}
	c.Set(headerAcceptCH, acceptedHints)
	return sendCacheable(c, fiber.MIMEApplicationJSON, s.configLifetime(), body)
}

// configLifetime: the kill switch reaches pages within a minute. An endpoint that was taken
// from the request's Host must not be kept for others: a shared cache may not see that header.
func (s *Server) configLifetime() string {
	if s.PublicURL == "" {
		return "private, no-cache"
	}
	return "public, max-age=60"
}

func (s *Server) endpoint(c *fiber.Ctx) string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return c.BaseURL()
}

// sendCacheable sends text with an ETag, or 304.
func sendCacheable(c *fiber.Ctx, mediaType, cacheControl string, body []byte) error {
	etag := cache.ETagOf(body, mediaType)
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, cacheControl)
	if matches(c.Get(fiber.HeaderIfNoneMatch), etag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, mediaType)
	return c.Send(body)
}
