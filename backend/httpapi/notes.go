package httpapi

import (
	"strings"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gofiber/fiber/v2"
)

// forNow tells whether an image is one for now, and a better one is being made.
func forNow(notes string) bool {
	return strings.HasPrefix(notes, transform.NoteLater+": ") || strings.Contains(notes, "\n"+transform.NoteLater+": ")
}

// setNotes tells the visitor how the image was made, one header a note. A note that this
// version has no header for stays untold.
func setNotes(c *fiber.Ctx, notes string) {
	headers := map[string]string{
		transform.NoteAnimation: headerAnimation,
		transform.NoteQuality:   headerQuality,
		transform.NoteLater:     headerLater,
	}
	for line := range strings.Lines(notes) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if header, known := headers[name]; known {
			c.Set(header, value)
		}
	}
}
