package httpapi

import (
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
	"github.com/gofiber/fiber/v2"
)

// rawPath is the request's path exactly as it was sent, copied out of fiber's buffer, cut at
// the first '?'. Only what can be signed in one spelling passes.
func rawPath(c *fiber.Ctx) (string, error) {
	target := strings.Clone(c.OriginalURL())
	path, _, hasQuery := strings.Cut(target, "?")
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") {
		return "", fault.New(fault.Invalid, "the path must start with exactly one '/'")
	}
	for i := range len(path) {
		if b := path[i]; b <= ' ' || b == 0x7f || b == '#' || b == '\\' {
			return "", fault.New(fault.Invalid, "the path holds the byte %q, which must be percent-encoded", b)
		}
	}
	if hasQuery {
		return path, checkQuery(path)
	}
	return path, nil
}

// checkQuery refuses a query behind an image URL: it would not be signed. Scripts and health
// checks may carry one, as cache busters.
func checkQuery(path string) error {
	first, _ := splitFirst(path)
	switch first {
	case "", "health", "ready", "api":
		return nil
	}
	if slices.Contains(scriptNames(), first) {
		return nil
	}
	if first == "s" && strings.HasSuffix(path, configPath) {
		return nil
	}
	return fault.New(fault.Invalid, "an image URL takes no query string; a '?' of the source is written %%3F")
}

// splitFirst cuts "/first/rest" into "first" and "/rest"; rest is "" without a second slash.
func splitFirst(path string) (first, rest string) {
	first = path[1:]
	if i := strings.IndexByte(first, '/'); i >= 0 {
		return first[:i], first[i:]
	}
	return first, ""
}
