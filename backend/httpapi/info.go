package httpapi

import (
	"strings"

	"github.com/gip4all/gip4all/backend/imageurl"
	"github.com/gofiber/fiber/v2"
)

// localInfo is where info leaves word that not the image is wanted, but what is known of its
// source.
const localInfo = "gip.info"

// info answers /info and any image URL behind it, which is verified as without /info: the
// signature covers what follows it, and who may see an image may know about it.
func (s *Server) info(c *fiber.Ctx, path string) error {
	if path == "" {
		return notHere(c, path)
	}
	c.Locals(localInfo, true)
	switch first, rest := splitFirst(path); first {
	case "s":
		return s.siteImage(c, rest)
	case "u":
		return s.urlImage(c, rest)
	}
	return s.exactImage(c, path)
}

// asked is the request, or the one for its source's info.
func asked(c *fiber.Ctx, request imageurl.Request) imageurl.Request {
	if wantsInfo(c) {
		return request.Info()
	}
	return request
}

func wantsInfo(c *fiber.Ctx) bool { return c.Locals(localInfo) != nil }

// extensionOf is what a file of this type is called at its end.
func extensionOf(mediaType string) string {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	switch mediaType {
	case "image/jpeg":
		return "jpg"
	case svgType:
		return "svg"
	case fiber.MIMETextPlain:
		return "txt"
	}
	_, name, _ := strings.Cut(mediaType, "/")
	return name
}
