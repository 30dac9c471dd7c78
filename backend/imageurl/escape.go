package imageurl

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gip4all/gip4all/backend/fault"
)

// What is escaped besides bytes that are not printable ASCII.
const (
	sourceBytes   = "%?#@"
	argumentBytes = "%?#@/:"
)

// escape writes text so that unescape gives it back, in its only canonical spelling.
func escape(text, special string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(text))
	for i := range len(text) {
		if c := text[i]; printable(c) && strings.IndexByte(special, c) < 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		}
	}
	return b.String()
}

// unescape decodes once and strictly; what names the place, for errors.
func unescape(what, text string) (string, error) {
	decoded := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '%':
			value, err := strconv.ParseUint(text[i+1:min(i+3, len(text))], 16, 8)
			if err != nil || i+2 >= len(text) {
				return "", fault.New(fault.Invalid, "%s: %q is not a percent escape", what, text[i:min(i+3, len(text))])
			}
			decoded = append(decoded, byte(value))
			i += 2
		case c == '?' || c == '#' || !printable(c):
			return "", fault.New(fault.Invalid, "%s: %q must be written as %%%02X", what, text[i:i+1], c)
		default:
			decoded = append(decoded, c)
		}
	}
	return string(decoded), checkText(what, string(decoded))
}

// printable tells whether c is ASCII with ink.
func printable(c byte) bool { return c > ' ' && c < 0x7f }

// checkText refuses what no URL or file name needs and what others mistake for something
// else: controls end headers and lines, a backslash is a slash to some, and bytes that are
// not UTF-8 are read differently by every language.
func checkText(what, text string) error {
	if !utf8.ValidString(text) {
		return fault.New(fault.Invalid, "%s: %q is not UTF-8", what, clip(text))
	}
	for _, r := range text {
		if r == '\\' || unicode.IsControl(r) {
			return fault.New(fault.Invalid, "%s: %q holds the forbidden character %q", what, clip(text), r)
		}
	}
	return nil
}

// clip shortens a token for an error message.
func clip(token string) string {
	const longest = 80
	if len(token) <= longest {
		return token
	}
	return token[:longest] + "…"
}

// listed joins names for an error message.
func listed(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
