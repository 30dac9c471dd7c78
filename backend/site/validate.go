package site

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

const (
	maxName   = 32
	maxWidths = 64
	maxWidth  = 16_383 // WebP's largest side, the smallest of the formats' limits
)

const (
	lower  = "abcdefghijklmnopqrstuvwxyz"
	digits = "0123456789"
)

// Validate gives every mistake; each names the site, the field, the value and what the field
// takes. Zero fields are no mistakes, except the name.
func (s Site) Validate() []error {
	check := checker{site: s.Name}
	check.name(s.Name)
	check.sources(s.Sources)
	check.origins(s.Origins)
	check.widths(s.Widths)
	check.formats(s.Formats)
	check.qualities(s.Qualities)
	check.presets(s.Presets)
	check.rest(s)
	return check.mistakes
}

type checker struct {
	site     string
	mistakes []error
}

func (c *checker) wrong(field, format string, args ...any) {
	c.mistakes = append(c.mistakes,
		fault.New(fault.Invalid, "site %q: "+field+": "+format, append([]any{c.site}, args...)...))
}

func (c *checker) name(name string) {
	if name == "" || len(name) > maxName || !madeOf(name, lower+digits+"-") {
		c.wrong("name", "%q takes 1 to %d of a-z, 0-9 and -, for example blog", name, maxName)
	}
}

func (c *checker) sources(sources []string) {
	_, mistakes := ParsePatterns(sources)
	for _, mistake := range mistakes {
		c.wrong("sources", "%s; takes %s", mistake, PatternForm)
	}
}

func (c *checker) origins(origins []string) {
	for _, origin := range origins {
		if want := canonicalOrigin(origin); want == "" {
			c.wrong("origins", "%q takes scheme://host[:port], for example https://blog.example", hideUser(origin))
		} else if want != origin {
			c.wrong("origins", "%q takes scheme://host[:port] as browsers send it: %s", origin, want)
		}
	}
}

// canonicalOrigin is the Origin header that a browser sends for pages at text, or "".
func canonicalOrigin(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.User != nil || strings.Trim(u.Path, "/") != "" || strings.ContainsAny(text, "?#*") {
		return ""
	}
	at, problem := parsePlace(u)
	if problem != "" || at.scheme == schemeLocal {
		return ""
	}
	return at.String()
}

func (c *checker) widths(widths []int) {
	const takes = "takes up to %d whole numbers from 1 to %d, ascending, each once"
	if len(widths) > maxWidths {
		c.wrong("widths", "%d of them; "+takes, len(widths), maxWidths, maxWidth)
	}
	for i, width := range widths {
		switch {
		case width < 1 || width > maxWidth:
			c.wrong("widths", "%d; "+takes, width, maxWidths, maxWidth)
		case i > 0 && width <= widths[i-1]:
			c.wrong("widths", "%d after %d; "+takes, width, widths[i-1], maxWidths, maxWidth)
		}
	}
}

func (c *checker) formats(formats []string) {
	known := []string{"avif", "webp", "jpeg", "png", "gif"}
	for i, format := range formats {
		if !slices.Contains(known, format) {
			c.wrong("formats", "%q; takes %s", format, strings.Join(known, ", "))
		} else if slices.Contains(formats[:i], format) {
			c.wrong("formats", "%q twice; takes each of %s once", format, strings.Join(known, ", "))
		}
	}
}

func (c *checker) qualities(qualities map[string]int) {
	for _, level := range slices.Sorted(maps.Keys(qualities)) {
		if !madeOf(level, lower+digits) {
			c.wrong("qualities", "level %q takes a-z and 0-9, for example low", level)
		}
		if quality := qualities[level]; quality < 1 || quality > 100 {
			c.wrong("qualities", "%s: %d; takes a whole number from 1 to 100", level, quality)
		}
	}
	for _, level := range []string{"low", "mid", "high"} {
		if _, found := qualities[level]; !found && len(qualities) > 0 {
			c.wrong("qualities", "no level %q; takes at least low, mid and high, for example {low: 45, mid: 70, high: 85}", level)
		}
	}
}

func (c *checker) presets(presets map[string]string) {
	for _, name := range slices.Sorted(maps.Keys(presets)) {
		if !ValidPresetName(name) {
			c.wrong("presets", "name %q takes a-z, 0-9, _ and -, for example card", name)
		}
	}
}

func (c *checker) rest(s Site) {
	if s.RequestsPerSecond < 0 {
		c.wrong("requests_per_second", "%d; takes a whole number from 0, which is unlimited", s.RequestsPerSecond)
	}
	if modes := []Mode{"", On, Bypass, Unregister}; !slices.Contains(modes, s.Mode) {
		c.wrong("mode", "%q; takes %s, %s or %s", s.Mode, On, Bypass, Unregister)
	}
	if s.Generation < 0 {
		c.wrong("generation", "%d; takes a whole number from 1", s.Generation)
	}
}

// ValidPresetName tells whether name is [a-z0-9_-]+, for a site's presets and the server's.
func ValidPresetName(name string) bool { return madeOf(name, lower+digits+"_-") }

// madeOf tells whether text is not empty and has only bytes of set.
func madeOf(text, set string) bool {
	foreign := func(r rune) bool { return !strings.ContainsRune(set, r) }
	return text != "" && !strings.ContainsFunc(text, foreign)
}
