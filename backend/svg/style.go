package svg

import (
	"regexp"
	"strings"
)

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	selector = regexp.MustCompile(`^[A-Za-z0-9_.#*, \t\r\n>+~-]+$`)
)

// cleanDeclarations writes those declarations of a style that are allowed.
func cleanDeclarations(style string) string {
	var kept []string
	for declaration := range strings.SplitSeq(comments.ReplaceAllString(style, " "), ";") {
		name, value, found := strings.Cut(declaration, ":")
		name = strings.ToLower(strings.TrimSpace(name))
		value, clean := cleanValue(strings.Join(strings.Fields(value), " "))
		if found && clean && value != "" && in(properties, name) {
			kept = append(kept, name+":"+value)
		}
	}
	return strings.Join(kept, ";")
}

// cleanSheet writes the plain rules of a style sheet: no @-rules (import, font-face), and no
// selectors with attributes or states.
func cleanSheet(sheet string) string {
	var kept strings.Builder
	for rule := range strings.SplitSeq(comments.ReplaceAllString(sheet, " "), "}") {
		names, style, found := strings.Cut(rule, "{")
		names = strings.Join(strings.Fields(names), " ")
		style = cleanDeclarations(style)
		if found && style != "" && selector.MatchString(names) {
			kept.WriteString(names + "{" + style + "}")
		}
	}
	return kept.String()
}
