package site

import (
	"net/url"
	"strings"
)

// Match tells whether u is below one of the patterns. Query and fragment do not count. A URL
// with a user name never matches, nor one whose decoded path has a . or .. segment or a
// backslash: an origin might resolve those to a place that was not listed.
func (p Patterns) Match(u *url.URL) bool {
	if u == nil || u.User != nil || len(p.list) == 0 {
		return false
	}
	at, problem := parsePlace(u)
	if problem != "" || strings.Contains(u.Host, "*") {
		return false
	}
	segments, clean := splitPath(u)
	if !clean {
		return false
	}
	for _, one := range p.list {
		if one.matchPlace(at) && one.matchPath(segments) {
			return true
		}
	}
	return false
}

// splitPath gives the decoded segments of a clean path. They are split before they are
// decoded, so that an encoded slash never counts as the end of a pattern's segment; the
// dots are looked for after decoding, where one server or another would find them.
func splitPath(u *url.URL) (segments []string, clean bool) {
	if strings.ContainsAny(u.Path, "\\\x00") {
		return nil, false
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if isDots(segment) {
			return nil, false
		}
	}
	for text := range strings.SplitSeq(strings.TrimPrefix(writtenPath(u), "/"), "/") {
		segment, err := url.PathUnescape(text)
		if err != nil {
			return nil, false
		}
		segments = append(segments, segment)
	}
	return segments, true
}

// writtenPath is the path as it was written. EscapedPath would write it anew when one byte of
// it is not URL-safe, and lose which slashes were encoded.
func writtenPath(u *url.URL) string {
	if u.RawPath != "" {
		return u.RawPath
	}
	return u.EscapedPath()
}

func (p pattern) matchPlace(at place) bool {
	if p.scheme != at.scheme || p.port != at.port || len(p.host) != len(at.labels) {
		return false
	}
	for i, label := range p.host {
		if !label.match(at.labels[i]) {
			return false
		}
	}
	return true
}

func (p pattern) matchPath(segments []string) bool {
	if len(segments) < len(p.segments) || p.below && len(segments) == len(p.segments) {
		return false
	}
	for i, segment := range p.segments {
		if strings.Contains(segments[i], "/") || !segment.match(segments[i]) {
			return false
		}
	}
	return true
}
