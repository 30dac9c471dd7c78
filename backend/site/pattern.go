package site

import (
	"net/url"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// PatternForm says in a message what a source pattern is.
const PatternForm = "URL prefixes scheme://host[:port]/path, where * stays inside one host label or path segment, for example https://blog.example/media/"

// Patterns are URL prefixes that sources are compared with. The zero value is empty.
type Patterns struct{ list []pattern }

// pattern is one parsed prefix. Its path ends at a whole segment: /media takes /media and
// what is below it, /media/ (a last, empty segment) only what is below.
type pattern struct {
	place
	host     []glob
	segments []glob
	below    bool // the path ends in a slash
}

// ParsePatterns reads prefixes such as https://blog.example/media/, https://*.example.com/
// or local:///photos/. Each error is fault.Invalid and names the pattern and its mistake;
// the Patterns hold the others.
func ParsePatterns(texts []string) (Patterns, []error) {
	var patterns Patterns
	var mistakes []error
	for _, text := range texts {
		parsed, problem := parsePattern(text)
		if problem != "" {
			mistakes = append(mistakes, fault.New(fault.Invalid, "%q %s", hideUser(text), problem))
			continue
		}
		patterns.list = append(patterns.list, parsed)
	}
	return patterns, mistakes
}

func parsePattern(text string) (pattern, string) {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return pattern{}, "is empty"
	case err != nil:
		return pattern{}, "is not a URL"
	case u.User != nil:
		return pattern{}, "has a user name"
	case strings.ContainsAny(text, "?#"):
		return pattern{}, "has a query or fragment"
	case strings.Contains(text, "**"):
		return pattern{}, "has **, but a * never leaves its label or segment"
	}
	var p pattern
	var problem string
	if p.place, problem = parsePlace(u); problem != "" {
		return pattern{}, problem
	}
	for _, label := range p.labels {
		p.host = append(p.host, strings.Split(label, "*"))
	}
	p.segments, p.below, problem = parsePath(u.EscapedPath())
	return p, problem
}

// parsePath splits before it decodes, so that an encoded slash is not a segment's end.
func parsePath(path string) (segments []glob, below bool, problem string) {
	if path == "" || path == "/" {
		return nil, true, ""
	}
	path, below = strings.CutSuffix(strings.TrimPrefix(path, "/"), "/")
	for text := range strings.SplitSeq(path, "/") {
		segment, err := parseSegment(text)
		if err != nil || text == "" || strings.ContainsAny(strings.Join(segment, ""), "/\\\x00") {
			return nil, false, "has an empty segment or an encoded slash, backslash or NUL in its path"
		}
		if len(segment) == 1 && isDots(segment[0]) {
			return nil, false, "has . or .. in its path"
		}
		segments = append(segments, segment)
	}
	return segments, below, ""
}

// parseSegment decodes between the stars: %2A is a literal one.
func parseSegment(text string) (glob, error) {
	parts := strings.Split(text, "*")
	for i, part := range parts {
		decoded, err := url.PathUnescape(part)
		if err != nil {
			return nil, err
		}
		parts[i] = decoded
	}
	return parts, nil
}

// isDots tells whether some server takes the decoded segment for this or the parent folder.
// Java servers cut parameters off a segment first: "..;x".
func isDots(segment string) bool {
	name, _, _ := strings.Cut(segment, ";")
	return name == "." || name == ".."
}

// Empty tells whether there are no patterns.
func (p Patterns) Empty() bool { return len(p.list) == 0 }

// List gives each pattern in its one spelling, which ParsePatterns reads back identically.
func (p Patterns) List() []string {
	list := make([]string, len(p.list))
	for i, one := range p.list {
		list[i] = one.String()
	}
	return list
}

// String is the list, separated by commas; no pattern's own spelling has one.
func (p Patterns) String() string { return strings.Join(p.List(), ",") }

func (p pattern) String() string {
	text := p.place.String()
	for _, segment := range p.segments {
		text += "/" + segment.escaped()
	}
	if p.below {
		text += "/"
	}
	return text
}
