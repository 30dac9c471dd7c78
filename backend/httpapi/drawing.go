package httpapi

import "github.com/gofiber/fiber/v2"

const svgType = "image/svg+xml"

// drawingPolicy is for an SVG: its own styles are part of the drawing, everything else that a
// page could do stays off even if it got past the sanitiser.
const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

func setDrawingPolicy(c *fiber.Ctx, mediaType string) {
	if mediaType == svgType {
		c.Set(fiber.HeaderContentSecurityPolicy, drawingPolicy)
	}
}
