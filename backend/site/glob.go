package site

import (
	"net/url"
	"strings"
)

// glob is one host label or path segment of a pattern: the literal texts around its stars.
// One literal is a text without a star.
type glob []string

// match tells whether the glob is all of text. A star takes any run of bytes, but no text
// at all matches nothing, so that ".example.com" is not under "*.example.com".
func (g glob) match(text string) bool {
	first, last := g[0], g[len(g)-1]
	if len(g) == 1 {
		return text == first
	}
	if text == "" || len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	between := text[len(first) : len(text)-len(last)]
	for _, literal := range g[1 : len(g)-1] {
		at := strings.Index(between, literal)
		if at < 0 {
			return false
		}
		between = between[at+len(literal):]
	}
	return true
}

// escaped is the segment as a URL has it; a literal * becomes %2A.
func (g glob) escaped() string {
	parts := make([]string, len(g))
	for i, literal := range g {
		parts[i] = url.PathEscape(literal)
	}
	return strings.Join(parts, "*")
}
