package render

import (
	"time"

	"github.com/gip4all/gip4all/backend/cache"
	"github.com/gip4all/gip4all/backend/source"
)

// lasting gives an entry the times past its age: as its origin said, else as the setting.
func lasting(entry cache.Entry, keeping source.Keeping, setting time.Duration) cache.Entry {
	if entry.Expires.IsZero() {
		return entry
	}
	if stale := window(keeping.StaleWhile, setting); stale > 0 {
		entry.Stale = entry.Expires.Add(stale)
	}
	if spare := window(keeping.StaleIfError, setting); spare > 0 {
		entry.IfError = entry.Expires.Add(spare)
	}
	return entry
}

// window is none where the origin forbids it, and never longer than a year, whatever it says.
func window(said, setting time.Duration) time.Duration {
	if said == 0 {
		said = setting
	}
	return min(max(said, 0), longestAge)
}

// stricter is what holds of an image that two originals are part of.
func stricter(a, b source.Keeping) source.Keeping {
	a.StaleWhile = shortest(a.StaleWhile, b.StaleWhile)
	a.StaleIfError = shortest(a.StaleIfError, b.StaleIfError)
	return a
}

// shortest of two windows, of which 0 says nothing and less forbids.
func shortest(a, b time.Duration) time.Duration {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
