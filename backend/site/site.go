// Package site is the named policy of one web site: which sources its visitors may ask for,
// the ladder of widths, formats, qualities, presets and mode they get them in.
//
// The promise: a [Set] holds only valid sites, and a source matches only when its parsed
// scheme, host, port and path segments do; anything doubtful does not match.
//
// It reads no files, knows no tokens (package sign does) and does not know what a preset
// means (package imageurl does).
package site

import (
	"maps"
	"slices"
)

// Mode is what the site's clients are told to do.
type Mode string

// The modes. All but On make clients leave images alone.
const (
	On         Mode = "on"         // images come through gip
	Bypass     Mode = "bypass"     // the worker stays but touches nothing
	Unregister Mode = "unregister" // the worker removes itself
)

// Site is one site as its owner writes it. Only Name is needed: the zero value of each other
// field takes the default in its comment; [Site.WithDefaults] fills them in.
type Site struct {
	Name              string            `yaml:"name"`                // [a-z0-9-]{1,32}
	Sources           []string          `yaml:"sources"`             // see [ParsePatterns]; none: nothing matches
	Origins           []string          `yaml:"origins"`             // scheme://host[:port] of its pages; none
	Widths            []int             `yaml:"widths"`              // pixels, ascending; 32 … 3840
	Formats           []string          `yaml:"formats"`             // avif, webp, jpeg, png
	Qualities         map[string]int    `yaml:"qualities"`           // level → 1…100; low 45, mid 70, high 85
	Presets           map[string]string `yaml:"presets"`             // name → options in URL form; none
	Queries           bool              `yaml:"queries"`             // sources may have a query, which makes their number endless; false
	RequestsPerSecond int               `yaml:"requests_per_second"` // 0: unlimited
	Mode              Mode              `yaml:"mode"`                // on
	Generation        int               `yaml:"generation"`          // raise it to revoke tokens; 1
}

// WithDefaults fills each zero field, and shares no slice or map with s.
func (s Site) WithDefaults() Site {
	s.Sources = slices.Clone(s.Sources)
	s.Origins = slices.Clone(s.Origins)
	s.Presets = maps.Clone(s.Presets)
	s.Widths = sliceOr(s.Widths, 32, 64, 96, 128, 192, 256, 384, 512, 640, 768, 960, 1200, 1600, 1920, 2560, 3840)
	s.Formats = sliceOr(s.Formats, "avif", "webp", "jpeg", "png")
	s.Qualities = maps.Clone(s.Qualities)
	if len(s.Qualities) == 0 {
		s.Qualities = map[string]int{"low": 45, "mid": 70, "high": 85}
	}
	if s.Mode == "" {
		s.Mode = On
	}
	if s.Generation == 0 {
		s.Generation = 1
	}
	return s
}

func sliceOr[T any](given []T, otherwise ...T) []T {
	if len(given) == 0 {
		return otherwise
	}
	return slices.Clone(given)
}
