package httpapi

import (
	"strings"

	"github.com/gip4all/gip4all/backend/transform"
	"github.com/gofiber/fiber/v2"
)

// setNotes tells the visitor how the image was made, one header a note. A note that this
// version has no header for stays untold.
func setNotes(c *fiber.Ctx, notes string) {
	headers := map[string]string{
		transform.NoteAnimation: headerAnimation,
		transform.NoteQuality:   headerQuality,
	}
	for line := range strings.Lines(notes) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if header, known := headers[name]; known {
			c.Set(header, value)
		}
	}
}
