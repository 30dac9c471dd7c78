package svg

import (
	"encoding/xml"
	"regexp"
	"strings"
)

// in tells whether a list of words has this one.
func in(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// The lists. Absent on purpose: script, foreignObject, image and filters (which fetch or cost),
// everything that animates (it can set any attribute to any value), a (written as g), view,
// cursor, and links.
const (
	elements = `svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath
		linearGradient radialGradient stop pattern clipPath mask marker style`
	textual = `title desc text tspan textPath`

	// geometry are attributes whose values are numbers, names and lists.
	geometry = `id class x y x1 x2 y1 y2 dx dy cx cy r rx ry fx fy fr width height d points pathLength viewBox
		preserveAspectRatio version transform rotate textLength lengthAdjust startOffset method spacing offset
		gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
		clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient role`

	// properties are attributes that a style may set too.
	properties = `fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
		stroke-miterlimit stroke-opacity stroke-width color opacity display visibility overflow clip-path clip-rule mask
		mask-type marker marker-start marker-mid marker-end stop-color stop-opacity paint-order vector-effect
		shape-rendering text-rendering color-interpolation font font-family font-size font-size-adjust
		font-stretch font-style font-variant font-weight letter-spacing word-spacing text-anchor text-decoration
		dominant-baseline alignment-baseline baseline-shift writing-mode direction unicode-bidi isolation
		mix-blend-mode transform transform-origin transform-box white-space`

	functions = `rgb rgba hsl hsla translate translatex translatey scale scalex scaley rotate skewx skewy matrix calc`
)

var (
	identifier = regexp.MustCompile(`^#[A-Za-z_][A-Za-z0-9_.:-]*$`)
	reference  = regexp.MustCompile(`url\(#[A-Za-z_][A-Za-z0-9_.:-]*\)`)
	quoted     = regexp.MustCompile(`(?i)url\(\s*(?:"(#[^"]*)"|'(#[^']*)'|(#[^\s"')]*))\s*\)`)
	calls      = regexp.MustCompile(`([A-Za-z0-9_-]*)\s*\(`)
)

// allowed gives an attribute as it is to be written.
func allowed(element string, a xml.Attr) (name, value string, ok bool) {
	name = a.Name.Local
	switch a.Name.Space {
	case "":
	case xlink:
		if name != "href" {
			return "", "", false
		}
	case xmlSpace, "xml":
		return "xml:" + name, a.Value, name == "space" && (a.Value == "preserve" || a.Value == "default")
	default:
		return "", "", false
	}
	switch {
	case name == "href":
		return name, strings.TrimSpace(a.Value), identifier.MatchString(strings.TrimSpace(a.Value))
	case name == "style":
		value = cleanDeclarations(a.Value)
		return name, value, value != ""
	case name == "type" && element == "style":
		return name, a.Value, a.Value == "text/css"
	case in(geometry, name) || in(properties, name):
		value, ok = cleanValue(a.Value)
		return name, value, ok
	}
	return "", "", false
}

// cleanValue passes a value that fetches nothing: without escapes (behind which a name could
// hide), and of functions only those of colours and places, and url() of this drawing.
func cleanValue(value string) (string, bool) {
	value = quoted.ReplaceAllString(value, "url($1$2$3)")
	rest := reference.ReplaceAllString(value, " ")
	if strings.ContainsAny(rest, "\\@<>{};") || strings.Contains(rest, "/*") || strings.Contains(rest, "://") ||
		strings.Contains(strings.ToLower(rest), "script:") {
		return "", false
	}
	for _, call := range calls.FindAllStringSubmatch(rest, -1) {
		if name := strings.ToLower(call[1]); name != "" && !in(functions, name) {
			return "", false
		}
	}
	return value, true
}
