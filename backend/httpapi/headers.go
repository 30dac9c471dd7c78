package httpapi

import "github.com/gofiber/fiber/v2"

// Headers that fiber has no constant for.
const (
	headerCache        = "X-Gip-Cache"
	headerAnimation    = "X-Gip-Animation"
	headerServerTiming = "Server-Timing"
	headerCORP         = "Cross-Origin-Resource-Policy"
	headerTimingAllow  = "Timing-Allow-Origin"
	headerSaveData     = "Save-Data"
	headerFallback     = "X-Gip-Fallback"
	headerMaxBytes     = "X-Gip-Max-Bytes"
	headerQuality      = "X-Gip-Quality"
	headerLater        = "X-Gip-Later"
	headerCacheTag     = "Cache-Tag"
	headerSurrogateKey = "Surrogate-Key"
	headerAmazonTag    = "X-Amz-Meta-Cache-Tag"
	headerAcceptCH     = "Accept-CH"
	headerWidth        = "Sec-CH-Width"
	headerViewport     = "Sec-CH-Viewport-Width"
	headerDPR          = "Sec-CH-DPR"
	headerOldWidth     = "Width"          // these three: browsers before the prefix,
	headerOldViewport  = "Viewport-Width" // and clients that imgproxy taught
	headerOldDPR       = "DPR"
)

// imagePolicy keeps an image or an error that is opened as a page from doing anything.
const imagePolicy = "default-src 'none'; sandbox"

// setCommonHeaders is what every answer carries, errors too, so that a service worker on any
// origin can read it.
func setCommonHeaders(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderAccessControlExposeHeaders, "X-Gip-Cache, X-Gip-Animation, X-Gip-Fallback, X-Gip-Max-Bytes, X-Gip-Quality, X-Gip-Later, Server-Timing, ETag")
	c.Set(headerCORP, "cross-origin")
	c.Set(headerTimingAllow, "*")
	c.Set(fiber.HeaderContentSecurityPolicy, imagePolicy)
}
