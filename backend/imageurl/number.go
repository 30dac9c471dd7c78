package imageurl

import (
	"strconv"
	"strings"

	"github.com/gip4all/gip4all/backend/fault"
)

// maxNumber is the longest number read, in characters: enough for every float64 that
// prints without an exponent in reasonable use (JavaScript's 1/3 has 18), short enough
// that the shortest form of what was read is never longer.
const maxNumber = 24

// whole reads digits only: no sign, no space, no exponent. Name is for the error.
func whole(name, text string, high int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || !digits(text) || n > high {
		return 0, fault.New(fault.Invalid, "%s: %q is not a whole number from 0 to %d", name, clip(text), high)
	}
	return n, nil
}

// decimal reads digits with an optional fraction and, where low is negative, an optional
// minus: none of the hexadecimal, exponent, infinity and NaN forms of strconv.
func decimal(name, text string, low, high float64) (float64, error) {
	integer, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || len(text) > maxNumber || !digits(integer) || (point && !digits(fraction)) || value < low || value > high {
		return 0, fault.New(fault.Invalid, "%s: %q is not a number from %s to %s",
			name, clip(text), decimalText(low), decimalText(high))
	}
	if value == 0 {
		return 0, nil // not -0, which would print its sign
	}
	return value, nil
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// decimalText is the shortest form that reads back as the same number.
func decimalText(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// flag reads imgproxy's booleans.
func flag(name, text string) (bool, error) {
	switch text {
	case "1", "t", "true":
		return true, nil
	case "0", "f", "false":
		return false, nil
	}
	return false, fault.New(fault.Invalid, "%s: %q is not one of 1, t, true, 0, f, false", name, clip(text))
}

// flagText is "1", or "" for the default of false.
func flagText(set bool) string {
	if set {
		return "1"
	}
	return ""
}
